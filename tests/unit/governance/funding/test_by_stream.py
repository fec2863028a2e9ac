"""What a stream has in a year: known, not split, not known, not at all."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.funding import by_stream, ledger
from governance.models import Allocation, FundingStream, Project
from lib.quarters import Year
from tests.factories.funding import Y1, Y2, AllocationFactory, FundingStreamFactory, ProjectFactory, spent
from tests.factories.indicators import ReturnFactory, RoundFactory

pytestmark = pytest.mark.django_db
Y0, Y3 = Year.parse("2016-17"), Year.parse("2019-20")
LCPF, CUT = Decimal(1610109), Decimal(662986)


def streams():
    projects = ledger.lines(Project.objects.all())
    return by_stream.lines(FundingStream.objects.order_by("pk"), Allocation.objects.all(), projects)


def one() -> by_stream.StreamLine:
    (line,) = streams()
    return line


def test_a_sum_for_two_years_is_in_neither_of_them():
    FundingStreamFactory(amount=LCPF)
    line = one()
    assert (line.whole, line.money_in(Y1), line.is_unsplit_in(Y1)) == (LCPF, None, True)


def test_the_other_year_is_not_worked_out_from_the_one_that_is_printed():
    AllocationFactory(stream=FundingStreamFactory(amount=LCPF), year=Y2, amount=CUT)
    line = one()
    assert (line.money_in(Y2), line.money_in(Y1)) == (CUT, None)
    assert line.is_unsplit_in(Y1) and not line.is_unsplit_in(Y2)


def test_where_the_years_make_up_the_whole_there_is_nothing_in_another():
    stream = FundingStreamFactory(amount=Decimal(100), ends_on=dt.date(2020, 3, 31))
    AllocationFactory(stream=stream, year=Y1, amount=Decimal(60))
    AllocationFactory(stream=stream, year=Y2, amount=Decimal(40))
    assert one().money_in(Y3) == 0


def test_all_of_it_is_in_its_only_year():
    FundingStreamFactory(amount=Decimal(60000), starts_on=dt.date(2018, 4, 1), ends_on=dt.date(2019, 3, 31))
    line = one()
    assert (line.money_in(Y2), line.money_in(Y1), line.lies_in(Y1)) == (Decimal(60000), 0, False)


def test_a_stream_whose_sum_is_not_known_has_that_of_its_years():
    grant = FundingStreamFactory(amount=None, starts_on=None, ends_on=None)
    AllocationFactory(stream=grant, year=Y1, amount=Decimal(7335876))
    line = one()
    assert (line.whole, line.money_in(Y1)) == (Decimal(7335876), Decimal(7335876))
    assert line.money_in(Y2) is None and not line.is_unsplit_in(Y2)


def test_nothing_known_is_not_nothing():
    FundingStreamFactory(amount=None)
    line = one()
    assert (line.whole, line.money_in(Y1), line.not_given) == (None, None, None)


def test_what_teams_have_is_not_the_year_s():
    stream = FundingStreamFactory(amount=LCPF)
    team = AllocationFactory(stream=stream, team="Drug and Alcohol Action Team", year=Y1, amount=Decimal(578000))
    line = one()
    assert line.money_in(Y1) is None
    assert (line.teams_in(Y1), line.teams_in(Y2)) == ([team], [])


def test_a_year_s_total_leaves_out_what_is_not_split_and_counts_it():
    AllocationFactory(stream=FundingStreamFactory(amount=LCPF), year=Y2, amount=CUT)
    AllocationFactory(stream=FundingStreamFactory(amount=None), year=Y1, amount=Decimal("0.10"))
    AllocationFactory(stream=FundingStreamFactory(amount=None), year=Y1, amount=Decimal("0.20"))
    FundingStreamFactory(starts_on=dt.date(2019, 4, 1), ends_on=dt.date(2021, 3, 31))  # not of 2017-18
    total = by_stream.there(streams(), Y1)
    assert (total.amount, total.parts, total.unknown) == (Decimal("0.30"), 2, 1)


def test_themes_stand_in_the_order_of_their_projects():
    stream = FundingStreamFactory()
    for order, (theme, amount) in enumerate([("VAWG", 74000), ("Wider CJS", 200000), ("VAWG", 204000)]):
        ProjectFactory(stream=stream, order=order, theme=theme, amount=Decimal(amount))
    found = [(theme.title, len(theme.projects), theme.projects.given.amount) for theme in one().themes]
    assert found == [("VAWG", 2, Decimal(278000)), ("Wider CJS", 1, Decimal(200000))]


@pytest.mark.parametrize(
    ("amount", "years", "words"),
    [
        (None, [Y1], "in 2017-18"),
        (None, [Y1, Y2], "in two years"),
        (None, [], ""),
        (LCPF, [Y2], ""),  # a sum of its own
    ],
)
def test_of_which_years_a_whole_is_the_sum(amount, years, words):
    stream = FundingStreamFactory(amount=amount)
    for year in years:
        AllocationFactory(stream=stream, year=year, amount=Decimal(10))
    assert one().sum_of == words


def test_left_is_of_the_year_s_money_after_what_was_spent_in_the_year():
    stream = FundingStreamFactory(amount=None)
    AllocationFactory(stream=stream, year=Y1, amount=Decimal(100000))
    project = ProjectFactory(stream=stream, spending=True)
    assert one().left_in(Y1) is None  # nothing of it is known to be spent
    spent(project, "2017-18-q1", "5463.85")
    spent(project, "2018-19-q1", "1.00")  # of another year
    line = one()
    assert (line.left_in(Y1), line.projects.knows_spend_in(Y1)) == (Decimal("94536.15"), True)
    assert line.left_in(Y2) is None  # what there is then is not known


def test_what_is_left_is_only_known_where_no_spend_is_awaited_and_everybody_is_asked():
    stream = FundingStreamFactory()
    AllocationFactory(stream=stream, year=Y1, amount=Decimal(100000))
    project = ProjectFactory(stream=stream, spending=True)
    spent(project, "2017-18-q1", "10.00")
    ReturnFactory(indicator=project.spend, round=RoundFactory(quarter=Y2.quarters[0]))
    assert [one().projects.knows_spend_in(year) for year in (Y1, Y2)] == [True, False]
    ProjectFactory(stream=stream, starts_on=dt.date(2018, 4, 1))  # of the year after alone
    assert one().projects.knows_spend_in(Y1)
    ProjectFactory(stream=stream)
    assert not one().projects.knows_spend_in(Y1)


def test_what_is_not_given_yet():
    ProjectFactory(stream=FundingStreamFactory(amount=Decimal(100000)), amount=Decimal("20000.50"))
    assert one().not_given == Decimal("79999.50")
