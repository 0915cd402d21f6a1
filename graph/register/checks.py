"""Whether a board is made up as rules ask, told so that it can stand in a memo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from graph import phrases
from graph.phrases import in_danish, listing
from graph.register.rows import BoardRow
from graph.register.seats import SeatRow, Standing

if TYPE_CHECKING:
    from graph.register.content import Content

Existing = Sequence[tuple[SeatRow, Standing]]


@dataclass(frozen=True, slots=True)
class CompositionCheck:
    """A rule, and whether it is kept: MET, PARTLY, NOT_MET, or UNKNOWN where what it takes is not stated."""

    rule: str
    outcome: str
    _explainer: Callable[[str], str] = field(repr=False, compare=False)

    def explain(self, language: str = "DA") -> str:
        return self._explainer(language)


def checks(board: BoardRow, existing: Existing, day: date, content: Content) -> Iterator[CompositionCheck]:
    """The rules that there are for `board`, judged by the seats that exist on `day`, in order."""
    yield _statutory_size(board, existing, day, content)
    for appointer in content.in_order({seat.appointed_by for seat, _ in existing} - {None}):
        assert appointer is not None
        seats = [(seat, standing) for seat, standing in existing if seat.appointed_by == appointer]
        yield _gender_balance(board, appointer, seats, day, content)
    if board.every_party_of is not None:
        yield _every_party(board, board.every_party_of, existing, day, content)


def _statutory_size(board: BoardRow, existing: Existing, day: date, content: Content) -> CompositionCheck:
    """As many seats as are laid down, and no more holders. Those beyond are the holders of the last seats."""
    size, seats = board.statutory_size, len(existing)
    held = [(seat, standing.holder) for seat, standing in existing if standing.holder]
    beyond = [] if size is None else held[size:]
    holders = len(held)
    if size is None:
        outcome = "UNKNOWN"
    elif beyond or (size and not seats):
        outcome = "NOT_MET"
    else:
        outcome = "MET" if seats == size else "PARTLY"

    def explain(language: str) -> str:
        danish, on = in_danish(language), _on(day, language)
        if size is None:
            return (
                f"Det er ikke oplyst, hvor mange sæder {board.name} skal have."
                if danish
                else f"How many seats {board.name} must have is not stated."
            )
        if beyond:
            names = [f"{content.person(holder.representative)} ({seat.label})" for seat, holder in beyond]
            return (
                f"{on} har {board.name} {holders} medlemmer, {len(beyond)} mere end de {size}, der er fastsat. "
                f"Ud over størrelsen, regnet efter sædernes rækkefølge, er: {listing(names, language)}."
                if danish
                else f"{on} {board.name} has {holders} members, {len(beyond)} more than the {size} laid down. "
                f"Beyond the size, in the order of the seats: {listing(names, language)}."
            )
        if seats == size:
            return (
                f"{on} har {board.name} {_seats(seats, language)}, som det er fastsat."
                if danish
                else f"{on} {board.name} has {_seats(seats, language)}, as laid down."
            )
        if seats < size:
            return (
                f"{on} er {seats or 'ingen'} af de {size} sæder oprettet, der er fastsat for {board.name}."
                if danish
                else f"{on} {seats or 'none'} of the {size} seats laid down for {board.name} "
                f"{'exists' if seats == 1 else 'exist'}."
            )
        return (
            f"{on} har {board.name} {_seats(seats, language)}, {seats - size} mere end de {size}, der er fastsat, "
            f"men ikke flere medlemmer end fastsat ({holders})."
            if danish
            else f"{on} {board.name} has {_seats(seats, language)}, {seats - size} more than the {size} laid down, "
            f"but no more members than laid down ({holders})."
        )

    return CompositionCheck("STATUTORY_SIZE", outcome, explain)


def _gender_balance(board: BoardRow, appointer: str, seats: Existing, day: date, content: Content) -> CompositionCheck:
    """Ligestillingsloven, chapter 4: among those whom one body appoints, women and men differ by one at most."""
    genders = Counter(content.gender(standing.holder.representative) for _, standing in seats if standing.holder)
    judged = "MET" if _apart(genders) <= 1 else "NOT_MET"
    outcome = "UNKNOWN" if genders[None] or not genders.total() else judged
    # No function within this one: of thousands that are kept for a day, each would hold on to a dozen objects more.
    return CompositionCheck(
        "GENDER_BALANCE", outcome, partial(_explain_balance, board, appointer, genders, day, content)
    )


def _explain_balance(
    board: BoardRow, appointer: str, genders: Counter[str | None], day: date, content: Content, language: str
) -> str:
    danish, on, name = in_danish(language), _on(day, language), content.name(appointer)
    holders, apart = genders.total(), _apart(genders)
    if not holders:
        return (
            f"{on} er ingen af de sæder i {board.name}, som {name} udpeger til, besat; "
            "kønsfordelingen kan ikke bedømmes."
            if danish
            else f"{on} none of the seats in {board.name} to which {name} appoints is held; "
            "the gender balance cannot be judged."
        )
    counts = _genders(genders, language)
    told = (
        f"{on} sidder {counts} i {board.name} efter udpegning fra {name}."
        if danish
        else f"{on} {counts} {'sits' if holders == 1 else 'sit'} on {board.name}, appointed by {name}."
    )
    if holders < 2:
        return told + (
            " Med færre end to udpegede kan kønnene ikke fordeles ligeligt i dette organ alene; "
            f"se det sammen med de øvrige poster, som {name} udpeger til."
            if danish
            else " With fewer than two appointed, the genders cannot be balanced in this body alone; "
            f"see it together with the other seats to which {name} appoints."
        )
    if genders[None]:
        return told + (
            " Hvor køn ikke er oplyst, kan fordelingen ikke bedømmes (ligestillingsloven, kapitel 4)."
            if danish
            else " Where a gender is not stated, the balance cannot be judged (Gender Equality Act, chapter 4)."
        )
    if apart <= 1:
        return told + (
            " Forskellen er højst én, som ligestillingsloven (kapitel 4) lægger op til."
            if danish
            else " The difference is one at most, as the Gender Equality Act (chapter 4) asks."
        )
    return told + (
        f" Forskellen er {apart}; efter ligestillingsloven (kapitel 4) bør den højst være én."
        if danish
        else f" The difference is {apart}; by the Gender Equality Act (chapter 4) it should be one at most."
    )


def _apart(genders: Counter[str | None]) -> int:
    return abs(genders["WOMAN"] - genders["MAN"])


def _every_party(board: BoardRow, agreement: str, existing: Existing, day: date, content: Content) -> CompositionCheck:
    """Each party has someone who holds a seat: one that represents it, or one who comes from it."""
    parties = content.agreements[agreement].parties if agreement in content.agreements else ()
    present = {
        id
        for seat, standing in existing
        if standing.holder
        for id in (seat.represents, content.municipality(standing.holder.representative))
    }
    missing = [id for id in content.in_order(parties) if id is not None and id not in present]
    there = len(parties) - len(missing)
    judged = "MET" if not missing else "PARTLY" if there else "NOT_MET"

    def explain(language: str) -> str:
        danish, on, name = in_danish(language), _on(day, language), content.name(agreement)
        if not parties:
            return (
                f"Alle parter i {name} skal være repræsenteret i {board.name}, men parterne er ikke oplyst."
                if danish
                else f"Every party to {name} must be represented on {board.name}, but the parties are not stated."
            )
        if not missing:
            return (
                f"{on} er alle {len(parties)} parter i {name} repræsenteret i {board.name}."
                if danish
                else f"{on} all {len(parties)} parties to {name} are represented on {board.name}."
            )
        names = listing([content.name(id) for id in missing], language)
        return (
            f"{on} er {there or 'ingen'} af de {len(parties)} parter i {name} repræsenteret i {board.name}. "
            f"Uden medlem: {names}."
            if danish
            else f"{on} {there or 'none'} of the {len(parties)} parties to {name} "
            f"{'is' if there == 1 else 'are'} represented on {board.name}. Without a member: {names}."
        )

    return CompositionCheck("EVERY_PARTY_REPRESENTED", judged if parties else "UNKNOWN", explain)


def _on(day: date, language: str) -> str:
    when = phrases.day(day.toordinal(), language)
    return f"Pr. {when}" if in_danish(language) else f"As of {when},"


def _seats(n: int, language: str) -> str:
    return phrases.counted(n, "sæde", "sæder") if in_danish(language) else phrases.counted(n, "seat", "seats")


def _genders(genders: Counter[str | None], language: str) -> str:
    """`2 kvinder og ingen mænd`; of one person alone only what he or she is."""
    danish = in_danish(language)
    words = (
        ("WOMAN", ("kvinde", "kvinder") if danish else ("woman", "women")),
        ("MAN", ("mand", "mænd") if danish else ("man", "men")),
    )
    counts = [
        phrases.counted(genders[gender], one, many) if genders[gender] else f"{'ingen' if danish else 'no'} {many}"
        for gender, (one, many) in words
        if genders[gender] or genders.total() > 1
    ]
    if genders["OTHER"]:
        counts.append(f"{genders['OTHER']} {'af andet køn' if danish else 'of another gender'}")
    if genders[None]:
        counts.append(f"{genders[None]} {'uden oplyst køn' if danish else 'whose gender is not stated'}")
    return listing(counts, language)
