"""A graph that was written over years, and not in one moment: marks of recording as commands would have left them."""

from __future__ import annotations

from random import Random

from graph.database import Database

DATED = ("Seat", "Tenure", "Capacity", "Price", "Approval")
FIRST, SECOND = "2020-01-01T00:00:00.000Z", "2026-11-01T08:00:00.000Z"
LATER = ("2026-11-01T08:00:00.001Z", "2026-11-20T22:59:59.999Z")
ENDS = ("", "2024-01-01", "2026-11-21", "2027-03-01")


async def mark(database: Database) -> None:
    """Gives dated nodes moments of recording; to some an end that was moved, once or twice, to where it is."""
    for label in DATED:
        nodes = await database.read(f"MATCH (n:{label}) RETURN n.id AS id, n.validTo AS validTo")
        rows = [_marks(row["id"], row["validTo"] or "") for row in nodes]
        await database.write(
            lambda w, label=label, rows=rows: w.run(
                f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) "
                "SET n.recordedAt = row.at, n.endings = row.endings",
                {"rows": rows},
            )
        )


def _marks(id: str, valid_to: str) -> dict[str, object]:
    random = Random(id)
    at = random.choice((None, FIRST, SECOND))
    moved = random.choice((0, 0, 1, 2))
    moments = [at or "", *LATER[len(LATER) - moved :]]
    ends = [*(random.choice(ENDS) for _ in range(moved)), valid_to]
    endings = [f"{moment} {end}" for moment, end in zip(moments, ends, strict=True)]
    return {"id": id, "at": at, "endings": endings if moved else None}
