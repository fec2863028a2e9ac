"""What reporting tells of governance: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "jo.mercer@example.org": [
        "/thread/",
        "/thread/?priority=B",
        "/thread/?year=2018-19",
        "/thread/commitments/{served}/",
        "/thread/commitments/{unserved}/",
        "/thread/concerns/{concern}/",
        "/thread/indicators/hate-incidents/",
        "/gaps/",
        "/gaps/?year=2018-19",
    ],
    "sam.carrick@example.org": ["/gaps/", "/plan/c/", "/sheets/tension-monitoring-group/2017-18-q4/"],
    "priya.nair@example.org": ["/sheets/asb-operations-group/2017-18-q4/", "/sheets/asb-operations-group/2018-19-q1/"],
    "nell.ashby@example.org": ["403 /thread/", "403 /gaps/"],
}
ROWS: dict[str, str] = {  # SQL with one value
    "served": "SELECT commitment_id FROM governance_action WHERE commitment_id IS NOT NULL ORDER BY id LIMIT 1",
    "unserved": "SELECT id FROM priorities_commitment WHERE id NOT IN (SELECT commitment_id FROM governance_action WHERE commitment_id IS NOT NULL) ORDER BY id LIMIT 1",
    "concern": "SELECT concern_id FROM governance_action_concerns ORDER BY id LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {"reporting:sheet-download": "a PDF, which has checks of its own"}
