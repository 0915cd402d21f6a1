"""The vocabulary: target groups and services as trees, and the everyday words that lead to them.

A caseworker writes "ADHD" or "hjerneskaden"; the classification says Opmærksomhedsforstyrrelse and
Hjerneskade. A word is read in steps from certain to likely, and the first step that finds anything decides.
What leads to two nodes is ambiguous, and is never guessed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.danish import content_stems, fold, name_order, stems
from graph.record import Record

TARGET_GROUP, SERVICE = "target-group", "service"
_BROADER = {TARGET_GROUP: "NARROWER_THAN", SERVICE: "KIND_OF"}
_SHORTEST_PREFIX = 4
_LIKENESS = 0.7
"""How alike a suggestion must be, after `difflib`: one slip in four letters still finds its word."""


@dataclass(frozen=True, slots=True)
class Term:
    """A target group or a service. `broader` is the id of the node above it, None at the top."""

    id: str
    kind: str
    name: str
    name_en: str | None = None
    synonyms: tuple[str, ...] = ()
    broader: str | None = None

    @classmethod
    def from_record(cls, record: Record) -> Term:
        """The term in a `target-group` or `service` record; ValueError for any other kind."""
        kind = record.kind.name
        if kind not in _BROADER:
            raise ValueError(f"{record.id!r} is neither a target group nor a service")
        broader = next((edge.target for edge in record.edges if edge.type == _BROADER[kind]), None)
        get = record.properties.get
        return cls(record.id, kind, get("name") or "", get("nameEn"), tuple(get("synonyms") or ()), broader)

    @property
    def forms(self) -> tuple[str, ...]:
        """Everything that the term is called: its name, its synonyms, its English name."""
        return (self.name, *self.synonyms, *([self.name_en] if self.name_en else []))


class How(StrEnum):
    """By which step a word was read, from certain to likely."""

    NAME = "NAME"
    SYNONYM = "SYNONYM"
    ENGLISH = "ENGLISH"
    INFLECTION = "INFLECTION"
    PREFIX = "PREFIX"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a free word was taken to mean.

    Exactly one of three: mapped (`term` and `how`), ambiguous (`candidates`, two or more, `term` None), or
    not mapped (no candidates), then with `suggestion`, the nearest form as it is written, if any is near.
    """

    word: str
    term: Term | None = None
    how: How | None = None
    candidates: tuple[Term, ...] = ()
    suggestion: str | None = None

    @property
    def ambiguous(self) -> bool:
        return bool(self.candidates)


class Tree:
    """The terms of one kind, numbered in the order of their ids, with the closure of what is above and below.

    `broader[n]` and `narrower[n]` are the numbers of everything strictly above and below number n. A broader
    node that does not exist counts as none, and a circle ends where it closes, so that a faulty edge never
    stops the directory.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: tuple[Term, ...] = tuple(sorted(terms, key=lambda term: term.id))
        self.ids: tuple[str, ...] = tuple(term.id for term in self.terms)
        self._numbers = {id: number for number, id in enumerate(self.ids)}
        if len(self._numbers) < len(self.ids):
            raise ValueError("a term is given twice")
        self.broader: tuple[frozenset[int], ...] = tuple(map(self._above, range(len(self.ids))))
        below: list[set[int]] = [set() for _ in self.ids]
        for number, above in enumerate(self.broader):
            for broader in above:
                below[broader].add(number)
        self.narrower: tuple[frozenset[int], ...] = tuple(map(frozenset, below))

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id: object) -> bool:
        return id in self._numbers

    def index(self, id: str) -> int:
        """The number of the term `id`; KeyError where it is none of the tree's."""
        return self._numbers[id]

    def term(self, id: str) -> Term:
        return self.terms[self._numbers[id]]

    def _above(self, number: int) -> frozenset[int]:
        found: set[int] = set()
        broader = self._numbers.get(self.terms[number].broader or "")
        while broader is not None and broader not in found and broader != number:
            found.add(broader)
            broader = self._numbers.get(self.terms[broader].broader or "")
        return frozenset(found)


