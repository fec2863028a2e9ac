"""Streams, budget changes and funded posts: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
FUND = "/funding/streams/london-crime-prevention-fund-years-1-and-2/"
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        FUND,
        f"{FUND}edit/",
        "/funding/streams/public-health-grant/",
        "/funding/streams/housing-revenue-account/",
        "/funding/streams/housing-revenue-account/edit/",
        "/funding/streams/council-funded-police-officers/",
        "/funding/streams/add/",
        "/funding/budget-changes/",
        "/funding/budget-changes/add/",
        "/funding/budget-changes/{budget_change}/edit/",
        "/funding/posts/",
        "/funding/posts/add/",
        "/funding/posts/{funded_posts}/edit/",
    ],
    "jo.mercer@example.org": [FUND, "/funding/budget-changes/", "/funding/posts/"],
}
ROWS: dict[str, str] = {
    "budget_change": "SELECT id FROM governance_budgetchange ORDER BY id LIMIT 1",
    "funded_posts": "SELECT id FROM governance_fundedposts ORDER BY id LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}  # URLs that nobody can look at, with the reason
