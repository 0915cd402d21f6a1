"""Small worlds, needs and filters at random: few ids and few values, so that everything meets everything.

The ids are always the same; how they hang together, and what offers say of themselves, is drawn. Dates lie at
and around every border that a rule has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from graph.record import Edge, Record
from tests.oracle.world import World

TODAY = date(2026, 3, 15)

TOPS, MIDDLES, LEAVES = ("a", "b"), ("aa", "ab", "ba"), ("aaa", "aab", "aba", "baa")
GROUPS = [f"target-group:{slug}" for slug in (*TOPS, *MIDDLES, *LEAVES)]
SERVICES = [f"service:{slug}" for slug in ("x", "y", "xa", "xb", "ya", "xaa")]
TYPES = [f"offer-type:{slug}" for slug in ("home", "day", "free")]
LEGAL_BASES = [f"legal-basis:{slug}" for slug in ("85", "104", "107")]
ITEMS = [f"theme-item:{slug}" for slug in ("talk", "walk", "cook")]
MUNICIPALITIES = [f"municipality:{slug}" for slug in ("aalborg", "laesoe", "thisted")]
INSTITUTIONS = [f"institution:{slug}" for slug in ("north", "south")]
AGREEMENTS = [f"agreement:{slug}" for slug in ("old", "new")]
OPERATORS = [*MUNICIPALITIES, "region:rn", *INSTITUTIONS]
WORDS = ["Gruppe a", "ordet aab", "ORDET BA!", "Ydelse xa", "ordet y", "qqqqqq"]

FUNCTIONAL = ("NONE", "MILD", "MODERATE", "SEVERE", "COMPLETE")
SUPPORT = ("NONE", "MILD", "MODERATE", "HIGH", "COMPLETE")
STATUSES = ("APPROVED", "APPROVED_WITH_CONDITIONS", "INTENSIFIED_SUPERVISION", "NOT_APPROVED", "ENDED")
OWNERSHIP = ("MUNICIPAL", "REGIONAL", "PRIVATE")
CRITERIA = [
    *("PRIMARY_TARGET_GROUP", "SECONDARY_TARGET_GROUPS", "EXCLUSION", "AGE", "OFFER_TYPE", "LEGAL_BASIS", "APPROVAL"),
    *("OPEN", "SERVICES", "LEVELS", "SUPPORT_LEVEL", "FREE_PLACE", "DISTANCE", "PRICE", "FRESHNESS"),
    "SUPERVISION_REPORT",
]

MODELS = (None, "AVERAGE", "DIFFERENTIATED", "SUPPLEMENT", "OBJECTIVE")
UNITS = ("HOUR", "DAY", "MONTH", "YEAR")
AMOUNTS = ("0.00", "2.00", "24.00", "60.83", "730.00", "1850.00", "2190.00", "66567.00", "800000.00")
AGES = (0.0, 17.0, 17.9, 18.0, 18.5, 30.0, 65.0, 65.7, 85.0, 120.0)
POINTS = ((57.048, 9.9187), (56.6431, 9.7903), (57.2568, 10.9974), (56.9552, 8.6949))
DAYS = [TODAY + timedelta(n) for n in (-800, -366, -365, -91, -90, -31, -30, -1, 0, 1, 29, 30, 31, 200)]
DATES = [day.isoformat() for day in DAYS]
NAMES = ("Ågård", "Aagård", "Østerskoven", "Zebra", "Ærø", "anlæg", "Anlæg", "Skoven")

days, ages, points, units = (st.sampled_from(values) for values in (DAYS, AGES, POINTS, UNITS))


def some(ids: list[str], most: int = 3, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), min_size=least, max_size=most, unique=True)


def classification(random: Random) -> list[Record]:
    """Everything but the offers: trees of three levels whose lower nodes hang at random, or nowhere."""

    def under(type: str, kind: str, slugs: tuple[str, ...]) -> tuple[Edge, ...]:
        above = random.choice([None, *slugs])
        return (Edge(type, f"{kind}:{above}"),) if above else ()

    def group(slug: str, edges: tuple[Edge, ...] = ()) -> Record:
        return Record(f"target-group:{slug}", {"name": f"Gruppe {slug}", "synonyms": [f"ordet {slug}"]}, edges)

    def service(slug: str, edges: tuple[Edge, ...] = ()) -> Record:
        return Record(f"service:{slug}", {"name": f"Ydelse {slug}", "synonyms": [f"ordet {slug}"]}, edges)

    return [
        *(group(slug) for slug in TOPS),
        *(group(slug, under("NARROWER_THAN", "target-group", TOPS)) for slug in MIDDLES),
        *(group(slug, under("NARROWER_THAN", "target-group", MIDDLES)) for slug in LEAVES),
        *(service(slug) for slug in ("x", "y")),
        *(service(slug, under("KIND_OF", "service", ("x", "y"))) for slug in ("xa", "xb", "ya")),
        service("xaa", under("KIND_OF", "service", ("xa", "ya"))),
        *(
            Record(id, {"name": f"Type {n}", "residential": n == 0, "needsApproval": n != 2, "order": n})
            for n, id in enumerate(TYPES)
        ),
        *(Record(id, {"code": id[12:], "title": f"Titel {id}", "law": "SEL"}) for id in LEGAL_BASES),
        Record("theme:d3", {"name": "Kommunikation", "hasLevels": True, "order": 1}),
        *(Record(id, {"name": id, "order": n}, (Edge("OF_THEME", "theme:d3"),)) for n, id in enumerate(ITEMS)),
        Record("region:rn", {"name": "Region Nordjylland", "code": "1081", "dataStatus": "SOURCED"}),
        *(
            Record(
                id,
                {
                    "name": f"{id[13:]} Kommune",
                    "code": str(800 + n),
                    "dataStatus": "SOURCED",
                    **dict(zip(("latitude", "longitude"), point, strict=True)),
                },
            )
            for n, (id, point) in enumerate(
                zip(MUNICIPALITIES, [(57.048, 9.9187), (57.2568, 10.9974), (56.9552, 8.6949)], strict=True)
            )
        ),
        *(
            Record(id, {"name": f"Institution {id}", "ownership": owned, "dataStatus": "SOURCED"})
            for id, owned in zip(INSTITUTIONS, [random.choice(OWNERSHIP), None], strict=True)
        ),
        *(Record(id, {"name": f"Aftale {id}", "dataStatus": "SOURCED"}) for id in AGREEMENTS),
    ]


def offer(n: int, random: Random) -> list[Record]:
    """One offer, its location if it has one, and its dated facts: with gaps, with overlaps, or none at all."""
    id, where = f"offer:{n}", f"location:{n}"
    choice, maybe = random.choice, random.random

    def few(ids: Sequence[str], most: int = 3) -> list[str]:
        return random.sample(ids, random.randint(0, most))

    edges = [
        *(
            Edge("SERVES", group, {"approved": maybe() < 0.7, "coversNarrower": maybe() < 0.5})
            for group in few(GROUPS, 4)
        ),
        *(Edge("EXCLUDES", group) for group in few(GROUPS, 1)),
        *(Edge("GIVES", service) for service in few(SERVICES)),
        *(Edge("HAS_LEGAL_BASIS", basis) for basis in few(LEGAL_BASES, 2)),
        *(Edge("COVERED_BY", agreement) for agreement in few(AGREEMENTS, 2)),
        *(Edge("SUPPORTS", item, {"upTo": choice(FUNCTIONAL)}) for item in few(ITEMS)),
        *(Edge("OF_TYPE", type) for type in few(TYPES, 1)),
        *(Edge("OF_INSTITUTION", institution) for institution in few(INSTITUTIONS, 1)),
        *(Edge("OPERATED_BY", operator) for operator in few(OPERATORS, 1)),
        *([Edge("PART_OF", "offer:0")] if n and maybe() < 0.3 else []),
        *([Edge("LOCATED_AT", where)] if maybe() < 0.8 else []),
    ]
    latitude, longitude = choice([(None, None), *POINTS])
    place = {"protected": maybe() < 0.4, "latitude": latitude, "longitude": longitude}
    properties = {
        "name": choice(NAMES),
        "version": 1,
        "dataStatus": choice(["SOURCED", "ILLUSTRATIVE"]),
        "ageFrom": choice([None, *AGES]),
        "ageTo": choice([None, *AGES]),
        "supportLevelUpTo": choice([None, *SUPPORT]),
        "openFrom": choice(DATES) if maybe() < 0.2 else None,
        "closedOn": choice(DATES) if maybe() < 0.2 else None,
        "verifiedOn": choice([None, *DATES]),
    }
    return [
        _record(where, place, *(Edge("IN_MUNICIPALITY", target) for target in few(MUNICIPALITIES, 1))),
        _record(id, properties, *edges),
        *_facts(id, random, lambda: {"free": choice([None, 0, 0, 1, 2, 3]), "countedOn": choice([None, *DATES])}),
        *_facts(id, random, lambda: {"amount": choice(AMOUNTS), "unit": choice(UNITS), "model": choice(MODELS)}),
        *_facts(id, random, lambda: {"status": choice(STATUSES), "reportOn": choice([None, *DATES])}),
    ]


def _facts(offer: str, random: Random, content: Callable[[], dict[str, Any]]) -> Iterator[Record]:
    for m in range(random.choice([0, 1, 1, 2, 3])):
        facts = content()
        kind = "capacity" if "free" in facts else "price" if "amount" in facts else "approval"
        since, until = random.choice([None, *DATES]), random.choice([None, None, *DATES])
        span = {"validFrom": since, "validTo": until, "dataStatus": "ILLUSTRATIVE"}
        yield _record(f"{kind}:{offer[6:]}-{m}", {**span, **facts}, Edge(f"{kind.upper()}_OF", offer))


def _record(id: str, properties: dict[str, Any], *edges: Edge) -> Record:
    return Record(id, {name: value for name, value in properties.items() if value is not None}, edges)


def world(seeds: list[int]) -> World:
    """The classification of the first seed, and an offer of each further one."""
    records = [record for n, seed in enumerate(seeds[1:]) for record in offer(n, Random(seed))]
    return World([*classification(Random(seeds[0])), *records], TODAY)


def worlds(most: int = 12) -> st.SearchStrategy[World]:
    """Directories of up to `most` offers.

    What an offer holds comes from one number: a hundred times faster than to draw each property, and a failure
    still shrinks to the few offers that it takes.
    """
    seeds = st.integers(0, 2**32 - 1)
    return st.integers(1, most + 1).flatmap(lambda n: st.lists(seeds, min_size=n, max_size=n)).map(world)


within = st.sampled_from([0.0, 30.0, 46.0, 70.0, 150.0])


@st.composite
def nears(draw: st.DrawFn) -> dict[str, Any]:
    place = draw(
        st.sampled_from(MUNICIPALITIES).map(lambda id: {"municipality": id})
        | points.map(lambda point: {"latitude": point[0], "longitude": point[1]})
    )
    return {**place, **({"withinKm": draw(within)} if draw(st.booleans()) else {})}


max_prices = st.fixed_dictionaries(
    {"amount": st.sampled_from(["2.00", "730.00", "1850.00", "2190.00", "800000.00"]), "unit": units}
)

ASKED: dict[str, st.SearchStrategy[Any]] = {
    "age": ages,
    "homeMunicipality": st.sampled_from(MUNICIPALITIES),
    "primaryTargetGroup": st.sampled_from(GROUPS),
    "secondaryTargetGroups": some(GROUPS),
    "circumstances": some(GROUPS, 1),
    "levels": st.lists(
        st.fixed_dictionaries({"item": st.sampled_from(ITEMS), "level": st.sampled_from(FUNCTIONAL)}),
        max_size=3,
        unique_by=lambda level: level["item"],
    ),
    "supportLevel": st.sampled_from(SUPPORT),
    "offerTypes": some(TYPES, 2),
    "legalBases": some(LEGAL_BASES, 2),
    "services": some(SERVICES, 4),
    "near": nears(),
    "maxPrice": max_prices,
    "freePlaceNeeded": st.none() | st.booleans(),
    "neededFrom": days,
    "requireApproval": st.none() | st.booleans(),
    "reportSince": days,
    "words": some(WORDS),
    "weights": st.lists(
        st.fixed_dictionaries(
            {"criterion": st.sampled_from(CRITERIA), "factor": st.sampled_from([0.0, 0.5, 1.0, 3.0, 5.0])}
        ),
        max_size=4,
        unique_by=lambda weight: weight["criterion"],
    ),
}


@st.composite
def whole_needs(draw: st.DrawFn) -> dict[str, Any]:
    """A need of at most eight things, without contradictions."""
    need = {name: draw(ASKED[name]) for name in draw(some(sorted(ASKED), 8))}
    if need.get("primaryTargetGroup") in need.get("secondaryTargetGroups", []):
        need["secondaryTargetGroups"].remove(need["primaryTargetGroup"])
    return need


divided_needs = st.fixed_dictionaries(
    {"services": some(SERVICES, 5, least=2)},
    optional={"offerTypes": ASKED["offerTypes"], "legalBases": ASKED["legalBases"], "requireApproval": st.just(False)},
)
"""Needs that it often takes several offers to meet."""
needs = whole_needs() | divided_needs

CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "targetGroups": some(GROUPS, 2, least=1),
    "services": some(SERVICES, 2, least=1),
    "offerTypes": some(TYPES, 2, least=1),
    "legalBases": some(LEGAL_BASES, 2, least=1),
    "municipalities": some(MUNICIPALITIES, 2, least=1),
    "operators": some(OPERATORS, least=1),
    "ownership": some(list(OWNERSHIP), 2, least=1),
    "age": ages,
    "near": nears(),
    "freePlacesAtLeast": st.integers(0, 3),
    "maxPrice": max_prices,
    "approvalStatus": some(list(STATUSES), least=1),
    "agreements": some(AGREEMENTS, 2, least=1),
    "dataStatus": some(["SOURCED", "ILLUSTRATIVE"], 2, least=1),
    "verifiedSince": days,
    "reportSince": days,
    "openOn": days,
    "includeClosed": st.booleans(),
}


@st.composite
def filters(draw: st.DrawFn, deeper: bool = True) -> dict[str, Any]:
    """A filter of at most three conditions, since of more nothing would ever pass; and what lies within it."""
    dated = draw(st.sampled_from([[], [], ["openOn"], ["includeClosed", "openOn"]]))
    filter = {name: draw(CONDITIONS[name]) for name in [*dated, *draw(some(sorted(CONDITIONS)))]}
    for name in draw(some(["and", "or", "not"], 2)) if deeper else ():
        within = filters(deeper=False)
        filter[name] = draw(within if name == "not" else st.lists(within, max_size=2))
    return filter
