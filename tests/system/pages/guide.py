"""The user guide: which pages the every-page test visits, as whom; see `test_every_page`."""

from reporting.guide import parts

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "": ["/guide/", *(f"/guide/{slug}/" for slug in parts.PARTS), "404 /guide/nothing-of-the-kind/"],
    "sam.carrick@example.org": ["/guide/", "/guide/quarter/"],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}
