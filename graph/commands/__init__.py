"""Commands: the only way to write. Each is one transaction that also appends its changes to the ledger."""

from __future__ import annotations

from graph.commands.agreements import Agreements
from graph.commands.checking import InvalidRecords
from graph.commands.confirming import Confirming
from graph.commands.facts import Facts
from graph.commands.importing import Importing, ImportResult
from graph.commands.offers import Offers
from graph.commands.receipts import Call, Receipt
from graph.commands.saving import Saving
from graph.commands.seats import NewRepresentative, Seats

__all__ = ["Call", "Commands", "ImportResult", "InvalidRecords", "NewRepresentative", "Receipt"]


class Commands(Importing, Saving, Offers, Facts, Seats, Agreements, Confirming):
    """All commands of one process; there is one of it in each."""
