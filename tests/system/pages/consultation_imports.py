"""Files of a survey run elsewhere: which pages the every-page test visits, as whom; see `test_every_page`."""

FILES = "/consultations/what-comes-first-sample/files/"
# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {"sam.carrick@example.org": [FILES, f"{FILES}add/"]}
ROWS: dict[str, str] = {}
# In `test_consulting`.
SEEN: set[str] = {
    "consultation:import-columns",
    "consultation:import-answers",
    "consultation:import-detail",
    "consultation:import-undo",
}
UNSEEN: dict[str, str] = {"consultation:import-discard": "takes POST alone"}
