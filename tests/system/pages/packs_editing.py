"""What goes into a pack and what the public edition leaves out: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/packs/2017-18-q4/pack/executive/outline/",
        "/packs/2017-18-q4/pack/public/outline/",
        "404 /packs/2017-18-q4/pack/secret/outline/",
    ],
    "jo.mercer@example.org": ["403 /packs/2017-18-q4/pack/executive/outline/"],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {}
