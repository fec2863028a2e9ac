"""Drafting and agreeing a quarter's updates: all of a page or none of it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from governance.actions import date_moves, updates
from governance.actions.updates import RowsRefused, Verdict, Words
from governance.models import Action, Brag, DateMove, Update
from lib.editing import Stale
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    Q3,
    Q4,
    ActionFactory,
    BodyFactory,
    DateMoveFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    UpdateFactory,
    agreed,
)

pytestmark = pytest.mark.django_db

D = dt.date
APRIL = dt.datetime(2018, 4, 16, 9, 0, tzinfo=dt.UTC)
SAID = {"version": 0, "done": "Two courses", "next": "The third", "brag": "green"}


@pytest.fixture(autouse=True)
def _april():
    with time_machine.travel(APRIL, tick=False):
        yield


@pytest.fixture
def plan():
    return DeliveryPlanFactory(running=True, body=BodyFactory(code="ASB"))


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox")


@pytest.fixture
def chair():
    return UserFactory(name="Owen Tranter")


def action(plan, number, **fields):
    return ActionFactory(delivery_plan=plan, number=number, **{"due_on": D(2018, 6, 29)} | fields)


def on_time(plan, number=1):
    """Due today, which is after the plan's year: no page lets one have such a date, the database does."""
    return action(plan, number, due_on=D(2018, 4, 16), first_due_on=D(2018, 4, 16))


class TestDrafting:
    def test_several_at_once(self, plan, lena):
        one, two = action(plan, 1), action(plan, 2)
        words = {one: Words(**SAID), two: Words(**SAID | {"brag": "amber", "brag_reason": "The trainer was ill"})}
        saved = updates.draft(plan, quarter=Q4, words=words, by=lena)
        assert [(update.action, update.brag, update.version) for update in saved] == [
            (one, "green", 1),
            (two, "amber", 1),
        ]
        assert Update.objects.waiting().count() == 2
        assert AuditEvent.objects.filter(kind="update_drafted", actor=lena).count() == 2

    def test_one_bad_row_saves_none(self, plan, lena):
        one, two, three = action(plan, 1), action(plan, 2), action(plan, 3)
        words = {
            one: Words(**SAID),
            two: Words(**SAID | {"brag": "red"}),
            three: Words(**SAID | {"done": " ", "brag": ""}),
        }
        with pytest.raises(RowsRefused) as refused:
            updates.draft(plan, quarter=Q4, words=words, by=lena)
        assert {pk: refusal.message_dict for pk, refusal in refused.value.rows.items()} == {
            two.pk: {"brag_reason": ["Say why ASB 2 is red"]},
            three.pk: {
                "done": ["Say what was done for ASB 3; “nothing” is an answer too"],
                "brag": ["Choose how ASB 3 goes"],
            },
        }
        assert not Update.objects.exists()

    def test_with_a_new_date(self, plan, lena):
        one = action(plan, 1, due_on=D(2018, 1, 31))
        words = Words(**SAID, move_to=D(2018, 3, 31), move_because="The trainer was ill")
        with time_machine.travel(dt.datetime(2018, 3, 31, 9, tzinfo=dt.UTC), tick=False):
            updates.draft(plan, quarter=Q4, words={one: words}, by=lena)
        move = DateMove.objects.get()
        assert (move.was, move.proposed, move.state) == (D(2018, 1, 31), D(2018, 3, 31), "proposed")
        one.refresh_from_db()
        assert one.due_on == D(2018, 1, 31)

    def test_a_refused_date_saves_no_words_either(self, plan, lena):
        one = action(plan, 1, due_on=D(2018, 1, 31))
        words = Words(**SAID, move_to=D(2018, 4, 1), move_because="The trainer was ill")
        with pytest.raises(RowsRefused) as refused:
            updates.draft(plan, quarter=Q4, words={one: words}, by=lena)
        assert (
            refused.value.rows[one.pk]
            .message_dict["move_to"][0]
            .startswith("The new date must be on or before 31 March")
        )
        assert not Update.objects.exists() and not DateMove.objects.exists()

    def test_what_others_wrote_meanwhile_is_not_overwritten(self, plan, lena):
        one = action(plan, 1)
        updates.draft(plan, quarter=Q4, words={one: Words(**SAID)}, by=UserFactory())
        with pytest.raises(RowsRefused) as refused:
            updates.draft(plan, quarter=Q4, words={one: Words(**SAID | {"done": "Mine"})}, by=lena)
        assert isinstance(refused.value.rows[one.pk], Stale)
        assert Update.objects.get().done == "Two courses"

    def test_what_was_sent_back_goes_to_the_chair_again(self, plan, lena):
        update = UpdateFactory(action=action(plan, 1), sent_back_because="Which courses?", version=2)
        updates.draft(plan, quarter=Q4, words={update.action: Words(**SAID | {"version": 2})}, by=lena)
        update.refresh_from_db()
        assert (update.sent_back_because, update.drafted_by, update.version) == ("", lena, 3)

    def test_an_agreed_one_stays_as_it_is(self, plan, lena, chair):
        update = agreed(UpdateFactory(action=action(plan, 1)), by=chair)
        with pytest.raises(RowsRefused, match="has been agreed, and stays as it is"):
            updates.draft(plan, quarter=Q4, words={update.action: Words(**SAID | {"version": 1})}, by=lena)

    def test_nothing_is_added_to_a_quarter_that_a_later_one_has_overtaken(self, plan, lena, chair):
        one = action(plan, 1)
        later = UpdateFactory(action=one)
        updates.draft(plan, quarter=Q3, words={one: Words(**SAID)}, by=lena)  # while it is not agreed
        Update.objects.filter(quarter=Q3).update(quarter=Q3.previous)
        agreed(later, by=chair)
        with pytest.raises(RowsRefused, match="An update of a later quarter has been agreed already"):
            updates.draft(plan, quarter=Q3, words={one: Words(**SAID)}, by=lena)
        with pytest.raises(ValidationError, match="An update of a later quarter has been agreed already"):
            updates.say_no_change(one, quarter=Q3, version=0, by=lena)

    @pytest.mark.parametrize(
        "quarter, why",
        [("2018-19-q1", "not in the year"), ("2016-17-q4", "not in the year")],
    )
    def test_only_quarters_of_the_plans_year(self, plan, lena, quarter, why):
        with pytest.raises(ValidationError, match=why):
            updates.draft(plan, quarter=Quarter.parse(quarter), words={action(plan, 1): Words(**SAID)}, by=lena)

    @pytest.mark.parametrize(
        "moment, begun", [(dt.datetime(2017, 12, 31, 12), False), (dt.datetime(2018, 1, 1, 12), True)]
    )
    def test_only_once_the_quarter_has_begun(self, plan, lena, moment, begun):
        one = action(plan, 1)
        with time_machine.travel(moment, tick=False):
            if begun:
                updates.draft(plan, quarter=Q4, words={one: Words(**SAID)}, by=lena)
            else:
                with pytest.raises(ValidationError, match="begins on 1 January 2018"):
                    updates.draft(plan, quarter=Q4, words={one: Words(**SAID)}, by=lena)

    @pytest.mark.parametrize("kind", [{}, {"submitted": True}, {"closed": True}])
    def test_only_while_the_plan_runs(self, lena, kind):
        one = action(DeliveryPlanFactory(**kind), 1)
        with pytest.raises(ValidationError, match="while the plan is in delivery"):
            updates.draft(one.delivery_plan, quarter=Q4, words={one: Words(**SAID)}, by=lena)


