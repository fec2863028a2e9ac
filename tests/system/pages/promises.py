"""Commitments and outcomes: which pages the every-page test visits, as whom; see `test_every_page`."""

COORDINATOR, EXECUTIVE = "sam.carrick@example.org", "jo.mercer@example.org"

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    COORDINATOR: [
        "/promises/",
        "/promises/2017-18-q4/",
        "/promises/leads/2017-18/",
        "/promises/outcomes/",
        "/promises/outcomes/{outcome}/measure/",
        "/promises/outcomes/{outcome}/judgement/",
    ],
    EXECUTIVE: ["/promises/", "/promises/outcomes/"],
}
ROWS: dict[str, str] = {"outcome": "SELECT MIN(id) FROM priorities_outcome"}  # SQL with one value
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}  # URLs that nobody can look at, with the reason
