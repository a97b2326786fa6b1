"""What a resident wants to hear of unasked: nothing until they say so, and taken back as easily."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PURPOSE = "news"
"""The purpose under which a yes or a no is kept on record."""

VERSION = 1
"""Counts up when what people agree to changes."""


class About(StrEnum):
    """What a subscription is about; `ALL` is the town and the resident's own neighbourhood."""

    ALL = "all"
    NEIGHBOURHOOD = "neighbourhood"
    CENTRE = "centre"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One wish to hear of something; `value` names which neighbourhood, centre or category."""

    about: About
    value: str = ""


EVERYTHING = Subscription(About.ALL)
"""News for the whole town and for the resident's own neighbourhood."""

CATEGORIES = ("children", "youth", "seniors", "language", "health", "leisure", "nature", "together")
"""What one may subscribe to, wider than the directory's own categories."""

_WITHIN = {
    "early-childhood": "children",
    "family": "children",
    "integration": "language",
    "digital": "language",
    "sport": "health",
    "creative": "leisure",
    "meeting": "leisure",
    "environment": "nature",
    "neighbourhood": "together",
    "participation": "together",
    "solidarity": "together",
}


def category_of(directory_category: str) -> str | None:
    """Return the category to subscribe to in which a category of the directory lies, if any."""
    found = _WITHIN.get(directory_category, directory_category)
    return found if found in CATEGORIES else None
