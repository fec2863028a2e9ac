"""Which words of an executive snapshot the public reads, and which it does not."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from indicators.aims import Aim
from reporting import disclosure, snapshots
from reporting.disclosure.naming import has_a_number
from reporting.disclosure.people import Names, by_label
from reporting.imprint import Assessed, Cause, Future, Imprint, OwnSection
from reporting.snapshots.governed import OutcomePart
from reporting.snapshots.shape import PersonPart, SmallNumbers, ToDecidePart
from tests.factories import snapshot_governance as governing
from tests.factories.public_snapshots import COUNT, QUARTERS, Story, executive
from tests.factories.snapshots import sample

SMALL = SmallNumbers(5, True, 0)
PEOPLE = (
    PersonPart("Owen Tranter", "Superintendent, partnerships"),
    PersonPart("Daniel Frost", ""),
    PersonPart("Priya Nair", "Head of Community Safety"),
    PersonPart("Sam Carrick", "Partnership coordinator"),
    PersonPart("Jo Mercer", "Co-chair, CSP Executive"),
    PersonPart("Oona Harcastle", "superintendent"),
    PersonPart("Dana Whitlock", "performance analyst"),
    PersonPart("Signe Marlowe", "IOM Co-ordinator"),
)
LEFT_OUT = "[Left out of the public edition: small numbers]"


@dataclass(frozen=True)
class Decision:
    place: str
    passage: str
    is_left_out: bool
    ground: str = ""


def publish(full, *redactions, before=()):
    return disclosure.publish(full, before, small_numbers=SMALL, redactions=redactions)


def changed(full, reference, **fields):
    """The snapshot with this indicator's words, or other fields, as given."""
    said = {name: fields.pop(name) for name in ("what_happened", "why", "what_next") if name in fields}

    def one(part):
        if part.reference != reference:
            return part
        words = next(each.words for each in full.indicators if each.words and each.words.state == "sent")
        return replace(part, words=replace(words, **said) if said else part.words, **fields)

    parts = [replace(each, indicators=tuple(one(part) for part in each.indicators)) for each in full.priorities]
    return replace(full, priorities=tuple(parts))


def by_reference(snapshot, reference):
    return next((part for part in snapshot.indicators if part.reference == reference), None)


# ---------------------------------------------------------------- names


class TestNames:
    names = Names(PEOPLE)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("We thank Owen Tranter’s team.", "We thank [Superintendent, partnerships]’s team."),
            ("Owen Tranter, Superintendent, partnerships", "Superintendent, partnerships"),
            ("Superintendent, partnerships (Owen Tranter)", "Superintendent, partnerships"),
            ("Mr Frost and DCI Frost agreed", "[a named officer] and [a named officer] agreed"),
            ("OWEN  TRANTER said", "[Superintendent, partnerships] said"),
            ("O. Tranter and Owen J. Tranter", "[Superintendent, partnerships] and [Superintendent, partnerships]"),
            ("Chief Superintendent Tranter agreed", "[Superintendent, partnerships] agreed"),
            ("Frost came early", "Frost came early"),  # a word as well as a name
            ("Frosty mornings", "Frosty mornings"),
        ],
    )
    def test_name_becomes_its_post(self, text, told):
        assert self.names.out_of(text) == told

    @pytest.mark.parametrize(
        ("label", "post"),
        [
            ("Owen Tranter, Superintendent, partnerships", "Superintendent, partnerships"),
            ("ASB team manager (Priya Nair)", "ASB team manager"),
            ("Priya Nair", "Head of Community Safety"),
            ("Daniel Frost", "a named officer"),
            ("Borough Commander (vacant)", "Borough Commander (vacant)"),
            ("Licensing manager", "Licensing manager"),
            ("", ""),
        ],
    )
    def test_field_for_a_person_shows_the_post(self, label, post):
        assert self.names.post(label) == post

    def test_whoever_nobody_knows_is_a_named_officer_and_an_organisation_is_itself(self):
        assert by_label("Maud Penhale", self.names) == "a named officer"
        assert by_label("Maud Penhale, Contract manager", self.names) == "Contract manager"
        assert by_label("Victim Support", self.names, ["Victim Support"]) == "Victim Support"

    @pytest.mark.parametrize(
        ("text", "asks"),
        [
            ("We met Frost in March", True),
            ("Frost came early", False),
            ("The Town Frost Hall", False),
            ("frost", False),
        ],
    )
    def test_surname_alone_is_asked_about(self, text, asks):
        assert self.names.may_name(text) is asks

    def test_no_name_is_left_anywhere(self):
        full = governing.governed(people=PEOPLE)
        full = changed(full, "B3", why="Owen Tranter and Mr Frost moved the patrols.")
        told = snapshots.to_json(publish(full))
        for person in PEOPLE:
            assert person.name not in told
        assert "[Superintendent, partnerships] and [a named officer] moved the patrols." in told


