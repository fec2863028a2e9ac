"""What the page of one application shows, and what whoever looks at it may do."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from accounts import audit
from accounts.models import RoleGrant, User
from governance import approving, asking
from governance.funding import application_list, applying
from governance.funding.application_list import Line
from governance.models import (
    Action,
    Approval,
    FundingApplication,
    FundingApplicationYear,
    FundingComment,
    FundingInterest,
    Project,
    Undertaking,
)
from indicators import placing
from indicators.models import Indicator
from lib.numerals import in_words, listed
from lib.written import capitalised, day_year, pounds

State = FundingApplication.State


@dataclass(frozen=True)
class Condition:
    undertaking: Undertaking
    state: str  # "Overdue", "Due", "Done, 3 May 2018"


@dataclass(frozen=True)
class Named:
    words: str  # "B2 Domestic abuse reports"
    url: str  # "" where the reader may not open its page


@dataclass(frozen=True)
class ApplicationPage:
    line: Line
    headline: str
    lacks: tuple[str, ...]  # what a draft lacks, in sentences
    years: tuple[FundingApplicationYear, ...]
    with_match: (
        Decimal | None
    )  # what is agreed, before that asked for, and what others put in, together; None where they put in nothing
    actions: tuple[Action, ...]  # as far as the reader may see them
    indicators: tuple[Named, ...]
    comments: tuple[FundingComment, ...]
    interests: tuple[FundingInterest, ...]
    approvals: tuple[Approval, ...]  # withdrawn ones too
    conditions: tuple[Condition, ...]
    project: Project | None
    history: tuple[audit.Line, ...]
    barred: str  # why this member of the CSP Executive doesn't decide, as a sentence; "" where they may, and for everybody else
    may: frozenset[
        str
    ]  # "edit", "submit", "take_back", "withdraw", "comment", "declare", "record_interest", "decide", "record", ...


def gather(application: FundingApplication, user: User, today: dt.date) -> ApplicationPage:
    """The number of queries does not grow with what is in it."""
    line = application_list.line(application)
    interests = tuple(application.interests.select_related("user", "recorded_by"))
    conditions = tuple(_conditions(application, today))
    project = Project.objects.visible_to(user).filter(application=application).first()
    how = _how_own(application, user, today)
    has_declared = any(one.user_id == user.pk or approving.same_name(one.name, user.name) for one in interests)
    lacks = applying.gaps(applying.content_of(application)) if application.is_draft else {}
    match, money = application.match_amount, line.asked.known if line.agreed is None else line.agreed
    may = _may(application, user, how=how, has_declared=has_declared, project=project)
    missing = "" if not application.is_draft else _missing(len(lacks)) if lacks else _complete(application, may, today)
    return ApplicationPage(
        line=line,
        headline=_headline(application, line, conditions, missing, project),
        lacks=tuple(lacks.values()),
        years=tuple(application.years.all()),
        with_match=money + match if match is not None else None,
        actions=tuple(_actions(application, user)),
        indicators=tuple(_indicators(application, user)),
        comments=tuple(application.comments.select_related("made_by__organisation")),
        interests=interests,
        approvals=tuple(application.approvals.select_related("body", "meeting", "recorded_by", "withdrawn_by")),
        conditions=conditions,
        project=project,
        history=tuple(audit.lines(audit.history(application)[:50])),
        barred=_barred(application, how, today),
        may=may,
    )


def _how_own(application: FundingApplication, user: User, today: dt.date) -> str:
    """Of a member of the CSP Executive, while there is something to decide."""
    if not application.is_submitted or not user.has_role(RoleGrant.Role.EXECUTIVE):
        return ""
    return approving.own(application, user, today)


def _barred(application: FundingApplication, how: str, today: dt.date) -> str:
    if not how:
        return ""
    ask = approving.whom_to_ask(application, today)
    return f"{how}, so somebody else on the CSP Executive decides: {ask}."


def _may(
    application: FundingApplication, user: User, *, how: str, has_declared: bool, project: Project | None
) -> frozenset[str]:
    def has(name: str) -> bool:
        return bool(user.has_perm(f"governance.{name}", application))

    is_draft, waits = application.is_draft, application.is_submitted
    records, decided = has("record_application_decision"), application.state in FundingApplication.DECIDED
    acts = {
        "edit": is_draft and has("draft_application"),
        "submit": is_draft and has("submit_application"),
        "take_back": waits and has("submit_application"),
        "withdraw": (is_draft or waits) and has("withdraw_application"),
        "comment": (is_draft or waits) and has("comment_application"),
        "declare": waits and has("declare_interest") and not has_declared,
        "record_interest": waits and records,
        "decide": waits and has("decide_application") and not how,
        "record": waits and records,
        "withdraw_decision": decided and records and project is None,
        "make_project": application.is_agreed and project is None and has("change_funding"),
    }
    return frozenset(act for act, may in acts.items() if may)


def _headline(
    application: FundingApplication,
    line: Line,
    conditions: tuple[Condition, ...],
    missing: str,
    project: Project | None,
) -> str:
    asked, state = pounds(line.asked.known), application.state
    if state == State.DRAFT:
        said = f"A draft that asks for {asked}" if line.asked.known else "A draft, without an amount yet"
        return f"{said}. {missing}."
    if state == State.SUBMITTED:
        return f"{asked} is asked for. It has waited for the CSP Executive’s decision since {day_year(application.submitted_at)}."
    if state == State.WITHDRAWN:
        return f"Withdrawn on {day_year(application.withdrawn_at)}; {asked} was asked for."
    on = day_year(application.decided_on)
    if state == State.DECLINED:
        return f"Declined on {on}; {asked} was asked for."
    agreed = pounds(line.agreed)
    said = (
        f"{agreed} was agreed on {on}" if agreed == asked else f"{agreed} of the {asked} asked for was agreed on {on}"
    )
    still = sum(not one.undertaking.ending for one in conditions)
    if still:
        said += f", with {in_words(still)} condition{'' if still == 1 else 's'} still open"
    return f"{said}." if project else f"{said}. It has not become a project yet."


def _complete(application: FundingApplication, may: frozenset[str], today: dt.date) -> str:
    """Who can submit a draft that lacks nothing, for whoever can't: "Nothing is missing: Priya Nair, its chair, can submit it"."""
    if "submit" in may:
        return "Nothing is missing"
    names = asking.names_acting_as_chair(application.body_id, today)
    if not names:
        return f"Nothing is missing, but {application.body} has no chair with an account here who could submit it"
    chairs = f"{names[0]}, its chair," if len(names) == 1 else listed(names).replace(" and ", " or ")
    return f"Nothing is missing: {chairs} can submit it"