class TestNoChange:
    def before(self, one, chair, **fields):
        return agreed(UpdateFactory(action=one, quarter=Q3, **fields), by=chair)

    def test_carries_colour_and_reason_and_the_day(self, plan, lena, chair):
        one = on_time(plan)
        self.before(one, chair, brag="amber", brag_reason="One trainer only")
        update = updates.say_no_change(one, quarter=Q4, version=0, by=lena)
        assert (update.is_no_change, update.brag, update.brag_reason) == (True, "amber", "One trainer only")
        assert (update.done, update.drafted_by, update.drafted_at) == ("", lena, APRIL)

    def test_refused_without_an_agreed_one_before(self, plan, lena):
        one = on_time(plan)
        UpdateFactory(action=one, quarter=Q3)  # drafted, and never agreed
        with pytest.raises(ValidationError, match="Nothing was agreed before"):
            updates.say_no_change(one, quarter=Q4, version=0, by=lena)

    def test_refused_past_its_day(self, plan, lena, chair):
        one = action(plan, 1, due_on=D(2018, 4, 15))
        self.before(one, chair)
        with pytest.raises(ValidationError, match="It is past its day"):
            updates.say_no_change(one, quarter=Q4, version=0, by=lena)

    @pytest.mark.parametrize(
        "due, done, refused",
        [(D(2018, 4, 15), None, True), (D(2018, 4, 16), None, False), (D(2018, 4, 15), D(2018, 4, 12), False)],
    )
    def test_refused_where_a_milestone_went_by_undone(self, plan, lena, chair, due, done, refused):
        one = on_time(plan)
        MilestoneFactory(action=one, due_on=due, done_on=done)
        self.before(one, chair, drafted_at=dt.datetime(2018, 1, 10, 12, tzinfo=dt.UTC))
        if refused:
            with pytest.raises(ValidationError, match="A milestone has passed"):
                updates.say_no_change(one, quarter=Q4, version=0, by=lena)
        else:
            updates.say_no_change(one, quarter=Q4, version=0, by=lena)

    def test_refused_where_the_chair_asked_for_more(self, plan, lena, chair):
        one = on_time(plan)
        self.before(one, chair)
        UpdateFactory(action=one, sent_back_because="Which nights?")
        with pytest.raises(ValidationError, match="The chair has sent it back with a comment"):
            updates.say_no_change(one, quarter=Q4, version=1, by=lena)

    def test_refused_where_somebody_wrote_meanwhile(self, plan, lena, chair):
        one = on_time(plan)
        self.before(one, chair)
        UpdateFactory(action=one)
        with pytest.raises(Stale):
            updates.say_no_change(one, quarter=Q4, version=0, by=lena)


