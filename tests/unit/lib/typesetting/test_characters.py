import pytest

from lib.typesetting.characters import printable


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Calls fell 🎉 at last", "Calls fell [party popper] at last"),
        ("👮🏽‍♀️ and 👍🏿", "[police officer] and [thumbs up sign]"),
        ("done ✅", "done [white heavy check mark]"),
        ("a\x00b\x0cc\x1bd\x7f", "abcd"),
        ("safe\u202eexe.txt", "safeexe.txt"),
        ("line one\nline two\ttabbed", "line one\nline two\ttabbed"),
        ("বাংলা ‍ক", "বাংলা ‍ক"),
        ("629 ↓ 10% − “quoted” £5 €6 ½", "629 ↓ 10% − “quoted” £5 €6 ½"),
        ("", ""),
    ],
)
def test_what_has_no_letter_becomes_words_or_nothing(written, printed):
    assert printable(written) == printed
