"""Spreadsheets and the year's end: which pages the every-page test visits, as whom; see `test_every_page`."""

RUNNING, DRAFT = "/delivery-plans/asb-operations-group/2017-18", "/delivery-plans/asb-operations-group/2018-19"
SUBMITTED = "/delivery-plans/no-place-for-hate-forum/2018-19"
# A status other than 200 stands before the address; names in braces are rows of the sample, read by `ROWS`.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": [
        f"{RUNNING}/upload/",
        f"{DRAFT}/upload/",
        f"{SUBMITTED}/upload/",
        f"{RUNNING}/year-end/",
        f"{DRAFT}/year-end/",
        f"{RUNNING}/print/",
        f"{DRAFT}/print/",
    ],
}
ROWS: dict[str, str] = {}  # SQL with one value
SEEN: set[str] = {"governance:plan-upload-detail"}  # in `test_plan_spreadsheet`
UNSEEN: dict[str, str] = {"governance:delivery-plan-workbook": "a workbook"}
