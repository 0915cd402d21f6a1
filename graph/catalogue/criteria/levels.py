from __future__ import annotations

import numpy as np

from graph.catalogue.columns import LEVELS
from graph.catalogue.criteria.rule import Case, Judgement, Rule, count, shared
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import listing, say

_NAMES = {
    "NONE": ("ingen", "none"),
    "MILD": ("let", "mild"),
    "MODERATE": ("moderat", "moderate"),
    "SEVERE": ("svært", "severe"),
    "COMPLETE": ("fuldstændigt", "complete"),
}
"""The levels of reduced function (funktionsevneniveau) in a sentence."""


class Levels(Rule):
    """The share of the theme items of the need whose level the offer supports; an item not mentioned counts 0."""

    criterion = Criterion.LEVELS
    weight = 2.0

    def applies(self, case: Case) -> bool:
        return bool(case.need.levels)

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        supports, wanted = _supports(case), _wanted(case)
        unmentioned = count(supports < 0) == len(wanted)
        return shared(count(supports >= wanted[:, None]), len(wanted), unmentioned)

    def explain(self, case: Case, row: int, language: str) -> str:
        supported = _supports(case)[:, row].tolist()
        enough: list[str] = []
        less: list[str] = []
        silent: list[str] = []
        for level, most in zip(case.need.levels, supported, strict=True):
            name = f"{case.name(level.item, language)} ({say(language, *_NAMES[level.level])})"
            (silent if most < 0 else enough if most >= LEVELS[level.level] else less).append(name)
        parts = [
            (enough, "støttes: ", "supported: "),
            (less, "støttes ikke så vidt: ", "not supported that far: "),
            (silent, "ikke oplyst: ", "not stated: "),
        ]
        text = "; ".join(say(language, da, en) + listing(names, language) for names, da, en in parts if names)
        return say(language, f"Funktionsevneniveau – {text}.", f"Functional level – {text}.")


def _wanted(case: Case) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    return np.array([LEVELS[level.level] for level in case.need.levels], np.int8)


def _supports(case: Case) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    numbers = case.columns.reference.numbers["theme-item"]
    return case.arrays.supports[[numbers[level.item] for level in case.need.levels]]
