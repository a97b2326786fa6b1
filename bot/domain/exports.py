"""What an export is asked for, and how far it has got."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from bot.domain.contribution_lists import Filters


class Form(StrEnum):
    """The kinds of file; the values are what the command line calls them."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"
    DECIDIM = "decidim"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An export: which contributions, in which form, for whose eyes, in whose words."""

    form: Form = Form.XLSX
    filters: Filters = field(default_factory=lambda: Filters(open_only=False))
    public: bool = False
    language: str = "fr"
    bom: bool = False

    def settled(self) -> Wanted:
        """Return what is really written: Decidim is a public place, so its files hold public words only."""
        filters = replace(self.filters, coordinator=not self.public)
        if self.form is not Form.DECIDIM:
            return replace(self, filters=filters)
        return replace(self, public=True, filters=replace(filters, coordinator=False))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the contributions have been looked at."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """The finished files, and how many contributions they hold; `placeless` could not go on a map."""

    files: tuple[Path, ...]
    rows: int
    placeless: int = 0


@dataclass(frozen=True, slots=True)
class Handed:
    """A finished file with its bytes, ready to be handed over."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a coordinator receives."""

    files: tuple[Handed, ...]
    rows: int
    placeless: int = 0
