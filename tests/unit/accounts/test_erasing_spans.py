"""Finding words in texts and in JSON, and cutting them."""

import json

import pytest

from accounts.erasing import fields, files, spans
from accounts.models import AuditEvent, Mail, User
from consultation.models import Tag
from reporting.models import Pack
from tests.unit.lib.sheets.made import zipped


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Ann Lee said so.", "[removed] said so."),
        ("said ANN\n  lee, twice: ann lee", "said [removed], twice: [removed]"),
        ("Ann Leeson and Joann Lee", "Ann Leeson and Joann Lee"),  # other people
        ("Annual", "Annual"),
        ("Zo\u00eb Ray, Zoe\u0308 Ray", "[removed], [removed]"),  # one letter, or a letter and its dots
        ("ann@example.org", "[removed]"),
        ("Sean O\u2019Neil, Sean O'Neil", "[removed], [removed]"),  # as Word writes it, and as a keyboard does
        ("Ann-Lee, Ann\u2011Lee, An\u200bn\u200d Lee, An\u00adn Lee", "[removed], [removed], [removed], [removed]"),
        ("Ann, Lee; Ann_Lee", "Ann, Lee; Ann_Lee"),
        ("", ""),
    ],
)
def test_words_are_cut_wherever_they_stand_as_a_whole(text, rest):
    words = spans.pattern(["Ann Lee", "Zo\u00eb Ray", "ann@example.org", "Sean O'Neil"])
    assert spans.cut(text, spans.in_text(words, text)) == rest


def test_json_stays_json_and_codes_stay():
    words = spans.pattern(['Ann "Lee"', "verified", "Ann\u00e9"])
    plain = {
        "verified": "verified",
        "said": 'By Ann "Lee"\nfirst',
        "also": ["Ann\u00e9 went", 3],
        "Verified by": "Verified",
    }
    for told in (json.dumps(plain), json.dumps(plain, ensure_ascii=False)):
        cut = spans.cut(told, spans.in_json(words, told, of_programs=True))
        assert json.loads(cut) == {
            "verified": "verified",
            "said": "By [removed]\nfirst",
            "also": ["[removed] went", 3],
            "[removed] by": "[removed]",
        }


def test_what_is_left_fits_its_field():
    name, told = AuditEvent._meta.get_field("actor_label"), f"{'x' * 246} Ann"
    assert fields.rest(name, 1, told, [[247, 3]]) == f"{'x' * 246} [re"
    assert fields.rest(Tag._meta.get_field("name"), 7, "Ann", [[0, 3]]) == "[removed 7]"
    assert fields.rest(Mail._meta.get_field("address"), 7, "a@example.org", [[0, 13]]) == "removed-7@removed.invalid"
    assert fields.rest(User._meta.get_field("name"), 7, "Ann Lee", [[0, 3]]) == "Former officer 7"


def test_every_text_is_looked_through_but_what_programs_write():
    every = {fields.named(field) for field in fields.all_texts()}
    assert every >= fields.BY_PROGRAMS, "a field that is no longer there"
    assert Pack._meta.get_field("snapshot") in fields.texts()[Pack]


def test_a_checksum_of_a_short_text_can_not_be_guessed(settings):
    old = fields.checksum("Ann Lee")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    assert fields.checksum("Ann Lee") != old
    assert fields.matches("Ann Lee", old)
    assert not fields.matches("Ann Leo", old)


def test_a_damaged_document_can_not_be_read_and_hinders_no_search():
    """One wrong byte in a Word document, which opens in Word all the same."""
    whole = zipped({"word/document.xml": b"<w:t>Ann Lee</w:t>" * 50})
    damaged = bytearray(whole)
    damaged[whole.index(b"word/document.xml") + 25] ^= 0xFF
    assert "Ann Lee" in next(files.texts(whole))
    with pytest.raises(files.Unreadable):
        list(files.texts(bytes(damaged)))
