"""The coordinators' report of what was asked and not found: meanings and counts, nobody's words."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.unanswered import FEW, OLDEST, Missed, Week
from bot.i18n import Voice

_SHOWN = 25
"""Meanings on one page; what is rarer says nothing."""


def week(v: Voice, shown: Week) -> Message:
    """Return one week of it, with the weeks before and after a tap away."""
    lines = [
        v.say("<b>Asked and not found</b>"),
        v.say("Week of {day}", day=v.date(shown.first)),
        Markup(""),
    ]
    lines += [_line(v, missed) for missed in shown.missed[:_SHOWN]]
    if not shown.missed:
        lines.append(v.say("Nothing in this week."))
    lines += [
        Markup(""),
        v.say("“Few” is fewer than {n}. Nobody's words and names are kept.", n=FEW),
    ]
    return Message(Markup("\n").join(lines), buttons=_buttons(v, shown))


def _line(v: Voice, missed: Missed) -> Markup:
    name = missed.name.told(v.language).text if missed.name else v.plain("other words")
    few = v.plain("few")
    counts = [
        f"{language} {missed.times[code] if missed.times[code] >= FEW else few}"
        for code, language in _languages(v).items()
        if missed.times.get(code)
    ]
    return v.say("• <b>{name}</b>: {counts}", name=name, counts=" · ".join(counts))


def _languages(v: Voice) -> dict[str, str]:
    return {
        "fr": v.plain("French"),
        "de": v.plain("German"),
        "gsw": v.plain("dialect"),
        "other": v.plain("other"),
    }


def _buttons(v: Voice, shown: Week) -> tuple[tuple[Button, ...], ...]:
    turn = []
    if shown.back < OLDEST:
        turn.append(Button(v.plain("‹ Earlier"), f"team:missed:{shown.back + 1}"))
    if shown.back > 0:
        turn.append(Button(v.plain("Later ›"), f"team:missed:{shown.back - 1}"))
    return (tuple(turn), (Button(v.plain("👥 Team"), "team:page"),))
