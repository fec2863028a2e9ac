"""The published totals that a consultation holds, as plain values. Five queries and two, however much was asked."""

from consultation import asked
from consultation.asked import Asked
from consultation.models import Consultation, Tally
from consultation.totals import Answers, Chosen, Ranked, Totals

ALL_OTHERS = "All others together"


def of(consultation: Consultation, form: Asked | None = None) -> Totals:
    """Everything that was asked, with what was printed of it; all others together are the last of the concerns, whether there are any or not."""
    form = form or asked.read(consultation)
    tallies = list(Tally.objects.filter(consultation=consultation))
    options = {tally.option_id: tally for tally in tallies if tally.option_id}
    ranks = {(tally.concern_id, tally.rank): tally for tally in tallies if not tally.option_id and tally.rank}
    ranked = form.ranked
    listed = [(one.pk, one.text) for one in ranked.options] if ranked else []
    together = next((tally.together for tally in tallies if tally.together and tally.rank), ALL_OTHERS)
    concerns = [
        _ranked(pk, text, [ranks.get((pk, rank)) for rank in (1, 2, 3)])
        for pk, text in [*listed, *([(None, together)] if ranked else [])]
    ]
    questions = [
        Answers(
            question.pk,
            question.text,
            question.takes_several,
            tuple(
                Chosen(
                    option.pk,
                    option.text,
                    options[option.pk].count if option.pk in options else None,
                    options[option.pk].printed if option.pk in options else "",
                    option.is_dont_know,
                )
                for option in question.options
            ),
        )
        for question in form.asked_of_all
        if question.options and not question.is_ranked
    ]
    return Totals(consultation.stated_responses, tuple(concerns), tuple(questions))


def _ranked(pk: int | None, text: str, tallies: list[Tally | None]) -> Ranked:
    first, second, third = (tally.count if tally else None for tally in tallies)
    return Ranked(pk, text, (first, second, third), tallies[0].printed if tallies[0] else "")
