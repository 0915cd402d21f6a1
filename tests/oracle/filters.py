"""`offers(filter:, orderBy:, first:, …)` as the contract states it, one offer at a time.

A filter is a dictionary in the words of the contract's `OfferFilter`. Where a filter asks what a criterion
judges, MET and PARTLY pass.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from graph.danish import sort_key
from graph.record import Record
from tests.oracle import matching
from tests.oracle.world import PER_DAY, World

Filter = dict[str, Any]


def offers(world: World, filter: Filter | None, sees_protected: bool = False) -> list[Record]:
    """The offers that pass, by id. Without `openOn` and `includeClosed` those that are open today."""
    given = filter or {}
    day = given.get("openOn") or world.today
    return [
        offer
        for offer in world.of_kind("offer")
        if (given.get("includeClosed") or world.open(offer, day)) and _passes(world, offer, given, day, sees_protected)
    ]


def _passes(world: World, offer: Record, given: Filter, day: date, sees_protected: bool) -> bool:
    if given.get("openOn"):
        day = given["openOn"]
        if not given.get("includeClosed") and not world.open(offer, day):
            return False
    return (
        all(_RULES[name](world, offer, given[name], day, sees_protected) for name in given if name in _RULES)
        and all(_passes(world, offer, part, day, sees_protected) for part in given.get("and") or [])
        and (not given.get("or") or any(_passes(world, offer, part, day, sees_protected) for part in given["or"]))
        and not (given.get("not") is not None and _passes(world, offer, given["not"], day, sees_protected))
    )


def _met(verdict: matching.Verdict) -> bool:
    return verdict[0] in ("MET", "PARTLY")


def _status(world: World, offer: Record, wanted: list[str], day: date, _: bool) -> bool:
    fact = world.fact(offer, "approval", day)
    return fact is not None and fact.properties["status"] in wanted


def _ownership(world: World, offer: Record, wanted: list[str], _: date, __: bool) -> bool:
    institution = world.one(offer, "OF_INSTITUTION")
    return institution is not None and institution.properties.get("ownership") in wanted


def _municipality(world: World, offer: Record, wanted: list[str], _: date, __: bool) -> bool:
    location = world.one(offer, "LOCATED_AT")
    return location is not None and bool(set(world.targets(location, "IN_MUNICIPALITY")) & set(wanted))


def _near(world: World, offer: Record, near: dict[str, Any], _: date, sees_protected: bool) -> bool:
    if near.get("withinKm") is None:
        return True  # a place to order by, which asks nothing of the offers
    here = world.search_point(near)
    km = world.distance(offer, here, sees_protected) if here else None
    return _met(matching.distance(km, near.get("withinKm")))


def _max_price(world: World, offer: Record, most: dict[str, str], day: date, _: bool) -> bool:
    per_day = world.price_per_day(offer, day)
    return per_day is not None and per_day <= Fraction(most["amount"]) * PER_DAY[most["unit"]]


_RULES: dict[str, Any] = {
    "targetGroups": lambda w, o, ids, *_: any(_met(matching.serves(w, o, id)) for id in ids),
    "services": lambda w, o, ids, *_: any(matching.gives(w, o, id) for id in ids),
    "offerTypes": lambda w, o, ids, *_: bool(set(w.targets(o, "OF_TYPE")) & set(ids)),
    "legalBases": lambda w, o, ids, *_: bool(set(w.targets(o, "HAS_LEGAL_BASIS")) & set(ids)),
    "municipalities": _municipality,
    "operators": lambda w, o, ids, *_: bool(set(w.targets(o, "OPERATED_BY")) & set(ids)),
    "ownership": _ownership,
    "age": lambda w, o, age, *_: _met(matching.age(o, age)),
    "near": _near,
    "freePlacesAtLeast": lambda w, o, least, day, _: (free := w.free(o, day)) is not None and free >= least,
    "maxPrice": _max_price,
    "approvalStatus": _status,
    "agreements": lambda w, o, ids, *_: bool(set(w.targets(o, "COVERED_BY")) & set(ids)),
    "dataStatus": lambda w, o, wanted, *_: o.properties["dataStatus"] in wanted,
    "reportSince": lambda w, o, since, day, _: _met(matching.report(w, o, since, day)),
    "verifiedSince": lambda w, o, since, *_: (o.properties.get("verifiedOn") or "") >= since.isoformat(),
}


def ordered(
    world: World, found: list[Record], field: str, descending: bool, filter: Filter | None, sees_protected: bool = False
) -> list[str]:
    """The ids in order: values that are not known last in both directions, ties by id.

    Prices and free places are today's, as `price` and `capacity` show them.
    """
    given = filter or {}
    here = world.search_point(given.get("near"))

    def value(offer: Record) -> Any:
        return {
            "NAME": lambda: sort_key(offer.properties["name"]),
            "PRICE": lambda: world.price_per_day(offer, world.today),
            "FREE_PLACES": lambda: world.free(offer, world.today),
            "DISTANCE": lambda: world.distance(offer, here, sees_protected) if here else None,
            "VERIFIED_ON": lambda: offer.properties.get("verifiedOn"),
        }[field]()

    known = sorted((o for o in found if value(o) is not None), key=lambda o: o.id)
    known.sort(key=value, reverse=descending)  # stable in both directions: ties stay by id
    unknown = sorted((o for o in found if value(o) is None), key=lambda o: o.id)
    return [offer.id for offer in [*known, *unknown]]
