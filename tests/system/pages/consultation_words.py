"""What people wrote: reading, tags, quotes, what somebody has to see to: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/consultations/{worded}/words/",
        "/consultations/{worded}/words/?q=light&show=unread",
        "/consultations/{worded}/words/read/",
        "/consultations/{worded}/words/{comment}/",
        "/consultations/{worded}/words/{comment}/quote/",
        "/consultations/{worded}/words/quotes/",
        "/consultations/{worded}/responses/",
        "/consultations/disclosures/",
        "/consultations/disclosures/?settled=yes",
        "/consultations/disclosures/{disclosure}/",
        "/consultations/disclosures/{disclosure}/hand-over/",
        "/consultations/{quoted}/words/quotes/",
        "/consultations/{quoted}/words/quotes/{quote}/",
    ],
}
QUOTE = "SELECT id FROM consultation_quote ORDER BY id LIMIT 1"
OPEN = "SELECT consultation_id FROM consultation_response ORDER BY id LIMIT 1"
ROWS: dict[str, str] = {
    "worded": f"SELECT slug FROM consultation_consultation WHERE id = ({OPEN})",
    "disclosure": "SELECT id FROM consultation_disclosure ORDER BY id LIMIT 1",
    "quote": QUOTE,
    "quoted": f"SELECT c.slug FROM consultation_consultation c JOIN consultation_quote q ON q.consultation_id = c.id WHERE q.id = ({QUOTE})",
    "comment": "SELECT id FROM consultation_comment ORDER BY id LIMIT 1",
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
POST_ONLY = "takes POST only and leads on to a page that is visited"
UNSEEN: dict[str, str] = {
    "consultation:quote-pass": POST_ONLY,
    "consultation:quote-withdraw": POST_ONLY,
    "consultation:disclosure-raise": POST_ONLY,
    "consultation:disclosure-take-up": POST_ONLY,
}
