"""What is kept how long of bodies, plans, meetings, money and risks: this app's rows of the retention table."""

from lib.kept import ACCOUNTABLE, FOR_GOOD, NOT_PERSONAL, Kept, of

ERASED = "An erasure that two people decide on"


def rows() -> tuple[Kept, ...]:
    return (
        Kept(
            what="Bodies, what they are there for and how they stand to each other",
            models=of("governance", "body", "bodyfunction", "bodypriority", "bodylink", "commitmentlead"),
            is_personal=False,
            how_long=FOR_GOOD,
            ground=NOT_PERSONAL,
            removed_by="Nothing: they are on the record",
        ),
        Kept(
            what="Who sits on which body and who acts for whom, also people without an account",
            models=of("governance", "membership", "delegation"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by=ERASED,
            in_notice="Which bodies you sat on, from when to when, stays with them.",
        ),
        Kept(
            what="Delivery plans, their actions and quarterly updates, with who drafted, agreed and owns them",
            models=of(
                "governance",
                *("deliveryplan", "planupload", "action", "action_indicators", "action_concerns", "milestone"),
                *("datemove", "update", "equalityanalysis", "equalityimpact"),
            ),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by=ERASED,
            in_notice="What you drafted, agreed or own of a delivery plan stays with it.",
        ),
        Kept(
            what="Meetings: agenda, papers, who was there, interests, decisions, approvals and what arose",
            models=of(
                "governance",
                *("meeting", "agendaitem", "paper", "attendance", "interest", "approval", "undertaking", "decision"),
                *("decision_commitments", "decision_indicators", "decision_actions"),
            ),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by=ERASED,
            in_notice="That you were at a meeting, what you declared, decided or approved there, stays with its minutes.",
        ),
        Kept(
            what="How the plan came about, commitments and outcomes, what scrutiny asked and was answered",
            models=of(
                "governance",
                *("planversion", "clearance", "review", "sending", "commitmentstatus", "outcomemeasure"),
                *("outcomejudgement", "recommendation", "recommendationrecipient"),
            ),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by=ERASED,
            in_notice="Who cleared, reviewed, judged or answered something stays with it.",
        ),
        Kept(
            what="Money: streams, projects, applications, posts that are paid for, reports to funders",
            models=of(
                "governance",
                *("fundingstream", "allocation", "budgetchange", "fundedposts", "fundingapplication"),
                *("fundingapplication_actions", "fundingapplication_indicators", "fundingapplicationyear"),
                *("fundingcomment", "fundinginterest", "project", "project_commitments", "project_indicators"),
                *("projectyear", "forecast", "output", "outputcount", "funderreport"),
            ),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by=ERASED,
            in_notice="Who applied for money, declared an interest, decided or reported on it stays with it.",
        ),
        Kept(
            what="Risks, their scores and who looks after them",
            models=of("governance", "risk", "risk_actions", "riskscore"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by=ERASED,
            in_notice="Who looked after a risk or scored it stays with it.",
        ),
    )
