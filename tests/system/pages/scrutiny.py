"""Scrutiny: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "nell.ashby@example.org": [
        "/scrutiny/",
        "/scrutiny/add/",
        "/scrutiny/{asked}/",
        "/scrutiny/{asked}/edit/",
        "/scrutiny/{asked}/copies/",
        "403 /scrutiny/{asked}/answer/",
    ],
    "sam.carrick@example.org": [
        "/scrutiny/",
        "/scrutiny/{asked}/",
        "/scrutiny/{answered}/",
        "/scrutiny/{asked}/owner/",
        "/scrutiny/{asked}/answer/",
        "/scrutiny/{answered}/follow-up/",
    ],
}
ROWS: dict[str, str] = {  # SQL with one value
    "asked": "SELECT id FROM governance_recommendation WHERE answered_on IS NULL ORDER BY id LIMIT 1",
    "answered": "SELECT id FROM governance_recommendation WHERE answered_on IS NOT NULL ORDER BY id LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}  # URLs that nobody can look at, with the reason
