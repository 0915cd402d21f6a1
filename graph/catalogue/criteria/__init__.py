"""The criteria, in the order in which they are applied: that of the funnel."""

from __future__ import annotations

from typing import Any

from graph.catalogue.criteria.age import Age
from graph.catalogue.criteria.approval import Approval
from graph.catalogue.criteria.distance import Distance
from graph.catalogue.criteria.exclusion import Exclusion
from graph.catalogue.criteria.free_place import FreePlace
from graph.catalogue.criteria.freshness import Freshness
from graph.catalogue.criteria.legal_basis import LegalBasis
from graph.catalogue.criteria.levels import Levels
from graph.catalogue.criteria.offer_type import OfferType
from graph.catalogue.criteria.opening import Open
from graph.catalogue.criteria.price import Price
from graph.catalogue.criteria.primary_target_group import PrimaryTargetGroup
from graph.catalogue.criteria.rule import Rule
from graph.catalogue.criteria.secondary_target_groups import SecondaryTargetGroups
from graph.catalogue.criteria.services import Services
from graph.catalogue.criteria.supervision_report import SupervisionReport
from graph.catalogue.criteria.support_level import SupportLevel

OPEN, PRIMARY_TARGET_GROUP, EXCLUSION, AGE = Open(), PrimaryTargetGroup(), Exclusion(), Age()
OFFER_TYPE, LEGAL_BASIS, APPROVAL = OfferType(), LegalBasis(), Approval()
SECONDARY_TARGET_GROUPS, SERVICES, LEVELS, SUPPORT_LEVEL = SecondaryTargetGroups(), Services(), Levels(), SupportLevel()
FREE_PLACE, DISTANCE, PRICE = FreePlace(), Distance(), Price()
SUPERVISION_REPORT, FRESHNESS = SupervisionReport(), Freshness()

RULES: tuple[Rule[Any], ...] = (
    OPEN,
    PRIMARY_TARGET_GROUP,
    EXCLUSION,
    AGE,
    OFFER_TYPE,
    LEGAL_BASIS,
    APPROVAL,
    SECONDARY_TARGET_GROUPS,
    SERVICES,
    LEVELS,
    SUPPORT_LEVEL,
    FREE_PLACE,
    DISTANCE,
    PRICE,
    SUPERVISION_REPORT,
    FRESHNESS,
)
