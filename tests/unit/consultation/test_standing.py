"""Where a consultation stands, in a sentence worked out by hand."""

import datetime as dt

import pytest

from consultation import standing
from consultation.models import Channel, Consultation
from consultation.standing import Came
from tests.factories.consultations import CLOSES_ON, NOON, ConsultationFactory, ResponseFactory, ResultFactory, whole

DAY = dt.timedelta(days=1)


def came(**ways: int) -> list[Came]:
    return [Came(Channel(name=way, way=way), number, 0) for way, number in ways.items()]


@pytest.mark.parametrize(
    ("number", "rows", "words"),
    [
        (None, [], ""),
        (0, came(web=0), "No answers so far"),
        (1, came(web=1), "1 answer so far, on the web"),
        (204, came(web=204, paper=0), "204 answers so far, all on the web"),
        (311, came(web=204, paper=107), "311 answers so far: 204 on the web, 107 on paper"),
        (
            1312,
            came(web=1000, kiosk=41, paper=200, imported=71),
            "1,312 answers so far: 1,000 on the web, 41 on screens in libraries, 200 on paper, 71 from surveys run elsewhere",
        ),
    ],
)
def test_how_many_came_by_which_way(number, rows, words):
    assert standing.answers(number, rows, so_far=True) == words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2018, 6, 9), "It takes answers from Sunday 10 June 2018 to Sunday 12 August 2018."),
        (dt.date(2018, 6, 10), "Open for 63 more days, until Sunday 12 August 2018. No answers so far."),
        (dt.date(2018, 7, 31), "Open for 12 more days, until Sunday 12 August 2018. No answers so far."),
        (CLOSES_ON - DAY, "Open for 1 more day, until Sunday 12 August 2018. No answers so far."),
        (CLOSES_ON, "Open until midnight today. No answers so far."),
        (CLOSES_ON + DAY, "Its last day, Sunday 12 August 2018, is over. No answers so far."),
    ],
)
def test_how_long_it_is_open(on, words):
    consultation = Consultation(state="open", opens_on=dt.date(2018, 6, 10), closes_on=CLOSES_ON)
    assert standing.headline(consultation, on, 0) == words


@pytest.mark.parametrize(
    ("told", "lacks", "words"),
    [
        ({"state": "draft"}, 1, "A draft: 1 thing is missing before it can open."),
        ({"state": "draft"}, 3, "A draft: 3 things are missing before it can open."),
        ({"state": "draft"}, 0, "A draft with all it needs: it can open."),
        ({"state": "draft", "holds_responses": False}, 0, "A draft of published totals: no individual responses are held."),
        ({"state": "closed"}, 0, "Closed. 12 answers. The results have not been counted yet."),
        ({"state": "analysed"}, 0, "Analysed, and not published yet. 12 answers."),
        ({"state": "published"}, 0, "Published. 12 answers."),
    ],
)  # fmt: skip
def test_how_far_it_has_come(told, lacks, words):
    assert standing.headline(Consultation(**told), CLOSES_ON, 12, lacks=lacks) == words


@pytest.mark.django_db
def test_what_is_not_counted_is_told_apart_and_what_was_undone_is_gone():
    consultation = whole()
    web = consultation.channels.get(key="web")
    for held in ("counted", "counted", "held", "late", "undone"):
        ResponseFactory(channel=web, standing=held)
    ResponseFactory(channel=web, standing="set_aside", set_aside_because="The same again")
    found = {row.channel.key: (row.counted, row.others) for row in standing.came(consultation)}
    assert found == {"web": (2, 3), "kiosk": (0, 0), "paper": (0, 0), "imported": (0, 0)}


@pytest.mark.django_db
def test_the_number_outlives_the_answers(django_assert_num_queries):
    now = whole()
    ResponseFactory(channel=now.channels.get(key="web"))
    gone = ConsultationFactory(state="analysed", purge_begun_at=NOON)
    ResultFactory(consultation=gone, number=1, counts={"responses": 300})
    ResultFactory(consultation=gone, number=2, counts={"responses": 298}, reason="Two were set aside")
    printed = ConsultationFactory(totals_only=True)
    with django_assert_num_queries(2):
        found = standing.answered([now, gone, printed])
    assert found == {now.pk: 1, gone.pk: 298, printed.pk: 1389}
