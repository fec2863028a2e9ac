"""The dates of a quarter that follow the CSP Executive's meeting: what they are, and what a change of the meeting did to them."""

from accounts import audit
from governance.models import Meeting
from indicators.actions import dates
from indicators.models import Round
from lib import written
from lib.quarters import Quarter


def held(*quarters: Quarter | None) -> dict[Quarter, dict[str, object]]:
    """The dates of those quarters that have been opened, as the trail tells them. One query, none without a quarter."""
    asked = [quarter for quarter in quarters if quarter is not None]
    rounds = Round.objects.filter(quarter__in=asked) if asked else []
    return {one.quarter: dates.facts(dates.held_dates(one), one.executive_meets_on) for one in rounds}


def told(before: dict[Quarter, dict[str, object]]) -> list[str]:
    """What has moved since `held`, a sentence for each quarter: "Dates of 2017-18 Q4 moved: ..."; why nothing did, where the meeting changed."""
    found = []
    for quarter, now in held(*before).items():
        changes = audit.changes(before[quarter], now)
        if not changes:
            continue
        moved = [one for one in changes if one["what"] != dates.WORDS["executive_meets_on"]]
        if moved:
            lines = "; ".join(f"{written.in_sentence(one['what'])} {one['now']} (was {one['was']})" for one in moved)
            found.append(f"The dates of {quarter} moved with it: {lines}.")
        else:
            round_ = Round.objects.get(quarter=quarter)
            latest = audit.history(round_).filter(kind="round_rescheduled").first()
            why = latest.comment if latest and latest.comment else "All of them are set by hand, so they stay."
            found.append(f"The dates of {quarter} did not move. {why}")
    return found


def dates_of(quarter: Quarter | None) -> list[tuple[str, object]]:
    """The dates of its round, for the page on which the meeting is moved; none where it isn't opened."""
    return [(what, day) for what, day in held(quarter).get(quarter, {}).items() if day] if quarter else []


def quarters(meeting: Meeting | None = None) -> list[Quarter]:
    """Those whose figures may come to a meeting: open ones, the next to be opened, and the meeting's own; latest first."""
    known = {one.quarter: one.is_closed for one in Round.objects.order_by("quarter")}
    offered = {quarter for quarter, is_closed in known.items() if not is_closed}
    if known:
        offered |= {max(known).next}
    if meeting is not None and meeting.quarter:
        offered |= {meeting.quarter}
    return sorted(offered, reverse=True)
