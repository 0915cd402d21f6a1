"""What the change log keeps to itself: the same properties that the fields of the nodes do not show to everyone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from graph.actor import View
from graph.model import KINDS
from graph.plan.reads import Embedded, Property

PROTECTED, PERSONAL = "protected", "personal"
"""The rights of a `View`."""


@cache
def rights() -> Mapping[tuple[str, str], str]:
    """The right that it takes to see a property of a kind, of those that are not for everyone.

    Read off the declared fields, so that what is guarded there is guarded here.
    """
    from schema.contract import build, core, reads  # which is made of the types that ask this

    kinds = {kind.label: kind.name for kind in KINDS.values()}
    found: dict[tuple[str, str], str] = {}
    for (type, _), read in reads(core(build())).items():
        match read:
            case Property(name, guarded=True):
                found[kinds[type], name] = PROTECTED
            case Property(name, personal=True):
                found[kinds[type], name] = PERSONAL
            case Embedded(names, guarded=True):
                found.update(dict.fromkeys([(kinds[type], name) for name in names], PROTECTED))
    return found


def withheld(kind: str, name: str, view: View) -> bool:
    """Whether `view` may not see what the field `name` of a change was, and became.

    That of a place is withheld whether or not it is protected: the entry does not say whether it was so then, nor
    whether it was made so later. A field of something that belongs to the subject is named `kind.name`.
    """
    part, dot, own = name.partition(".")
    right = rights().get((part, own) if dot else (kind, name))
    return right is not None and not getattr(view, right)
