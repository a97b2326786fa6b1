"""Bars with their numbers beside them, as SVG and as PNG; labels may be anybody's words.

The letters come from our own font files, so a chart looks the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import resvg_py
from PIL import ImageFont

from bot.domain.charts import Bar, Chart
from bot.text import clean, escape, one_line

FONTS: Final = Path(__file__).resolve().parent / "fonts"
FONT: Final = "DejaVu Sans"
_REGULAR, _BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"

MOST_BARS: Final = 24
"""More cannot be read on a phone; whoever draws sums the rest up."""

_WIDTH, _MARGIN = 1000, 40
_TITLE, _TEXT, _NOTE = 36, 26, 22
_ROW, _THICK = 66, 36
_LABELS, _SHOWN = 420, 140
"""The room for labels on the left and for numbers on the right."""
_LABEL_LINES = 2
_LARGEST_SHOWN = 12
_LONGEST = 100
"""Characters of one line, even of the narrowest."""
_INK, _SOFT, _BAR, _TRACK, _PAPER = "#1b1f24", "#57606a", "#1f6f8b", "#e6ebef", "#ffffff"
_UNDRAWN = re.compile(
    "[^ -~\u00a0-\u024f\u02b0-\u036f\u0370-\u045f\u0490-\u04f9\u1e00-\u1eff\u2000-\u20bf"
    "\u2100-\u2265\u25a0-\u2607\u2713-\u2718]+"
)
"""What our font files have no letters for; an empty box in its place would say less than nothing."""


def svg(chart: Chart) -> str:
    """Return the chart as an SVG of its own; the first `MOST_BARS` bars are drawn."""
    drawn = chart.bars[:MOST_BARS]
    head = _lines(chart.title, size=_TITLE, bold=True)
    foot = _lines(chart.note, size=_NOTE)
    top = _MARGIN + len(head) * (_TITLE + 10) + 34
    below = top + len(drawn) * _ROW + 12
    height = below + len(foot) * (_NOTE + 10) + _MARGIN
    spoken = "; ".join(f"{each.label}: {each.beside}" for each in drawn)
    size = f'width="{_WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_WIDTH} {height}" role="img">',
        f"<title>{_safe(chart.title)}</title><desc>{_safe(spoken)}</desc>",
        f'<rect {size} fill="{_PAPER}"/><g font-family="{FONT}" fill="{_INK}">',
        *_written(head, top=_MARGIN, size=_TITLE, more='font-weight="700"'),
        *_rows(drawn, top=top),
        *_written(foot, top=below, size=_NOTE, more=f'fill="{_SOFT}"'),
        "</g></svg>",
    ]
    return "".join(parts)


def png(drawing: str) -> bytes:
    """Return an SVG of ours as a PNG; nothing outside of it is ever looked at."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing,
            skip_system_fonts=True,
            font_files=[str(_REGULAR), str(_BOLD)],
            font_family=FONT,
        )
    )


def _rows(bars: Sequence[Bar], *, top: int) -> list[str]:
    largest = max((each.value or 0 for each in bars), default=0) or 1
    return [
        _row(each, top + row * _ROW, share=(each.value or 0) / largest)
        for row, each in enumerate(bars)
    ]


def _row(bar: Bar, y: int, *, share: float) -> str:
    left, room = _MARGIN + _LABELS, _WIDTH - 2 * _MARGIN - _LABELS - _SHOWN
    label = _lines(bar.label, size=_TEXT, width=_LABELS - 24, most=_LABEL_LINES)
    step = _TEXT + 4
    base = y + _THICK // 2 + 9 - (len(label) - 1) * step // 2
    words = "".join(
        f'<text x="{left - 16}" y="{base + row * step}" text-anchor="end" font-size="{_TEXT}">'
        f"{_safe(line)}</text>"
        for row, line in enumerate(label)
    )
    shape = f'x="{left}" y="{y}" height="{_THICK}" rx="4"'
    bar_itself = f'<rect {shape} width="{max(4, round(room * share))}" fill="{_BAR}"/>'
    shown = _safe(one_line(bar.beside, limit=_LARGEST_SHOWN))
    return (
        f'{words}<rect {shape} width="{room}" fill="{_TRACK}"/>{bar_itself if bar.value else ""}'
        f'<text x="{left + room + 16}" y="{y + _THICK // 2 + 9}" font-size="{_TEXT}"'
        f' font-weight="700">{shown}</text>'
    )


def _written(lines: Sequence[str], *, top: int, size: int, more: str) -> list[str]:
    step = size + 10
    return [
        f'<text x="{_MARGIN}" y="{top + size + row * step}" font-size="{size}" {more}>'
        f"{_safe(line)}</text>"
        for row, line in enumerate(lines)
    ]


def _lines(
    text: str,
    *,
    size: int,
    bold: bool = False,
    width: int = _WIDTH - 2 * _MARGIN,
    most: int = 6,
) -> list[str]:
    """Return the text broken into lines that fit, the last one cut where it is too long."""
    lines: list[str] = []
    words = one_line(_UNDRAWN.sub("", clean(text)), limit=400).split()
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(longer, size=size, bold=bold) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(_fitting(word, width=width, size=size))
        else:
            lines[-1] = _fitting(" ".join((lines[-1], *words[place:])), width=width, size=size)
            break
    return lines or ["…"] if text else []


def _fitting(line: str, *, width: int, size: int) -> str:
    """Return the line, cut with an ellipsis where it is wider than `width`."""
    if _wide(line, size=size) <= width:
        return line
    line = line[:_LONGEST]
    while line and _wide(f"{line}…", size=size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _wide(text: str, *, size: int, bold: bool = False) -> float:
    return _font(_BOLD if bold else _REGULAR, size).getlength(text)


@lru_cache(maxsize=8)
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def _safe(text: str) -> str:
    return escape(clean(text, limit=2000))
