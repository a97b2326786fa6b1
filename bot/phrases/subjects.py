"""What activities are about, in words: the categories that a directory usually has."""

from __future__ import annotations

from bot.i18n import Voice


def subject(v: Voice, category: str) -> str:
    """Return a category in words; one of the town's own reads as its editor wrote it."""
    known = {
        "children": v.plain("For children"),
        "creative": v.plain("Creative"),
        "culture": v.plain("Culture"),
        "digital": v.plain("Computer and phone"),
        "early-childhood": v.plain("Little ones"),
        "environment": v.plain("Environment"),
        "family": v.plain("Family"),
        "health": v.plain("Health and movement"),
        "integration": v.plain("Arriving here"),
        "language": v.plain("Languages"),
        "leisure": v.plain("Leisure"),
        "meeting": v.plain("Meeting people"),
        "nature": v.plain("Nature"),
        "neighbourhood": v.plain("Neighbourhood life"),
        "participation": v.plain("Having a say"),
        "seniors": v.plain("For older people"),
        "solidarity": v.plain("Helping each other"),
        "sport": v.plain("Sport"),
        "youth": v.plain("For young people"),
    }
    return known.get(category) or category.replace("-", " ").capitalize()