class Vocabulary:
    """The target groups and services of the directory, and what people call them. Never changed once made."""

    def __init__(self, terms: Iterable[Term]) -> None:
        given = tuple(terms)
        self.target_groups = Tree(term for term in given if term.kind == TARGET_GROUP)
        self.services = Tree(term for term in given if term.kind == SERVICE)
        self._terms = {term.id: term for term in (*self.target_groups.terms, *self.services.terms)}
        self._in_name_order = sorted(self.target_groups.terms, key=lambda term: name_order(term.name, term.id))
        self._steps: dict[How, dict[str, list[Term]]] = {how: {} for how in How}
        self._danish: dict[str, str] = {}
        self._english: dict[str, str] = {}
        for term in self._terms.values():
            self._enter(term)

    @classmethod
    def from_records(cls, records: Iterable[Record]) -> Vocabulary:
        """The vocabulary of those among `records` that are target groups or services; others are passed over."""
        return cls(Term.from_record(record) for record in records if record.kind.name in _BROADER)

    def term(self, id: str) -> Term:
        """The target group or service `id`; KeyError where it is neither."""
        return self._terms[id]

    def __contains__(self, id: object) -> bool:
        return id in self._terms

    def name(self, id: str, english: bool = False) -> str:
        """The name of `id`: Danish, or English where it has one and `english` is asked for."""
        term = self._terms[id]
        return (term.name_en or term.name) if english else term.name

    def read(self, word: str) -> Reading:
        """What `word` (or a short phrase) means: see `Reading`. The same word always reads the same."""
        folded = fold(word)
        if not folded:
            return Reading(word)
        for how in (How.NAME, How.SYNONYM, How.ENGLISH):
            if found := self._steps[how].get(folded):
                return _decide(word, how, found)
        if found := self._steps[How.INFLECTION].get(" ".join(stems(folded))):
            return _decide(word, How.INFLECTION, found)
        if len(folded) >= _SHORTEST_PREFIX and (found := self._beginning_with(folded)):
            return _decide(word, How.PREFIX, found)
        return Reading(word, suggestion=_nearest(folded, self._danish) or _nearest(folded, self._english))

    def search(self, text: str) -> list[str]:
        """The ids of target groups that `text`, perhaps still being typed, may mean: best first.

        Whole forms come before beginnings, beginnings of a form before beginnings of a word within it, names
        before synonyms; ties in the order of the Danish alphabet. Blank text finds every group.
        """
        folded = fold(text)
        ranked = ((_rank(term, folded), n, term.id) for n, term in enumerate(self._in_name_order))
        return [id for rank, _, id in sorted(r for r in ranked if r[0] is not None)]

    def _enter(self, term: Term) -> None:
        for how, forms in (
            (How.NAME, [term.name]),
            (How.SYNONYM, term.synonyms),
            (How.ENGLISH, [term.name_en] if term.name_en else []),
        ):
            for form in filter(fold, forms):
                self._file(how, fold(form), term)
                self._file(How.INFLECTION, " ".join(content_stems(form)), term)
                self._file(How.PREFIX, fold(form), term)
                (self._english if how is How.ENGLISH else self._danish).setdefault(fold(form), form)

    def _file(self, how: How, key: str, term: Term) -> None:
        terms = self._steps[how].setdefault(key, [])
        if term not in terms:
            terms.append(term)

    def _beginning_with(self, prefix: str) -> list[Term]:
        found = {t.id: t for form, terms in self._steps[How.PREFIX].items() if form.startswith(prefix) for t in terms}
        return list(found.values())


def _decide(word: str, how: How, found: Sequence[Term]) -> Reading:
    if len(found) == 1:
        return Reading(word, found[0], how)
    return Reading(word, candidates=tuple(sorted(found, key=lambda term: term.id)))


def _nearest(folded: str, written: Mapping[str, str]) -> str | None:
    near = difflib.get_close_matches(folded, written, n=1, cutoff=_LIKENESS)
    return written[near[0]] if near else None


def _rank(term: Term, folded: str) -> int | None:
    """How well what has been typed fits the term, 0 best; None where it does not."""
    if not folded:
        return 0
    forms = [fold(form) for form in term.forms]
    typed = folded.split()
    name, others = forms[0], forms[1:]
    if folded in forms:
        return 0
    if name.startswith(folded):
        return 1
    if any(form.startswith(folded) for form in others):
        return 2
    if _begins_words(typed, name):
        return 3
    if any(_begins_words(typed, form) for form in others):
        return 4
    stemmed = set(stems(folded))
    return 5 if any(stemmed <= set(content_stems(form)) for form in forms) else None


def _begins_words(typed: Sequence[str], form: str) -> bool:
    """Whether everything typed begins some word of the form, in any order."""
    tokens = form.split()
    return all(any(token.startswith(part) for token in tokens) for part in typed)
