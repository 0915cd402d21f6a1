from __future__ import annotations

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.phrases import day, in_danish


class Open(Rule):
    """Open on the day: from `openFrom`, and before `closedOn`."""

    criterion = Criterion.OPEN
    by_day = True

    def judge(self, case: Case) -> Judgement:
        return judged((case.arrays.open_from <= case.day) & (case.day < case.arrays.closed_on))

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, rows, when = in_danish(language), case.columns.rows, day(case.day, language)
        is_open = f"Tilbuddet er åbent {when}." if danish else f"The offer is open on {when}."

        def explain(row: int) -> str:
            offer = rows[row]
            if offer.closed_on is not None and offer.closed_on <= case.day:
                when = day(offer.closed_on, language)
                if offer.closed_on <= case.today:
                    return f"Tilbuddet lukkede {when}." if danish else f"The offer closed on {when}."
                return f"Tilbuddet lukker {when}." if danish else f"The offer closes on {when}."
            if offer.open_from is not None and offer.open_from > case.day:
                when = day(offer.open_from, language)
                return f"Tilbuddet åbner først {when}." if danish else f"The offer does not open until {when}."
            return is_open

        return explain
