"""axe finds nothing on any page of ours, and no page scrolls sideways: at 1280 and at 320 px, for the role that works there.

The list is held against the URL configuration: a new URL is visited here, or named below with the reason why nobody can look at it.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.pages import SUBJECTS
from tests.system.second_step import code_of, secret_on
from tests.system.test_quarter_end_to_end import BUILT_WITHIN, COORDINATOR, DATA_LEAD, EXECUTIVE, PASSWORD, sign_in
from tests.test_permissions import named_urls

ADMINISTRATOR, SCRUTINY, WRITER = "alex.rowe@example.org", "nell.ashby@example.org", "owen.tranter@example.org"
NEW = "lantern otter quay"
WIDTHS = (1280, 320)
AT_ONCE = 15  # pages a test looks at
# Pages that are laid out otherwise in between, or hold a wide table.
BETWEEN = {"reporting:dashboard-detail": (1024, 960, 820, 768), "indicators:target-list": (900, 768, 660)}

# {return}, {words}, {person}: rows of the sample, see `rows`. A status other than 200 stands before the address.
PAGES: dict[str, list[str]] = {
    "": [
        "/plan/", "/plan/sections/", "/plan/a/", "/plan/b/", "/plan/d/", "/reports/", "/accessibility/", "/privacy/", "/cookies/",
        "/contact/", "/accounts/login/", "/accounts/signup/", "/accounts/inactive/", "/accounts/confirm-email/", "/accounts/confirm-email/old/", "/accounts/password/reset/",
        "/accounts/password/reset/done/", "/accounts/password/reset/key/done/", "404 /nothing-here/",
        "/accounts/3rdparty/login/cancelled/",
    ],
    DATA_LEAD: [
        "/", "/returns/", "/returns/{return}/", "/returns/{return}/history/", "/returns/{return}/edit/", "/returns/{return}/no-figure/", "/uploads/", "/uploads/add/", "/indicators/",
        "/indicators/hate-incidents/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/", "403 /people/", "404 /nothing-here/",
        "401 /accounts/3rdparty/login/error/",
    ],
    WRITER: ["/", "/returns/", "/away/", "/returns/hand-over/", "/commentaries/{words}/edit/"],
    COORDINATOR: [
        "/", "/uploads/", "/uploads/add/", "/quarters/", "/quarters/open/", "/quarters/open/?quarter={next}", "/quarters/2017-18-q4/", "/quarters/2017-18-q4/close/",
        "/quarters/2017-18-q1/", "/quarters/2017-18-q3/reopen/",
        "/quarters/2017-18-q4/dates/", "/quarters/2017-18-q3/dates/", "/quarters/2017-18-q4/exceptions/", "/quarters/2017-18-q3/exceptions/",
        "/quarters/open/?quarter={next}&executive_meets_on_day=25&executive_meets_on_month=2&executive_meets_on_year=2999",
        "/indicators/hate-incidents/collecting/", "/returns/{sent}/", "/returns/{sent}/edit/", "/returns/{sent}/send-back/",
        "/returns/{verified}/", "/returns/{verified}/history/", "/returns/{verified}/edit/", "/commentaries/{words}/edit/", "/indicators/hate-incidents/leads/",
        "/indicators/hate-incidents/set/", "/indicators/hate-incidents/revise/", "/indicators/ete-need-met/revise/", "/revisions/",
        "/indicators/hate-incidents/?known_on=2018-04-20", "/indicators/hate-incidents/?known_on=soon", "/indicators/violence-with-injury-hotspots/definitions/add/",
        "/indicators/hate-incidents/rebases/add/", "/indicators/hate-incidents/notes/add/", "/indicators/hate-incidents/serves/",
        "/indicators/hate-incidents/targets/2017-18/", "/indicators/targets/2017-18/", "/indicators/targets/2018-19/",
        "/indicators/domestic-abuse-reports/", "/indicators/prevent-sessions/", "/indicators/victim-satisfaction/", "/indicators/yot-reoffending/",
        "/indicators/", "/indicators/?q=zebra", "/indicators/?q=burglary&priority=D", "/indicators/?priority=Z",
        "/indicators/spend-prison-exit-team/", "/indicators/spend-prison-exit-team/revise/", "/returns/{spend}/edit/",
        "/indicators/leads/", "/plan-editing/", "/plan-editing/a/", "/plan-editing/amendments/", "/packs/",
        "/people/", "/people/{person}/", "/people/{person}/work/", "/people/{person}/away/", "/people/{person}/hand-over/", "/organisations/",
        "/organisations/add/", "/organisations/{organisation}/", "/organisations/{organisation}/rename/", "/audit/", "/reminders/", "403 /mail/", "/first-steps/",
        "/feeds/", "/feeds/police-recorded-crime/", "/feeds/police-recorded-crime/series/add/",
    ],
    EXECUTIVE: [
        "/", "/dashboard/2017-18-q4/", "/dashboard/2017-18-q3/", "/dashboard/2016-17-q4/", "/dashboard/2016-17-q1/", "/dashboard/2018-19-q1/", "/dashboard/2017-18-q4/?known_on=2018-05-01", "/dashboard/2017-18-q4/?known_on=2999-01-01",
        "/packs/", "/indicators/", "/indicators/targets/2017-18/",
    ],
    SCRUTINY: ["/", "/reports/"],
    ADMINISTRATOR: [
        "/", "/people/", "/people/invite/", "/people/{person}/", "/people/{person}/edit/", "/people/{person}/roles/",
        "/people/{person}/deactivate/", "/people/{person}/work/", "/organisations/", "/mail/", "/first-steps/",
    ],
}  # fmt: skip

# Reached by a walk of their own below.
PACK = {"reporting:pack-detail", "reporting:pack-words"}
UPLOAD = {"indicators:upload-detail", "indicators:upload-undo"}  # in `test_upload_end_to_end`
REVISION = {"indicators:revision-detail", "indicators:revision-send-back"}
CONFIRMING = {"indicators:confirmation-ask", "indicators:confirmation-answer"}  # in `test_supplier_confirms.py`
MAILED = {"accounts:invitation-accept", "accounts:mail-detail", "account_reset_password_from_key"}
SECOND_STEP = {
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}

POST_ONLY = "takes POST only and leads on to a page that is visited"
ELSEWHERE = "always leads on to a page that is visited"
UNSEEN = {
    "healthz": "JSON",
    "csp-report": "takes what browsers report, and answers nothing",
    "metrics": "for the machine that watches",
    "indicators:indicator-csv": "a table for spreadsheets",
    "indicators:return-workbook": "a workbook",
    "indicators:upload-marked": "a workbook",
    "indicators:upload-progress": "JSON",
    "indicators:upload-record": POST_ONLY,
    "indicators:upload-throw-away": POST_ONLY,
    "indicators:upload-verify": POST_ONLY,
    "indicators:feed-series-remove": POST_ONLY,
    "reporting:pack-progress": "JSON",
    "reporting:pack-download": "a PDF, which has checks of its own",
    "mfa_download_recovery_codes": "a text file",
    "mfa_edit_webauthn": "the box of the page for adding one",
    "mfa_reauthenticate_webauthn": "needs a passkey: on the way of `test_passkeys`",
    "mfa_remove_webauthn": "needs a passkey: on the way of `test_passkeys`",
    "openid_connect_callback": "needs a provider, which `test_single_sign_on` has",
    "openid_connect_login": "needs a provider, which `test_single_sign_on` has",
    "socialaccount_connections": ELSEWHERE,
    "socialaccount_login_error": "answers 401, with the page of a provider that fails",
    "socialaccount_signup": ELSEWHERE,
    "accounts:user-unlink": POST_ONLY,
    "reporting:pack-request": POST_ONLY,
    "indicators:return-verify": POST_ONLY,
    "indicators:absence-withdraw": POST_ONLY,
    "indicators:revision-verify": POST_ONLY,
    "indicators:round-verify": POST_ONLY,
    "indicators:round-remind": POST_ONLY,
    "indicators:target-copy": POST_ONLY,
    "indicators:target-agree": POST_ONLY,
    "indicators:rebase-withdraw": POST_ONLY,
    "indicators:note-withdraw": POST_ONLY,
    "accounts:grant-end": POST_ONLY,
    "accounts:user-resend": POST_ONLY,
    "accounts:user-reactivate": POST_ONLY,
    "accounts:user-reset-second-factor": POST_ONLY,
    "reporting:dashboard": ELSEWHERE,
    "reporting:dashboard-csv": "a table for spreadsheets",
    "account_email": ELSEWHERE,
    "account_confirm_login_code": ELSEWHERE,
    "None": ELSEWHERE,
    "account_set_password": "for people without a password, who come in by invitation or by single sign-on",
}
for subject in SUBJECTS:
    UNSEEN |= subject.UNSEEN
    for somebody, addresses in subject.PAGES.items():
        PAGES.setdefault(somebody, []).extend(addresses)


def parted(entry: str) -> tuple[int, str]:
    """(status, address) of an entry of the table."""
    status, _, address = entry.rpartition(" ")
    return int(status or 200), address


def name_of(address: str) -> str:
    """The name of the URL, whatever rows it names."""
    return resolve(re.sub(r"\{\w+\}", "1", urlsplit(address).path)).view_name


def visited() -> Iterator[str]:
    yield from PACK | UPLOAD | REVISION | CONFIRMING | MAILED | SECOND_STEP
    for subject in SUBJECTS:
        yield from subject.SEEN
    for entries in PAGES.values():
        yield from (name_of(address) for status, address in map(parted, entries) if status == 200)


def test_every_url_is_visited_or_has_a_reason() -> None:
    seen, every = set(visited()), {name for _, name in named_urls()}
    assert every - seen - set(UNSEEN) == set(), "neither visited nor excused"
    assert set(UNSEEN) - every == set(), "excused, but there is no such URL"
    assert seen & set(UNSEEN) == set(), "excused, but visited"


class Eyes:
    """Looks at the page as it stands, at both widths, and remembers which pages it has seen."""

    def __init__(self, page: Page, axe_clean: Callable[[Page], None]) -> None:
        self.page, self.axe_clean = page, axe_clean
        self.seen: set[str] = set()

    def look(self) -> None:
        name = ""
        try:
            name = resolve(urlsplit(self.page.url).path).view_name
            self.seen.add(name)
        except Resolver404:
            pass  # the page that says so
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        for width in (*WIDTHS, *BETWEEN.get(name, ())):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.axe_clean(self.page)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} scrolls sideways at {width} px"
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    def open(self, address: str, status: int = 200) -> None:
        """Go there and look; the page has to be the one asked for."""
        response = self.page.goto(address)
        assert response
        assert self.page.url.endswith(address), f"{address} leads on to {self.page.url}"
        assert response.status == status, f"{address} answers {response.status}"
        self.look()


@pytest.fixture
def eyes(page: Page, axe_clean: Callable[[Page], None]) -> Eyes:
    return Eyes(page, axe_clean)


@pytest.fixture
def rows(live: Site) -> dict[str, object]:
    """Rows of the sample that the addresses name."""

    def one(statement: str) -> object:
        return live.sql(statement)[0][0]

    return_ = "SELECT r.id FROM indicators_return r JOIN indicators_round q ON q.id = r.round_id WHERE q.quarter = '2017-18-q4' AND r.status = "
    names = [name for subject in SUBJECTS for name in subject.ROWS]
    assert len(names) == len(set(names)), "two subjects call different rows by one name"
    return {
        "return": one(f"{return_} 'sent_back' LIMIT 1"),
        "sent": one(f"{return_} 'submitted' LIMIT 1"),
        "verified": one(f"{return_} 'verified' LIMIT 1"),
        "words": one(
            "SELECT c.id FROM indicators_commentary c JOIN indicators_return r ON r.id = c.for_return_id JOIN indicators_round q ON q.id = r.round_id"
            " JOIN indicators_lead l ON l.indicator_id = r.indicator_id JOIN accounts_user u ON u.id = l.user_id"
            f" WHERE q.quarter = '2017-18-q4' AND l.duty = 'commentary' AND u.email = '{WRITER}' LIMIT 1"
        ),
        "spend": one(
            "SELECT r.id FROM indicators_return r JOIN indicators_round q ON q.id = r.round_id JOIN indicators_indicator i ON i.id = r.indicator_id"
            " WHERE q.quarter = '2017-18-q4' AND i.slug = 'spend-prison-exit-team'"
        ),
        "person": one(f"SELECT id FROM accounts_user WHERE email = '{DATA_LEAD}'"),
        "organisation": one("SELECT slug FROM accounts_organisation ORDER BY slug LIMIT 1"),
        "next": "2018-19-q1",
        **{name: one(statement) for subject in SUBJECTS for name, statement in subject.ROWS.items()},
    }


def shares() -> Iterator[object]:
    """Everybody's pages, a handful a test: two processes then end at about the same time."""
    for who, entries in PAGES.items():
        for start in range(0, len(entries), AT_ONCE):
            share = entries[start : start + AT_ONCE]
            yield pytest.param(who, share, id=f"{who.split('@')[0] or 'public'}-{start + 1}")