def _missing(lacks: int) -> str:
    many = f"{capitalised(in_words(lacks))} thing{' is' if lacks == 1 else 's are'}"
    return f"{many} missing before it can be submitted"


def _actions(application: FundingApplication, user: User) -> list[Action]:
    seen = Action.objects.visible_to(user).filter(funding_applications=application)
    return list(seen.select_related("delivery_plan__body").distinct().in_order())


def _indicators(application: FundingApplication, user: User) -> list[Named]:
    """In the plan's order, as far as the reader may see them."""
    named = application.indicators.values("pk")
    places = placing.latest()
    found = sorted(Indicator.objects.visible_to(user).filter(pk__in=named), key=places.order)
    opens = user.has_perm("indicators.view_indicator")
    return [Named(places.brief(one), one.get_absolute_url() if opens else "") for one in found]


def _conditions(application: FundingApplication, today: dt.date) -> list[Condition]:
    """Of the decision that stands and of withdrawn ones, open ones first."""
    found = Undertaking.objects.filter(approval__application=application).select_related("owner", "body")
    rows = sorted(found, key=lambda one: (bool(one.ending), one.due_on, one.pk))
    return [Condition(one, _state(one, today)) for one in rows]


def _state(condition: Undertaking, today: dt.date) -> str:
    if condition.ending:
        return f"{condition.get_ending_display()}, {day_year(condition.ended_on)}"
    return "Overdue" if condition.due_on < today else "Due"
