from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.service.served import Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with the first content. Tests leave it as they found it."""
    with serving(tmp_path_factory.mktemp("served")) as service:
        yield service
