"""The PDF loads the pack's own files and nothing else."""

import pytest

from lib.typesetting.fetching import OurFilesOnly, Refused, address, folder


def test_a_stylesheet_is_served_with_the_packs_tokens_put_in():
    """`told.css` has no tokens of its own; the pack's say that --t-h3 is 13pt and --mulberry #5a2350."""
    with_css = OurFilesOnly().fetch(f"{address()}told.css")
    assert with_css.content_type == "text/css"
    served = with_css.read()
    assert b".told h2 { font-size: 13pt; line-height: 16pt;" in served and b"solid #5a2350" in served
    assert b"var(--" not in OurFilesOnly().fetch(f"{address()}pack.css").read()


def test_a_stylesheet_with_tokens_of_its_own_keeps_them():
    """In the paper form's large print they are others."""
    assert OurFilesOnly().fetch(f"{address()}paper.css").read() == (folder() / "paper.css").read_bytes()


def test_its_marks_are_served():
    assert OurFilesOnly().fetch(f"{address()}marks/missing.svg").content_type == "image/svg+xml"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "https://example.org/a.css",
        "ftp://example.org/a",
        "data:image/png;base64,iVBORw0KGgo=",
        "file:///etc/passwd",
        "file:///etc/hostname",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
        "//example.org/a.css",
        "pack.css",
        "",
    ],
)
def test_every_other_address_is_refused(url):
    with pytest.raises(Refused, match="may not load"):
        OurFilesOnly().fetch(url)


@pytest.mark.parametrize(
    "inside",
    [
        "../app.css",
        "../../cspplan/settings.py",
        "marks/../../../manage.py",
        "marks",
        "",
        "no-such.css",
        "%2e%2e/app.css",
    ],
)
def test_nothing_outside_the_folder_is_reached_through_it(inside):
    with pytest.raises(Refused):
        OurFilesOnly().fetch(address() + inside)


def test_a_link_out_of_the_folder_is_refused(monkeypatch, tmp_path):
    own = tmp_path / "pack"
    own.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (own / "a.css").symlink_to(tmp_path / "secret.txt")
    monkeypatch.setattr("lib.typesetting.fetching.folder", lambda: own)
    with pytest.raises(Refused):
        OurFilesOnly().fetch(f"{address()}a.css")
