"""The public register of issued reports: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {}
ROWS: dict[str, str] = {}
SEEN: set[str] = {"reporting:report-about", "reporting:report-issue"}  # in `test_pack_published`
UNSEEN: dict[str, str] = {
    "reporting:report-feed": "XML for programs",
    "reporting:report-pdf": "a PDF, which has checks of its own",
}
