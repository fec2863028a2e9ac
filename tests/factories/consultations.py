"""Consultations for tests: open from 10 June to 12 August 2018 unless said otherwise, with three channels and five concerns where asked for."""

import datetime as dt
from collections.abc import Sequence

import factory
from factory.django import DjangoModelFactory

from consultation.models import (
    AddressSeen,
    Answer,
    Batch,
    Channel,
    Code,
    Comment,
    Concern,
    Consultation,
    Disclosure,
    Language,
    MonitoringCount,
    Option,
    Question,
    Quote,
    Response,
    Result,
    Source,
    Tag,
    Tally,
    Translation,
)
from tests.factories.accounts import UserFactory

OPENS_ON, CLOSES_ON, PURGE_ON = dt.date(2018, 6, 10), dt.date(2018, 8, 12), dt.date(2019, 2, 12)
NOON = dt.datetime(2018, 7, 2, 11, 0, tzinfo=dt.UTC)
FIVE = ("Drugs", "Anti-social behaviour", "Gangs", "Road safety", "Burglary")


class ConsultationFactory(DjangoModelFactory):
    """Open, and holding responses. `state="draft"` and the like as wanted."""

    class Meta:
        model = Consultation

    slug = factory.Sequence(lambda number: f"consultation-{number}")
    title = factory.Sequence(lambda number: f"What matters most to you? {number}")
    purpose = "To choose what comes first."
    privacy = "We keep no names."
    state = "open"
    opens_on = OPENS_ON
    closes_on = CLOSES_ON
    purge_on = PURGE_ON
    triage_owner = factory.SubFactory(UserFactory, roles=["coordinator"])
    opened_at = dt.datetime(2018, 6, 1, 9, 0, tzinfo=dt.UTC)
    opened_by = factory.SubFactory(UserFactory, roles=["coordinator"])

    class Params:
        draft = factory.Trait(state="draft", opened_at=None, opened_by=None)
        totals_only = factory.Trait(
            state="published",
            holds_responses=False,
            stated_responses=1389,
            purge_on=None,
            triage_owner=None,
            published_at=NOON,
            published_by=factory.SubFactory(UserFactory, roles=["coordinator"]),
        )


class LanguageFactory(DjangoModelFactory):
    class Meta:
        model = Language

    consultation = factory.SubFactory(ConsultationFactory)
    code = "bn"
    name = "বাংলা"


class TranslationFactory(DjangoModelFactory):
    class Meta:
        model = Translation

    language = factory.SubFactory(LanguageFactory)
    of = "title"
    text = "নমুনা"


class ChannelFactory(DjangoModelFactory):
    class Meta:
        model = Channel

    consultation = factory.SubFactory(ConsultationFactory)
    key = factory.Sequence(lambda number: f"channel-{number}")
    name = factory.Sequence(lambda number: f"Channel {number}")
    way = "web"
    order = factory.Sequence(lambda number: number % 1000 + 1)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    consultation = factory.SubFactory(ConsultationFactory)
    key = factory.Sequence(lambda number: f"question-{number}")
    kind = "single"
    role = "further"
    text = factory.Sequence(lambda number: f"What do you think of {number}?")
    order = factory.Sequence(lambda number: number % 1000 + 1)


class OptionFactory(DjangoModelFactory):
    class Meta:
        model = Option

    question = factory.SubFactory(QuestionFactory)
    key = factory.Sequence(lambda number: f"option-{number}")
    text = factory.Sequence(lambda number: f"Option {number}")
    order = factory.Sequence(lambda number: number % 1000 + 1)


class ConcernFactory(DjangoModelFactory):
    class Meta:
        model = Concern

    consultation = factory.SubFactory(ConsultationFactory)
    key = factory.Sequence(lambda number: f"concern-{number}")
    text = factory.Sequence(lambda number: f"Concern {number}")
    order = factory.Sequence(lambda number: number % 1000 + 1)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda number: f"Survey tool {number}")


class BatchFactory(DjangoModelFactory):
    """A pile of papers that is being keyed. Its channel is of the same consultation."""

    class Meta:
        model = Batch

    channel = factory.SubFactory(ChannelFactory, way="paper")
    consultation = factory.SelfAttribute("channel.consultation")
    kind = "paper"
    label = factory.Sequence(lambda number: f"Pile {number}")
    made_by = factory.SubFactory(UserFactory, roles=["coordinator"])
    made_at = NOON


class ResponseFactory(DjangoModelFactory):
    """Counted, without any answer. Its channel is of the same consultation."""

    class Meta:
        model = Response

    channel = factory.SubFactory(ChannelFactory)
    consultation = factory.SelfAttribute("channel.consultation")
    received_on = dt.date(2018, 7, 2)


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    response = factory.SubFactory(ResponseFactory)
    option = factory.SubFactory(OptionFactory)
    question = factory.SelfAttribute("option.question")


