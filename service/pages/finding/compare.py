"""Two to four offers side by side: how each fits, what it gives, and what it costs in one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from service.pages.asking import NotAnswered
from service.pages.fields import Fields
from service.pages.finding.need import need_of
from service.pages.page import Page
from service.pages.visit import Visit
from service.pages.words import WORDS

FEWEST, MOST = 2, 4
SECTION = "legal-basis:sel-108"
CEILING = Decimal("1.10")
"""How much dearer than the visitated place another may be that the citizen has a right to choose: SEL § 108 stk. 2, as
changed by LOV 747 of 20 June 2025."""

Offer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dearer:
    """How far a price is above another: in kroner, and in percent of the other, which may be 0."""

    amount: Decimal
    percent: Decimal | None

    @classmethod
    def than(cls, price: Decimal, other: Decimal) -> Dearer:
        return cls(price - other, 100 * (price - other) / other if other else None)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What the citizen's right to choose another § 108 place may cost in a year."""

    visited: Offer
    limit: Decimal
    others: list[tuple[Offer, Decimal, Dearer]]


def dearer(offers: Iterable[Offer]) -> dict[str, Dearer]:
    """Of each price that is known, by the offer's id, against the lowest; empty where there is no other.

    A price by the hour is paid for the hours that are used: it is compared with others by the hour alone.
    """
    priced = [offer for offer in offers if offer["price"]]
    stays = [offer for offer in priced if offer["given"]["unit"] != "HOUR"]
    known = {offer["id"]: Decimal(offer["price"]["amount"]) for offer in stays or priced}
    if len(known) < FEWEST:
        return {}
    lowest = min(known.values())
    return {id: Dearer.than(amount, lowest) for id, amount in known.items()}


def ceiling(offers: Iterable[Offer], visited: str | None) -> Ceiling | None:
    """Against the place that the citizen is visitated to, else the cheapest; None where fewer than two have a price."""
    yearly = [(offer, Decimal(offer["yearly"]["amount"])) for offer in offers if _by_right(offer)]
    if len(yearly) < FEWEST:
        return None
    one, price = min(yearly, key=lambda pair: (pair[0]["id"] != visited, pair[1]))
    return Ceiling(
        one,
        price * CEILING,
        [(offer, amount, Dearer.than(amount, price)) for offer, amount in yearly if offer is not one],
    )


def _by_right(offer: Offer) -> bool:
    return offer["yearly"] is not None and any(basis["id"] == SECTION for basis in offer["legalBases"])


@dataclass(frozen=True, slots=True)
class Shared:
    """A thing that some of the offers have, and what each has of it, by the offer's id."""

    name: str
    id: str
    of: dict[str, Mapping[str, Any]]


def union(offers: Iterable[Offer], name: str) -> list[Shared]:
    """Everything that any of the offers has under a name, once, by its own name."""
    found: dict[str, Shared] = {}
    for offer in offers:
        for value in offer[name]:
            thing = value.get("item", value)
            found.setdefault(thing["id"], Shared(thing["name"], thing["id"], {})).of[offer["id"]] = value
    return sorted(found.values(), key=lambda one: one.name)


async def compare(visit: Visit) -> Response:
    """By GET, of offers alone; by POST with the need that they are to meet."""
    posted = visit.request.method == "POST"
    fields = await visit.form() if posted else visit.query
    need = need_of(fields if posted else Fields.of(()), visit)
    unit = fields.one_of("enhed", WORDS["PriceUnit"], visit.gettext("Vælg en enhed.")) or need.unit
    ids = list(dict.fromkeys(fields.all("offer")))
    data: dict[str, Any] = {"nodes": []}
    if FEWEST <= len(ids) <= MOST:
        asked = need.asked and not fields.faults
        try:
            data = await _ask(visit, ids, unit, need.variables if asked else None)
        except NotAnswered as failed:
            if failed.path[:1] in (("ids",), ("offers",)):
                data = {"nodes": [None]}
            else:
                need.refused(failed, visit)
                data = await _ask(visit, ids, unit, None)
    elif ids or posted:
        fields.faults["offer"] = visit.ngettext(
            "Du har valgt et tilbud. Vælg to til fire at sammenligne.",
            "Du har valgt %(num)s tilbud. Vælg to til fire at sammenligne.",
            len(ids),
        )
    offers: list[Offer] = [node for node in data["nodes"] if node and "name" in node]
    if len(offers) < len(data["nodes"]):
        fields.faults["offer"] = visit.gettext("Et af de valgte tilbud findes ikke i vejviseren.")
    visited = fields.one_of("visited", [offer["id"] for offer in offers], visit.gettext("Vælg et af tilbuddene her."))
    match = data.get("matchOffers")
    if match:
        need.heard(match["notices"])
    return visit.page(
        "compare.html",
        HTTPStatus.BAD_REQUEST if fields.faults else HTTPStatus.OK,
        fields=fields,
        unit=unit,
        offers=offers if len(offers) >= FEWEST else [],
        fits=None if match is None or need.lost else Fits.of(match["judged"]),
        wanted=need.variables.get("services", ()),
        dearer=dearer(offers),
        ceiling=ceiling(offers, visited),
        union=union,
    )


async def _ask(visit: Visit, ids: Sequence[str], unit: str, need: Mapping[str, Any] | None) -> dict[str, Any]:
    return await visit.ask("compare", ids=ids, unit=unit, asked=need is not None, need=need or {})


@dataclass(frozen=True, slots=True)
class Fits:
    """How offers meet the need, by their ids, and the criteria that any of them was judged by."""

    by_id: dict[str, Mapping[str, Any]]
    criteria: list[str]

    @classmethod
    def of(cls, judged: Sequence[Mapping[str, Any]]) -> Fits:
        named = dict.fromkeys(one["criterion"] for fit in judged for one in fit["criteria"])
        return cls({fit["offer"]["id"]: fit for fit in judged}, list(named))


PAGES = [Page("/sammenlign", compare, ("GET", "POST"))]
