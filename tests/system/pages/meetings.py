"""Meetings, papers and decisions: which pages the every-page test visits, as whom; see `test_every_page`."""

COORDINATOR, EXECUTIVE, SCRUTINY = "sam.carrick@example.org", "jo.mercer@example.org", "nell.ashby@example.org"
POST_ONLY = "takes POST only and leads on to a page that is visited"

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    COORDINATOR: [
        "/meetings/",
        "/meetings/?body=csp-executive",
        "/meetings/add/",
        "/meetings/{meeting_planned}/",
        "/meetings/{meeting_planned}/edit/",
        "/meetings/{meeting_planned}/call-off/",
        "/meetings/{meeting_planned}/agenda/",
        "/meetings/{meeting_planned}/agenda/edit/",
        "/meetings/{meeting_planned}/items/{meeting_item}/papers/add/",
        "/meetings/{meeting_held}/",
        "/meetings/{meeting_public}/",
        "/meetings/{meeting_planned}/attendance/",
        "/meetings/{meeting_planned}/attendance/?everybody=yes",
        "/meetings/{meeting_held}/attendance/",
        "/meetings/{meeting_planned}/minutes/",
        "/meetings/{meeting_public}/minutes/",
        "/decisions/",
        "/decisions/?show=open",
        "/decisions/add/",
        "/decisions/{decision_open}/",
        "/decisions/{decision_open}/replace/",
        "/decisions/{decision_open}/correct/",
        "/decisions/{decision_open}/about/",
        "/arising/",
    ],
    EXECUTIVE: ["/meetings/", "/meetings/{meeting_held}/", "/decisions/", "/decisions/{decision_open}/", "/arising/"],
    SCRUTINY: ["/meetings/", "/meetings/{meeting_public}/"],
}
# SQL with one value
_OF_EXECUTIVE = "SELECT m.id FROM governance_meeting m JOIN governance_body b ON b.id = m.body_id WHERE b.slug = 'csp-executive' AND m.state ="
ROWS: dict[str, str] = {
    "meeting_planned": f"{_OF_EXECUTIVE} 'planned' ORDER BY m.starts_at LIMIT 1",
    "meeting_item": "SELECT i.id FROM governance_agendaitem i WHERE i.meeting_id = ("
    f"{_OF_EXECUTIVE} 'planned' ORDER BY m.starts_at LIMIT 1) AND i.purpose = 'decide' ORDER BY i.id LIMIT 1",
    "meeting_held": f"{_OF_EXECUTIVE} 'held' ORDER BY m.starts_at DESC LIMIT 1",
    "meeting_public": "SELECT id FROM governance_meeting WHERE kind = 'public' AND state = 'held' ORDER BY id LIMIT 1",
    "decision_open": "SELECT id FROM governance_decision WHERE due_on IS NOT NULL AND done_on IS NULL ORDER BY id LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
# URLs that nobody can look at, with the reason
UNSEEN: dict[str, str] = {
    "governance:meeting-feed": "a calendar for calendar programs",
    "governance:paper-download": "a file",
    "governance:paper-replace": "the page for adding a paper, which is visited",
    "governance:decision-done": POST_ONLY,
    "governance:undertaking-end": POST_ONLY,
}
