"""The public form: who answers, on the web or on a library's screen: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "": [
        "/have-your-say/",
        "/have-your-say/what-comes-first-sample/",
        "/have-your-say/what-comes-first-sample/?lang=bn",
        "/have-your-say/what-comes-first-sample/kiosk/whitechapel/",
        "404 /have-your-say/what-comes-first-sample/kiosk/nowhere/",
    ],
}
ROWS: dict[str, str] = {}
# URLs that a walk of their own visits, in another test of the browser: `test_asking`.
SEEN: set[str] = {
    "consultation:asking-step",
    "consultation:asking-about-you",
    "consultation:asking-check",
    "consultation:asking-sent",
}
UNSEEN: dict[str, str] = {}
