"""What the public reads of consultations: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "": [
        "/what-you-told-us/",
        "/what-you-told-us/crime-and-disorder-2016/",
        "/what-you-told-us/crime-and-disorder-2016/done/",
        "404 /what-you-told-us/nothing-of-the-kind/",
    ],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {
    "reporting:told-pdf": "a PDF, which has checks of its own",
    "reporting:told-csv": "a file",
}
