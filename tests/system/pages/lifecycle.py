"""The plan's life: which pages the every-page test visits, as whom; see `test_every_page`."""

COORDINATOR, SCRUTINY = "sam.carrick@example.org", "nell.ashby@example.org"
PLAN = "/plan-life/plans/2017-21/"

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    COORDINATOR: [
        "/plan-life/",
        PLAN,
        f"{PLAN}versions/add/",
        f"{PLAN}reviews/add/",
        f"{PLAN}sendings/",
        f"{PLAN}sendings/add/",
        "/plan-life/versions/{version}/clearances/add/",
        "/plan-life/versions/{version}/approvals/add/",
        "/plan-life/clearances/{clearance}/",
        "/plan-life/approvals/{plan_approval}/withdraw/",
        "/plan-life/successor/",
    ],
    SCRUTINY: ["/plan-life/"],
}
ROWS: dict[str, str] = {  # SQL with one value
    "version": "SELECT MAX(id) FROM governance_planversion",
    "clearance": "SELECT MAX(id) FROM governance_clearance",
    "plan_approval": "SELECT MAX(id) FROM governance_approval WHERE plan_version_id IS NOT NULL",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {  # URLs that nobody can look at, with the reason
    "governance:lifecycle-adopt": "the plan of the sample is adopted, so it leads on to a page that is visited",
    "governance:review-detail": "no year of the sample plan has been reviewed",
}
