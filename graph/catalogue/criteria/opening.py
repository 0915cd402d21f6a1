from __future__ import annotations

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, judged
from graph.catalogue.need import Criterion
from graph.phrases import day, in_danish

Dates = tuple[int | None, int | None]
"""The day numbers from which an offer is open, and on which it is closed."""


class Open(Rule[Dates]):
    """Open on the day: from `openFrom`, and before `closedOn`."""

    criterion = Criterion.OPEN
    by_day = True

    def judge(self, case: Case) -> Judgement:
        return judged((case.arrays.open_from <= case.day) & (case.day < case.arrays.closed_on))

    def facts(self, case: Case, shown: Shown) -> list[Dates]:
        return [(offer.open_from, offer.closed_on) for offer in shown.offers]

    def explainer(self, case: Case, language: str) -> Explainer[Dates]:
        danish, when = in_danish(language), day(case.day, language)
        is_open = f"Tilbuddet er åbent {when}." if danish else f"The offer is open on {when}."

        def sentence(dates: Dates) -> str:
            open_from, closed_on = dates
            if closed_on is not None and closed_on <= case.day:
                when = day(closed_on, language)
                if closed_on <= case.today:
                    return f"Tilbuddet lukkede {when}." if danish else f"The offer closed on {when}."
                return f"Tilbuddet lukker {when}." if danish else f"The offer closes on {when}."
            if open_from is not None and open_from > case.day:
                when = day(open_from, language)
                return f"Tilbuddet åbner først {when}." if danish else f"The offer does not open until {when}."
            return is_open

        return sentence
