"""Choosing, keeping and taking away ready-made reasons."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.contributions import Contribution
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.domain.reasons import ReadyReason
from bot.i18n import Voice
from bot.phrases.triage import Rows
from bot.text import one_line

_SHOWN = 48


def offer(
    v: Voice, found: Contribution, offered: Sequence[ReadyReason], *, coordinates: bool
) -> Message:
    """Show the reasons for this decision; one tap takes it over in both languages, to be changed at will."""
    n = found.number
    rows: list[tuple[Button, ...]] = [
        (Button(_short(v, each), f"tr:reason:{n}:{each.id}"),) for each in offered
    ]
    complete = all(code in found.reason for code in LANGUAGES)
    if coordinates and complete:
        rows.append((Button(v.plain("📌 Keep the present reason"), f"tr:keepreason:{n}"),))
    if coordinates and offered:
        rows.append((Button(v.plain("🗑 Take one away"), f"tr:lessreasons:{n}"),))
    rows.append(_back(v, n))
    lines = [v.say("<b>Ready-made reasons</b>, in both languages. You can change them afterwards.")]
    if not offered:
        lines.append(v.say("There is none for this decision yet."))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def take_away(v: Voice, number: int, offered: Sequence[ReadyReason]) -> Message:
    """Ask which one is to go."""
    rows: Rows = tuple(
        (Button(f"🗑 {_short(v, each)}", f"tr:goreason:{number}:{each.id}"),) for each in offered
    )
    return Message(
        v.say("<b>Which one shall go?</b> What was published with it stays."),
        buttons=(*rows, (Button(v.plain("‹ Back"), f"tr:reasons:{number}"),)),
    )


def _short(v: Voice, each: ReadyReason) -> str:
    return one_line(each.text.told(v.language).text, limit=_SHOWN)


def _back(v: Voice, number: int) -> tuple[Button, ...]:
    return (Button(v.plain("‹ Back"), f"tr:say:{number}"),)
