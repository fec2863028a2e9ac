"""Published totals without responses: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/consultations/crime-and-disorder-2016/totals/",
        "/consultations/what-comes-first-sample/totals/",
    ],
    "jo.mercer@example.org": ["/consultations/crime-and-disorder-2016/totals/"],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {
    "consultation:totals-begin": "takes a POST",
    "consultation:totals-complete": "takes a POST",
}