@pytest.mark.parametrize(("who", "entries"), list(shares()))
def test_every_page_is_for_everyone(
    page: Page, live: Site, eyes: Eyes, rows: dict[str, object], who: str, entries: list[str]
) -> None:
    if who:
        sign_in(page, who)
    for status, address in map(parted, entries):
        eyes.open(address.format(**rows), status)


def test_a_pack_being_built_ready_failed_and_damaged(page: Page, live: Site, eyes: Eyes, complaints: list[str]) -> None:
    """The faces of a pack's page, and of the list that it stands in."""
    sign_in(page, COORDINATOR)
    page.goto("/packs/")
    page.get_by_role("button", name=re.compile("2017-18 Q4")).first.click()
    expect(page.get_by_role("link", name=re.compile("Download the pack"))).to_be_visible(timeout=BUILT_WITHIN)
    eyes.look()
    pack = urlsplit(page.url).path
    eyes.open(f"{pack}words/")
    eyes.open("/packs/")
    far, this = "now() + interval '1 hour'", f"WHERE id = {pack.strip('/').split('/')[-1]}"
    live.sql(f"UPDATE reporting_pack SET job_state = 'running', queued_at = {far}, lease_until = {far} {this}")
    eyes.open(pack)
    expect(page.get_by_role("progressbar")).to_be_visible()
    live.sql(f"UPDATE reporting_pack SET job_state = 'failed', failure = 'The charts could not be drawn.' {this}")
    expect(page.locator("main")).to_contain_text("The charts could not be drawn.")  # the page sees it by itself
    eyes.look()
    eyes.open("/packs/")
    live.sql(f"UPDATE reporting_pack SET job_state = 'ready' {this}")
    for path in (live.state / "files").rglob("*.pdf"):
        path.chmod(0o644)
        path.write_bytes(path.read_bytes() + b"?")
    page.goto(f"{pack}download/")  # finds the damage
    eyes.look()
    assert ["status of 500" in said for said in complaints] == [True]  # which is that page's own
    complaints.clear()
    assert eyes.seen >= PACK