# ---------------------------------------------------------------- sentences near a hidden figure


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Both were known to the panel.", True),
        ("A single victim came twice.", True),
        ("None was hurt.", True),
        ("There were 3.", True),
        ("Nobody came back.", True),
        ("Half of them stayed.", True),
        ("The third case closed.", True),
        ("A couple of cases closed.", True),
        ("A dozen came.", True),
        ("½ of them left.", True),
        ("Patrols moved to the market.", False),
        ("Someone phoned often.", False),
    ],
)
def test_digits_and_counting_words(sentence, counts):
    assert has_a_number(sentence) is counts


class TestSentences:
    """D2's pairs are small: 4 of 12."""

    full = changed(
        sample(people=PEOPLE),
        "D2",
        what_happened="Both left treatment. Staff were ill.\n\nFour of 12 stayed. A pair came back.",
    )

    def words(self, *redactions):
        return by_reference(publish(self.full, *redactions), "D2").words

    def test_undecided_sentence_with_a_number_is_left_out_and_the_rest_stays(self):
        assert self.words().what_happened == f"{LEFT_OUT} Staff were ill.\n\n{LEFT_OUT}"

    def test_coordinator_is_asked_about_each(self):
        asked = [one for one in disclosure.questions(self.full, SMALL) if one.place.endswith("words/what_happened")]
        assert [(one.place, one.passage, one.ground) for one in asked] == [
            ("indicators/substance-misuse-need-met/words/what_happened", passage, "small")
            for passage in ("Both left treatment.", "Four of 12 stayed.", "A pair came back.")
        ]

    def test_decision_counts_and_the_last_one_most(self):
        place = "indicators/substance-misuse-need-met/words/what_happened"
        stays, out = (
            Decision(place, "Both left treatment.", False),
            Decision(place, "Staff were ill.", True, "exempt_3"),
        )
        told = self.words(Decision(place, "Both left treatment.", True, "small"), stays, out)
        assert told.what_happened.startswith(
            "Both left treatment. [Left out of the public edition: exempt, paragraph 3 of Schedule 12A]\n"
        )

    def test_decision_on_other_words_counts_for_nothing(self):
        place = "indicators/substance-misuse-need-met/words/what_happened"
        assert self.words(Decision(place, "Both left.", False)).what_happened.startswith(LEFT_OUT)

    def test_words_on_what_is_shown_keep_their_numbers(self):
        assert by_reference(publish(self.full), "A1").words == replace(
            by_reference(self.full, "A1").words, by="superintendent"
        )

    def test_action_that_serves_the_indicator_is_near_it(self):
        update = governing.update("amber", "Two people left")
        action = governing.action("ASB 1", "at_risk", indicators=("D2",), update=update, title="See both hostels")
        other = governing.action("ASB 2", "at_risk", indicators=("A1",), update=update, title="See both markets")
        governance = governing.governance(delivery=(governing.delivery("ASB", "ASB", action, other),))
        (plan,) = publish(replace(self.full, governance=governance)).governance.delivery
        assert [(one.title, one.update.reason) for one in plan.actions] == [
            (LEFT_OUT, LEFT_OUT),
            ("See both markets", "Two people left"),
        ]

    def test_that_an_explanation_is_owed_would_tell_the_rating(self):
        assert by_reference(sample(), "D2").words.state == "owed"
        assert by_reference(publish(sample()), "D2").words is None


# ---------------------------------------------------------------- restricted, and what is not for the public


