"""Removals of personal data: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {"alex.rowe@example.org": ["/erasures/", "/erasures/ask/"]}
ROWS: dict[str, str] = {}
SEEN: set[str] = {"reporting:erasure-detail"}  # in `test_personal_data_removed`
UNSEEN: dict[str, str] = {"reporting:erasure-decide": "takes POST only and leads on to a page that is visited"}