def test_a_revision_refused_given_looked_at_and_sent_back(page: Page, live: Site, eyes: Eyes) -> None:
    sign_in(page, DATA_LEAD)
    page.goto("/indicators/hate-incidents/revise/")
    page.get_by_label("New figure, 2017-18 Q3").fill("many")
    page.get_by_role("button", name="Send the new figures").click()
    eyes.look()  # what is wrong
    page.get_by_label("New figure, 2017-18 Q3").fill("190")
    page.get_by_label("New figure, 2017-18 Q2").fill("185")
    page.get_by_label("Why do the figures change?").fill("Late reports were added")
    page.get_by_role("button", name="Send the new figures").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    eyes.look()  # as who gave it sees it
    revision = urlsplit(page.url).path
    page.context.clear_cookies()
    sign_in(page, COORDINATOR)
    eyes.open(revision)
    eyes.open("/revisions/")
    eyes.open("/quarters/2017-18-q4/")  # where it waits
    eyes.open(f"{revision}send-back/")
    page.get_by_role("button", name="Send all of it back with this comment").click()
    eyes.look()
    page.get_by_label("What should be looked at again?").fill("Is Q2 not double counted?")
    page.get_by_role("button", name="Send all of it back with this comment").click()
    eyes.look()
    assert eyes.seen >= REVISION


