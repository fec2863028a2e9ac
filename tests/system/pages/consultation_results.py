"""What was counted, for the partnership team and the CSP Executive: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": ["/consultations/{counted}/results/", "/consultations/crime-and-disorder-2016/results/"],
    "jo.mercer@example.org": ["/consultations/crime-and-disorder-2016/results/"],
}
ROWS: dict[str, str] = {
    "counted": "SELECT slug FROM consultation_consultation WHERE holds_responses ORDER BY id DESC LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
POST_ONLY = "takes POST only and leads back to the results"
UNSEEN: dict[str, str] = {
    "consultation:result-download": "a file",
    "consultation:result-analyse": POST_ONLY,
    "consultation:result-publish": POST_ONLY,
}
