"""Names that people give their files, on a page and in a header."""

import pytest
from django.http import HttpResponse

from lib import file_names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("paper.pdf", "paper.pdf"),
        ("C:\\Users\\me\\paper.pdf", "paper.pdf"),
        ("../../etc/paper.pdf", "paper.pdf"),
        ("pa\u202eper\n.pdf", "paper.pdf"),
        ("fdp\u202e\u2066.exe\u200f", "fdp.exe"),
        ("a\r\nSet-Cookie: x=1.csv", "aSet-Cookie: x=1.csv"),
        ("a\0b\x1b[31m.csv", "ab[31m.csv"),
        ("Bürglary “north”.pdf", "Bürglary “north”.pdf"),
        ("..", ".."),
        ("\u202e\n", "file"),
        ("", "file"),
    ],
)
def test_what_a_file_is_called(name, expected):
    assert file_names.shown(name) == expected


@pytest.mark.parametrize(("name", "end"), [("x" * 300 + ".docx", "x….docx"), ("x" * 300, "x"), ("x." + "y" * 300, "y")])
def test_a_long_name_has_150_characters_and_keeps_its_ending(name, end):
    shown = file_names.shown(name)
    assert len(shown) == 150
    assert shown.endswith(end)


@pytest.mark.parametrize(
    ("name", "ending"), [("Figures.XLSX", ".xlsx"), ("a.tar.gz", ".gz"), ("figures", ""), ("a.csv\u202e", ".csv")]
)
def test_endings(name, ending):
    assert file_names.ending(name) == ending


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("figures.csv", 'attachment; filename="figures.csv"'),
        ('a"; filename="b.exe', 'attachment; filename="a\\"; filename=\\"b.exe"'),
        ("a\r\nX-Ours: no.csv", 'attachment; filename="aX-Ours: no.csv"'),
        ("Zoë.csv", "attachment; filename*=utf-8''Zo%C3%AB.csv"),
        ("", 'attachment; filename="file"'),
    ],
)
def test_nothing_in_a_name_breaks_out_of_the_header(name, header):
    response = HttpResponse(headers={"Content-Disposition": file_names.disposition(name)})
    assert response["Content-Disposition"] == header
    assert file_names.disposition(name, inline=True) == header.replace("attachment", "inline", 1)
