"""What the documents say is so: settings, commands, paths, and the question in the README."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from graph.clock import FixedClock
from service.cli import COMMANDS
from service.pages.site import PAGES as SITE
from service.runtime import Runtime
from service.settings import Settings, described

ROOT = Path(__file__).parents[1]
OPERATING = (ROOT / "docs" / "operating.md").read_text()
README = (ROOT / "README.md").read_text()
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def rows(page: str, section: str) -> dict[str, list[str]]:
    """The rows of the tables in a section, by what stands in code in their first column."""
    text = re.split(r"^## ", page, flags=re.MULTILINE)
    [found] = [part for part in text if part.startswith(f"{section}\n")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in found.splitlines() if line[:2] == "| "]
    return {match[1]: row for row in cells if (match := re.match(r"`([^`]+)`", row[0]))}


def test_every_setting_is_documented_as_it_is_and_no_other() -> None:
    expected = {
        s.variable: [f"`{s.variable}`", f"`{s.default}`" if s.default else "(none)", s.doc] for s in described()
    }
    assert rows(OPERATING, "Settings") == expected


def test_every_command_is_documented_and_no_other() -> None:
    documented = [row.split()[1] for row in rows(OPERATING, "Commands")]
    assert documented == list(COMMANDS)


def test_every_command_of_make_that_is_documented_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make (?:[A-Z]+=\S+ )?([a-z]+)", page.read_text()))
        named |= set(re.findall(r"^(?:\$ )?make ([a-z]+)", page.read_text(), flags=re.MULTILINE))
        assert named <= targets, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


async def test_the_question_in_the_readme_has_the_answer_in_the_readme(tmp_path: Path) -> None:
    """On the day that the README names: prices, approvals and the age of data depend on it."""
    [question] = re.findall(r"```graphql\n(.*?)```", README, flags=re.DOTALL)
    [answer] = re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL)
    [day] = re.findall(r"^On (\d+ \w+ \d{4}) the answer was:$", README, flags=re.MULTILINE)
    clock = FixedClock.on(datetime.strptime(day, "%d %B %Y").date())
    runtime = Runtime(Settings(data_dir=tmp_path), clock=clock)
    await runtime.start()
    try:
        async with asyncio.timeout(60):
            await runtime.opened.wait()
        given = await runtime.directory.execute(question)
    finally:
        await runtime.stop()
    assert given.errors is None
    assert given.data == json.loads(answer)["data"]


def test_the_pages_that_are_documented_exist() -> None:
    page = (ROOT / "docs" / "pages.md").read_text()
    [table] = re.findall(r"^## What there is\n(.*?)^## ", page, flags=re.DOTALL | re.MULTILINE)
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = {path for cell in cells for path in re.findall(r"`([^`]+)`", cell)}
    assert len(documented) > 15
    assert documented <= {page.path for page in SITE}
