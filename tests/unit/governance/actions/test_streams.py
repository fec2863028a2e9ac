"""Streams and their years: what is refused, that nothing is half saved, and what the trail says."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import streams
from governance.actions.streams import Content, OfYear
from governance.models import Allocation, FundingStream
from lib.editing import Stale
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import AllocationFactory, FundingStreamFactory, ProjectFactory, ProjectYearFactory

pytestmark = pytest.mark.django_db
D = dt.date
Y0, Y1, Y2, Y3 = (Year(begins) for begins in (2016, 2017, 2018, 2019))
DAAT = "Drug and Alcohol Action Team"


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def stream():
    """£100,000 from 1 April 2017 to 31 March 2019, £60,000 of it for 2017-18, of which £25,000 for a team; £30,000 are given."""
    made = FundingStreamFactory(name="Violence Fund", slug="violence-fund")
    AllocationFactory(stream=made, year=Y1, amount=Decimal(60_000), note="As printed")
    AllocationFactory(stream=made, year=Y1, team=DAAT, amount=Decimal(25_000))
    ProjectFactory(stream=made, amount=Decimal(20_000), team=DAAT)
    ProjectFactory(stream=made, amount=Decimal(10_000))
    return made


def said(stream=None, **told):
    names = ("name", "funder", "programme", "terms", "amount", "starts_on", "ends_on", "note")
    held = {name: getattr(stream, name) for name in names} if stream else {"name": "A fund", "funder": "The Mayor"}
    return Content(**(held | told))


def edit(stream, by, *years, version=1, **told):
    return streams.edit(stream, content=said(stream, **told), years=years, version=version, by=by)


def refusal(act):
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value.message_dict


def as_it_is(stream):
    """All that is held of it, to see that nothing was half saved."""
    fields = FundingStream.objects.filter(pk=stream.pk).values().get()
    rows = Allocation.objects.filter(stream=stream).order_by("pk").values_list("year", "team", "amount", "note")
    return fields, list(rows), AuditEvent.objects.count()


# ---------------------------------------------------------------- entering


def test_a_stream_has_an_address_made_from_its_name_and_is_on_record(sam):
    made = streams.add(
        content=said(name="  Late  Night Levy ", amount=Decimal("250000.50"), starts_on=D(2017, 6, 1)), by=sam
    )
    assert (made.name, made.slug, made.amount, made.version) == (
        "Late Night Levy",
        "late-night-levy",
        Decimal("250000.50"),
        1,
    )
    [event] = AuditEvent.objects.filter(kind="funding_stream_added")
    assert {"what": "Amount", "was": "nothing", "now": "£250,000.50"} in event.changes


def test_an_amount_that_is_not_known_stays_unknown(sam):
    made = streams.add(content=said(), by=sam)
    assert (made.amount, made.starts_on, made.allocations.count()) == (None, None, 0)


@pytest.mark.parametrize(("name", "slug"), [("Add", "stream-add"), ("???", "stream"), ("A fund!", "a-fund-2")])
def test_addresses_are_told_apart_and_never_those_of_another_page(sam, name, slug):
    FundingStreamFactory(name="A fund", slug="a-fund")
    assert streams.add(content=said(name=name), by=sam).slug == slug


def test_long_names_that_begin_alike(sam):
    one, other = (streams.add(content=said(name=f"{'fund ' * 20}{end}"), by=sam) for end in "ab")
    assert len({one.slug, other.slug}) == 2
    assert max(len(one.slug), len(other.slug)) <= 60


@pytest.mark.parametrize(
    ("told", "box", "sentence"),
    [
        ({"name": " "}, "name", "Enter the name of the stream"),
        ({"funder": ""}, "funder", "Enter who gives the money"),
        ({"name": "x" * 121}, "name", "The name must be 120 characters or fewer"),
        (
            {"name": "violence FUND"},
            "name",
            "Another stream has this name. Give it a name that tells them apart",
        ),
        ({"amount": Decimal(0)}, "amount", "The amount must be more than £0. Leave it empty where it is not known"),
        ({"amount": Decimal(-1)}, "amount", "The amount can’t be less than £0"),
        (
            {"amount": Decimal("1.0001")},
            "amount",
            "The amount must be in pounds and pence, with at most two figures after the point",
        ),
        ({"amount": Decimal(10**9)}, "amount", "The amount must be less than a billion pounds"),
        (
            {"starts_on": D(2018, 4, 1), "ends_on": D(2018, 3, 31)},
            "ends_on",
            "The last day must be on or after the first day",
        ),
        (
            {"starts_on": D(2018, 4, 1), "ends_on": D(2099, 3, 31)},
            "ends_on",
            "A stream has at most 20 financial years: check the days",
        ),
    ],
)
def test_what_a_stream_cannot_be(sam, stream, told, box, sentence):
    assert refusal(lambda: streams.add(content=said(**told), by=sam)) == {box: [sentence]}
    assert FundingStream.objects.count() == 1


def test_a_stream_of_one_day_and_of_twenty_years(sam):
    streams.add(content=said(name="One day", starts_on=D(2018, 3, 31), ends_on=D(2018, 3, 31)), by=sam)
    streams.add(content=said(name="Twenty", starts_on=D(2018, 4, 1), ends_on=D(2038, 3, 31)), by=sam)


# ---------------------------------------------------------------- changing


def test_changed_amounts_are_on_record_in_pounds(sam, stream):
    saved = edit(
        stream,
        sam,
        OfYear(Y1, Decimal("55000.25"), note="MOPAC’s letter"),
        OfYear(Y2, Decimal(44_000)),
        amount=Decimal(110_000),
    )
    assert (saved.version, saved.amount) == (2, Decimal(110_000))
    [event] = AuditEvent.objects.filter(kind="funding_stream_changed")
    assert event.changes == [
        {"what": "Amount", "was": "£100,000", "now": "£110,000"},
        {"what": "2017-18", "was": "£60,000", "now": "£55,000.25"},
        {"what": "Note on 2017-18", "was": "As printed", "now": "MOPAC’s letter"},
        {"what": "2018-19", "was": "nothing", "now": "£44,000"},
    ]


def test_an_emptied_box_takes_the_year_out_and_a_year_that_is_not_said_stays(sam, stream):
    edit(stream, sam, OfYear(Y1, None))
    assert list(Allocation.objects.values_list("team", "amount")) == [(DAAT, Decimal(25_000))]
    [event] = AuditEvent.objects.filter(kind="funding_stream_changed")
    assert {"what": "2017-18", "was": "£60,000", "now": "nothing"} in event.changes


def test_saying_what_is_said_already_leaves_no_trace(sam, stream):
    before = as_it_is(stream)
    saved = edit(stream, sam, OfYear(Y1, Decimal("60000.00"), note="As printed"), OfYear(Y2, None))
    assert saved.version == 1
    assert as_it_is(stream) == before


def test_the_address_stays_when_the_name_changes(sam, stream):
    assert edit(stream, sam, name="Serious Violence Fund").slug == "violence-fund"


def test_whoever_is_second_is_told(sam, stream):
    edit(stream, sam, note="First")
    with pytest.raises(Stale):
        edit(stream, sam, note="Second")
    assert FundingStream.objects.get().note == "First"


@pytest.mark.parametrize(
    ("told", "years", "box", "words"),
    [
        ({"amount": Decimal("29999.99")}, [OfYear(Y1, None)], "amount", "would come to £30,000, £0.01 more"),
        ({"amount": Decimal(59_999)}, [], "years", "come to £60,000, £1 more than its £59,999"),
        ({}, [OfYear(Y2, Decimal("40000.01"))], "years", "come to £100,000.01, £0.01 more than its £100,000"),
        ({}, [OfYear(Y1, Decimal(24_999))], "years", "What the teams have in 2017-18 comes to £25,000, £1 more"),
        ({}, [OfYear(Y1, Decimal(35_001), "Youth")], "years", "comes to £60,001, £1 more than the year’s £60,000"),
        ({}, [OfYear(Y2, Decimal(80_000), "Youth")], "years", "What the teams have comes to £105,000, £5,000 more"),
        ({}, [OfYear(Y1, Decimal(19_999), DAAT)], "years", f"The projects of {DAAT} would come to £20,000, £1 more"),
        ({}, [OfYear(Y1, Decimal(-1))], "years", "The amount for 2017-18 can’t be less than £0"),
        ({}, [OfYear(Y1, Decimal("1.0001"))], "years", "at most two figures after the point"),
        ({}, [OfYear(Y1, Decimal(1)), OfYear(Y1, Decimal(2))], "years", "2017-18 is there twice. Give it one amount"),
        ({}, [OfYear(Y2, Decimal(1), DAAT.lower())], "years", f"{DAAT} is there already"),
        ({}, [OfYear(Y0, Decimal(1))], "starts_on", "2016-17 has an amount and is over before the first day"),
        ({}, [OfYear(Y3, Decimal(1))], "ends_on", "2019-20 has an amount and begins after the last day"),
        ({"starts_on": D(2018, 4, 1)}, [], "starts_on", "2017-18 has an amount and is over before the first day"),
        ({"starts_on": D(2018, 3, 31)}, [], "starts_on", "would start on 1 April 2017, before"),
        ({"ends_on": D(2019, 3, 30)}, [], "ends_on", "would end on 31 March 2019, after"),
        ({"amount": None, "ends_on": D(2017, 3, 31)}, [], "ends_on", "The last day must be on or after"),
    ],
)
def test_more_than_there_is_is_refused_and_nothing_half_saved(sam, stream, told, years, box, words):
    before = as_it_is(stream)
    found = refusal(lambda: edit(stream, sam, *years, **told))
    assert list(found) == [box]
    assert words in found[box][0]
    assert as_it_is(stream) == before


def test_a_year_below_what_projects_have_in_it(sam, stream):
    ProjectYearFactory(project=ProjectFactory(stream=stream, amount=Decimal(40_000)), year=Y2, amount=Decimal(35_000))
    [sentence] = refusal(lambda: edit(stream, sam, OfYear(Y2, Decimal(34_999))))["years"]
    assert "come to £35,000 in 2018-19, £1 more than the year’s £34,999" in sentence


def test_to_the_penny_is_enough(sam, stream):
    saved = edit(stream, sam, OfYear(Y1, Decimal(30_000)), OfYear(Y1, Decimal(20_000), DAAT), amount=Decimal(30_000))
    assert saved.amount == 30_000


def test_days_may_end_within_a_year_that_has_an_amount(sam):
    stream = FundingStreamFactory()
    AllocationFactory(stream=stream, year=Y1)
    edit(stream, sam, starts_on=D(2018, 3, 31), ends_on=D(2018, 3, 31))
    assert FundingStream.objects.get().starts_on == D(2018, 3, 31)


def test_a_name_that_another_has(sam, stream):
    other = FundingStreamFactory(name="Levy")
    assert refusal(lambda: edit(other, sam, name="VIOLENCE fund")) == {"name": [streams.TAKEN]}
    edit(stream, sam, name="VIOLENCE Fund")  # its own, written otherwise