def test_the_pages_behind_a_mailed_link(page: Page, live: Site, eyes: Eyes) -> None:
    sign_in(page, ADMINISTRATOR)
    page.goto("/people/invite/")
    page.get_by_role("button", name="Send the invitation").click()
    eyes.look()  # what is missing
    page.get_by_label("Full name").fill("Robin Vale")
    page.get_by_label("Email address").fill("robin.vale@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    link = live.mailed("robin.vale@example.org", "/invitation/")
    page.goto("/mail/")
    page.locator("main").get_by_role("link", name=re.compile("Your account for")).first.click()
    eyes.look()
    page.context.clear_cookies()
    eyes.open(link)
    page.get_by_role("button", name="Set my password").click()
    eyes.look()
    eyes.open(link[:-3] + "/", 410)
    page.goto("/accounts/password/reset/")
    page.get_by_label("Email address").fill(DATA_LEAD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/password/reset/done/$"))  # the mail may be there before the page is
    reset = live.mailed(DATA_LEAD, "/password/reset/key/")
    page.goto(reset)  # leads on to an address without the key
    eyes.look()
    page.get_by_role("button", name="Save the new password").click()
    eyes.look()
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    page.keyboard.press("Enter")
    expect(page.get_by_label("New password again")).to_have_count(0)
    page.goto(reset)  # used
    eyes.look()
    assert eyes.seen >= MAILED


def test_the_pages_of_the_second_step(page: Page, live: Site, eyes: Eyes) -> None:
    sign_in(page, DATA_LEAD)
    page.goto("/accounts/2fa/totp/activate/")
    eyes.look()  # the password again
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_visible()
    eyes.look()
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))
    eyes.look()
    page.get_by_label("Code").fill(code_of(secret_on(page)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    eyes.look()
    for path in ("", "recovery-codes/generate/", "totp/deactivate/", "reauthenticate/", "webauthn/", "webauthn/add/"):
        eyes.open(f"/accounts/2fa/{path}")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(DATA_LEAD)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    eyes.look()
    assert eyes.seen >= SECOND_STEP
