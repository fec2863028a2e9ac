"""The annual strategic assessment: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
YEAR = "/assessments/2017-18/"
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/assessments/",
        YEAR,
        f"{YEAR}summary/",
        f"{YEAR}indicators/asb-repeat-callers/",
        f"{YEAR}indicators/mappa-level-3/",
        f"{YEAR}priorities/a/",
        f"{YEAR}sections/add/",
        f"{YEAR}sections/{{assessment_section}}/",
        f"{YEAR}new-priorities/add/",
        f"{YEAR}new-priorities/{{assessment_proposal}}/",
    ],
    "jo.mercer@example.org": ["/assessments/", YEAR, f"403 {YEAR}summary/"],
    "nell.ashby@example.org": [f"404 {YEAR}"],
}
ROWS: dict[str, str] = {
    "assessment_section": "SELECT id FROM reporting_assessmentsection ORDER BY id LIMIT 1",
    "assessment_proposal": "SELECT id FROM reporting_assessedpriority WHERE priority_id IS NULL ORDER BY id LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
POST_ONLY = "takes POST only and leads on to a page that is visited"
UNSEEN: dict[str, str] = {
    "reporting:assessment-start": POST_ONLY,
    "reporting:assessment-build": POST_ONLY,
    "reporting:assessment-section-move": POST_ONLY,
    "reporting:assessment-section-remove": POST_ONLY,
    "reporting:assessment-proposal-remove": POST_ONLY,
}
