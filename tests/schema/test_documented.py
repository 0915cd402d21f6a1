"""Every query in the documents can be asked, and is answered without a fault.

What is written and followed there has a test of its own: see test_mutations.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.schema.world import World

ROOT = Path(__file__).parents[2]
DOCUMENTED = [
    pytest.param(text, id=f"{page.stem}-{number}")
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
    for number, text in enumerate(re.findall(r"```graphql\n(.*?)```", page.read_text(), flags=re.DOTALL))
    if not text.startswith(("mutation", "subscription"))
]


def test_there_are_documented_operations() -> None:
    assert len(DOCUMENTED) >= 3


@pytest.mark.parametrize("text", DOCUMENTED)
async def test_documented_operations(world: World, text: str) -> None:
    answer = await world.directory.execute(text)
    assert answer.errors is None
    assert answer.data == world.asked_plainly(text).data
