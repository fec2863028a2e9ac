"""The committee’s page and covering reports: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {"nell.ashby@example.org": ["/committee/"], "sam.carrick@example.org": ["/committee/"]}
ROWS: dict[str, str] = {}
SEEN: set[str] = {"reporting:committee-issue", "reporting:cover-report-edit"}  # in `test_pack_published`
UNSEEN: dict[str, str] = {
    "reporting:committee-pdf": "a PDF, which has checks of its own",
    "reporting:cover-report-pdf": "a PDF, which has checks of its own",
    "reporting:cover-report-word": "a Word document, which has checks of its own",
}
