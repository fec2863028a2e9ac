"""The quarter's updates: which pages the every-page test visits, as whom; see `test_every_page`."""

POST_ONLY = "takes POST only and leads on to a page that is visited"

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "callum.reed@example.org": [
        "/delivery-plans/asb-operations-group/2017-18/updates/2017-18-q4/",
        "/delivery-plans/prevent-board/2017-18/updates/2017-18-q4/",
        "/delivery-plans/asb-operations-group/2018-19/updates/2018-19-q1/",
        "/delivery-plans/asb-operations-group/2017-18/timeline/",
        "403 /delivery-plans/asb-operations-group/2017-18/updates/2017-18-q4/agree/",
        "404 /delivery-plans/asb-operations-group/2017-18/updates/2018-19-q1/",
        "/actions/{moving}/dates/add/",
    ],
    "priya.nair@example.org": [
        "/delivery-plans/asb-operations-group/2017-18/updates/2017-18-q4/agree/",
        "/delivery-plans/asb-operations-group/2017-18/updates/2017-18-q3/agree/",
        "/delivery-plans/asb-operations-group/2017-18/timeline/",
    ],
}
ROWS: dict[str, str] = {  # SQL with one value
    "moving": (
        "SELECT a.id FROM governance_action a JOIN governance_deliveryplan p ON p.id = a.delivery_plan_id"
        " JOIN governance_body b ON b.id = p.body_id"
        " WHERE b.slug = 'asb-operations-group' AND p.year = '2017-18' AND a.ending = '' ORDER BY a.number LIMIT 1"
    ),
}
SEEN: set[str] = {"governance:date-move-refuse"}  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {  # URLs that nobody can look at, with the reason
    "governance:date-move-accept": POST_ONLY,
    "governance:date-move-take-back": POST_ONLY,
}
