"""Setting a consultation up: begun anew or as a copy, described, and what people have read stays once it is open."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from consultation import asked
from consultation.actions import setting_up
from consultation.models import Channel, Concern, Consultation, Question, Translation
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ConsultationFactory, LanguageFactory, TranslationFactory, whole
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def refusals(call) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        call()
    return refused.value.message_dict


def test_a_new_one_has_the_standard_questions_and_a_privacy_notice(sam):
    made = setting_up.add("  What comes first? ", plan=None, by=sam)
    assert (made.slug, made.title, made.state, made.version) == ("what-comes-first", "What comes first?", "draft", 1)
    assert made.threshold == 5 and made.triage_owner == sam and "Nobody is asked for a name" in made.privacy
    form = asked.read(made)
    assert [(one.role, one.kind) for one in form.questions] == [
        ("concerns", "ranked"),
        ("safe", "single"),
        ("connection", "multiple"),
    ]
    safe = form.questions[1]
    assert [(one.key, one.text, one.is_dont_know) for one in safe.options] == [
        ("agree", "Yes", False),
        ("disagree", "No", False),
        ("dont-know", "Don’t know", True),
    ]
    assert list(Concern.objects.filter(consultation=made).values_list("key", "is_other")) == [("other", True)]
    assert list(Channel.objects.filter(consultation=made).values_list("key", "way")) == [
        ("web", "web"),
        ("paper", "paper"),
    ]
    assert audit.lines(audit.history(made))[0].words == "Consultation begun"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Add", "add-2"),  # the address of the page that begins one
        ("Disclosures", "disclosures-2"),
        ("কোনটি আগে?", "consultation"),  # nothing of it can stand in an address
        ("x" * 120, "x" * 60),
    ],
)
def test_addresses(sam, title, slug):
    assert setting_up.add(title, plan=None, by=sam).slug == slug


def test_an_address_is_given_once(sam):
    ConsultationFactory(slug="what-comes-first")
    ConsultationFactory(slug="what-comes-first-2")
    assert setting_up.add("What comes first?", plan=None, by=sam).slug == "what-comes-first-3"
    long = "y" * 60
    ConsultationFactory(slug=long)
    assert setting_up.add(long, plan=None, by=sam).slug == f"{'y' * 56}-2"


def test_a_form_sent_twice_begins_one(sam):
    setting_up.add("What comes first?", plan=None, by=sam)
    assert refusals(lambda: setting_up.add("What comes first?", plan=None, by=sam)) == {
        "title": [
            "A consultation of this title has been begun already, and is a draft. Go on with that one, or choose another title"
        ]
    }
    assert Consultation.objects.count() == 1


def test_a_copy_asks_the_same_by_the_same_keys(sam):
    plan = PlanFactory()
    gangs, elsewhere = PriorityFactory(plan=plan, letter="D"), PriorityFactory(plan=PlanFactory(), letter="A")
    first = whole(title="Of 2017", threshold=10, purpose="Of that year alone")
    Concern.objects.filter(consultation=first, text="Gangs").update(priority=gangs)
    Concern.objects.filter(consultation=first, text="Drugs").update(priority=elsewhere)
    Concern.objects.filter(consultation=first, text="Road safety").update(uncovered_note="Fourth in the ranking")
    bengali = LanguageFactory(consultation=first)
    for of in ("title", "privacy", "question.safe", "concern.concern-1", "ui.send"):
        TranslationFactory(language=bengali, of=of)

    made = setting_up.add("Of 2018", plan=plan, copied=first, by=sam)

    assert made.earlier == first and made.threshold == 10 and made.purpose == ""
    old, new = asked.read(first), asked.read(made)

    def shape(form):
        return [
            (one.key, one.role, one.kind, one.text, one.hint, [(o.key, o.text, o.order, o.is_dont_know, o.is_other) for o in one.options])
            for one in form.questions
        ]  # fmt: skip

    assert shape(new) == shape(old)
    assert {one.pk for one in new.questions}.isdisjoint({one.pk for one in old.questions})
    covered = dict(Concern.objects.filter(consultation=made).values_list("text", "priority"))
    assert covered["Gangs"] == gangs.pk and covered["Drugs"] is None  # a priority of another plan covers nothing here
    assert not Concern.objects.filter(consultation=made).exclude(uncovered_note="").exists()
    assert list(Channel.objects.filter(consultation=made).values_list("key", "name")) == list(
        Channel.objects.filter(consultation=first).values_list("key", "name")
    )
    told = Translation.objects.filter(language__consultation=made).values_list("of", flat=True)
    assert sorted(told) == ["concern.concern-1", "privacy", "question.safe", "ui.send"]  # its title is another
    assert Question.objects.filter(consultation=first).count() == 7 and bengali.translations.count() == 5


def changed(consultation, sam, version=None, **facts):
    return setting_up.change(
        consultation, facts=facts, version=consultation.version if version is None else version, by=sam
    )


def test_what_is_known_of_a_draft_changes(sam):
    consultation = ConsultationFactory(draft=True, title="Old")
    changed(consultation, sam, title="New", closes_on=dt.date(2018, 8, 13), threshold=3)
    consultation.refresh_from_db()
    assert (consultation.title, consultation.closes_on, consultation.threshold) == ("New", dt.date(2018, 8, 13), 3)
    assert audit.lines(audit.history(consultation))[0].changes == [
        "Title: Old → New",
        "Last day: 12 August 2018 → 13 August 2018",
        "Smallest number that is published: 5 → 3",
    ]


def test_saying_what_is_said_already_leaves_no_trace(sam):
    consultation = ConsultationFactory(draft=True)
    changed(consultation, sam, title=consultation.title)
    assert consultation.version == 1 and not audit.history(consultation).exists()


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"title": " "}, {"title": ["Enter a title"]}),
        ({"closes_on": dt.date(2018, 6, 9)}, {"closes_on": ["The last day must be on or after the first day"]}),
        ({"closes_on": dt.date(2018, 6, 10)}, {}),  # one day only
        (
            {"purge_on": dt.date(2018, 8, 12)},
            {"purge_on": ["Single answers are removed on a day after the last day, 12 August 2018"]},
        ),
        ({"purge_on": dt.date(2018, 8, 13)}, {}),
        ({"threshold": 1}, {"threshold": ["The smallest number must be 2 or more"]}),
        ({"opens_on": None, "closes_on": None, "purge_on": None}, {}),  # nothing is known yet
    ],
)
def test_days_and_numbers(sam, facts, refused):
    consultation = ConsultationFactory(draft=True)
    if refused:
        assert refusals(lambda: changed(consultation, sam, **facts)) == refused
        consultation.refresh_from_db()
        assert consultation.version == 1
    else:
        assert changed(consultation, sam, **facts).version == 2


def test_nothing_is_compared_with_itself(sam):
    consultation = ConsultationFactory(draft=True)
    assert refusals(lambda: changed(consultation, sam, earlier=consultation)) == {
        "earlier": ["Choose another consultation than this one"]
    }


@pytest.mark.parametrize("state", ["open", "closed", "analysed"])
@pytest.mark.parametrize(
    "name", ["title", "purpose", "opens_on", "closes_on", "purge_on", "privacy", "panel", "threshold"]
)
def test_what_people_have_read_stays(sam, state, name):
    consultation = ConsultationFactory(state=state)
    facts = {
        "opens_on": dt.date(2018, 6, 11),
        "closes_on": dt.date(2018, 8, 13),
        "purge_on": dt.date(2019, 2, 13),
        "threshold": 6,
    }
    refused = refusals(lambda: changed(consultation, sam, **{name: facts.get(name, "Other words")}))
    assert list(refused) == [name] and "Close it and ask anew" in refused[name][0]


def test_who_sees_to_harm_can_change_while_it_is_open(sam):
    consultation, owen = ConsultationFactory(), UserFactory(name="Owen Tranter")
    changed(consultation, sam, triage_owner=owen, note="By hand at two libraries")
    consultation.refresh_from_db()
    assert consultation.triage_owner == owen and consultation.note == "By hand at two libraries"


def test_somebody_sees_to_harm_once_it_is_open(sam):
    assert refusals(lambda: changed(ConsultationFactory(), sam, triage_owner=None)) == {
        "triage_owner": ["Name somebody: people may have written of harm already"]
    }
    assert changed(ConsultationFactory(draft=True), sam, triage_owner=None).triage_owner is None


def test_an_edit_over_a_newer_one_is_refused(sam):
    consultation = ConsultationFactory(draft=True, title="Old")
    late = Consultation.objects.get(pk=consultation.pk)
    changed(consultation, sam, title="New")
    with pytest.raises(Stale):
        changed(late, sam, version=1, title="Newer")
    late.refresh_from_db()
    assert late.title == "New"
