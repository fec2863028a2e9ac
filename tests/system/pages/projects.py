"""Projects: which pages the every-page test visits, as whom; see `test_every_page`."""

PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/funding/projects/add/",
        "/funding/projects/add/?stream=public-health-grant",
        "/funding/projects/prison-exit-team/",
        "/funding/projects/fgm-engagement/",
        "/funding/projects/prison-exit-team/edit/",
        "/funding/projects/prison-exit-team/close/",
        "/funding/projects/prison-exit-team/reopen/",
        "/funding/projects/fgm-engagement/spend/",
        "/funding/projects/prison-exit-team/forecast/",
        "/funding/projects/prison-exit-team/outputs/",
        "/funding/projects/prison-exit-team/outputs/add/",
        "/funding/projects/prison-exit-team/outputs/{project_output}/edit/",
        "/funding/projects/prison-exit-team/outputs/{project_output}/end/",
        "/funding/projects/prison-exit-team/reports/",
        "/funding/projects/prison-exit-team/reports/{funder_report}/sent/",
        "/funding/projects/prison-exit-team/reports/{funder_report}/drop/",
        "/funding/projects/prison-exit-team/return/2017-18-q4/",
    ],
    "jo.mercer@example.org": [
        "/funding/projects/night-time-outreach-at-the-stations/",
        "/funding/projects/night-time-outreach-at-the-stations/return/2017-18-q4/",
    ],
}
_OF = "project_id = (SELECT id FROM governance_project WHERE slug = 'prison-exit-team')"
ROWS: dict[str, str] = {
    "project_output": f"SELECT id FROM governance_output WHERE {_OF} ORDER BY id LIMIT 1",
    "funder_report": f"SELECT id FROM governance_funderreport WHERE {_OF} AND sent_on IS NULL ORDER BY id LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {
    "governance:project-return-download": "a spreadsheet"
}  # URLs that nobody can look at, with the reason
