import re
import shutil
import subprocess

import pytest

from consultation import codes, paper, paper_series
from consultation.models import Concern, Translation
from lib import typesetting
from lib.kept_ready import cache
from lib.typesetting import gate
from tests.factories.consultations import LanguageFactory, OptionFactory, QuestionFactory, TranslationFactory, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    """With words in Bengali for some of it, and in Urdu, which runs from right to left."""
    made = whole(title="What comes first?", hand_in="At any library.", purge_on="2019-02-12", panel="1,547 reports")
    bengali = LanguageFactory(consultation=made, is_sample=True)
    TranslationFactory(language=bengali, of="title", text="কোনটি আগে আসা উচিত?")
    TranslationFactory(language=bengali, of="concern.concern-3", text="গ্যাং")
    TranslationFactory(language=bengali, of="option.safe.safe-1", text="হ্যাঁ")
    TranslationFactory(language=bengali, of="ui.paper_one", text="একটি বাক্সে টিক দিন।")
    urdu = LanguageFactory(consultation=made, code="ur", name="اردو", is_right_to_left=True)
    TranslationFactory(language=urdu, of="title", text="پہلے کیا آنا چاہیے؟")
    made.refresh_from_db()
    return made


def text_of(pdf, tmp_path, *options):
    (tmp_path / "form.pdf").write_bytes(pdf)
    command = [shutil.which("pdftotext"), *options, tmp_path / "form.pdf", "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def one_line(text):
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "bn", "ur"])
@pytest.mark.parametrize("is_large", [False, True])
def test_everyone_can_read_it_in_each_language_and_size(consultation, language, is_large):
    made = typesetting.typeset(paper.html(consultation, language=language, is_large=is_large))
    assert gate.problems(made.pdf, in_language="en-GB" if language == "en" else language) == []
    assert made.warnings == ()
    if not is_large:
        assert made.pages == 2  # one leaf


def test_it_says_all_that_is_asked_and_where_it_is_handed_in(consultation, tmp_path):
    text = one_line(text_of(paper.form(consultation), tmp_path, "-layout"))
    for said in (
        "What comes first?",
        "Which concerns matter most to you?",
        "Write 1 in the box of the one that matters most",
        "Anti-social behaviour",
        "Do you feel safe in your area?",
        "Tick one box.",
        "About you",
        "What happens with your answers is told at the end.",
        "We keep no names.",
        "take back what you have handed in",
        "Single answers are removed on 12 February 2019.",
        "Hand it in by 12 August 2018",
        "Where to hand it in: At any library.",
        "call 101, in an emergency 999",
    ):
        assert said in text, said
    assert "Code of this form" not in text


def test_what_is_keyed_stands_beside_each_box(consultation):
    html = paper.html(consultation, language="en", is_large=False)
    pairs = re.findall(r'<span class="mark">([^<]*)</span><span class="box"></span><span class="text">([^<]*)<', html)
    assert pairs == [
        *[(str(number), text) for number, text in enumerate(("Drugs", "Anti-social behaviour", "Gangs"), start=1)],
        *[("4", "Road safety"), ("5", "Burglary"), ("6", "Something else")],
        *[("a", "Agree"), ("d", "Disagree"), ("?", "Don’t know")],
        *[("l", "I live here"), ("w", "I work here"), ("s", "I study here"), ("v", "I visit")],
        *[("1", "Parks"), ("2", "Streets"), ("3", "Estates")],
        *[("", str(number)) for number in range(1, 6)],  # a scale says it itself
        *[("1", "Under 25"), ("2", "25 to 64"), ("3", "65 or over")],
    ]


def test_another_language_keeps_the_marks_and_tells_what_is_english(consultation):
    html = paper.html(consultation, language="bn", is_large=False)
    assert '<html lang="bn" dir="ltr">' in html
    assert '<span class="mark">a</span><span class="box"></span><span class="text">হ্যাঁ</span>' in html
    assert '<span class="text"><span lang="en" dir="ltr">Disagree</span></span>' in html
    assert "একটি বাক্সে টিক দিন।" in html
    assert "Nobody who speaks it has checked them" in html


