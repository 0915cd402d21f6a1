"""Small worlds, needs and filters at random: few ids and few values, so that everything meets everything.

The ids are always the same; how they hang together, and what offers say of themselves, is drawn. Dates lie at
and around every border that a rule has.
"""

from __future__ import annotations

from datetime import date, timedelta
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
]

days = st.sampled_from([-800, -366, -365, -91, -90, -31, -30, -1, 0, 1, 29, 30, 31, 200]).map(
    lambda n: TODAY + timedelta(n)
)
dates = days.map(date.isoformat)
maybe_dates = st.none() | dates
amounts = st.sampled_from(["0.00", "2.00", "24.00", "60.83", "730.00", "1850.00", "2190.00", "66567.00", "800000.00"])
units = st.sampled_from(["HOUR", "DAY", "MONTH", "YEAR"])
ages = st.sampled_from([0.0, 17.0, 17.9, 18.0, 18.5, 30.0, 65.0, 65.7, 85.0, 120.0])
points = st.sampled_from([(57.048, 9.9187), (56.6431, 9.7903), (57.2568, 10.9974), (56.9552, 8.6949)])


def some(ids: list[str], most: int = 3, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), min_size=least, max_size=most, unique=True)


@st.composite
def classifications(draw: st.DrawFn) -> list[Record]:
    """Everything but the offers: trees of three levels whose lower nodes hang at random, or nowhere."""

    def under(type: str, kind: str, slugs: tuple[str, ...]) -> tuple[Edge, ...]:
        above = draw(st.none() | st.sampled_from(slugs))
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
            for id, owned in zip(INSTITUTIONS, [draw(st.sampled_from(OWNERSHIP)), None], strict=True)
        ),
        *(Record(id, {"name": f"Aftale {id}", "dataStatus": "SOURCED"}) for id in AGREEMENTS),
    ]


NAMES = ["Ågård", "Aagård", "Østerskoven", "Zebra", "Ærø", "anlæg", "Anlæg", "Skoven"]


@st.composite
def offers(draw: st.DrawFn, n: int) -> list[Record]:
    """One offer, its location if it has one, and its dated facts: with gaps, with overlaps, or none at all."""
    id = f"offer:{n}"
    records: list[Record] = []
    edges = [
        *(
            Edge("SERVES", group, {"approved": draw(st.booleans()), "coversNarrower": draw(st.booleans())})
            for group in draw(some(GROUPS))
        ),
        *(Edge("EXCLUDES", group) for group in draw(some(GROUPS, 1))),
        *(Edge("GIVES", service) for service in draw(some(SERVICES))),
        *(Edge("HAS_LEGAL_BASIS", basis) for basis in draw(some(LEGAL_BASES, 2))),
        *(Edge("COVERED_BY", agreement) for agreement in draw(some(AGREEMENTS, 1))),
        *(Edge("SUPPORTS", item, {"upTo": draw(st.sampled_from(FUNCTIONAL))}) for item in draw(some(ITEMS, 2))),
    ]
    for type, ids in (("OF_TYPE", TYPES), ("OF_INSTITUTION", INSTITUTIONS), ("OPERATED_BY", OPERATORS)):
        edges += [Edge(type, target) for target in draw(some(ids, 1))]
    if n > 0 and draw(st.booleans()):
        edges.append(Edge("PART_OF", "offer:0"))
    if draw(st.booleans()):
        where = f"location:{n}"
        point = draw(st.none() | points)
        records.append(
            Record(
                where,
                {
                    "protected": draw(st.booleans()),
                    **(dict(zip(("latitude", "longitude"), point, strict=True)) if point else {}),
                },
                tuple(Edge("IN_MUNICIPALITY", target) for target in draw(some(MUNICIPALITIES, 1))),
            )
        )
        edges.append(Edge("LOCATED_AT", where))
    properties = {
        "name": draw(st.sampled_from(NAMES)),
        "version": 1,
        "dataStatus": draw(st.sampled_from(["SOURCED", "ILLUSTRATIVE"])),
        "ageFrom": draw(st.none() | ages),
        "ageTo": draw(st.none() | ages),
        "supportLevelUpTo": draw(st.none() | st.sampled_from(SUPPORT)),
        "openFrom": draw(st.none() | st.none() | dates),
        "closedOn": draw(st.none() | st.none() | dates),
        "verifiedOn": draw(maybe_dates),
    }
    records.append(Record(id, {k: v for k, v in properties.items() if v is not None}, tuple(edges)))
    for kind, facts in (("capacity", capacities), ("price", prices), ("approval", approvals)):
        for m, (since, until, content) in enumerate(draw(facts)):
            span = {"validFrom": since, "validTo": until, "dataStatus": "ILLUSTRATIVE", **content}
            kept = {k: v for k, v in span.items() if v is not None}
            records.append(Record(f"{kind}:{n}-{m}", kept, (Edge(f"{kind.upper()}_OF", id),)))
    return records


def _facts(**content: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.tuples(maybe_dates, st.none() | maybe_dates, st.fixed_dictionaries(content)), max_size=3)


capacities = _facts(free=st.sampled_from([None, 0, 0, 1, 2, 3]), countedOn=maybe_dates)
prices = _facts(
    amount=amounts, unit=units, model=st.sampled_from([None, "AVERAGE", "DIFFERENTIATED", "SUPPLEMENT", "OBJECTIVE"])
)
approvals = _facts(status=st.sampled_from(STATUSES))


@st.composite
def worlds(draw: st.DrawFn, most: int = 9) -> World:
    """A directory of up to `most` offers."""
    count = draw(st.sampled_from([most, most - 2, most // 2, 3, 1, 0]))
    return World([*draw(classifications()), *(r for n in range(count) for r in draw(offers(n)))], TODAY)


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
    "words": some(WORDS),
    "weights": st.lists(
        st.fixed_dictionaries(
            {"criterion": st.sampled_from(CRITERIA), "factor": st.sampled_from([0.0, 0.5, 1.0, 3.0, 5.0])}
        ),
        max_size=4,
        unique_by=lambda weight: weight["criterion"],
    ),
}
needs = st.sets(st.sampled_from(sorted(ASKED)), max_size=8).flatmap(
    lambda names: st.fixed_dictionaries({name: ASKED[name] for name in sorted(names)})
)
divided_needs = st.fixed_dictionaries(
    {"services": some(SERVICES, 5, least=2)},
    optional={"offerTypes": ASKED["offerTypes"], "legalBases": ASKED["legalBases"], "requireApproval": st.just(False)},
)
"""Needs that it often takes several offers to meet."""

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
    "openOn": days,
    "includeClosed": st.booleans(),
}


@st.composite
def filters(draw: st.DrawFn, deeper: bool = True) -> dict[str, Any]:
    """A filter of at most three conditions, since of more nothing would ever pass; and what lies within it."""
    filter = {name: draw(CONDITIONS[name]) for name in draw(some(sorted(CONDITIONS)))}
    for name in draw(some(["and", "or", "not"], 2)) if deeper else ():
        within = filters(deeper=False)
        filter[name] = draw(within if name == "not" else st.lists(within, max_size=2))
    return filter
