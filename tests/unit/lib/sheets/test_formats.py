"""Number formats, against what Excel shows."""

import datetime as dt
from decimal import Decimal

import pytest

from lib.sheets.formats import format_of


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("General", "1389.5", "1389.5"),
        ("General", "0.00001", "0.00001"),
        ("General", "123456789012345678901234", "1.23456789012346E+23"),
        ("", "5", "5"),
        ("@", "5", "5"),
        ("0", "1389.5", "1390"),
        ("0", "-1389.5", "-1390"),
        ("0", "0.4", "0"),
        ("0", "-0.4", "0"),
        ("000", "7", "007"),
        ("#,##0", "1389", "1,389"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0", "123456", "123,456"),
        ("#,##0", "-1389", "-1,389"),
        ("#,##0", "12", "12"),
        ("#,##0.00", "1389.5", "1,389.50"),
        ("0.0#", "1.5", "1.5"),
        ("0.0#", "1.55", "1.55"),
        ("#.##", "0.5", ".5"),
        ("0.00", "2.675", "2.68"),
        ("0%", "0.125", "13%"),
        ("0.0%", "0.125", "12.5%"),
        ("0.00 %", "0.125", "12.50 %"),
        ("#,##0,", "1234567", "1,235"),
        ("#,##0.0,,", "1234567", "1.2"),
        ('"£"#,##0.00', "1389.5", "£1,389.50"),
        ('"£"#,##0.00', "-1389.5", "-£1,389.50"),
        ("[$£-809]#,##0", "1389", "£1,389"),
        ("[$-409]0", "5", "5"),
        ("[Red]0", "5", "5"),
        ("0;[Red]-0", "-5", "-5"),
        ("0;(0)", "-5", "(5)"),
        ("0;(0);nil", "0", "nil"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "1389", "1,389"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-1389", "-1,389"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "0", "-"),
        (";;;", "5", "5"),
        ('"Q"0', "4", "Q4"),
        ('0" days"', "4", "4 days"),
        ("0\\x", "4", "4x"),
        ("0.00E+00", "1389", "1389"),
        ("# ?/?", "0.5", "0.5"),
        ("000\\-000", "123456", "123456"),
    ],
)
def test_numbers(code, number, shown):
    assert format_of(code).shows(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("0.0%", "percent"),
        ('0"%"', "number"),
        ("dd/mm/yyyy", "date"),
        ("mmm-yy", "date"),
        ("m", "date"),
        ("[$-F800]dddd, mmmm dd, yyyy", "date"),
        ("yyyy-mm-dd;@", "date"),
        ("hh:mm", "time"),
        ("mm:ss", "time"),
        ("[h]:mm", "time"),
        ('"Month "0', "number"),
        ("[Red]0", "number"),
        ('0 "days"', "number"),
        ("\\d0", "number"),
    ],
)
def test_what_a_format_makes_of_a_number(code, kind):
    assert format_of(code).kind == kind


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", "05/04/2018"),
        ("d/m/yy", "5/4/18"),
        ("mmm-yy", "Apr-18"),
        ("MMMM YYYY", "April 2018"),
        ("dddd d mmmm", "Thursday 5 April"),
        ("ddd", "Thu"),
        ("mmmmm", "A"),
        ("yyyy\\-mm\\-dd", "2018-04-05"),
        ("yyyymm", "201804"),
        ("dd/mm/yyyy hh:mm", "05/04/2018 14:07"),
        ("h:mm AM/PM", "2:07 PM"),
        ("hh:mm:ss", "14:07:09"),
        ("mm:ss", "07:09"),
        ("ss.000", "09"),
        ("[$-809]d mmmm yyyy;@", "5 April 2018"),
        ('"as at" d mmm', "as at 5 Apr"),
    ],
)
def test_moments(code, shown):
    assert format_of(code).shows_moment(dt.datetime(2018, 4, 5, 14, 7, 9), 14) == shown
