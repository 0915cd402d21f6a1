"""The agreements that the cooperation rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from service.pages.agreements.development import development
from service.pages.drawing.process import course
from service.pages.page import Page
from service.pages.subject import about
from service.pages.visit import Visit
from service.pages.words import WORDS

FIRST, LAST = 1990, 2100
"""The years that a development can be asked for."""


async def agreements(visit: Visit) -> Response:
    """All of them, the newest first; the one that holds today, or else the newest, before the rest."""
    data = await visit.ask("agreements")
    known = sorted(data["agreements"]["nodes"], key=lambda one: one["validFrom"] or "", reverse=True)
    held = next((one for one in known if one["validFrom"] and standing(one, visit.today) == "HOLDS"), None)
    first = held or next((one for one in known if one["validFrom"]), None)
    return visit.page(
        "agreements.html",
        held=held,
        first=first,
        known=[(one, standing(one, visit.today)) for one in known],
        total=data["agreements"]["totalCount"],
    )


async def agreement(visit: Visit) -> Response:
    """One, with its process on a day and its development over some years."""
    fields = visit.query
    this = int(visit.today[:4])
    day = fields.day("paa", visit.gettext("Skriv en dag, for eksempel 30.6.2022.")) or visit.today
    year = visit.gettext("Skriv et år fra %(first)s til %(last)s.", first=FIRST, last=LAST)
    first = fields.whole("fra", FIRST, LAST, year)
    last = fields.whole("til", FIRST, LAST, year)
    by = fields.one_of("efter", WORDS["DevelopmentGrouping"], visit.gettext("Vælg en af opdelingerne."))
    last = last if last is not None else max(this, first or this)
    first = first if first is not None else min(last, max(FIRST, last - 5))
    if not first <= last <= first + 50:
        fields.faults["til"] = visit.gettext("Slutåret skal være det første år eller op til 50 år senere.")
        first, last = this - 5, this
    data = await about(visit, "agreement", **{"asOf": day, "from": first, "to": last, "by": by or "NONE"})
    subject = data["subject"]
    return visit.page(
        "agreement.html",
        HTTPStatus.BAD_REQUEST if fields.faults else HTTPStatus.OK,
        agreement=subject,
        standing=standing(subject, visit.today),
        day=day,
        time=subject["process"] and course(subject["process"]["steps"], day, visit.language),
        approvals=_approvals(subject["approvals"]),
        development=development(visit, subject["development"], by or "NONE"),
        first=first,
        last=last,
        by=by or "NONE",
    )


def standing(agreement: Mapping[str, Any], day: str) -> str:
    """Whether an agreement holds on a day, as far as its dates are known."""
    start, end = agreement["validFrom"], agreement["validTo"]
    if start is None and end is None:
        return "UNKNOWN"
    if start is not None and day < start:
        return "COMING"
    return "OVER" if end is not None and end <= day else "HOLDS"


def _approvals(steps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Who must approve, as a matrix of organisations by kinds of body; bodies between them come first."""
    rows: dict[str | None, dict[str, Any]] = {None: {"organisation": None, "cells": {}}}
    kinds: dict[str, None] = {}
    wordings: dict[str, dict[str, Any]] = {}
    for step in steps:
        organisation, kind = step["board"]["organisation"], step["board"]["kind"]
        if organisation is not None:
            kinds[kind] = None
        row = rows.setdefault(organisation and organisation["id"], {"organisation": organisation, "cells": {}})
        row["cells"].setdefault(kind, []).append(step)
        if step["wording"]:
            said = wordings.setdefault(
                step["wording"], {"text": step["wording"], "source": step["source"], "boards": []}
            )
            said["boards"].append(step["board"])
    return {
        "kinds": list(kinds),
        "rows": [row for row in rows.values() if row["cells"]],
        "counts": Counter(step["decision"] for step in steps),
        "wordings": list(wordings.values()),
    }


PAGES = [Page("/aftaler", agreements), Page("/aftaler/{id}", agreement)]
