"""Paper forms: printing them, their codes, keying them in batches: which pages the every-page test visits, as whom; see `test_every_page`."""

OPEN = "/consultations/what-comes-first-sample"
# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        f"{OPEN}/papers/",
        f"{OPEN}/papers/add/",
        f"{OPEN}/papers/handed-in/",
        f"{OPEN}/codes/",
        f"{OPEN}/codes/add/",
        "/consultations/crime-and-disorder-2016/papers/",
        "/consultations/crime-and-disorder-2016/papers/add/",
    ],
}
ROWS: dict[str, str] = {}
# In `test_papers_keyed`.
SEEN: set[str] = {
    "consultation:pile-detail",
    "consultation:pile-finish",
    "consultation:pile-undo",
    "consultation:paper-take-out",
}
UNSEEN: dict[str, str] = dict.fromkeys(
    ("consultation:paper-form", "consultation:code-forms", "consultation:code-download"), "a file"
)
