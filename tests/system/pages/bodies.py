"""Bodies and their members: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/bodies/",
        "/bodies/add/",
        "/bodies/csp-executive/",
        "/bodies/asb-operations-group/",
        "/bodies/asb-operations-group/edit/",
        "/bodies/asb-operations-group/links/",
        "/bodies/asb-operations-group/members/add/",
        "/bodies/asb-operations-group/members/{asb_chair}/edit/",
        "/bodies/asb-operations-group/members/{asb_chair}/end/",
        "/bodies/asb-operations-group/members/{asb_chair}/hand-over/",
        "/bodies/asb-operations-group/members/{asb_deputy}/acts/",
        "/bodies/asb-operations-group/pass-on/{asb_chair_account}/",
    ],
    "nell.ashby@example.org": ["/bodies/", "/bodies/mopac/", "403 /bodies/mopac/edit/"],
}
_ASB = (
    "FROM governance_membership AS place JOIN governance_body AS body ON body.id = place.body_id "
    "WHERE body.slug = 'asb-operations-group' AND place.ends_on IS NULL AND place.role = "
)
ROWS: dict[str, str] = {  # SQL with one value
    "asb_chair": f"SELECT place.id {_ASB} 'chair'",
    "asb_chair_account": f"SELECT place.user_id {_ASB} 'chair'",
    "asb_deputy": f"SELECT place.id {_ASB} 'deputy'",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {  # URLs that nobody can look at, with the reason
    "governance:delegation-withdraw": "takes POST only",
}
