"""Where things stand: addresses within the pages, for the world outside, and into the bot."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.contributions import Point


@dataclass(frozen=True, slots=True)
class Links:
    """Builds addresses; `root` is the path under which a proxy shows us, `base` where people reach it."""

    root: str
    base: str
    telegram: str

    def local(self, path: str) -> str:
        """Return an address within our own pages."""
        return f"{self.root}{path}"

    def absolute(self, path: str) -> str:
        """Return an address that works from anywhere."""
        return f"{self.base}{path}"

    def page(self, number: int, language: str) -> str:
        """Return the page of a contribution."""
        return self.local(f"/board/{number}?lang={language}")

    def absolute_page(self, number: int, language: str) -> str:
        """Return the page of a contribution, for readers elsewhere."""
        return self.absolute(f"/board/{number}?lang={language}")

    def bot(self, number: int | None = None) -> str:
        """Return the address that opens the bot, at a contribution if one is named; "" if unknown."""
        if not self.telegram or number is None:
            return self.telegram
        return f"{self.telegram}?start=c{number}"

    @staticmethod
    def osm(point: Point) -> str:
        """Return the surroundings of a place, already rounded, on OpenStreetMap."""
        lat, lon = f"{point.lat:.4f}", f"{point.lon:.4f}"
        return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"