def test_letters_of_other_scripts_have_a_shape(consultation, tmp_path):
    """A letter without one is shown as an empty box, whose number in every font is 0."""
    pdf = typesetting.typeset(paper.html(consultation, language="bn", is_large=False)).pdf
    assert "গ্যাং" in text_of(pdf, tmp_path)
    (tmp_path / "form.pdf").write_bytes(pdf)
    fonts = subprocess.run(
        [shutil.which("pdffonts"), tmp_path / "form.pdf"], capture_output=True, check=True, text=True
    )
    assert "Noto-Sans-Bengali" in fonts.stdout


def test_from_right_to_left(consultation):
    assert '<html lang="ur" dir="rtl">' in paper.html(consultation, language="ur", is_large=False)


def test_an_unknown_language_is_english(consultation):
    assert paper.html(consultation, language="xx", is_large=False) == paper.html(
        consultation, language="en", is_large=False
    )


def test_what_people_wrote_is_never_markup(consultation):
    Concern.objects.filter(consultation=consultation, order=1).update(text="<img src=x> & 😡")
    html = paper.html(consultation, language="en", is_large=False)
    assert "&lt;img src=x&gt; &amp; [pouting face]" in html


def test_forty_concerns_and_long_words_take_as_many_sides_as_they_need(consultation):
    for order in range(7, 42):
        Concern.objects.create(
            consultation=consultation, key=f"c{order}", order=order, text=f"{'Long words ' * 9}{order}"
        )
    question = QuestionFactory(consultation=consultation, kind="multiple", text="x" * 300)
    OptionFactory.create_batch(12, question=question)
    made = typesetting.typeset(paper.html(consultation, language="en", is_large=False))
    assert gate.problems(made.pdf) == []
    assert made.pages <= 4


def test_forty_concerns_of_usual_length_stand_on_one_leaf(consultation):
    for order in range(7, 42):
        Concern.objects.create(
            consultation=consultation, key=f"c{order}", order=order, text=f"Theft of vehicles {order}"
        )
    assert typesetting.typeset(paper.html(consultation, language="en", is_large=False)).pages == 2


def test_it_is_set_once_and_again_when_a_word_has_changed(consultation, monkeypatch):
    cache.clear()
    set_ = []
    monkeypatch.setattr(
        typesetting, "typeset", lambda html: set_.append(html) or typesetting.Rendered(b"%PDF", 2, html)
    )
    paper.form(consultation)
    paper.form(consultation)
    assert len(set_) == 1
    consultation.hand_in = "Elsewhere"
    paper.form(consultation)
    Translation.objects.filter(of="title").update(text="নমুনা")
    paper.form(consultation, language="bn")
    assert len(set_) == 3
    assert all(isinstance(html, str) for html in set_)
    cache.clear()


def test_one_form_for_each_code_in_their_order(consultation, tmp_path):
    values = codes.make(40)
    text = text_of(paper_series.forms(consultation, values), tmp_path)
    sides = text.split("\f")[:-1]
    assert len(sides) == 80
    for number, value in enumerate(values):
        front, back = sides[2 * number], sides[2 * number + 1]
        assert front.count(codes.printed(value)) == 2  # in its place and at the foot
        assert back.count(codes.printed(value)) == 1
        assert "Do you feel safe in your area?" in front
    assert codes.printed(paper_series.STOOD_IN) not in text


def test_every_letter_of_codes_is_shown(consultation, tmp_path):
    values = [codes.complete(codes.LETTERS[at : at + 7].ljust(7, "2")) for at in range(0, 31, 7)]
    text = text_of(paper_series.forms(consultation, values), tmp_path, "-f", "1", "-l", "10")
    assert set(codes.LETTERS) <= set("".join(codes.printed(value) for value in values if codes.printed(value) in text))


def test_a_form_of_three_sides_is_followed_by_an_empty_one(consultation, tmp_path):
    """So that the next begins on a leaf of its own."""
    QuestionFactory.create_batch(6, consultation=consultation, kind="text")
    assert typesetting.typeset(paper.html(consultation, language="en", is_large=False)).pages == 3
    sides = text_of(paper_series.forms(consultation, codes.make(2)), tmp_path).split("\f")[:-1]
    assert [bool(side.strip()) for side in sides] == [True, True, True, False] * 2
