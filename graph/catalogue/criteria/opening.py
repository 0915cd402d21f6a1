from __future__ import annotations

from graph.catalogue.criteria.rule import Case, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import day, say


class Open(Rule):
    """Open on the day: from `openFrom`, and before `closedOn`."""

    criterion = Criterion.OPEN
    by_day = True

    def judge(self, case: Case) -> Judgement:
        return judged((case.arrays.open_from <= case.day) & (case.day < case.arrays.closed_on))

    def explain(self, case: Case, row: int, language: str) -> str:
        offer = case.columns.rows[row]
        if offer.closed_on is not None and offer.closed_on <= case.day:
            when = day(offer.closed_on, language)
            if offer.closed_on <= case.today:
                return say(language, f"Tilbuddet lukkede {when}.", f"The offer closed on {when}.")
            return say(language, f"Tilbuddet lukker {when}.", f"The offer closes on {when}.")
        if offer.open_from is not None and offer.open_from > case.day:
            when = day(offer.open_from, language)
            return say(language, f"Tilbuddet åbner først {when}.", f"The offer does not open until {when}.")
        when = day(case.day, language)
        return say(language, f"Tilbuddet er åbent {when}.", f"The offer is open on {when}.")
