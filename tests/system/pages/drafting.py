"""Delivery plans from draft to agreement: which pages the every-page test visits, as whom; see `test_every_page`."""

ASB, NPFH = "/delivery-plans/asb-operations-group", "/delivery-plans/no-place-for-hate-forum"
POST_ONLY = "takes POST only and leads on to a page that is visited"

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/delivery-plans/",
        "/delivery-plans/?year=2017-18",
        "/delivery-plans/?year=2999-00",
        "/delivery-plans/add/",
        f"{ASB}/2017-18/",
        f"{ASB}/2017-18/?quarter=2017-18-q4",
        f"{ASB}/2017-18/equalities/",
        f"{ASB}/2018-19/edit/",
        f"{NPFH}/2018-19/",
        f"{NPFH}/2018-19/record/",
        f"{NPFH}/2018-19/send-back/",
        f"{ASB}/2017-18/approvals/{{agreement}}/withdraw/",
        f"{ASB}/2017-18/conditions/{{condition}}/end/",
        "/actions/{action}/",
        "/actions/{action}/edit/",
    ],
    "jo.mercer@example.org": [f"{NPFH}/2018-19/agree/"],
    "priya.nair@example.org": [
        "/delivery-plans/",
        f"{ASB}/2018-19/",
        f"{ASB}/2018-19/submit/",
        f"{ASB}/2018-19/actions/add/",
        f"{ASB}/2018-19/equalities/edit/",
        "/actions/{drafted}/edit/",
    ],
}
_ACTION = (
    "SELECT a.id FROM governance_action a JOIN governance_deliveryplan p ON p.id = a.delivery_plan_id"
    " JOIN governance_body b ON b.id = p.body_id WHERE b.slug = 'asb-operations-group' AND a.number = 2 AND p.year = "
)
_OF_PLAN = (
    " x JOIN governance_deliveryplan p ON p.id = x.delivery_plan_id JOIN governance_body b ON b.id = p.body_id"
    " WHERE b.slug = 'asb-operations-group' AND p.year = '2017-18' LIMIT 1"
)
ROWS: dict[str, str] = {  # SQL with one value
    "action": f"{_ACTION} '2017-18'",
    "drafted": f"{_ACTION} '2018-19'",
    "agreement": f"SELECT x.id FROM governance_approval{_OF_PLAN}",
    "condition": f"SELECT x.id FROM governance_undertaking{_OF_PLAN}",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {  # URLs that nobody can look at, with the reason
    "governance:delivery-plan-begin": POST_ONLY,
    "governance:action-take-out": POST_ONLY,
    "governance:milestone-tick": POST_ONLY,
}
