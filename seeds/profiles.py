"""What made-up offers are like, by sort of institution."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A sort of institution: what its offers are like. Slugs are those of the classification."""

    title: str
    share: int
    """How many of a hundred institutions are of this sort."""
    types: tuple[str, ...]
    groups: tuple[str, ...]
    """Each institution takes its target groups below one of these."""
    services: tuple[str, ...]
    ages: tuple[int, int]
    price: tuple[int, int]
    """The span of the price per day, in DKK."""
    places: tuple[int, int] = (4, 40)
    protected: bool = False
    admission: tuple[str, str] | None = None


_SELF = (
    "Lederen træffer afgørelse om optagelse; man kan henvende sig selv.",
    "The leader decides on admission; people may come of their own accord.",
)
_IMPAIRED = ("intellektuel-kognitiv-forstyrrelse", "psykiske-vanskeligheder", "fysisk-funktionsnedsaettelse")

PROFILES = (
    Profile(
        title="Botilbud",
        share=48,
        types=(
            "midlertidigt-botilbud",
            "laengerevarende-botilbud",
            "almen-aeldre-og-handicapvenlig-bolig",
            "botilbudslignende-tilbud",
        ),
        groups=_IMPAIRED,
        services=("ophold", "socialpaedagogisk-stoette", "aktivitet-og-samvaer"),
        ages=(18, 85),
        price=(1400, 5200),
    ),
    Profile(
        title="Dagtilbud",
        share=24,
        types=("aktivitets-og-samvaerstilbud", "beskyttet-beskaeftigelsestilbud"),
        groups=_IMPAIRED,
        services=("aktivitet-og-samvaer", "beskyttet-beskaeftigelse"),
        ages=(18, 67),
        price=(250, 950),
        places=(10, 80),
    ),
    Profile(
        title="Børnehus",
        share=10,
        types=("doegninstitution-for-boern-og-unge", "aflastningstilbud"),
        groups=("udviklingsforstyrrelse", "socialt-problem"),
        services=("ophold", "socialpaedagogisk-stoette"),
        ages=(0, 18),
        price=(2800, 8200),
        places=(3, 14),
    ),
    Profile(
        title="Herberg",
        share=6,
        types=("herberg-og-forsorgshjem",),
        groups=("socialt-problem",),
        services=("ophold", "forebyggende-hjaelp-og-stoette"),
        ages=(18, 80),
        price=(900, 1900),
        admission=_SELF,
    ),
    Profile(
        title="Krisecenter",
        share=6,
        types=("krisecenter",),
        groups=("overgreb",),
        services=("ophold", "forebyggende-hjaelp-og-stoette"),
        ages=(18, 75),
        price=(1100, 2400),
        places=(4, 20),
        protected=True,
        admission=_SELF,
    ),
    Profile(
        title="Behandlingssted",
        share=6,
        types=("stofmisbrugsbehandling", "alkoholbehandling"),
        groups=("misbrug",),
        services=("tilbudsportalens-oevrige-ydelsestyper", "socialpaedagogisk-stoette"),
        ages=(18, 75),
        price=(400, 3200),
    ),
)