class TestAgreeing:
    def test_a_whole_page(self, plan, chair):
        """One late and sent back, one whose date moves, one that completes, and one as before: in one go, in January."""
        late, moving, blue, same = (action(plan, n, due_on=D(2017, 12, 6)) for n in (1, 2, 3, 4))
        said = {
            one: UpdateFactory(action=one, quarter=Q3, brag="blue" if one is blue else "green")
            for one in (late, moving, blue, same)
        }
        move = DateMoveFactory(action=moving, was=D(2017, 12, 6), proposed=D(2018, 3, 30))
        verdicts = {one.pk: Verdict(update=update.pk, version=1) for one, update in said.items()}
        verdicts[late.pk] = Verdict(update=said[late].pk, version=1, send_back_because="45 days late is not green")
        verdicts[moving.pk] = Verdict(update=said[moving].pk, version=1, move=move.pk, accept=True)
        with time_machine.travel(dt.datetime(2018, 1, 20, 9, tzinfo=dt.UTC), tick=False):
            outcome = updates.agree(plan, quarter=Q3, verdicts=verdicts, by=chair)
        assert outcome == updates.Outcome(agreed=3, sent_back=1, accepted=1, kept=0, completed=1)
        for one in (late, moving, blue, same):
            one.refresh_from_db()
        assert (moving.due_on, moving.first_due_on) == (D(2018, 3, 30), D(2017, 12, 6))
        assert (blue.ending, blue.ended_on, blue.ended_by) == (Action.Ending.COMPLETE, D(2018, 1, 20), chair)
        assert blue.ended_at == dt.datetime(2018, 1, 20, 9, tzinfo=dt.UTC)
        assert Update.objects.get(pk=said[late].pk).sent_back_because == "45 days late is not green"
        kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
        assert sorted(kinds) == ["action_completed", "date_accepted", *["update_agreed"] * 3, "update_sent_back"]

    def test_a_row_that_was_changed_meanwhile_holds_up_the_page(self, plan, chair):
        one, two = (UpdateFactory(action=action(plan, n)) for n in (1, 2))
        updates.draft(
            plan, quarter=Q4, words={two.action: Words(**SAID | {"version": 1, "brag": "blue"})}, by=UserFactory()
        )
        verdicts = {update.action_id: Verdict(update=update.pk, version=1) for update in (one, two)}
        with pytest.raises(RowsRefused) as refused:
            updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)
        assert list(refused.value.rows) == [two.action_id]
        assert not Update.objects.agreed().exists()

    def test_an_older_quarter_completes_nothing_once_a_later_one_is_agreed(self, plan, chair):
        one = action(plan, 1)
        older = UpdateFactory(action=one, quarter=Q3, brag="blue")
        agreed(UpdateFactory(action=one, brag="amber", brag_reason="The trainer was ill"), by=chair)
        verdict = Verdict(update=older.pk, version=1)
        with pytest.raises(RowsRefused, match="ASB 1: an update of a later quarter has been agreed already"):
            updates.agree(plan, quarter=Q3, verdicts={one.pk: verdict}, by=chair)
        one.refresh_from_db()
        assert one.is_open and not Update.objects.agreed().filter(quarter=Q3).exists()
        back = Verdict(update=older.pk, version=1, send_back_because="Overtaken by the fourth quarter’s")
        assert updates.agree(plan, quarter=Q3, verdicts={one.pk: back}, by=chair).sent_back == 1

    def test_what_came_in_after_the_page_was_opened_is_left_waiting(self, plan, chair):
        seen, unseen = (UpdateFactory(action=action(plan, n)) for n in (1, 2))
        updates.agree(plan, quarter=Q4, verdicts={seen.action_id: Verdict(update=seen.pk, version=1)}, by=chair)
        assert list(Update.objects.waiting()) == [unseen]

    def test_twice_is_told(self, plan, chair):
        one = UpdateFactory(action=action(plan, 1))
        verdicts = {one.action_id: Verdict(update=one.pk, version=1)}
        updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)
        with pytest.raises(RowsRefused, match="has been changed since you opened it"):
            updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)

    def test_a_date_is_kept_for_a_reason(self, plan, chair):
        one = UpdateFactory(action=action(plan, 1, due_on=D(2018, 1, 31)))
        move = DateMoveFactory(action=one.action)
        said = {"update": one.pk, "version": 1, "move": move.pk, "accept": False}
        with pytest.raises(RowsRefused, match="Say why 31 January 2018 stays for ASB 1"):
            updates.agree(plan, quarter=Q4, verdicts={one.action_id: Verdict(**said)}, by=chair)
        verdict = Verdict(**said, keep_because="The course can be held")
        updates.agree(plan, quarter=Q4, verdicts={one.action_id: verdict}, by=chair)
        move.refresh_from_db()
        assert (move.state, move.decided_because, move.decided_by) == ("refused", "The course can be held", chair)
        one.action.refresh_from_db()
        assert one.action.due_on == D(2018, 1, 31)

    def test_a_completed_action_lets_its_waiting_date_go(self, plan, chair):
        one = UpdateFactory(action=action(plan, 1, due_on=D(2018, 1, 31)), brag=Brag.BLUE)
        move = DateMoveFactory(action=one.action)
        updates.agree(plan, quarter=Q4, verdicts={one.action_id: Verdict(update=one.pk, version=1)}, by=chair)
        move.refresh_from_db()
        assert (move.state, move.decided_because) == ("withdrawn", "The action is complete")

    @pytest.mark.parametrize(
        "moment, may", [(dt.datetime(2018, 3, 31, 22), False), (dt.datetime(2018, 3, 31, 23, 30), True)]
    )
    def test_only_once_the_quarter_is_over(self, plan, chair, moment, may):
        """31 March ends at midnight in London, where summer time has begun: that is 23:00 by UTC."""
        one = UpdateFactory(action=action(plan, 1))
        with time_machine.travel(moment.replace(tzinfo=dt.UTC), tick=False):
            verdicts = {one.action_id: Verdict(update=one.pk, version=1)}
            if may:
                updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)
            else:
                with pytest.raises(RowsRefused, match="once the quarter is over"):
                    updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)

    def test_nothing_is_agreed_in_a_closed_plan(self, plan, chair):
        one = UpdateFactory(action=action(DeliveryPlanFactory(closed=True), 1))
        with pytest.raises(ValidationError, match="while the plan is in delivery"):
            updates.agree(
                one.action.delivery_plan,
                quarter=Q4,
                verdicts={one.action_id: Verdict(update=one.pk, version=1)},
                by=chair,
            )

    @pytest.mark.parametrize(
        "moment, may", [(dt.datetime(2018, 3, 31, 22), True), (dt.datetime(2018, 3, 31, 23), False)]
    )
    def test_a_date_that_is_over_is_not_accepted_any_more(self, plan, chair, moment, may):
        """31 March ends at 23:00 by UTC. Afterwards it would only wipe out that the action is late."""
        one = action(plan, 1, due_on=D(2018, 1, 31))
        move = DateMoveFactory(action=one, proposed=D(2018, 3, 31))
        verdicts = {one.pk: Verdict(move=move.pk, accept=True)}
        with time_machine.travel(moment.replace(tzinfo=dt.UTC), tick=False):
            if may:
                updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)
            else:
                with pytest.raises(RowsRefused, match="31 March 2018 is over: say that the action is complete"):
                    updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)
        one.refresh_from_db()
        assert one.due_on == (D(2018, 3, 31) if may else D(2018, 1, 31))

    def test_a_date_that_was_taken_back_meanwhile_is_told(self, plan, chair):
        one = action(plan, 1, due_on=D(2018, 1, 31))
        move = DateMoveFactory(action=one)
        date_moves.take_back(move, by=UserFactory())
        with pytest.raises(RowsRefused, match="decided on or taken back"):
            updates.agree(plan, quarter=Q4, verdicts={one.pk: Verdict(move=move.pk, accept=True)}, by=chair)


def test_queries_to_agree_do_not_grow_with_what_is_as_before(plan, chair):
    counts = []
    for first, last in ((1, 10), (11, 210)):
        made = [UpdateFactory(action=action(plan, n)) for n in range(first, last + 1)]
        verdicts = {update.action_id: Verdict(update=update.pk, version=1) for update in made}
        with CaptureQueriesContext(connection) as asked:
            updates.agree(plan, quarter=Q4, verdicts=verdicts, by=chair)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 4  # more statements where the database takes no more rows in one