class MonitoringCountFactory(DjangoModelFactory):
    class Meta:
        model = MonitoringCount

    option = factory.SubFactory(OptionFactory, question__role="monitoring")
    question = factory.SelfAttribute("option.question")
    count = 1


class AddressSeenFactory(DjangoModelFactory):
    class Meta:
        model = AddressSeen

    consultation = factory.SubFactory(ConsultationFactory)
    digest = "a" * 64
    seen_at = NOON


class CodeFactory(DjangoModelFactory):
    class Meta:
        model = Code

    consultation = factory.SubFactory(ConsultationFactory)
    value = factory.Sequence(lambda number: f"C{number:07}")
    series = "Letters"
    made_by = factory.SubFactory(UserFactory, roles=["coordinator"])
    made_at = NOON


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    consultation = factory.SubFactory(ConsultationFactory)
    name = factory.Sequence(lambda number: f"tag {number}")


class CommentFactory(DjangoModelFactory):
    """To a question in their own words, of the same consultation."""

    class Meta:
        model = Comment

    response = factory.SubFactory(ResponseFactory)
    question = factory.SubFactory(
        QuestionFactory, kind="text", consultation=factory.SelfAttribute("..response.consultation")
    )
    text = "More light in the park, please."


class QuoteFactory(DjangoModelFactory):
    """Chosen, and not passed yet."""

    class Meta:
        model = Quote

    comment = factory.SubFactory(CommentFactory)
    consultation = factory.SelfAttribute("comment.response.consultation")
    question = factory.SelfAttribute("comment.question")
    text = "More light in the park, please."
    chosen_by = factory.SubFactory(UserFactory, roles=["coordinator"])
    chosen_at = NOON


class DisclosureFactory(DjangoModelFactory):
    class Meta:
        model = Disclosure

    comment = factory.SubFactory(CommentFactory)
    consultation = factory.SelfAttribute("comment.response.consultation")
    owner = factory.SubFactory(UserFactory, roles=["coordinator"])
    raised_at = NOON


class TallyFactory(DjangoModelFactory):
    """How many named a concern first."""

    class Meta:
        model = Tally

    concern = factory.SubFactory(ConcernFactory, consultation=factory.SubFactory(ConsultationFactory, totals_only=True))
    consultation = factory.SelfAttribute("concern.consultation")
    question = factory.SubFactory(
        QuestionFactory, kind="ranked", role="concerns", consultation=factory.SelfAttribute("..consultation")
    )
    rank = 1
    count = 12


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = Result

    consultation = factory.SubFactory(ConsultationFactory, state="analysed")
    number = 1
    counts = factory.LazyFunction(dict)
    safe = factory.LazyFunction(dict)
    taken_at = NOON
    taken_by = factory.SubFactory(UserFactory, roles=["coordinator"])


def whole(**consultation: object) -> Consultation:
    """An open consultation that asks everything: five concerns and "other", safety, connection, a further question, a scale, words, monitoring.

    Channels: web, kiosk, paper and imported, by those keys. Questions by the keys concerns, safe, connection, lighting, trust, words, age.
    """
    made = ConsultationFactory(**consultation)
    for order, way in enumerate(("web", "kiosk", "paper", "imported"), start=1):
        ChannelFactory(consultation=made, key=way, name=way.capitalize(), way=way, order=order)
    _question(made, 1, "concerns", "ranked", "concerns", "Which concerns matter most to you?")
    for order, text in enumerate(FIVE, start=1):
        ConcernFactory(consultation=made, key=f"concern-{order}", text=text, order=order)
    ConcernFactory(consultation=made, key="other", text="Something else", order=6, is_other=True)
    _question(made, 2, "safe", "single", "safe", "Do you feel safe in your area?", ("Agree", "Disagree"))
    connection = ("I live here", "I work here", "I study here", "I visit")
    _question(made, 3, "connection", "multiple", "connection", "What is your connection to the area?", connection)
    _question(made, 4, "lighting", "multiple", "further", "Where is light missing?", ("Parks", "Streets", "Estates"))
    _question(made, 5, "trust", "scale", "further", "How far do you trust us?", ("1", "2", "3", "4", "5"))
    _question(made, 6, "words", "text", "further", "Anything else?")
    _question(made, 7, "age", "single", "monitoring", "How old are you?", ("Under 25", "25 to 64", "65 or over"))
    return made


def _question(
    consultation: Consultation, order: int, key: str, kind: str, role: str, text: str, options: Sequence[str] = ()
) -> Question:
    question = QuestionFactory(consultation=consultation, order=order, key=key, kind=kind, role=role, text=text)
    for number, option in enumerate(options, start=1):
        OptionFactory(question=question, key=f"{key}-{number}", text=option, order=number)
    if key == "safe":
        OptionFactory(question=question, key="safe-dk", text="Don’t know", order=9, is_dont_know=True)
    return question
