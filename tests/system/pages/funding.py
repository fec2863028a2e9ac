"""The page of money: which pages the every-page test visits, as whom; see `test_every_page`."""

PAGES: dict[str, list[str]] = {}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}  # URLs that nobody can look at, with the reason
