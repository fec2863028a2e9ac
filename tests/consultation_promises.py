"""What breaks each promise that the database keeps of consultations; asked by `test_constraints`."""

import datetime as dt
from collections.abc import Callable

from consultation.models import Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    AnswerFactory,
    BatchFactory,
    ChannelFactory,
    CodeFactory,
    CommentFactory,
    ConcernFactory,
    ConsultationFactory,
    DisclosureFactory,
    LanguageFactory,
    MonitoringCountFactory,
    OptionFactory,
    QuestionFactory,
    QuoteFactory,
    ResponseFactory,
    ResultFactory,
    TagFactory,
    TallyFactory,
    TranslationFactory,
    whole,
)
from tests.governance_promises import NOW, again


def chosen(*orders: int | None) -> Callable[[], object]:
    """A response with these concerns of one consultation as its first, second and third choice."""

    def make() -> object:
        consultation = whole()
        concerns = {concern.order: concern for concern in consultation.concerns.all()}
        named = dict(zip(("first", "second", "third"), (concerns.get(order or 0) for order in orders), strict=True))
        return ResponseFactory(channel=consultation.channels.get(key="web"), **named)

    return make


def counted(**fields: object) -> Callable[[], object]:
    """A second counter of the same."""

    def both() -> object:
        first = MonitoringCountFactory(**fields)
        return MonitoringCountFactory(question=first.question, option=first.option, batch=first.batch)

    return both


def tallied(what: str) -> Callable[[], object]:
    """The same count a second time: of an option, or of several things together."""

    def both() -> object:
        option = OptionFactory()
        counts = {"option": option, "rank": 0} if what == "option" else {"together": "All others"}
        told = {"concern": None, "consultation": option.question.consultation, "question": option.question, **counts}
        return [TallyFactory(**told), TallyFactory(**told)]

    return both


def quoted_by_oneself() -> object:
    quote = QuoteFactory()
    return type(quote).objects.filter(pk=quote.pk).update(passed_at=NOW, passed_by=quote.chosen_by)


BROKEN: dict[str, Callable[[], object]] = {
    "a_consultation_closes_after_it_opens": lambda: ConsultationFactory(closes_on=dt.date(2018, 6, 9)),
    "a_consultation_that_was_opened_has_its_days": lambda: ConsultationFactory(closes_on=None),
    "responses_are_removed_on_a_day_after_the_last": lambda: ConsultationFactory(purge_on=dt.date(2018, 8, 12)),
    "a_removal_that_is_over_has_begun": lambda: ConsultationFactory(purged_at=NOW),
    "a_consultation_is_opened_by_someone_at_some_time": lambda: ConsultationFactory(opened_by=None),
    "a_consultation_is_published_by_someone_at_some_time": lambda: ConsultationFactory(published_at=NOW),
    "only_published_totals_state_how_many_answered": lambda: ConsultationFactory(stated_responses=1389),
    "a_small_number_of_people_is_two_or_more_wide": lambda: ConsultationFactory(threshold=1),
    "one_language_per_consultation_and_code": again(LanguageFactory, "consultation"),
    "one_translation_per_language_and_text": again(TranslationFactory, "language"),
    "one_channel_per_consultation_and_key": again(ChannelFactory, "consultation", "key"),
    "one_channel_per_consultation_and_name": again(ChannelFactory, "consultation", "name"),
    "one_question_per_consultation_and_key": again(QuestionFactory, "consultation", "key"),
    "concerns_safety_and_connection_are_asked_once": again(QuestionFactory, "consultation", role="safe"),
    "a_question_is_of_a_kind_that_its_role_allows": lambda: QuestionFactory(kind="text", role="monitoring"),
    "one_option_per_question_and_key": again(OptionFactory, "question", "key"),
    "one_option_per_question_and_text": again(OptionFactory, "question", "text"),
    "one_concern_per_consultation_and_key": again(ConcernFactory, "consultation", "key"),
    "one_concern_per_consultation_and_text": again(ConcernFactory, "consultation", "text"),
    "one_other_concern_per_consultation": again(ConcernFactory, "consultation", is_other=True),
    # responses
    "no_second_choice_without_a_first": chosen(None, 1, None),
    "no_third_choice_without_a_second": chosen(1, None, 2),
    "no_concern_is_chosen_twice": chosen(1, 2, 1),
    "a_response_is_set_aside_with_a_reason": lambda: ResponseFactory(standing=Response.Standing.SET_ASIDE),
    "one_response_per_consultation_and_respondent": again(ResponseFactory, "channel", respondent="a" * 64),
    "one_answer_per_response_and_option": again(AnswerFactory, "response", "option"),
    "one_count_per_option_and_batch": lambda: counted(batch=BatchFactory())(),
    "one_count_per_option_of_the_web_form": counted(),
    "one_count_of_who_answered_per_question_and_batch": lambda: counted(
        option=None, question=QuestionFactory(role="monitoring"), batch=BatchFactory()
    )(),
    "one_count_of_who_answered_per_question_of_the_web_form": lambda: counted(
        option=None, question=QuestionFactory(role="monitoring")
    )(),
    "one_code_per_consultation_and_value": again(CodeFactory, "consultation", "value"),
    "a_code_of_a_batch_is_used": lambda: CodeFactory(batch=BatchFactory()),
    "a_batch_is_entered_by_someone_at_some_time": lambda: BatchFactory(done_at=NOW),
    "a_batch_is_undone_by_someone_with_a_reason": lambda: BatchFactory(
        state="undone", undone_at=NOW, undone_by=UserFactory()
    ),
    "a_file_is_counted_once_per_consultation": lambda: again(
        BatchFactory, "channel", state="done", checksum="b" * 64, done_at=NOW, done_by=UserFactory(), kind="import"
    )(),
    # words
    "one_tag_per_consultation_and_name": again(TagFactory, "consultation", "name"),
    "one_comment_per_response_and_question": again(CommentFactory, "response", "question"),
    "a_comment_is_read_by_someone_at_some_time": lambda: CommentFactory(read_at=NOW),
    "a_comment_says_something": lambda: CommentFactory(text=""),
    "a_quote_is_passed_by_someone_at_some_time": lambda: QuoteFactory(passed_at=NOW),
    "a_quote_is_passed_by_another_than_who_chose_it": quoted_by_oneself,
    "a_quote_says_something": lambda: QuoteFactory(text=""),
    "a_disclosure_is_settled_by_someone_who_says_how": lambda: DisclosureFactory(
        settled_at=NOW, settled_by=UserFactory()
    ),
    # what was counted
    "one_tally_per_concern_and_rank": again(TallyFactory, "concern"),
    "one_tally_per_option": tallied("option"),
    "one_tally_per_group_counted_together": tallied("together"),
    "a_tally_counts_one_thing": lambda: TallyFactory(together="All others"),
    "a_concern_is_a_first_second_or_third_choice": lambda: TallyFactory(rank=4),
    "one_result_per_consultation_and_number": again(ResultFactory, "consultation"),
    "a_result_that_replaces_another_gives_its_reason": lambda: ResultFactory(number=2),
}
