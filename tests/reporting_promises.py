"""Something that breaks each promise that the database keeps about packs; see `test_constraints`."""

from collections.abc import Callable

from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.packs import (
    AssessedIndicatorFactory,
    AssessedPriorityFactory,
    AssessmentFactory,
    CompanionFactory,
    FeedKeyFactory,
    OutlineFactory,
    PackApprovalFactory,
    PackFactory,
    RedactionFactory,
)
from tests.factories.protecting import FormatRequestFactory


def twice(make: Callable[..., object], *names: str, **fields: object) -> Callable[[], object]:
    """Make it, then another with the same of these."""

    def break_it() -> object:
        first = make(**fields)
        return make(**fields | {name: getattr(first, name) for name in names})

    return break_it


NOW = timezone.now()

BROKEN: dict[str, Callable[[], object]] = {
    "one_pack_per_number_and_build": twice(PackFactory, "plan"),
    "one_pack_of_a_quarter_and_edition_is_being_built": lambda: (
        pack := PackFactory(job_state="running"),
        PackFactory(plan=pack.plan, job_state="requested", build=2),
    ),
    "one_issue_of_a_pack_stands": lambda: (
        pack := PackFactory(issued=True),
        PackFactory(plan=pack.plan, issued=True, issue=2),
    ),
    "a_number_is_issued_once": lambda: (
        pack := PackFactory(issued=True, standing="superseded"),
        PackFactory(plan=pack.plan, issued=True, build=2),
    ),
    "a_ready_pack_has_its_files_and_checksums": lambda: PackFactory(pdf_sha256=""),
    "only_a_ready_pack_is_approved_or_issued": lambda: PackFactory(standing="approved", job_state="running"),
    "what_was_issued_says_when": lambda: PackFactory(standing="issued"),
    "a_public_edition_is_issued_before_it_is_published": lambda: PackFactory(public=True, issued=True, publish_at=None),
    "a_pack_is_withdrawn_by_someone_with_a_reason": lambda: PackFactory(
        issued=True, standing="withdrawn", withdrawn_at=NOW, withdrawn_by=UserFactory()
    ),
    "a_reissue_says_what_was_wrong": lambda: (
        pack := PackFactory(issued=True),
        PackFactory(plan=pack.plan, issue=2, supersedes=pack),
    ),
    "an_erased_pack_says_when_and_on_what_ground": lambda: PackFactory(removal="erased"),
    "an_addendum_adds_to_an_issue": lambda: PackFactory(kind="addendum"),
    "a_public_edition_is_made_from_an_executive_one": lambda: PackFactory(edition="public"),
    "one_companion_per_pack_and_form": twice(CompanionFactory, "pack"),
    "a_packs_approval_says_how_it_was_given": lambda: PackApprovalFactory(route="mail"),
    "one_outline_per_quarter_and_edition": twice(OutlineFactory, "plan"),
    "what_is_left_out_has_a_ground": lambda: RedactionFactory(ground=""),
    "one_assessment_per_plan_and_year": twice(AssessmentFactory, "plan"),
    "one_word_per_assessment_and_indicator": twice(AssessedIndicatorFactory, "assessment", "indicator"),
    "one_future_per_assessment_and_priority": twice(AssessedPriorityFactory, "assessment", "priority"),
    "a_new_priority_has_a_title_and_an_old_one_is_named": lambda: AssessedPriorityFactory(future="new"),
    "a_format_request_is_answered_by_someone_at_some_time": lambda: FormatRequestFactory(state="sent"),
    "a_format_request_says_how_to_reach_them_until_forgotten": lambda: FormatRequestFactory(contact=""),
    "a_feed_key_is_revoked_by_someone_at_some_time": lambda: FeedKeyFactory(revoked_at=NOW),
}
