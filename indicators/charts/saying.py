"""A line chart in words, for those who don't see it: what a figure was, where it may not be compared, what is usual."""

from collections.abc import Sequence

from indicators.charts.marks import missing_runs
from indicators.charts.points import BLANK
from indicators.charts.scale import Formatter
from indicators.charts.series import Band, Break, Note, Period

LAST = 4  # figures told one by one
_NUMBERS = ("none", "one", "two", "three", "four")


def span(points: Sequence[Period]) -> str:
    """ "2013-14 Q1 to 2017-18 Q4"."""
    first, last = points[0].label, points[-1].label
    return first if first == last else f"{first} to {last}"


def described(
    points: Sequence[Period],
    bands: Sequence[Band],
    breaks: Sequence[Break],
    notes: Sequence[Note],
    formatter: Formatter,
    every: str,
) -> str:
    """All of it, in sentences. `every` is "quarter" or "month"."""
    sentences = [f"Each {every} from {span(points)}." if len(points) > 1 else f"{points[0].label} only."]
    sentences += [f"Break at {points[one.index].label}: {_told(one)}." for one in breaks]
    if usual := usual_range(points, bands, breaks, formatter):
        sentences.append(usual)
    sentences += _figures(points, formatter)
    if notes:
        sentences.append(f"Notes: {'; '.join(_told(one) for one in notes)}.")
    return " ".join(sentences)


def usual_range(points: Sequence[Period], bands: Sequence[Band], breaks: Sequence[Break], formatter: Formatter) -> str:
    """ "Since then the usual range is 1,391 to 1,610 around a mean of 1,500." Of the latest band; empty without one."""
    if not bands or not (band := bands[-1]).values:
        return ""
    if breaks and band.start == breaks[-1].index:
        when = "Since then the"
    elif band.start > 0:
        when = f"From {points[band.start].label} the"
    else:
        when = "The"
    mean, lower, upper = words_of(band, formatter)
    around = f" around a mean of {mean}" if mean else ""
    usual = "trial range" if band.is_trial else "usual range"
    if lower and upper:
        return f"{when} {usual} is {lower} to {upper}{around}."
    if upper:
        return f"{when} {usual} is up to {upper}{around}."
    if lower:
        return f"{when} {usual} is from {lower} up{around}."
    return f"{when} mean is {mean}; no usual range is drawn."


def words_of(band: Band, formatter: Formatter) -> tuple[str, str, str]:
    """Mean, lower and upper limit in words, empty for what there is not."""
    given = ((band.mean, band.mean_words), (band.lower, band.lower_words), (band.upper, band.upper_words))
    mean, lower, upper = ("" if value is None else words or formatter(value) for value, words in given)
    return mean, lower, upper


def target_words(point: Period, formatter: Formatter) -> str:
    return "none set" if point.target is None else point.target_words or formatter(point.target)


def figure_words(point: Period, formatter: Formatter) -> str:
    if point.value is None:
        return point.words or "missing"
    return point.words or formatter(point.value)


def was_words(point: Period, formatter: Formatter) -> str:
    return "" if point.was is None else point.was_words or formatter(point.was)


def listed(words: Sequence[str]) -> str:
    """ "1, 2 and 3"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _figures(points: Sequence[Period], formatter: Formatter) -> list[str]:
    if not any(point.value is not None for point in points):
        return ["No figures yet."]
    asked = [point for point in points if point.state != BLANK]
    last, earlier = asked[-LAST:], asked[:-LAST]
    sentences = []
    gone = [span([earlier[index] for index in run]) for run in missing_runs(earlier)]
    if gone:
        sentences.append(f"Missing: {listed(gone)}.")
    figures = listed([_figure(point, formatter) for point in last])
    count = _NUMBERS[len(last)]
    said = f"The last {count} figures are {figures}" if len(last) > 1 else f"The one figure is {figures}"
    if any(point.target is not None for point in last):
        aims = [target_words(point, formatter) for point in last]
        if len(last) == 1:
            said += f"; the target is {aims[0]}"
        elif len(set(aims)) == 1:
            said += f"; the target for each is {aims[0]}"
        else:
            said += f"; the targets for them are {listed(aims)}"
    return [*sentences, f"{said}."]


def _figure(point: Period, formatter: Formatter) -> str:
    said = figure_words(point, formatter)
    remarks = []
    if point.is_unverified:
        remarks.append("not yet verified")
    if point.is_provisional:
        remarks.append("provisional")
    if point.was is not None:
        remarks.append(f"restated, was {was_words(point, formatter)}")
    return f"{said} ({', '.join(remarks)})" if remarks else said


def _told(one: Break | Note) -> str:
    said = f"{one.heading}, {one.words}" if one.words else one.heading
    return said.rstrip(".")
