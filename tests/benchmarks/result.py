"""What a benchmark found, as a line and as a row of the table at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One number. `target` is what it must not pass, upwards or downwards; None where it is for information."""

    name: str
    value: float
    unit: str
    """`x` for a ratio of two things of one run."""
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        too_low = self.at_least is not None and self.value < self.at_least
        return too_low or (self.at_most is not None and self.value > self.at_most)

    @property
    def verdict(self) -> str:
        if self.at_least is None and self.at_most is None:
            return ""
        return "MISSED" if self.missed else "met"

    def cells(self) -> tuple[str, str, str, str, str]:
        target = f"≥ {self.at_least:g}" if self.at_least is not None else ""
        target = f"≤ {self.at_most:g}" if self.at_most is not None else target
        return self.name, f"{self.value:.3g} {self.unit}", target, self.verdict, self.note

    def __str__(self) -> str:
        return "  ".join(cell for cell in self.cells() if cell)


def table(results: Sequence[Result]) -> str:
    """All results, as Markdown."""
    rows = [("what", "measured", "target", "", "note"), *(result.cells() for result in results)]
    widths = [max(len(row[n]) for row in rows) for n in range(5)]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows]
    lines.insert(1, f"|{'|'.join('-' * (width + 2) for width in widths)}|")
    return "\n".join(lines)
