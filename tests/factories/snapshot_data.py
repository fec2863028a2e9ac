"""The invented figures and words of the snapshots made by hand."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from indicators.aims import Aim

# Eight quarters, 2016-17 Q1 to 2017-18 Q4; a pair is need and met or a base; None: nothing.
SERIES: dict[str, Sequence[Any]] = {
    "asb-calls": (4870, 5190, 4251, 3978, 5122, 5404, 4398, 4104),
    "asb-repeat-callers": (50, 49, 45, 42, 47, 44, 42, 38),
    "ordered-into-treatment": (48, 52, 51, 54, 55, 58, 58, 61),
    "vawg-champions": (118, 131, 148, 163, 176, 190, 203, 214),
    "domestic-abuse-reports": (1398, 1452, 1411, 1379, 1476, 1521, 1465, 1412),
    "violence-with-injury-hotspots": (737, 783, 685, 658, 767, 743, 703, 629),
    "serious-youth-violence": (76, 79, 70, 66, 74, 71, 62, 61),
    "victim-satisfaction": ((92, 119), (96, 121), (98, 122), (99, 124), (101, 125), (104, 125), (103, 126), None),
    "hate-incidents": (198, 221, 214, 213, 226, 241, 221, None),
    "hate-offences": (166, 186, 179, 177, 183, 201, 185, 172),
    "prevent-sessions": (20, 24, 22, 22, 21, 25, 23, 27),
    "mappa-level-3": (1, 0, 0, 1, 0, 1, 0, 1),
    "substance-misuse-need-met": ((6, 13), (7, 14), (6, 12), (5, 13), (6, 12), (5, 11), (6, 14), (4, 12)),
    "ete-need-met": ((15, 29), (16, 30), (17, 29), (18, 30), (17, 30), (18, 29), (20, 31), (19, 31)),
    "first-time-entrants": (27, 29, 24, 25, 25, 24, 22, None),
    "violence-with-injury-borough": (838, 858, 797, 782, 879, 861, 846, 803),
    "yot-reoffending": ((34, 81), (36, 84), (33, 80), (35, 82), (34, 82), None, None, None),
    "sanction-detection-violence": (
        (180, 838),
        (176, 858),
        (171, 797),
        (168, 782),
        (186, 879),
        (180, 861),
        (178, 846),
        (172, 803),
    ),
}
SENT_BACK = {"hate-incidents": dt.date(2018, 5, 14)}
MISSING = {
    "victim-satisfaction": ("Awaiting partner", "The survey closes on 18 May.", dt.date(2018, 5, 31)),
    "first-time-entrants": ("Source lag", "The national figures come one quarter late.", dt.date(2018, 7, 31)),
    "yot-reoffending": ("Source lag", "A cohort is followed for a year.", None),
}
UNVERIFIED = {"prevent-sessions"}
PROVISIONAL = {"asb-calls"}
LEADS = {
    "metropolitan-police": "Dana Whitlock",
    "council": "Idris Calloway",
    "victim-support": "Maud Penhale",
    "probation": "Bryn Tolliver",
    "london-crc": "Signe Marlowe",
}
SAID = {
    "asb-calls": (
        "Calls fell by 294 on the quarter, as they do each winter, and stand a little above last year.",
        "Weekend patrols drew fewer repeat calls from Shadwell and Whitechapel. A new online form took about 150 reports that would have been calls.",
        "Count online reports beside calls from April, and agree whether the indicator should hold both.",
    ),
    "asb-repeat-callers": (
        "38 people called more than once, four fewer than last quarter.",
        "Six long-running cases were closed at the Community (ASB) MARAC.",
        "Offer every repeat caller a visit within ten working days.",
    ),
    "ordered-into-treatment": (
        "61 orders were made, the most in two years.",
        "The court team now screens everyone charged with drug-related ASB.",
        "Keep the screening, and follow how many complete treatment.",
    ),
    "vawg-champions": (
        "Eleven champions joined, from schools and housing.",
        "Two training days were held instead of one.",
        "Invite GP surgeries, which have none yet.",
    ),
    "domestic-abuse-reports": (
        "1,412 reports, 33 more than a year ago.",
        "The winter campaign named the One Stop Shop, and referrals from hospitals rose.",
        "Run the campaign again before the summer holidays.",
    ),
    "violence-with-injury-hotspots": (
        "Offences fell three quarters running. The first half, 1,510, made most of the year; the second, 1,332, was 11 below last year’s.",
        "Two night-time economy areas made up 41% of first-quarter offences. Weekend patrols paid for by the Late Night Levy began in June 2017.",
        "Patrols move to the four streets with most repeat offences. Venues with two or more incidents get a joint visit.",
    ),
    "serious-youth-violence": (
        "61 young victims, one fewer than last quarter and five fewer than a year ago. Most were hurt between three and six in the afternoon, on the way home from "
        "school, near three bus stops and one park that has been named in every quarter of the last two years. Nine were hurt twice in the year, and the analyst has "
        "followed each of them through the records of school, hospital and police to see who knew what, and when.",
        "School patrols at the three bus stops kept the busiest hour quieter.",
        "The youth violence service keeps its programme for 2018-19 as planned.",
    ),
    "hate-offences": ("Offences fell by 13.", "No single event stands out.", "Ask the No Place For Hate Forum about under-reporting in Bow."),
    "prevent-sessions": ("27 sessions were held, four of them in colleges.", "Two sessions of last quarter moved into January.", "Plan the summer with the colleges."),
    "mappa-level-3": ("One person committed a serious offence.", "A review is under way.", "Bring the review to the CSP Executive."),
    "ete-need-met": ("19 of 31 were in training or work.", "The hub opened in February with four advisers.", "Open it one evening a week."),
}  # fmt: skip


def _aim(
    rule: str, basis: str, value: int, minimum: int | None = None, tolerance: int | None = None, profile: str = ""
) -> Aim:
    def number(given: int | None) -> Decimal | None:
        return None if given is None else Decimal(given)

    shares = tuple(Decimal(share) for share in profile.split()) or None
    return Aim(rule, basis, Decimal(value), number(minimum), number(tolerance), shares)


# What is aimed at in 2017-18 where the sample is rated: a red, ambers and greens by every rule. B3 has the pictures' figures, 2,842 against 2,800.
AIMS: dict[str, Aim] = {
    "asb-repeat-callers": _aim("minimum_and_target", "latest", 40, 45),
    "ordered-into-treatment": _aim("tolerance", "year_to_date", 225, None, 5, "24 25 25 26"),
    "vawg-champions": _aim("minimum_and_target", "latest", 220, 200),
    "domestic-abuse-reports": _aim("minimum_and_target", "year_to_date", 6000, 5640, None, "25 26 25 24"),
    "violence-with-injury-hotspots": _aim("minimum_and_target", "year_to_date", 2700, 2800, None, "26 27 24 23"),
    "serious-youth-violence": _aim("last_year", "year_to_date", 275, None, 5, "26 27 24 23"),
    "prevent-sessions": _aim("minimum_and_target", "year_to_date", 90, 85, None, "25 25 25 25"),
    "substance-misuse-need-met": _aim("points", "year_to_date", 50, None, 5),
    "ete-need-met": _aim("points", "year_to_date", 62, None, 3),
    "first-time-entrants": _aim("minimum_and_target", "year_to_date", 95, 105, None, "26 27 24 23"),
}  # fmt: skip
