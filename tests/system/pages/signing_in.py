"""Where one is signed in, and the review of roles: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "farida.begum@example.org": ["/signed-in/", "403 /access-review/"],
    "sam.carrick@example.org": ["/access-review/"],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
POST_ONLY = "takes POST only and leads on to a page that is visited"
UNSEEN: dict[str, str] = {
    "accounts:session-left": "JSON",
    "accounts:session-stay": "JSON",
    "accounts:session-end": POST_ONLY,
    "accounts:session-end-others": POST_ONLY,
    "accounts:typing-forget": POST_ONLY,
    "accounts:user-sign-out": POST_ONLY,
    "accounts:review-open": POST_ONLY,
}
