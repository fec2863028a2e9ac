"""Open data and the feed: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": ["/packs/feed-keys/"],
    "jo.mercer@example.org": ["403 /packs/feed-keys/"],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {
    "reporting:feed-key-revoke": "takes POST only and leads on to a page that is visited",
    "reporting:report-read": "a stored page, which has checks of its own",
    "reporting:report-workbook": "a file",
    "reporting:report-table": "a file",
    "reporting:report-data": "data for programs",
    "reporting:pack-file": "a file",
    "reporting:figure-schema": "data for programs",
    "reporting:figure-list": "data for programs",
}
