"""Applications for money: which pages the every-page test visits, as whom; see `test_every_page`."""

ALL = "/funding/applications/"
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        ALL,
        f"{ALL}?state=agreed",
        f"{ALL}add/",
        f"{ALL}{{asked}}/",
        f"{ALL}{{asked}}/record/",
        f"{ALL}{{asked}}/interest/",
        f"{ALL}{{asked}}/withdraw/",
        f"{ALL}{{given}}/",
        f"{ALL}{{given}}/withdraw-decision/",
        f"{ALL}{{given}}/project/",
        f"{ALL}{{drafted}}/",
        f"{ALL}{{drafted}}/edit/",
    ],
    "jo.mercer@example.org": [
        ALL,
        f"{ALL}{{asked}}/",
        f"{ALL}{{asked}}/decide/",
        f"{ALL}{{asked}}/interest/",
        f"404 {ALL}{{drafted}}/",
    ],
    "miriam.hall@example.org": [f"{ALL}{{asked}}/take-back/"],
    "priya.nair@example.org": [f"{ALL}{{drafted}}/submit/", f"{ALL}add/"],
}
_FIRST = "SELECT id FROM governance_fundingapplication WHERE state = '{state}' ORDER BY id LIMIT 1"
ROWS: dict[str, str] = {
    "asked": _FIRST.format(state="submitted"),
    "given": _FIRST.format(state="agreed"),
    "drafted": _FIRST.format(state="draft"),
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {
    "governance:funding-application-comment": "takes POST only and leads on to a page that is visited",
}
