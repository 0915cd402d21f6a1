"""Whom an offer is for, as its form holds it: its target groups, whom it does not take, how much it supports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from service.pages.fields import Fields

SERVED = ("serves", "approved", "narrower")
"""Fields that hold ids of groups: served, of these approved, of these with every narrower group."""
ADDED = {"addServes": "serves", "addExcludes": "excludes"}
"""Fields that name one more group, with the field that it goes to."""
SAID_OF_ADDED = {"addApproved": "approved", "addNarrower": "narrower"}


class Groups(NamedTuple):
    """What the form shows beside its fields. Pairs of id and name, by name."""

    serves: list[tuple[str, str]]
    excludes: list[tuple[str, str]]
    all: list[tuple[str, str]]

    @classmethod
    def of(
        cls, found: Iterable[Mapping[str, Any]], offer: Mapping[str, Any], *forms: Mapping[str, list[str]]
    ) -> Groups:
        """The groups `found` and the offer's own, which are then in the form whatever was found; a row for each that
        one of the `forms` names, so that what was unticked can be ticked.
        """
        own = [*(one["targetGroup"] for one in offer["targetGroups"]), *offer["excludes"]]
        names = {one["id"]: one["name"] for one in (*found, *own)}

        def rows(field: str) -> list[tuple[str, str]]:
            named = {id for form in forms for id in form.get(field, ())}
            return [(id, name) for id, name in names.items() if id in named]

        return cls(rows("serves"), rows("excludes"), list(names.items()))


def texts(offer: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the fields hold before anything is typed."""
    served = offer["targetGroups"]
    return {
        "serves": [one["targetGroup"]["id"] for one in served],
        "approved": [one["targetGroup"]["id"] for one in served if one["approved"]],
        "narrower": [one["targetGroup"]["id"] for one in served if one["coversNarrower"]],
        "excludes": [one["id"] for one in offer["excludes"]],
        "supports": [f"{one['item']['id']} {one['upTo']}" for one in offer["supports"]],
    }


def settle(fields: Fields) -> None:
    """What is to be added is there, and nothing is said of a group that is not served."""
    for field, goes_to in ADDED.items():
        if id := fields.text(field):
            chosen = [flag for name, flag in SAID_OF_ADDED.items() if goes_to == "serves" and fields.chosen(name)]
            for name in (goes_to, *chosen):
                fields.texts[name] = list(dict.fromkeys([*fields.all(name), id]))
    for name in (*ADDED, *SAID_OF_ADDED):
        fields.texts.pop(name, None)
    served = set(fields.all("serves"))
    for name in SERVED:
        fields.texts[name] = [id for id in fields.all(name) if id in served]


def given(fields: Fields) -> list[dict[str, Any]]:
    """The target groups as GraphQL takes them."""
    approved, narrower = set(fields.all("approved")), set(fields.all("narrower"))
    return [
        {"targetGroup": id, "approved": id in approved, "coversNarrower": id in narrower} for id in fields.all("serves")
    ]


def levels(fields: Fields) -> list[dict[str, str]]:
    """The levels by theme item as GraphQL takes them; each is one text of the form, such as `theme-item:x SEVERE`."""
    pairs = (text.partition(" ") for text in fields.all("supports"))
    return [{"item": item, "level": level} for item, _, level in pairs]


def levelled(themes: Iterable[Mapping[str, Any]], fields: Fields) -> list[tuple[Mapping[str, Any], bool]]:
    """The themes that carry levels, each with whether a level is given for one of its items."""
    items = {one["item"] for one in levels(fields)}
    return [(theme, any(item["id"] in items for item in theme["items"])) for theme in themes if theme["hasLevels"]]
