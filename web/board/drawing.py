"""The map as a picture: pins over the outlines of the neighbourhoods, drawn here, fetched from nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from markupsafe import Markup

from bot.domain.anonymity import Shown
from bot.domain.contribution_states import Column
from bot.domain.contributions import Point
from bot.domain.localized import Localized
from bot.domain.outlines import Extent, Outline, extent
from bot.text import one_line

_WIDTH = 640
_HIGHEST = 900
_PIN = 9
_GROWTH = 3

STYLE = (
    "svg{background:#eef2ea}.a{fill:#d9e6dc;stroke:#fff;stroke-width:3;stroke-linejoin:round}"
    ".h{fill:#bfd8cb}.n{font:600 15px sans-serif;fill:#33474a;text-anchor:middle}"
    ".c{font:700 12px sans-serif;fill:#fff;text-anchor:middle}"
    ".p{stroke:#fff;stroke-width:2}.proposed{fill:#1b4fa8}.progress{fill:#8a4b00}"
    ".done{fill:#0f6b3a}.impossible{fill:#5b5b66}.mixed{fill:#1c2a2b}"
    ".f{fill:none;stroke:#7b8885;stroke-width:2}"
    "@media(prefers-color-scheme:dark){svg{background:#121b20}"
    ".a{fill:#24383a;stroke:#121b20}.h{fill:#33554f}.n{fill:#dfe6df}.c{fill:#0b1216}"
    ".p{stroke:#0b1216}.proposed{fill:#9fc0ff}.progress{fill:#f2b45e}.done{fill:#7fd8a2}"
    ".impossible{fill:#b9bcc6}.mixed{fill:#eef1ea}.f{stroke:#81938f}}"
)
"""The colours of the map by day and by night; each heading has a shape of its own besides."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A contribution on the map: what stands behind its pin when the map is opened in large."""

    shown: Shown
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """How degrees become places on the picture."""

    extent: Extent
    height: float

    @classmethod
    def of(cls, covered: Extent) -> Sheet:
        """Return the sheet for a piece of the world, true to its shape."""
        wide = (covered.east - covered.west) * cos(radians((covered.south + covered.north) / 2))
        high = covered.north - covered.south
        return cls(covered, min(_HIGHEST, round(_WIDTH * high / wide)))

    def at(self, point: Point) -> tuple[float, float]:
        """Return where a point lies on the picture."""
        covered = self.extent
        x = (point.lon - covered.west) / (covered.east - covered.west) * _WIDTH
        y = (covered.north - point.lat) / (covered.north - covered.south) * self.height
        return round(x, 1), round(y, 1)


def draw(
    pins: Sequence[Pinned],
    outlines: tuple[Outline, ...],
    *,
    names: Mapping[str, Localized],
    language: str,
    title: str,
    here: str | None = None,
) -> str:
    """Return the map as SVG; `here` is the neighbourhood to be set off from the others."""
    places = [each.shown.near for each in pins if each.shown.near is not None]
    covered = extent(outlines, places)
    sheet = Sheet.of(covered or Extent(0, 0, 0.6, 1))
    parts = [Markup("<title>{}</title>").format(title), Markup("<style>{}</style>").format(_CSS)]
    parts += [_area(sheet, each, here=each.id == here) for each in outlines]
    if not outlines:
        parts.append(_FRAME.format(_WIDTH - 4, sheet.height - 4))
    parts += [_name(sheet, each, names, language) for each in outlines]
    parts += [_pin(sheet, spot, group) for spot, group in _grouped(pins, covered)]
    head = _OPENING.format(w=_WIDTH, h=round(sheet.height), language=language)
    return str(Markup("\n").join([head, *parts, Markup("</svg>")]))


_CSS = Markup(STYLE)  # noqa: S704 - our own constant
_FRAME = Markup('<rect class="f" x="2" y="2" width="{}" height="{}" rx="10"/>')
_OPENING = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
    ' role="img" lang="{language}">'
)


def _grouped(pins: Iterable[Pinned], covered: Extent | None) -> list[tuple[Point, list[Pinned]]]:
    groups: dict[Point, list[Pinned]] = defaultdict(list)
    for pin in pins:
        if pin.shown.near is not None and covered is not None and covered.holds(pin.shown.near):
            groups[pin.shown.near].append(pin)
    return sorted(groups.items(), key=lambda group: -group[0].lat)


def _area(sheet: Sheet, outline: Outline, *, here: bool) -> Markup:
    rings = (
        "M" + "L".join("{} {}".format(*sheet.at(point)) for point in ring) + "Z"
        for ring in outline.rings
    )
    return Markup('<path class="{}" d="{}"/>').format("a h" if here else "a", " ".join(rings))


def _name(sheet: Sheet, outline: Outline, names: Mapping[str, Localized], language: str) -> Markup:
    told = names.get(outline.id, Localized()).told(language)
    x, y = sheet.at(outline.label)
    return Markup('<text class="n" x="{}" y="{}">{}</text>').format(x, y, one_line(told.text))


def _pin(sheet: Sheet, spot: Point, group: list[Pinned]) -> Markup:
    """Draw what lies at one spot: one shape, larger and with a figure where there are several."""
    x, y = sheet.at(spot)
    columns = {each.shown.column for each in group}
    column = columns.pop() if len(columns) == 1 else None
    size = round(_PIN + (_GROWTH * sqrt(len(group) - 1)), 1)
    parts = [Markup("<title>{}</title>").format("\n".join(each.title for each in group[:10]))]
    parts.append(_shape(column, x, y, size))
    if len(group) > 1:
        figure = Markup('<text class="c" x="{}" y="{}">{}</text>')
        parts.append(figure.format(x, y + 4, len(group)))
    return Markup('<a href="{}">{}</a>').format(group[0].href, Markup("").join(parts))


def _shape(column: Column | None, x: float, y: float, size: float) -> Markup:
    """Return the mark of a heading: circle, diamond, square, triangle; a large circle for several."""
    name = column.value if column else "mixed"
    if column is Column.PROGRESS:
        points = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
    elif column is Column.DONE:
        points = [(x + a * size, y + b * size) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    elif column is Column.IMPOSSIBLE:
        points = [(x, y - size), (x + size, y + size), (x - size, y + size)]
    else:
        return Markup('<circle class="p {}" cx="{}" cy="{}" r="{}"/>').format(name, x, y, size)
    corners = " ".join(f"{round(a, 1)},{round(b, 1)}" for a, b in points)
    return Markup('<polygon class="p {}" points="{}"/>').format(name, corners)
