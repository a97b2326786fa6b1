"""What the team can do, as one menu: a theme adds its line here, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.messages import Button
from bot.domain.roles import Role, Staff
from bot.i18n import Voice
from bot.phrases import menu


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu; `action` is what its button sends, `role` who is shown it."""

    label: Callable[[Voice], str]
    action: str
    role: Role = Role.ANIMATOR


def announcements(v: Voice) -> str:
    """Return the words on the button to the announcements."""
    return v.plain("📢 Announcements")


def directory(v: Voice) -> str:
    """Return the words on the button to the directory's entries."""
    return v.plain("📖 Directory")


def missed(v: Voice) -> str:
    """Return the words on the button to what was asked in vain."""
    return v.plain("📊 Asked and not found")


def settings(v: Voice) -> str:
    """Return the words on the button to the town's settings."""
    return v.plain("⚙️ Settings")


def audit(v: Voice) -> str:
    """Return the words on the button to the audit."""
    return v.plain("📜 Who did what")


ITEMS = (
    Item(announcements, "bc:list:0"),
    Item(menu.inbox_key, "oq:list:0"),
    Item(menu.contributions_key, "tr:morning"),
    Item(directory, "ed:home"),
    Item(missed, "team:missed:0", Role.COORDINATOR),
    Item(settings, "set:page", Role.COORDINATOR),
    Item(audit, "audit:0:all", Role.COORDINATOR),
)
"""In the order in which they are shown."""


def rows(v: Voice, member: Staff) -> tuple[tuple[Button, ...], ...]:
    """Return the lines that this member may use, two to a row."""
    coordinates = member.role is Role.COORDINATOR
    shown = [
        Button(item.label(v), item.action)
        for item in ITEMS
        if coordinates or item.role is Role.ANIMATOR
    ]
    return tuple(tuple(shown[i : i + 2]) for i in range(0, len(shown), 2))
