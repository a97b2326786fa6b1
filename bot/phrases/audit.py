"""The audit in words: who did what and when, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.audit import TOPICS, Entry, Topic
from bot.domain.messages import Button, Message
from bot.i18n import Voice


def page(
    v: Voice,
    lines: Sequence[Entry],
    *,
    zone: ZoneInfo,
    number: int,
    pages: int,
    topic: Topic | None,
) -> Message:
    """Show a page of the audit, the latest first, with its filter."""
    text = [v.say("<b>Who did what</b>")]
    text += [_line(v, each, zone) for each in lines] or [v.say("Nothing yet.")]
    filters = [Button(_chosen(v.plain("All"), topic is None), "audit:0:all")]
    filters += [Button(_chosen(_topic(v, t), t == topic), f"audit:0:{t}") for t in TOPICS]
    code, turn = topic or "all", []
    if number:
        turn.append(Button(v.plain("‹ Newer"), f"audit:{number - 1}:{code}"))
    if number + 1 < pages:
        turn.append(Button(v.plain("Older ›"), f"audit:{number + 1}:{code}"))
    rows = [tuple(filters[:3]), tuple(filters[3:]), tuple(turn)]
    rows.append((Button(v.plain("‹ Team"), "team:page"),))
    return Message(Markup("\n").join(text), buttons=tuple(row for row in rows if row))


def _line(v: Voice, entry: Entry, zone: ZoneInfo) -> Markup:
    local = entry.at.astimezone(zone)
    who = entry.actor or (v.plain("somebody erased since") if entry.role else v.plain("the house"))
    what = _act(v, entry.action)
    when = f"{local:%d.%m.} {v.clock(local.time())}"
    line = Markup("• {} · {} · {}").format(when, who, what)
    named = [part for part in (entry.subject, entry.about) if part]
    return line + Markup(" · {}").format(", ".join(named)) if named else line


def _act(v: Voice, action: str) -> str:
    return {
        "team.invited": v.plain("invited somebody"),
        "team.joined": v.plain("joined the team"),
        "team.removed": v.plain("removed somebody"),
        "team.left": v.plain("left the team"),
        "broadcast.set_off": v.plain("set an announcement off"),
        "broadcast.seconded": v.plain("agreed to an announcement"),
        "broadcast.refused": v.plain("did not agree to an announcement"),
        "broadcast.undone": v.plain("took an announcement back"),
        "broadcast.sent": v.plain("announcement going out"),
        "broadcast.paused": v.plain("paused an announcement"),
        "broadcast.resumed": v.plain("let an announcement go on"),
        "broadcast.stopped": v.plain("stopped an announcement"),
        "data.erased": v.plain("a person was erased"),
        "data.exported": v.plain("exported data"),
        "data.revealed": v.plain("opened what was hidden"),
        "directory.added": v.plain("added an entry"),
        "directory.changed": v.plain("changed an entry"),
        "directory.retired": v.plain("took an entry out"),
        "directory.imported": v.plain("imported the directory"),
        "town.changed": v.plain("changed a setting"),
    }.get(action, action)


def _topic(v: Voice, topic: Topic) -> str:
    return {
        "team": v.plain("Team"),
        "broadcast": v.plain("Announcements"),
        "data": v.plain("Data"),
        "directory": v.plain("Directory"),
        "town": v.plain("Town"),
    }[topic]


def _chosen(label: str, is_chosen: bool) -> str:  # noqa: FBT001 - a mark before a label
    return f"✅ {label}" if is_chosen else label
