"""The page of money: which pages the every-page test visits, as whom; see `test_every_page`."""

# A status other than 200 stands before the address.
PAGES: dict[str, list[str]] = {
    "sam.carrick@example.org": ["/funding/", "/funding/?year=2018-19"],
    "jo.mercer@example.org": ["/funding/?year=2017-18"],
    "farida.begum@example.org": ["/funding/"],
    "nell.ashby@example.org": ["403 /funding/"],
}
ROWS: dict[str, str] = {}
SEEN: set[str] = set()  # URLs that a walk of their own visits, in another test of the browser
UNSEEN: dict[str, str] = {"governance:funding-workbook": "a workbook"}
