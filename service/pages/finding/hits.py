"""What is said of a list of hits beyond the hits themselves: what to loosen, where it is seen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from service.pages.finding.need import Need
from service.pages.languages import N_

FEW = 3
"""With fewer fits than this, what ruled the others out is told first."""

LOOSEN = {
    "DISTANCE": N_("Søg længere væk."),
    "PRICE": N_("Sæt prisen op."),
    "FREE_PLACE": N_("Vis også tilbud uden ledig plads, og spørg om ventetid."),
    "OFFER_TYPE": N_("Vælg flere slags tilbud."),
    "LEGAL_BASIS": N_("Vælg flere paragraffer."),
    "APPROVAL": N_("Vis også tilbud, der ikke er godkendt."),
    "AGE": N_("Ring til stedet, hvis borgeren er tæt på grænsen."),
    "EXCLUSION": N_("Ring til stedet, og spørg, om forholdet virkelig udelukker."),
    "PRIMARY_TARGET_GROUP": N_("Prøv en bredere målgruppe, eller gør den primære til en af de andre."),
    "OPEN": N_("De er lukket eller endnu ikke åbnet på dagen."),
}
"""What a caseworker can do about each demand that may rule an offer out: what costs the citizen least comes first."""


def loosened(near: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The demands that alone rule offers out, each with how many would fit without it."""
    found = Counter(node["ruledOutBy"] for node in near["nodes"])
    return [(criterion, found[criterion]) for criterion in LOOSEN if criterion in found]


def home(need: Need, municipalities: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The municipality that distances are counted from."""
    id = need.fields.text("near") or need.fields.text("home")
    return next((one for one in municipalities if one["id"] == id), None)
