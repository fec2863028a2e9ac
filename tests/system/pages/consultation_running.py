"""Setting a consultation up, and its life from draft to published: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        "/consultations/",
        "/consultations/add/",
        "/consultations/{running}/",
        "/consultations/crime-and-disorder-2016/",
        "/consultations/{running}/edit/",
        "/consultations/{running}/preview/",
        "/consultations/{running}/preview/?language=bn",
        "/consultations/{running}/open/",
        "/consultations/{running}/extend/",
        "/consultations/{running}/close/",
        "/consultations/{running}/reopen/",
        "/consultations/{running}/questions/",
        "/consultations/{running}/questions/add/",
        "/consultations/{running}/questions/{running_question}/edit/",
        "/consultations/{running}/concerns/",
        "/consultations/{running}/channels/",
        "/consultations/{running}/languages/",
        "/consultations/{running}/languages/add/",
        "/consultations/{running}/languages/bn/",
        "/consultations/{running}/languages/bn/change/",
    ],
    "jo.mercer@example.org": ["/consultations/", "/consultations/crime-and-disorder-2016/"],
}
ROWS: dict[str, str] = {
    "running": "SELECT slug FROM consultation_consultation WHERE state = 'open' ORDER BY id LIMIT 1",
    "running_question": (
        "SELECT q.id FROM consultation_question q JOIN consultation_consultation c ON c.id = q.consultation_id "
        "WHERE c.state = 'open' AND q.role = 'safe' ORDER BY q.id LIMIT 1"
    ),
}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {
    "consultation:question-remove": "takes POST only and leads on to a page that is visited",
    "consultation:language-remove": "takes POST only and leads on to a page that is visited",
}
