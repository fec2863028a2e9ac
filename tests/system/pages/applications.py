"""Applications for money: which pages the every-page test visits, as whom; see `test_every_page`."""

ALL = "/funding/applications/"
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        ALL,
        f"{ALL}?state=agreed",
        f"{ALL}add/",
        f"{ALL}{{to_decide}}/",
        f"{ALL}{{to_decide}}/record/",
        f"{ALL}{{to_decide}}/interest/",
        f"{ALL}{{to_decide}}/withdraw/",
        f"{ALL}{{given}}/",
        f"{ALL}{{given}}/withdraw-decision/",
        f"{ALL}{{given}}/project/",
        f"{ALL}{{draft_of_money}}/",
        f"{ALL}{{draft_of_money}}/edit/",
    ],
    "jo.mercer@example.org": [
        ALL,
        f"{ALL}{{to_decide}}/",
        f"{ALL}{{to_decide}}/decide/",
        f"{ALL}{{to_decide}}/interest/",
        f"404 {ALL}{{draft_of_money}}/",
    ],
    "miriam.hall@example.org": [f"{ALL}{{to_decide}}/take-back/"],
    "priya.nair@example.org": [f"{ALL}{{draft_of_money}}/submit/", f"{ALL}add/"],
}
_FIRST = "SELECT id FROM governance_fundingapplication WHERE state = '{state}' ORDER BY id LIMIT 1"
ROWS: dict[str, str] = {
    "to_decide": _FIRST.format(state="submitted"),
    "given": _FIRST.format(state="agreed"),
    "draft_of_money": _FIRST.format(state="draft"),
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {
    "governance:funding-application-comment": "takes POST only and leads on to a page that is visited",
}
