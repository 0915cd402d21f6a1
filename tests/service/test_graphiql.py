"""GraphiQL in a real browser: it stands with its questions, and asks nobody else for anything."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.machine import chromium
from tests.service.served import ROOT, Served

QUESTIONS = ("HvilkeTilbudPasser", "TilbudIKommunen", "HvemBestemmer", "Soeg", "Maalgrupper")


def test_the_page_in_a_browser(served: Served, tmp_path: Path) -> None:
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr"]
    run = subprocess.run(
        [
            chromium(),
            *flags,
            f"--user-data-dir={tmp_path / 'profile'}",
            # Whoever is asked for beside this origin is not found, and the console says so.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--virtual-time-budget=10000",
            "--dump-dom",
            f"{served.url}/graphql",
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    tabs = re.findall(r'graphiql-tab-button"[^>]*>([^<]+)<', run.stdout)
    assert tabs == list(QUESTIONS)
    console = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
    assert console == []


@pytest.mark.parametrize("question", range(len(QUESTIONS)), ids=QUESTIONS)
def test_its_questions_have_answers(served: Served, question: int) -> None:
    script = (ROOT / "service" / "static" / "graphiql.js").read_text()
    query = re.findall(r"query: `(.*?)`", script, flags=re.DOTALL)[question]
    assert QUESTIONS[question] in query
    written = re.findall(r"JSON\.stringify\(\s*(\{.*?\}),\s*null", script, flags=re.DOTALL)
    # From JavaScript's notation to JSON's: names and texts in double quotes, no comma after the last.
    texts = [re.sub(r",(\s*[}\]])", r"\1", re.sub(r"(\w+): ", r'"\1": ', t.replace("'", '"'))) for t in written]
    variables = [*(json.loads(text) for text in texts), None][question]
    answer = served.ask(query, variables)
    assert answer.status_code == 200, answer.text
    assert "errors" not in answer.json()
