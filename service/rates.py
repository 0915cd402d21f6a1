"""How much each client may ask for a minute, counted in cost: a bucket that fills evenly, and that answers empty.

A client is who signed in, else an address; of IPv6 the first 64 bits, which is what one household or server has.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil

from graph.actor import ANYONE, Actor

MOST = 10_000
"""Clients that are remembered; the one that has asked for nothing for the longest time is forgotten first."""
REFUSED = 10
"""What a request costs that is refused before its cost is known: to read it is work, too."""


class RateLimited(Exception):
    """The client has nothing left. `retry_after` is in whole seconds, at least 1."""

    def __init__(self, per_minute: int, retry_after: int) -> None:
        super().__init__(f"More than {per_minute} of cost a minute (RATE_COST_PER_MINUTE). Wait {retry_after} seconds.")
        self.retry_after = retry_after


@dataclass(slots=True)
class Account:
    """What one client has left, at the moment `at`."""

    per_minute: int
    left: float
    at: float
    now: Callable[[], float]

    def spend(self, cost: int) -> None:
        """Raises RateLimited where there is less left. What costs more than a minute gives takes a full bucket."""
        self._fill()
        needed = min(cost, self.per_minute)
        if self.left < needed:
            raise RateLimited(self.per_minute, max(1, ceil((needed - self.left) * 60 / self.per_minute)))
        self.left -= needed

    def take(self, cost: int) -> None:
        """As `spend`, for what has happened already."""
        self._fill()
        self.left = max(0.0, self.left - cost)

    def _fill(self) -> None:
        now = self.now()
        self.left = min(self.per_minute, self.left + (now - self.at) * self.per_minute / 60)
        self.at = now

    @property
    def headers(self) -> dict[str, str]:
        """What is left, as draft-ietf-httpapi-ratelimit-headers has it."""
        full = ceil((self.per_minute - self.left) * 60 / self.per_minute)
        return {
            "RateLimit-Policy": f'"cost";q={self.per_minute};w=60',
            "RateLimit": f'"cost";r={int(self.left)};t={full}',
        }


class Rates:
    """The accounts of all clients. `per_minute` 0 means that nothing is counted."""

    def __init__(self, per_minute: int, *, most: int = MOST, now: Callable[[], float] = time.monotonic) -> None:
        self._per_minute, self._most, self._now = per_minute, most, now
        self._accounts: OrderedDict[str, Account] = OrderedDict()

    def account(self, actor: Actor, host: str | None) -> Account | None:
        """The account of who asks from the address `host`; None where nothing is counted."""
        if not self._per_minute:
            return None
        client = _address(host) if actor == ANYONE else f"actor {actor.name}"
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = Account(self._per_minute, self._per_minute, self._now(), self._now)
            if len(self._accounts) > self._most:
                self._accounts.popitem(last=False)
        self._accounts.move_to_end(client)
        return account

    def __len__(self) -> int:
        return len(self._accounts)


def _address(host: str | None) -> str:
    try:
        address = ip_address(host or "")
    except ValueError:
        return f"address {host}"
    if not isinstance(address, IPv6Address):
        return f"address {address}"
    if address.ipv4_mapped is not None:
        return f"address {address.ipv4_mapped}"
    return f"network {int(address) >> 64:x}"
