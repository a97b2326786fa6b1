"""An announcement on its way: asked for the last time, set off, how far it is, how it went, the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.broadcasts import UNDO, Broadcast, Course, Plan, State
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.menu import NAMES
from bot.text import one_line, plain

_TITLE = 40


def confirm(v: Voice, plan: Plan, starts: datetime, *, today: datetime) -> Message:
    """Ask for the last time: how many, in which languages, how long, when."""
    draft, n = plan.broadcast, plan.broadcast.number
    head = v.plural("<b>Send to {n} person?</b>", "<b>Send to {n} people?</b>", plan.people)
    lines = [head, _by_language(plan)]
    if draft.send_at or plan.moved:
        lines.append(v.say("On {when}.", when=moment(v, starts, today=today)))
    else:
        lines.append(v.say("At once, with one minute to undo it."))
    if plan.moved:
        lines.append(v.say("Before that it is the town's quiet time."))
    lines.append(v.say("It takes about {time}.", time=_lasting(v, plan.seconds)))
    if plan.needs_second:
        lines.append(v.say("So many people: a second coordinator must agree."))
    rows: list[tuple[Button, ...]] = []
    if plan.people:
        rows.append((Button(v.plain("📢 Send"), f"bc:send:{n}:{draft.version}"),))
    rows.append((Button(v.plain("‹ Change"), f"bc:card:{n}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def same_again(v: Voice, plan: Plan, before: datetime, *, today: datetime) -> Message:
    """Ask before the same words go out twice within a day."""
    n = plan.broadcast.number
    text = v.say(
        "<b>The same words went out already</b>, on {when}. Send them again all the same?",
        when=moment(v, before, today=today),
    )
    yes = Button(v.plain("Yes, send again"), f"bc:send:{n}:{plan.broadcast.version}:again")
    return Message(text, buttons=((yes,), (Button(v.plain("‹ Change"), f"bc:card:{n}"),)))


def waiting(v: Voice, found: Broadcast, starts: datetime, *, today: datetime) -> Message:
    """Confirm that it is on its way, with the way back."""
    n = found.number
    if found.state is State.ASKED:
        text = v.say(
            "✓ A second coordinator is asked to agree to announcement No. {number}. You will hear of it.",
            number=n,
        )
    elif starts - today <= 2 * UNDO:
        text = v.say(
            "✓ Announcement No. {number} goes out in one minute. Until then you can take it back.",
            number=n,
        )
    else:
        text = v.say(
            "✓ Announcement No. {number} goes out on {when}. Until then you can take it back.",
            number=n,
            when=moment(v, starts, today=today),
        )
    return Message(text, buttons=((Button(v.plain("↩️ Undo"), f"bc:undo:{n}"),), _home(v)))


def undone(v: Voice, number: int) -> Message:
    """Confirm that nobody gets it."""
    text = v.say("✓ Taken back: nobody gets announcement No. {number}.", number=number)
    change = Button(v.plain("✍️ Change it"), f"bc:card:{number}")
    return Message(text, buttons=((change,), _home(v)))


def progress(v: Voice, course: Course) -> Message:
    """Show how far it is; in the end, how it went."""
    found = course.broadcast
    rows: tuple[tuple[Button, ...], ...] = (_home(v),)
    n = found.number
    pause = Button(v.plain("⏸ Pause"), f"bc:pause:{n}")
    stop = Button(v.plain("⏹ Stop"), f"bc:stop:{n}")
    if found.state is State.SENDING:
        head = v.say("<b>📤 Announcement No. {number} is going out</b>", number=n)
        rows = ((pause, stop),)
    elif found.state is State.PAUSED:
        head = v.say("<b>⏸ Announcement No. {number} is paused</b>", number=n)
        rows = ((Button(v.plain("▶️ Go on"), f"bc:resume:{n}"), stop),)
    elif found.state is State.STOPPED:
        head = v.say("<b>⏹ Announcement No. {number} was stopped</b>", number=n)
    else:
        head = v.say("<b>✓ Announcement No. {number} has gone out</b>", number=n)
        rows = ((Button(v.plain("Look at it"), f"bc:show:{n}"),), _home(v))
    return Message(Markup("\n").join([head, *_figures(v, course)]), buttons=rows)


def view(
    v: Voice,
    course: Course,
    *,
    audience: str,
    when: str,
    seconds: bool,
    mine: bool,
) -> Message:
    """Show an announcement of the list: words, whom it was for, how it went."""
    found, n = course.broadcast, course.broadcast.number
    lines = [v.say("<b>Announcement No. {number}</b>", number=n), _state(v, found)]
    if when:
        lines.append(v.say("When: {when}", when=when))
    lines.append(v.say("For: {audience}", audience=audience))
    if found.state not in {State.ASKED, State.WAITING, State.DRAFT}:
        lines += _figures(v, course)
    for code in LANGUAGES:
        if code in found.text:
            words = Markup(found.text[code])  # noqa: S704 - made safe as it came in
            lines.append(Markup("\n<b>— {} —</b>\n{}").format(NAMES[code], words))
    rows = _view_rows(v, found, seconds=seconds, mine=mine)
    return Message(Markup("\n").join(lines), buttons=rows)


def listing(v: Voice, found: Sequence[tuple[Broadcast, str]], *, page: int, more: bool) -> Message:
    """Show a page of announcements, the latest first, each with its state."""
    lines = [v.say("<b>Announcements</b>")]
    if not found:
        lines.append(v.say("None yet. Only people who agreed to it get them."))
    rows: list[tuple[Button, ...]] = [(Button(v.plain("➕ New announcement"), "bc:new"),)]
    for each, when in found:
        sign, action = _sign(each), "card" if each.state is State.DRAFT else "show"
        title = one_line(plain(each.text.told(v.language).text), limit=_TITLE)
        label = (
            f"{sign} {each.number} · {when} · {title}"
            if when
            else f"{sign} {each.number} · {title}"
        )
        rows.append((Button(one_line(label, limit=60), f"bc:{action}:{each.number}"),))
    turn = []
    if page:
        turn.append(Button(v.plain("‹ Newer"), f"bc:list:{page - 1}"))
    if more:
        turn.append(Button(v.plain("Older ›"), f"bc:list:{page + 1}"))
    rows += [tuple(turn)] if turn else []
    rows.append((Button(v.plain("‹ Team"), "team:page"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def please_second(v: Voice, asked: Broadcast) -> Message:
    """Ask another coordinator to look and to agree."""
    text = v.plural(
        "📢 Announcement No. {number} shall go to {n} person. A second coordinator must agree.",
        "📢 Announcement No. {number} shall go to {n} people. A second coordinator must agree.",
        asked.planned,
        number=asked.number,
    )
    return Message(text, buttons=((Button(v.plain("👁 Look at it"), f"bc:show:{asked.number}"),),))


def seconded(v: Voice, decided: Broadcast, starts: datetime | None) -> Message:
    """Tell the author what the second person decided."""
    n = decided.number
    if starts is None:
        text = v.say("A second person did not agree to announcement No. {number}.", number=n)
        return Message(text, buttons=((Button(v.plain("✍️ Change it"), f"bc:card:{n}"),),))
    text = v.say("✓ A second person agreed: announcement No. {number} goes out.", number=n)
    return Message(text, buttons=((Button(v.plain("↩️ Undo"), f"bc:undo:{n}"),),))


def decided(v: Voice, found: Broadcast) -> Message:
    """Confirm to the second person what they decided."""
    text = (
        v.say("Announcement No. {number} is back with its author.", number=found.number)
        if found.state is State.DRAFT
        else v.say("✓ Announcement No. {number} goes out in a minute.", number=found.number)
    )
    return Message(text, buttons=(_home(v),))


def moment(v: Voice, at: datetime, *, today: datetime) -> str:
    """Return a day and time in words."""
    day = v.day(at.date(), today=today.date())
    return v.plain("{day}, {time}", day=day, time=v.clock(at.time()))


def _figures(v: Voice, course: Course) -> list[Markup]:
    planned = course.broadcast.planned
    lines = [v.say("{done} of {planned} delivered", done=course.delivered, planned=planned)]
    rest = [
        (course.blocked, v.say("{n} blocked the bot or are gone", n=course.blocked)),
        (course.failed, v.say("{n} failed", n=course.failed)),
        (course.uncertain, v.say("{n} uncertain: nobody can tell", n=course.uncertain)),
    ]
    return [*lines, *(line for many, line in rest if many)]


def _by_language(plan: Plan) -> Markup:
    reached = plan.broadcast.reaches
    parts = [
        Markup("{} {}").format(NAMES[code], plan.counts.get(code, 0))
        for code in LANGUAGES
        if code in reached and plan.counts.get(code, 0)
    ]
    return Markup(" · ").join(parts)


def _lasting(v: Voice, seconds: int) -> Markup:
    minute = 60
    if seconds < minute:
        return v.plural("{n} second", "{n} seconds", max(1, seconds))
    return v.plural("{n} minute", "{n} minutes", round(seconds / minute))


def _view_rows(
    v: Voice, found: Broadcast, *, seconds: bool, mine: bool
) -> tuple[tuple[Button, ...], ...]:
    n = found.number
    rows: list[tuple[Button, ...]] = []
    if found.state is State.ASKED and seconds:
        agree = Button(v.plain("✓ I agree, send it"), f"bc:yes:{n}:{found.version}")
        rows.append((agree, Button(v.plain("✗ No"), f"bc:no:{n}:{found.version}")))
    if mine and found.state in {State.ASKED, State.WAITING}:
        rows.append((Button(v.plain("↩️ Undo"), f"bc:undo:{n}"),))
    if mine and found.state is State.SENDING:
        pause = Button(v.plain("⏸ Pause"), f"bc:pause:{n}")
        rows.append((pause, Button(v.plain("⏹ Stop"), f"bc:stop:{n}")))
    if mine and found.state is State.PAUSED:
        on = Button(v.plain("▶️ Go on"), f"bc:resume:{n}")
        rows.append((on, Button(v.plain("⏹ Stop"), f"bc:stop:{n}")))
    rows.append((Button(v.plain("🔁 Send again as a new draft"), f"bc:again:{n}"),))
    return (*rows, _home(v))


def _state(v: Voice, found: Broadcast) -> Markup:
    return {
        State.DRAFT: v.say("not sent yet"),
        State.ASKED: v.say("waits for a second person"),
        State.WAITING: v.say("waits for its time"),
        State.SENDING: v.say("going out"),
        State.PAUSED: v.say("paused"),
        State.STOPPED: v.say("stopped"),
        State.DONE: v.say("sent"),
    }[found.state]


def _sign(found: Broadcast) -> str:
    return {
        State.DRAFT: "✏️",
        State.ASKED: "❔",
        State.WAITING: "🕐",
        State.SENDING: "📤",
        State.PAUSED: "⏸",
        State.STOPPED: "⏹",
        State.DONE: "✓",
    }[found.state]


def _home(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("‹ Announcements"), "bc:list:0"),)
