from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.service.loaded import Folders
from tests.service.served import Served, serving

KEY = "a key for tests alone, of no use elsewhere"


@pytest.fixture(scope="session")
def served(loaded: Folders) -> Iterator[Served]:
    """A service with the first content, which takes tokens for development. Tests leave it as they found it."""
    with serving(loaded("served"), DEVELOPMENT_KEY=KEY) as service:
        yield service
