"""The themes by which contributions are sorted, in words."""

from __future__ import annotations

from bot.i18n import Voice


def category_name(v: Voice, category: str | None) -> str:
    """Return a theme as a word or two; "" for none or an unknown one."""
    return {
        "space": v.plain("public space"),
        "traffic": v.plain("traffic"),
        "green": v.plain("green spaces"),
        "clean": v.plain("cleanliness"),
        "safety": v.plain("safety"),
        "housing": v.plain("housing"),
        "youth": v.plain("children and youth"),
        "seniors": v.plain("older people"),
        "culture": v.plain("culture and leisure"),
        "together": v.plain("living together"),
        "other": v.plain("something else"),
    }.get(category or "", "")
