"""`tilbudsvifte token`: a token for development, made with the same key that the service was started with."""

from __future__ import annotations

import argparse

from graph.actor import Role
from graph.clock import SystemClock
from service.identity import Unauthenticated, development
from service.settings import Settings, WrongSetting

LONGEST = 30 * 24 * 60
"""Minutes for which a token may be made."""


def made(settings: Settings, chosen: argparse.Namespace) -> str:
    """The token that `--role`, `--organisation`, `--name` and `--minutes` ask for. Raises WrongSetting."""
    if not settings.development_key:
        raise WrongSetting(
            "DEVELOPMENT_KEY: is not set. Set it as the service has it, which takes such tokens only then."
        )
    if not 1 <= chosen.minutes <= LONGEST:
        raise WrongSetting(f"--minutes: {chosen.minutes} is not between 1 and {LONGEST}.")
    try:
        return development.make(
            settings.development_key,
            SystemClock(),
            name=chosen.name,
            roles=[Role(role) for role in chosen.role],
            organisations=chosen.organisation,
            minutes=chosen.minutes,
        )
    except Unauthenticated:
        raise WrongSetting(f"--name: {chosen.name!r} cannot be the name of a bearer.") from None
