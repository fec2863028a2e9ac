"""Approving, issuing and withdrawing packs: which pages the every-page test visits, as whom; see `test_every_page`."""

COORDINATOR, EXECUTIVE = "sam.carrick@example.org", "jo.mercer@example.org"

# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    COORDINATOR: ["/packs/build/", "/packs/build/?quarter=2017-18-q4", "/packs/register/"],
    EXECUTIVE: ["/packs/register/"],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = {  # URLs that a walk of their own visits, in `test_pack_issued.py`
    "reporting:pack-approve",
    "reporting:pack-approval-record",
    "reporting:pack-issue",
    "reporting:pack-withdraw",
}
UNSEEN: dict[str, str] = {
    "reporting:pack-register-csv": "a table for spreadsheets",
    "reporting:pack-again": "takes POST only and leads on to a page that is visited",
}
