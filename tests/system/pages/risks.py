"""Risks: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/risks/",
        "/risks/?closed=yes",
        "/risks/add/",
        "/risks/{risk}/",
        "/risks/{risk}/edit/",
        "/risks/{risk}/score/",
        "/risks/{risk}/close/",
    ],
    "jo.mercer@example.org": ["/risks/"],
}
ROWS: dict[str, str] = {"risk": "SELECT id FROM governance_risk ORDER BY id LIMIT 1"}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}  # URLs that nobody can look at, with the reason
