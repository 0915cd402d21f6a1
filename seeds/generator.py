"""Made-up offers at any size, for tests and benchmarks: ILLUSTRATIVE, from the real classification and real towns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from graph.model import ENUMS
from graph.record import Edge, Record
from seeds.profiles import PROFILES, Profile
from seeds.records import ILLUSTRATIVE

T = TypeVar("T")
Edges = list[Edge]


_PLACES = (
    "Lyngbakken Birkehøj Engparken Strandly Fyrvang Klitgården Skovbrynet Kildehuset Mosevang Ærtebjerg Ålykke Øvang"
)
NAMES = tuple(_PLACES.split())
_UNITS = (("DAY", 1.0), ("MONTH", 365 / 12), ("YEAR", 365.0), ("HOUR", 0.0))
"""How many days each holds; an hour is priced on its own."""
_PER_HOUR = (250, 700)


def generate(count: int, seed: int, classification: Sequence[Record], today: date) -> list[Record]:
    """`count` offers, departments among them, with about a fifth as many institutions, and all their facts.

    `classification` is what `read` gives for the real content: the records refer to it, and do not repeat it. The
    same arguments give the same records. Raises ValueError where the classification lacks what is needed.
    """
    return list(_Generator(count, Random(seed), classification, today).records())


class _Generator:
    def __init__(self, count: int, random: Random, classification: Sequence[Record], today: date) -> None:
        self.count, self.random, self.today = count, random, today
        self.known = {record.id: record for record in classification}
        self.kinds: dict[str, list[str]] = defaultdict(list)
        self.below: dict[str, list[str]] = defaultdict(list)
        for id, record in self.known.items():
            self.kinds[record.kind.name].append(id)
            for edge in record.edges:
                if edge.type in ("NARROWER_THAN", "KIND_OF"):
                    self.below[edge.target].append(id)
        self.agreements = [id for id, r in self.known.items() if any(edge.type == "HAS_PARTY" for edge in r.edges)]
        with_levels = {id for id in self.kinds["theme"] if self.known[id].properties["hasLevels"]}
        self.items = [id for id in self.kinds["theme-item"] if self.known[id].edges[0].target in with_levels]
        needed = (
            *(f"offer-type:{slug}" for profile in PROFILES for slug in profile.types),
            *(f"target-group:{slug}" for profile in PROFILES for slug in profile.groups),
            *(f"service:{slug}" for profile in PROFILES for slug in profile.services),
            ILLUSTRATIVE,
        )
        if lacking := [id for id in needed if id not in self.known]:
            raise ValueError(f"the classification lacks {', '.join(lacking)}")
        if not (self.kinds["municipality"] and self.kinds["region"] and self.kinds["authority"] and self.items):
            raise ValueError("the classification lacks municipalities, regions, authorities or items with levels")

    def records(self) -> Iterator[Record]:
        made = number = 0
        while made < self.count:
            number += 1
            offers = min(self.random.randint(2, 8), self.count - made)
            yield from self._institution(number, range(made + 1, made + offers + 1))
            made += offers

    def _institution(self, number: int, offers: range) -> Iterator[Record]:
        """An institution with its offers; the later ones are at times departments of its first."""
        profile = self.random.choices(PROFILES, [profile.share for profile in PROFILES])[0]
        municipality = self.random.choices(
            self.kinds["municipality"],
            [(self.known[id].properties.get("population") or 1000) for id in self.kinds["municipality"]],
        )[0]
        slug, name = f"illustrativ-{number:04}", f"{self.random.choice(NAMES)} {number:04} (illustrativ)"
        ownership = self.random.choices(ENUMS["ownership"], (60, 15, 25))[0]
        id = f"institution:{slug}"
        operator = {"MUNICIPAL": municipality, "REGIONAL": self.kinds["region"][0], "PRIVATE": id}[ownership]
        run_by = [] if ownership == "PRIVATE" else [Edge("RUN_BY", operator)]
        yield self._made_up(id, {"name": name, "ownership": ownership, **self._verified()}, run_by)
        yield Record(f"contact:{slug}", {"email": f"{slug}@example.org", "phone": f"99 99 {number // 100 % 100:02} 99"})
        shared = [Edge("OF_INSTITUTION", id), Edge("OPERATED_BY", operator), Edge("HAS_CONTACT", f"contact:{slug}")]
        family = self._leaves(f"target-group:{self.random.choice(profile.groups)}")
        whole: str | None = None
        for n in offers:
            part_of = whole if whole and self._chance(0.25) else None
            whole = whole or f"offer:illustrativ-{n:05}"
            yield from self._offer(n, profile, municipality, family, shared, part_of)

    def _offer(
        self, n: int, profile: Profile, municipality: str, family: list[str], shared: Edges, part_of: str | None
    ) -> Iterator[Record]:
        slug = f"illustrativ-{n:05}"
        id = f"offer:{slug}"
        title = "Afdeling" if part_of else profile.title
        edges = [*shared, *([Edge("PART_OF", part_of)] if part_of else ())]
        if self._chance(0.97):
            edges.append(Edge("LOCATED_AT", f"location:{slug}"))
            yield self._location(slug, profile, municipality)
        type = f"offer-type:{self.random.choice(profile.types)}"
        edges.append(Edge("OF_TYPE", type))
        edges += (Edge("HAS_LEGAL_BASIS", edge.target) for edge in self._given_under(type))
        edges += self._groups(profile, family)
        edges += (Edge("GIVES", service) for service in self._services(profile))
        edges += self._supports()
        if self._chance(0.4) and self.agreements:
            edges.append(Edge("COVERED_BY", self.random.choice(self.agreements)))
        yield self._made_up(
            id, {"name": f"{title} {self.random.choice(NAMES)} {n:05} (illustrativ)", **self._about(profile)}, edges
        )
        yield from self._capacities(slug, profile)
        yield from self._prices(slug, profile)
        if self.known[type].properties["needsApproval"]:
            yield from self._approvals(slug)

    def _about(self, profile: Profile) -> dict[str, Any]:
        """The offer's own properties. What is often not known is left out at times."""
        low, high = profile.ages
        youngest = low + self.random.choice((0, 0, 0, 2, 7, 12)) if high > 30 else self.random.randint(low, 12)
        oldest = high - self.random.choice((0, 0, 10, 20)) if high > 30 else self.random.randint(13, high)
        about: dict[str, Any] = {"version": 1, **self._verified()}
        if self._chance(0.7):
            about["summary"] = f"Opdigtet tilbud: {profile.title.lower()}, der viser kataloget i stor skala."
        if self._chance(0.85):
            about["ageFrom"] = float(youngest)
        if self._chance(0.6):
            about["ageTo"] = float(oldest)
        if self._chance(0.75):
            about["supportLevelUpTo"] = self.random.choice(ENUMS["supportLevelUpTo"][1:])
        if profile.admission:
            about["admission"], about["admissionEn"] = profile.admission
        if self._chance(0.03):
            about["closedOn"] = self._ago(30, 2000)
        elif self._chance(0.02):
            about["openFrom"] = self._ago(-200, -10)
        return about

    def _groups(self, profile: Profile, family: list[str]) -> Iterator[Edge]:
        """The groups served, seldom a broader one or none, and what is excluded besides."""
        served: list[str] = []
        if self._chance(0.96):
            served = self._some(family, 1, 4)
            if self._chance(0.15):
                broader = f"target-group:{self.random.choice(profile.groups)}"
                served = [broader, *(group for group in served if group != broader)]
        for group in served:
            covers = bool(self.below[group]) and self._chance(0.6)
            yield Edge("SERVES", group, {"approved": self._chance(0.85), "coversNarrower": covers})
        if self._chance(0.35):
            misfits = self._leaves("target-group:misbrug") + self._leaves("target-group:kriminalitet")
            for group in self._some([group for group in misfits if group not in served], 1, 2):
                name = self.known[group].properties["name"]
                yield Edge(
                    "EXCLUDES", group, {"note": f"{name} er ikke foreneligt med opholdet"} if self._chance(0.7) else {}
                )

    def _services(self, profile: Profile) -> list[str]:
        return self._some([leaf for slug in profile.services for leaf in self._leaves(f"service:{slug}")], 0, 5)

    def _supports(self) -> Iterator[Edge]:
        for item in self._some(self.items, 1, 8) if self._chance(0.7) else ():
            yield Edge("SUPPORTS", item, {"upTo": self.random.choice(ENUMS["upTo"][1:])})

    def _given_under(self, type: str) -> list[Edge]:
        """One or two of the legal bases of `type` that are in force."""
        today = self.today.isoformat()
        valid = [
            edge
            for edge in self.known[type].edges
            if edge.type == "GIVEN_UNDER" and (self.known[edge.target].properties.get("validTo") or "9999") > today
        ]
        return self._some(valid, 1, 2)

    def _location(self, slug: str, profile: Profile, municipality: str) -> Record:
        """Some kilometres around the municipality's main town; 0.009 degrees of latitude are a kilometre."""
        at = self.known[municipality].properties
        properties = {
            "protected": profile.protected and self._chance(0.9),
            "address": f"{self.random.choice(NAMES)} {self.random.randint(1, 99)}, {at['mainTown']}",
            "town": at["mainTown"],
            "latitude": round(at["latitude"] + self.random.uniform(-0.03, 0.03), 4),
            "longitude": round(at["longitude"] + self.random.uniform(-0.05, 0.05), 4),
        }
        return Record(f"location:{slug}", properties, (Edge("IN_MUNICIPALITY", municipality),))

    def _capacities(self, slug: str, profile: Profile) -> Iterator[Record]:
        if not self._chance(0.9):
            return
        places = self.random.randint(*profile.places)
        counted = sorted((self.random.randint(0, 400) for _ in range(self.random.randint(1, 3))), reverse=True)
        for n, days in enumerate(counted, 1):
            on = self._ago(days, days)
            properties: dict[str, Any] = {"places": places, "countedOn": on, "validFrom": on, "verifiedOn": on}
            if self._chance(0.75):
                properties["free"] = min(places, self.random.choice((0, 0, 0, 1, 1, 2, 3, 5)))
            if self._chance(0.5):
                properties["waitingDays"] = 0 if properties.get("free") else self.random.randint(7, 365)
            yield self._fact("capacity", slug, n, properties)

    def _prices(self, slug: str, profile: Profile) -> Iterator[Record]:
        """One price a year, in the offer's own unit, each a little above the one before."""
        if not self._chance(0.8):
            return
        unit, times = self.random.choices(_UNITS, (60, 20, 15, 5))[0]
        amount = self.random.randint(*(profile.price if times else _PER_HOUR)) * (times or 1.0)
        years = self.random.randint(0, 3)
        for n, year in enumerate(range(self.today.year - years, self.today.year + 1), 1):
            properties: dict[str, Any] = {
                "amount": f"{amount:.2f}",
                "unit": unit,
                "model": self.random.choices(("AVERAGE", "DIFFERENTIATED", "OBJECTIVE"), (80, 15, 5))[0],
                "year": year,
                "validFrom": f"{year}-01-01",
            }
            if year < self.today.year:
                properties["validTo"] = f"{year + 1}-01-01"
            if self._chance(0.4):
                properties["assumedOccupancyPercent"] = float(self.random.randint(88, 100))
            yield self._fact("price", slug, n, properties)
            amount *= self.random.uniform(1.0, 1.05)

    def _approvals(self, slug: str) -> Iterator[Record]:
        if not self._chance(0.92):
            return
        status = self.random.choices(ENUMS["status"], (85, 6, 4, 2, 3))[0]
        properties = {"status": status, "validFrom": self._ago(400, 3000)}
        if status == "APPROVED_WITH_CONDITIONS":
            properties["conditions"] = "Opdigtet vilkår: kompetenceplan skal foreligge."
        if self._chance(0.85):
            properties["reportOn"] = self._ago(5, 399)
        authority = Edge("GRANTED_BY", self.random.choice(self.kinds["authority"]))
        yield self._fact("approval", slug, 1, properties, [authority])

    def _fact(self, kind: str, slug: str, n: int, properties: dict[str, Any], edges: Edges | None = None) -> Record:
        of = Edge(f"{kind.upper()}_OF", f"offer:{slug}")
        return self._made_up(f"{kind}:{slug}-{n}", properties, [of, *(edges or ())])

    def _made_up(self, id: str, properties: dict[str, Any], edges: Edges) -> Record:
        return Record(id, {**properties, "dataStatus": "ILLUSTRATIVE"}, (*edges, Edge("STATED_IN", ILLUSTRATIVE)))

    def _verified(self) -> dict[str, str]:
        return {"verifiedOn": self._ago(0, 1100)} if self._chance(0.85) else {}

    def _leaves(self, id: str) -> list[str]:
        """The leaves below `id`; itself where it is one."""
        return [leaf for child in self.below[id] for leaf in self._leaves(child)] if self.below[id] else [id]

    def _some(self, things: Sequence[T], least: int, most: int) -> list[T]:
        return self.random.sample(things, min(len(things), self.random.randint(least, most)))

    def _chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def _ago(self, least: int, most: int) -> str:
        return (self.today - timedelta(days=self.random.randint(least, most))).isoformat()
