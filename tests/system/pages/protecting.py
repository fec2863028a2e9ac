"""Other formats, downloads, retention and what is held about somebody: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "": ["/other-formats/?page=%2Freports%2F", "404 /other-formats/2222-2222/"],
    "sam.carrick@example.org": [
        "/format-requests/",
        "/downloads/",
        "/retention/",
        "/retention/find/",
        "/people/{sam}/held/",
    ],
    "alex.rowe@example.org": ["403 /downloads/"],
}
ROWS: dict[str, str] = {"sam": "SELECT id FROM accounts_user WHERE email = 'sam.carrick@example.org'"}
SEEN: set[str] = {  # URLs that a walk of their own visits, in another test of the browser: `test_other_formats`
    "reporting:format-request-thanks",
    "reporting:format-request-detail",
}
UNSEEN: dict[str, str] = {}
