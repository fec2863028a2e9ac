"""What is kept of single people's answers, and until when: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/consultations/{kept}/retention/",
        "/consultations/crime-and-disorder-2016/retention/",
    ],
}
ROWS: dict[str, str] = {"kept": "SELECT slug FROM consultation_consultation WHERE holds_responses ORDER BY id LIMIT 1"}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}
