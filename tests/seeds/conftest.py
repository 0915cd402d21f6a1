from __future__ import annotations

from datetime import date

import pytest

from graph.record import Record
from seeds.loader import CONTENT, read

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="session")
def content() -> dict[str, Record]:
    """The records of the first content, by id."""
    return {record.id: record for record in read(CONTENT, TODAY)}
