"""Notices: what a caseworker should know about an answer as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.catalogue.columns import NOT_APPROVED
from graph.catalogue.criteria.freshness import STALE
from graph.catalogue.need import Criterion
from graph.catalogue.reference import Reference
from graph.catalogue.vocabulary import TARGET_GROUP, Reading
from graph.phrases import either, listing

if TYPE_CHECKING:
    from graph.catalogue.matching import Match

LOOKED_AT = 5
"""How many of the best fits are looked at for groups that they are not approved for."""

NAMES = {
    Criterion.OPEN: ("åbent tilbud", "open offer"),
    Criterion.PRIMARY_TARGET_GROUP: ("primær målgruppe", "primary target group"),
    Criterion.EXCLUSION: ("målgrupper og forhold, som tilbuddet ikke tager imod", "groups and circumstances not taken"),
    Criterion.AGE: ("alder", "age"),
    Criterion.OFFER_TYPE: ("tilbudstype", "offer type"),
    Criterion.LEGAL_BASIS: ("lovgrundlag", "legal basis"),
    Criterion.APPROVAL: ("godkendelse", "approval"),
    Criterion.FREE_PLACE: ("ledig plads", "free place"),
    Criterion.DISTANCE: ("afstand", "distance"),
    Criterion.PRICE: ("takst", "price"),
    Criterion.SUPERVISION_REPORT: ("tilsynsrapportens alder", "age of the supervision report"),
}
"""What the criteria that may rule out are called in a sentence."""


@dataclass(frozen=True, slots=True)
class Notice:
    code: str
    da: str
    en: str
    word: str | None = None
    """The free word that it is about."""
    read_as: str | None = None
    """The id of what the word was read as."""

    def message(self, language: str) -> str:
        return self.en if language == "EN" else self.da


def of_reading(reading: Reading, reference: Reference) -> Notice:
    """How a free word was read: MAPPED_WORD, or UNMAPPED_WORD with what it may have meant."""
    word = reading.word.strip()
    if reading.term is not None:
        group = reading.term.kind == TARGET_GROUP
        return Notice(
            "MAPPED_WORD",
            f"»{word}« er læst som {'målgruppen' if group else 'ydelsen'} {reference.name(reading.term.id)}.",
            f"“{word}” was read as the {'target group' if group else 'service'} "
            f"{reference.name(reading.term.id, 'EN')}.",
            reading.word,
            reading.term.id,
        )
    if reading.candidates:
        ids = [term.id for term in reading.candidates]
        return Notice(
            "UNMAPPED_WORD",
            f"»{word}« kan betyde {either((reference.name(id) for id in ids), 'DA')} og er ikke brugt.",
            f"“{word}” may mean {either((reference.name(id, 'EN') for id in ids), 'EN')} and was not used.",
            reading.word,
        )
    if reading.suggestion:
        return Notice(
            "UNMAPPED_WORD",
            f"»{word}« kendes ikke og er ikke brugt. Mente du »{reading.suggestion}«?",
            f"“{word}” is not known and was not used. Did you mean “{reading.suggestion}”?",
            reading.word,
        )
    return Notice(
        "UNMAPPED_WORD",
        f"»{word}« kendes ikke og er ikke brugt.",
        f"“{word}” is not known and was not used.",
        reading.word,
    )


def of_match(match: Match) -> Iterable[Notice]:
    """Notices on the fits as a whole."""
    fits = match.fitting
    count = int(np.count_nonzero(fits))
    if not count:
        yield _no_fits(match)
        return
    arrays, rows = match.case.arrays, match.case.columns.rows
    stale = int(np.count_nonzero(fits & (match.case.today - arrays.verified_on > STALE)))
    if stale:
        yield Notice(
            "STALE_DATA",
            f"{stale} af {count} tilbud er ikke registreret som kontrolleret inden for det seneste år.",
            f"{stale} of {count} offers are not on record as verified within the last year.",
        )
    if (fits & arrays.illustrative).any():
        yield Notice(
            "ILLUSTRATIVE_DATA",
            "Svaret bygger delvist på illustrative oplysninger, som ikke må lægges til grund for en afgørelse.",
            "The answer rests partly on illustrative data, which must not be acted upon.",
        )
    best = match.best(LOOKED_AT)
    yield from _not_approved(match, best)
    leading = next((row for row in best if arrays.own_admission[row]), None)
    if leading is not None:
        offer = rows[leading]
        yield Notice(
            "OWN_ADMISSION",
            f"Tilbud, der ikke visiteres til på sædvanlig vis, er med i svaret. {offer.name}: {offer.admission}",
            f"The answer holds offers to which the municipality does not assign places in the usual way. {offer.name}: "
            f"{offer.admission_en or offer.admission}",
        )


def _no_fits(match: Match) -> Notice:
    worst = max(match.funnel, key=lambda step: step.removed, default=None)
    if worst is None or not worst.removed:
        return Notice("NO_FITS", "Kataloget er tomt.", "The directory holds no offers.")
    da, en = NAMES[worst.criterion]
    danish = f"Ingen tilbud passer. Flest faldt fra på {da}: {worst.removed}."
    english = f"No offer fits. Most were ruled out by {en}: {worst.removed}."
    last = next(step for step in match.funnel if not step.remaining)
    if last is not worst:
        da, en = NAMES[last.criterion]
        danish += f" De sidste faldt fra på {da}: {last.removed}."
        english += f" The last were ruled out by {en}: {last.removed}."
    return Notice("NO_FITS", danish, english)


def _not_approved(match: Match, best: Sequence[int]) -> Iterable[Notice]:
    reference, arrays = match.case.columns.reference, match.case.arrays
    tree = reference.vocabulary.target_groups
    for group in match.case.need.secondary_target_groups:
        names = [
            match.case.columns.rows[row].name for row in best if arrays.serves[tree.index(group), row] <= NOT_APPROVED
        ]
        if names:
            yield Notice(
                "TARGET_GROUP_NOT_APPROVED",
                f"Blandt de bedste er ikke godkendt til {reference.name(group)}: {listing(names, 'DA')}.",
                f"Of the best, not approved for {reference.name(group, 'EN')}: {listing(names, 'EN')}.",
            )
