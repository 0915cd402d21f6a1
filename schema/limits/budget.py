"""What one request may take: of cost, and of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.deadline import Deadline
from schema.limits.exceeded import LimitExceeded

Spend = Callable[[int], None]
"""Takes a cost from what a caller has left. May raise, and then nothing is carried out."""


class Budget:
    """The budget of one request. Its cost is taken once, however often its plan has to be bound anew."""

    def __init__(self, max_cost: int, spend: Spend | None = None, deadline: Deadline | None = None) -> None:
        self._max_cost, self._spend = max_cost, spend
        self.deadline = deadline
        """None for the time that a statement usually has."""
        self.cost: int | None = None
        """What was taken; None before."""

    def take(self, cost: int) -> None:
        """Raises LimitExceeded, and what `spend` raises."""
        if self.cost is not None:
            return
        if cost > self._max_cost:
            raise LimitExceeded("MAX_COST", "Cost", self._max_cost, cost)
        if self._spend is not None:
            self._spend(cost)
        self.cost = cost

    @property
    def extensions(self) -> dict[str, Any]:
        """What an answer says of its cost; nothing where none was taken."""
        return {} if self.cost is None else {"cost": {"requested": self.cost, "limit": self._max_cost}}
