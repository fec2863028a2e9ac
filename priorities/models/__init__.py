from priorities.models.amendment import Amendment
from priorities.models.parts import Commitment, FocusPoint, Outcome, Priority, Theme
from priorities.models.plan import LinkedStrategy, Plan, Section, SectionItem

__all__ = [
    "Amendment",
    "Commitment",
    "FocusPoint",
    "LinkedStrategy",
    "Outcome",
    "Plan",
    "Priority",
    "Section",
    "SectionItem",
    "Theme",
]
