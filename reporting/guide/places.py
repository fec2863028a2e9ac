"""Which part of the guide helps with which page, by the beginnings of the names of URLs: the longest that fits counts."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

SIGN_IN, STEP = "start#sign-in", "start#set-up-the-second-step"
DRAFT, UPDATES, MEETING, BODY = (
    "delivery#draft-the-delivery-plan",
    "delivery#draft-the-quarters-updates",
    "delivery#call-and-prepare-a-meeting",
    "delivery#look-after-a-body",
)
APPLY, PROJECTS = "money-and-risks#apply-for-money", "money-and-risks#look-after-streams-and-projects"
CHANGE_PLAN, DEFINITION = "plan-and-targets#change-the-plan", "plan-and-targets#change-what-is-counted"
BUILD, ISSUED, ASSESSMENT = (
    "packs#build-the-executive-edition",
    "packs#show-what-was-issued",
    "packs#write-the-strategic-assessment",
)
BEGIN = "consultations#begin-a-consultation"
PUBLIC_REPORTS = "public#read-the-reports"

PLACES: dict[str, str] = {
    # signing in, and what is about oneself
    "account_": SIGN_IN,
    "socialaccount_": SIGN_IN,
    "mfa_": STEP,
    "accounts:invitation-": SIGN_IN,
    "accounts:session-": "start#signed-out-and-what-you-typed",
    "reporting:home": "start#your-first-page",
    "reporting:first-steps": "quarter#set-up-for-the-first-time",
    # figures and commentary
    "indicators:return-": "figures#give-a-figure",
    "indicators:return-no-figure": "figures#say-why-there-is-no-figure",
    "indicators:return-send-back": "quarter#verify",
    "indicators:return-hand-over": "start#when-you-are-away-for-a-while",
    "indicators:absence-": "start#when-you-are-away-for-a-while",
    "indicators:commentary-": "commentary#write-the-commentary-for-a-figure",
    "indicators:confirmation-ask": "quarter#verify",
    "indicators:upload-": "figures#upload-a-spreadsheet",
    "indicators:feed-": "quarter#take-in-published-files",
    "indicators:indicator-": "figures#look-at-an-indicator",
    "indicators:indicator-revise": "figures#put-right-a-figure-that-was-verified",
    "indicators:revision-": "figures#put-right-a-figure-that-was-verified",
    # the quarter
    "indicators:round-": "quarter#see-who-owes-what",
    "indicators:round-open": "quarter#open-a-quarter",
    "indicators:round-dates": "quarter#open-a-quarter",
    "indicators:round-exceptions": "quarter#chase",
    "indicators:round-close": "quarter#close-a-quarter",
    "indicators:round-reopen": "quarter#close-a-quarter",
    "accounts:reminder-": "quarter#chase",
    # targets, definitions, the plan
    "indicators:lead-": "quarter#change-who-owes-what",
    "indicators:target-": "plan-and-targets#set-the-targets-of-a-year",
    "indicators:definition-": DEFINITION,
    "indicators:rebase-": DEFINITION,
    "indicators:note-": DEFINITION,
    "indicators:collecting-": DEFINITION,
    "indicators:serves-": DEFINITION,
    "reporting:plan-": "plan-and-targets#read-the-plan",
    "reporting:priority-": "plan-and-targets#read-the-plan",
    "reporting:thread": "plan-and-targets#read-the-plan",
    "reporting:gap-": "plan-and-targets#read-the-plan",
    "priorities:": CHANGE_PLAN,
    "governance:commitment-": "plan-and-targets#say-how-commitments-went",
    "governance:outcome-": "plan-and-targets#say-how-commitments-went",
    "governance:lifecycle-": "plan-and-targets#start-the-next-plan",
    "governance:version-": "plan-and-targets#start-the-next-plan",
    "governance:clearance-": "plan-and-targets#start-the-next-plan",
    "governance:review-": "plan-and-targets#start-the-next-plan",
    "governance:sending-": "plan-and-targets#start-the-next-plan",
    "reporting:successor-": "plan-and-targets#start-the-next-plan",
    # delivery and meetings
    "governance:delivery-plan-": DRAFT,
    "governance:delivery-plan-submit": "delivery#submit-and-agree-the-plan",
    "governance:delivery-plan-send-back": "delivery#submit-and-agree-the-plan",
    "governance:delivery-plan-agree": "executive#agree-a-delivery-plan",
    "governance:delivery-plan-agree-updates": "delivery#agree-the-updates",
    "governance:delivery-plan-updates": UPDATES,
    "governance:delivery-plan-year-end": "delivery#end-the-year",
    "governance:action-": DRAFT,
    "governance:date-move-": UPDATES,
    "governance:equality-": DRAFT,
    "governance:plan-upload-": DRAFT,
    "governance:condition-": "delivery#submit-and-agree-the-plan",
    "governance:approval-": "delivery#submit-and-agree-the-plan",
    "governance:meeting-": MEETING,
    "governance:agenda-": MEETING,
    "governance:paper-": MEETING,
    "governance:attendance-": "delivery#take-the-minutes",
    "governance:minutes-": "delivery#take-the-minutes",
    "governance:undertaking-": "delivery#take-the-minutes",
    "governance:decision-": "executive#see-what-was-decided",
    "governance:body-": BODY,
    "governance:membership-": BODY,
    "governance:delegation-": BODY,
    "reporting:sheet-": MEETING,
    # money, risks, scrutiny
    "governance:funding": "money-and-risks#read-the-money",
    "governance:funding-application-": APPLY,
    "governance:funding-application-decide": "money-and-risks#decide-on-an-application",
    "governance:funding-application-record": "money-and-risks#decide-on-an-application",
    "governance:funding-application-project": "money-and-risks#decide-on-an-application",
    "governance:funding-application-interest": "money-and-risks#decide-on-an-application",
    "governance:funding-stream-": PROJECTS,
    "governance:budget-change-": PROJECTS,
    "governance:funded-posts-": PROJECTS,
    "governance:project-": PROJECTS,
    "governance:output-": PROJECTS,
    "governance:report-": PROJECTS,
    "governance:risk-": "money-and-risks#enter-and-score-risks",
    "governance:recommendation-": "scrutiny#follow-the-answers",
    "governance:recommendation-add": "scrutiny#record-what-the-committee-asks",
    "reporting:committee": "scrutiny#read-the-reports",
    # dashboard, packs, reports
    "reporting:dashboard": "executive#read-the-dashboard",
    "reporting:pack-": BUILD,
    "reporting:pack-approve": "executive#approve-a-pack",
    "reporting:pack-approval-": "packs#have-it-approved",
    "reporting:pack-issue": "packs#issue-it",
    "reporting:pack-withdraw": "packs#withdraw-a-pack",
    "reporting:pack-words": "packs#make-the-public-edition",
    "reporting:pack-register": ISSUED,
    "reporting:outline-": BUILD,
    "reporting:cover-report-": "packs#make-the-public-edition",
    "reporting:feed-key-": "packs#let-a-program-read-the-figures",
    "reporting:assessment-": ASSESSMENT,
    "reporting:report-": PUBLIC_REPORTS,
    # consultations
    "consultation:": BEGIN,
    "consultation:asking-": "public#answer-a-consultation",
    "consultation:pile-": "consultations#enter-papers",
    "consultation:paper-": "consultations#enter-papers",
    "consultation:code-": "consultations#enter-papers",
    "consultation:hand-in-": "consultations#enter-papers",
    "consultation:import-": "consultations#take-in-a-survey-run-elsewhere",
    "consultation:totals-": "consultations#publish-the-results",
    "consultation:result-": "consultations#publish-the-results",
    "consultation:response-": "consultations#look-at-what-was-flagged-and-at-words",
    "consultation:comment-": "consultations#look-at-what-was-flagged-and-at-words",
    "consultation:quote-": "consultations#look-at-what-was-flagged-and-at-words",
    "consultation:disclosure-": "consultations#look-at-what-was-flagged-and-at-words",
    "consultation:consultation-retention": "consultations#what-is-kept-and-until-when",
    "reporting:told-": "public#read-what-came-of-it",
    # people and their data
    "accounts:user-": "people#give-or-end-a-role",
    "accounts:user-invite": "people#invite-somebody",
    "reporting:user-": "people#when-somebody-leaves",
    "accounts:organisation-": "people#organisations",
    "accounts:mail-": "people#mails",
    "accounts:review-": "data-protection#review-who-has-which-role",
    "accounts:event-": "data-protection#see-who-did-what",
    "reporting:kept-": "data-protection#what-is-kept-and-for-how-long",
    "reporting:held-": "data-protection#give-somebody-what-is-held-about-them",
    "reporting:erasure-": "data-protection#remove-personal-data",
    "reporting:download-": "data-protection#see-who-took-copies",
    "reporting:format-request-": "data-protection#answer-a-request-for-another-format",
    "reporting:format-request-add": "public#get-another-format",
    "reporting:format-request-thanks": "public#get-another-format",
    # what the site says of itself
    "reporting:page-": "public#your-data",
}


@dataclass(frozen=True)
class Help:
    words: str
    url: str


def place_of(name: str) -> str | None:
    """The part and its anchor, "quarter#verify", for the name of a URL; None where the guide says nothing of it."""
    fitting = [beginning for beginning in PLACES if name.startswith(beginning)]
    return PLACES[max(fitting, key=len)] if fitting else None


def help_with(request: HttpRequest) -> Help:
    """The link on every page, always in the same place. An address that is nowhere, and the guide itself, lead to all its parts."""
    match = getattr(request, "resolver_match", None)
    place = place_of(match.view_name) if match else None
    if place is None:
        return Help("Guide", reverse("reporting:guide-list"))
    part, _, anchor = place.partition("#")
    return Help("Help with this page", f"{reverse('reporting:guide-part', args=[part])}#{anchor}")
