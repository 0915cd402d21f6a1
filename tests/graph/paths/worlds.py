"""Small directories at random, with every kind of edge that the model has."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hypothesis import strategies as st

from graph.model import KINDS
from graph.record import Edge, Record

# fmt: off
COUNTS = {
    "source": 1, "region": 1, "municipality": 2, "association": 1, "authority": 1, "location": 2, "institution": 2,
    "target-group": 2, "service": 1, "legal-basis": 1, "offer-type": 1, "theme": 1, "theme-item": 1,
    "agreement": 2, "focus-area": 2, "offer": 4, "document": 1, "laboratory": 1, "knowledge": 2, "process": 1,
    "process-step": 2, "decision": 2, "board": 4, "seat": 5, "representative": 3, "tenure": 6,
}
# fmt: on
IDS = [f"{kind}:{n}" for kind, count in COUNTS.items() for n in range(count)]
SEEN = [id for id in IDS if id.partition(":")[0] not in ("location", "process-step", "decision")]
NAMES = ("Ærø", "Aalborg", "Zebra", "Øst")
DAYS = ("2018-01-01", "2022-01-01", "2026-01-01", "2026-11-21", "2026-11-22", "2030-01-01")


def record(id: str, random: Random, often: float = 0.6) -> Record:
    """A record whose edges are drawn: each type that its kind may have, to one or two of those there are."""
    kind = KINDS[id.partition(":")[0]]
    properties = {name: random.choice(NAMES) for name in ("name", "title", "label") if name in kind.properties}
    if kind.name == "board":
        properties["kind"] = random.choice(["BOARD", "COUNCIL", "COMMITTEE", "FORUM"])
    if kind.name == "decision":
        properties["decision"] = random.choice(["APPROVED", "UNKNOWN"])
    if kind.name == "tenure":
        since, until = sorted(random.sample(DAYS, 2))
        properties |= {"role": random.choice(["MEMBER", "CHAIR", "SUBSTITUTE", "OBSERVER"]), "validFrom": since}
        if random.random() < 0.7:
            properties["validTo"] = until
    return Record(id, properties, tuple(_edges(id, random, often)))


def _edges(id: str, random: Random, often: float) -> Iterator[Edge]:
    for type, edge in KINDS[id.partition(":")[0]].edges.items():
        there = [other for other in IDS if other.partition(":")[0] in edge.targets and other != id]
        if there and random.random() < often:
            for target in random.sample(there, min(len(there), random.randint(1, 2) if edge.many else 1)):
                yield Edge(type, target)


def directory(seed: int, often: float) -> dict[str, Record]:
    random = Random(seed)
    return {id: record(id, random, often) for id in IDS}


seeds = st.integers(0, 2**32 - 1)
directories = st.builds(directory, seeds, st.sampled_from([0.3, 0.5, 0.7]))
