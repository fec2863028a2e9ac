"""The service navigation: for each role the pages its holders may open, and no others."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import RoleGrant
from reporting.formats import pages
from reporting.guide import places

Role = RoleGrant.Role

LEADS = frozenset({Role.DATA_LEAD, Role.COMMENTARY_LEAD})
TEAM = frozenset({Role.COORDINATOR})
MEMBERS = frozenset({Role.EXECUTIVE})
PARTNERS = frozenset({Role.MEMBER})
SCRUTINY = frozenset({Role.SCRUTINY})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Section:
    """A part of the site: its word in the navigation, who has it there (None: everyone signed in), and what it is for.

    `below` are addresses of pages that belong to the section but lie elsewhere. Where two sections that somebody has hold a
    page, it stands in the later one: a coordinator's returns are under "Quarter", unless they have some of their own.
    """

    words: str
    url_name: str
    roles: frozenset[str] | None
    below: tuple[str, ...] = ()


SIGNED_IN = (
    Section("Home", "reporting:home", None, below=("/first-steps/",)),
    Section("Quarter", "indicators:round-list", TEAM, below=("/returns/", "/commentaries/", "/reminders/")),
    Section("Dashboard", "reporting:dashboard", TEAM | MEMBERS),
    Section("My returns", "indicators:return-list", LEADS, below=("/commentaries/", "/away/")),
    Section(
        "Plan",
        "reporting:plan-detail",
        LEADS | TEAM | MEMBERS | PARTNERS | SCRUTINY,
        below=("/plan-editing/", "/plan-life/", "/promises/", "/thread/", "/gaps/"),
    ),
    Section("Indicators", "indicators:indicator-list", LEADS | TEAM | MEMBERS | PARTNERS, below=("/feeds/",)),
    Section(
        "Delivery plans",
        "governance:delivery-plan-list",
        LEADS | TEAM | MEMBERS | PARTNERS,
        below=("/actions/", "/sheets/"),
    ),
    Section(
        "Meetings", "governance:meeting-list", TEAM | MEMBERS | PARTNERS | SCRUTINY, below=("/decisions/", "/arising/")
    ),
    Section("Consultations", "consultation:consultation-list", TEAM | MEMBERS),
    Section("Money", "governance:funding", LEADS | TEAM | MEMBERS | PARTNERS),
    Section("Risks", "governance:risk-list", TEAM | MEMBERS | PARTNERS),
    Section("Scrutiny", "governance:recommendation-list", TEAM | MEMBERS | PARTNERS | SCRUTINY),
    Section("Bodies", "governance:body-list", TEAM | MEMBERS | PARTNERS | SCRUTINY),
    Section("Packs", "reporting:pack-list", TEAM | MEMBERS, below=("/assessments/",)),
    Section("Committee", "reporting:committee", SCRUTINY),
    Section("Reports", "reporting:report-list", SCRUTINY),
    Section(
        "People",
        "accounts:user-list",
        TEAM | ADMINISTRATORS,
        below=("/organisations/", "/mail/", "/access-review/"),
    ),
    Section("Organisations", "accounts:organisation-list", ADMINISTRATORS),
    Section(
        "Data protection",
        "reporting:kept-list",
        TEAM | ADMINISTRATORS,
        below=("/erasures/", "/format-requests/", "/downloads/"),
    ),
    Section("Audit trail", "accounts:event-list", TEAM),
)
PUBLIC = (
    Section("Our plan", "reporting:plan-detail", None),
    Section("Have your say", "consultation:asking-list", None),
    Section("What you told us", "reporting:told-list", None),
    Section("Reports", "reporting:report-list", None),
    Section("Sign in", "account_login", None, below=("/accounts/",)),
)

ENTERED = "Streams and projects are entered by the partnership team."
# What the parts of the site are for, said to somebody who may not open a page there.
PURPOSES = (
    ("/quarters/", "Opening a quarter, verifying its returns and closing it is for the partnership team."),
    ("/returns/", "A return is for those who give its figures, and for the partnership team."),
    ("/away/", "Saying who stands in is for those who give figures or write commentary."),
    ("/commentaries/", "A commentary is for its lead, and for the partnership team."),
    ("/feeds/", "Taking in published files is for the partnership team."),
    ("/indicators/", "Indicators are for those who give the figures, the CSP Executive and the partnership team."),
    ("/dashboard/", "The dashboard is for members of the CSP Executive and for the partnership team."),
    ("/packs/", "Packs are for members of the CSP Executive and for the partnership team."),
    (
        "/assessments/",
        "The strategic assessment is written by the partnership team, and the CSP Executive reads it meanwhile.",
    ),
    ("/bodies/", "Bodies and their members are looked after by the partnership team."),
    (
        "/delivery-plans/",
        "A delivery plan is for the body that carries it out, the CSP Executive and the partnership team.",
    ),
    ("/actions/", "An action is for the body that carries it out, the CSP Executive and the partnership team."),
    ("/sheets/", "The sheet of a body is for its members, the CSP Executive and the partnership team."),
    ("/meetings/", "A meeting is for the members of its body, the CSP Executive and the partnership team."),
    ("/decisions/", "Decisions are for members of bodies, the CSP Executive and the partnership team."),
    ("/arising/", "What arose from meetings is for members of bodies, the CSP Executive and the partnership team."),
    (
        "/funding/applications/",
        "Only its chair submits an application; the CSP Executive decides on it, and never the body that applies.",
    ),
    ("/funding/streams/", ENTERED),
    ("/funding/budget-changes/", ENTERED),
    ("/funding/posts/", ENTERED),
    (
        "/funding/projects/",
        f"{ENTERED} A report to a funder is filled in by those who give the spend or run the body that leads the project.",
    ),
    ("/funding/", "Money is for members of bodies, leads, the CSP Executive and the partnership team."),
    (
        "/consultations/",
        "Consultations are run by the partnership team; the CSP Executive reads their results. Anyone answers under “Have your say”.",
    ),
    ("/erasures/", "Personal data is removed by administrators and the partnership team: one asks, another decides."),
    ("/risks/", "Risks are for the body that runs them, the CSP Executive and the partnership team."),
    ("/scrutiny/", "Recommendations are for scrutiny, members of bodies, the CSP Executive and the partnership team."),
    (
        "/committee/",
        "The committee’s page is for scrutiny, members of bodies, the CSP Executive and the partnership team.",
    ),
    ("/promises/", "How commitments go is for members of bodies, the CSP Executive and the partnership team."),
    ("/plan-life/", "How the plan came about is for members of bodies, scrutiny and the partnership team."),
    ("/thread/", "What serves a commitment is for members of bodies, the CSP Executive and the partnership team."),
    ("/gaps/", "What is missing in the plan is for members of bodies, the CSP Executive and the partnership team."),
    ("/plan-editing/", "Changing the plan is for the partnership team."),
    ("/people/", "The list of people is for the partnership team and for administrators."),
    ("/access-review/", "Reviewing who has which role is for the partnership team; administrators see it."),
    ("/organisations/", "Organisations are looked after by administrators and the partnership team."),
    ("/reminders/", "The log of reminders is for the partnership team."),
    ("/format-requests/", "Requests for other formats are answered by the partnership team."),
    ("/downloads/", "Who took copies of restricted figures is for the partnership team."),
    ("/retention/", "What is kept how long is for the partnership team and for administrators."),
    ("/retention/find/", "Looking for what is held about somebody is for the partnership team."),
    ("/audit/", "The audit trail is for the partnership team."),
    ("/first-steps/", "Setting up is for the partnership team and for administrators."),
    ("/mail/", "The mails that were sent are for administrators, because of the sign-in links in them."),
)


def purpose(path: str) -> str:
    """What the part of the site at this address is for, in a sentence or two: what is said of the longest address above it."""
    above = [pair for pair in PURPOSES if path.startswith(pair[0])]
    if not above:
        return "This page is for people with another role in the partnership."
    return max(above, key=lambda pair: len(pair[0]))[1]


@dataclass(frozen=True)
class Item:
    """A link of the navigation. `current` is the value of aria-current: "page", "true" (a page below it), or empty."""

    words: str
    url: str
    current: str


def navigation(request: HttpRequest) -> dict[str, object]:
    """For every template: the links of whoever asks, where this page is asked for in another format and where its help is (all read when
    a template shows them), and whether a second factor is asked for.
    """
    return {
        "navigation": SimpleLazyObject(lambda: items(request)),
        "ask_for_format": SimpleLazyObject(lambda: pages.asked_from(request)),
        "help": SimpleLazyObject(lambda: places.help_with(request)),
        "second_factor_off": not settings.TOTP_REQUIRED,
    }


def items(request: HttpRequest) -> list[Item]:
    """The links of the person asking. Costs no query but the one for their roles."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        shown = list(PUBLIC)
    else:
        held = user.roles
        shown = [section for section in SIGNED_IN if section.roles is None or not section.roles.isdisjoint(held)]
    present = [(section, url) for section in shown if (url := _address(section.url_name, settings.ROOT_URLCONF))]
    stood_on = next((section for section, url in reversed(present) if _holds(section, url, request.path)), None)
    return [_item(section, url, request.path, section is stood_on) for section, url in present]


@cache
def _address(url_name: str, urlconf: str) -> str:
    """Empty while there is no such page. Looked up once per process: every page asks for all of them."""
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return ""


def _holds(section: Section, url: str, path: str) -> bool:
    starts = (*section.below, url) if url != "/" else section.below
    return path == url or path.startswith(starts)


def _item(section: Section, url: str, path: str, is_current: bool) -> Item:
    return Item(section.words, url, "" if not is_current else "page" if path == url else "true")