class TestRestricted:
    full = governing.governed(people=PEOPLE)

    def test_restricted_indicator_is_absent_everywhere(self):
        assert by_reference(self.full, "D1").is_restricted
        action = governing.action(
            "ASB 1", "on_track", indicators=("A1", "D1"), title="Review MAPPA L3  serious offences", update=None
        )
        outcomes = (OutcomePart("d-1", "Fewer are harmed.", "indicator", "D1", "better", "2017-18", "1 against 2"),)
        governance = governing.governance(delivery=(governing.delivery("ASB", "ASB", action),))
        last = replace(self.full.priorities[3], outcomes=outcomes)
        full = replace(self.full, governance=governance, priorities=(*self.full.priorities[:3], last))
        full = changed(full, "B3", why="Patrols moved. D1 rose as well.")
        full = changed(full, "C3", why="See decision CSPE D1.")
        public = publish(full)
        told = snapshots.to_json(public)
        assert by_reference(public, "D1") is None
        for word in ("mappa-level-3", "MAPPA L3", '"D1"', "D1 rose"):
            assert word not in told
        assert by_reference(public, "B3").words.why == ("Patrols moved. [Left out of the public edition]")
        assert by_reference(public, "C3").words.why == "See decision CSPE D1."
        (one,) = public.governance.delivery[0].actions
        assert (one.title, one.indicators) == ("[Left out of the public edition]", ("A1",))
        (outcome,) = public.priorities[3].outcomes
        assert (outcome.text, outcome.kind, outcome.known_by, outcome.evidence) == ("Fewer are harmed.", "plan", "", "")

    def test_risks_undertakings_money_and_what_is_to_be_decided_are_out(self):
        full = replace(self.full, to_decide=(ToDecidePart("Agree the plan", "Agenda item 3", "", "Sam Carrick"),))
        public = publish(full)
        governance = public.governance
        assert (governance.risks, governance.undertakings, public.funding, public.to_decide, public.people) == (
            (), (), None, (), ()
        )  # fmt: skip
        assert {(one.conditions, one.resources) for one in governance.delivery} == {((), "")}
        assert governance.decisions[0].text == full.governance.decisions[0].text

    def test_snapshot_can_be_kept_and_read_again(self):
        public = publish(self.full)
        assert snapshots.from_json(snapshots.to_json(public)) == public
        assert publish(self.full, before=[public]) == public


# ---------------------------------------------------------------- words beside the snapshot


def test_note_and_assessment_are_cut_like_the_rest():
    full = sample(people=PEOPLE)
    told = Imprint(
        "public",
        1,
        note="Substance misuse need met fell: both left. Owen Tranter will speak.",
        note_by="Sam Carrick, Partnership coordinator",
        assessed=Assessed(
            "All went well.",
            (OwnSection("D1", "MAPPA L3 serious offences rose."),),
            (Cause("substance-misuse-need-met", "Four left."), Cause("mappa-level-3", "It rose.")),
            (Future("", "Fewer MAPPA L3 serious offences", "new", "New", "It is needed."),),
        ),
    )
    public = disclosure.publish_imprint(told, full, [], small_numbers=SMALL)
    assert public.note == f"{LEFT_OUT} [Superintendent, partnerships] will speak."
    assert public.note_by == "Partnership coordinator"
    gone = "[Left out of the public edition]"
    assert public.assessed == Assessed(
        "All went well.",
        (OwnSection(gone, gone),),
        (Cause("substance-misuse-need-met", LEFT_OUT),),
        (Future("", gone, "new", "New", "It is needed."),),
    )


def test_how_far_a_commitment_is_goes_with_the_indicator_that_it_is_about():
    """D2 is hidden, D1 restricted, A1 shown."""
    full = sample(people=PEOPLE)
    own = next(one for each in full.priorities for one in each.commitments)
    texts = ("See more people (D2)", "Review MAPPA L3 serious offences", "Walk the markets (A1)")
    told = tuple(replace(own, key=text, text=text, reached=41, actions=()) for text in texts)
    public = publish(replace(full, priorities=(replace(full.priorities[0], commitments=told), *full.priorities[1:])))
    assert [one.reached for one in public.priorities[0].commitments] == [None, None, 41]


# ---------------------------------------------------------------- no text holds it


def test_no_text_or_number_of_the_public_snapshot_holds_a_hidden_one():
    """Under 1,000 is small here: 787, 619 and 353 stand in no other number, nor do their sums and differences."""
    aim = Aim("minimum_and_target", "year_to_date", Decimal(9000), Decimal(9500), None, (Decimal(25),) * 4)
    numbers = (4001, 787, 4003, 4007, 4013, 619, 4019, 353)
    story = Story(COUNT, {quarter: [(0, one)] for quarter, one in zip(QUARTERS, numbers, strict=True)}, aim=aim)
    away = Story("mappa-level-3", {QUARTERS[7]: [(0, 913373)]}, is_restricted=True)
    full = executive([story, away], 3)
    public = disclosure.publish(full, [], small_numbers=SmallNumbers(1000, True, 0))
    there, told = (snapshots.to_json(one).replace(",", "") for one in (full, public))
    hidden = (787, 619, 353, 913373, 4001 + 787 + 4003 + 4007, 4013 + 619 + 4019 + 353, 4019 - 353, 4007 - 353)
    assert [number for number in hidden if str(number) not in there] == []
    assert [number for number in hidden if str(number) in told] == []
    assert [number for number in (4001, 4003, 4007, 4013, 4019) if str(number) not in told] == []
