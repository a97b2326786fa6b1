"""The team's inbox of contributions: the morning list, the pages, and what narrows them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.domain.cases import View, Which
from bot.domain.contribution_lists import InboxPage, Morning
from bot.domain.contribution_states import State
from bot.domain.contributions import CATEGORIES, Contribution, Kind
from bot.domain.directory import Neighbourhood
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.categories import category_name
from bot.phrases.contributed import state_word
from bot.phrases.contributions import kind_name
from bot.text import one_line

PAGE = 5
"""Contributions on one page of the inbox."""

_HEAD = 40
_STATES = (State.RECEIVED, State.READ, State.DISCUSSION, State.PLANNED, State.PROGRESS)
_MORE_STATES = (State.TOGETHER, State.DONE, State.IMPOSSIBLE, State.PASSED_ON)
_CLOSED = frozenset({State.DONE, State.IMPOSSIBLE, State.PASSED_ON})
_MARKS = {
    Kind.IDEA: "💡",
    Kind.WISH: "🌟",
    Kind.CONCERN: "⚠️",
    Kind.THANKS: "🙏",
    Kind.OFFER: "🤝",
    Kind.OBSERVATION: "👁",
}

Rows = tuple[tuple[Button, ...], ...]


def pairs(buttons: Sequence[Button], *, wide: int = 2) -> Rows:
    """Return buttons in rows of so many."""
    return tuple(tuple(buttons[i : i + wide]) for i in range(0, len(buttons), wide))


def counted(page: InboxPage) -> str:
    """Return how many there are, `99+` where nobody counted on."""
    return f"{page.total}+" if page.more else str(page.total)


def morning(
    v: Voice, found: Morning, *, more: Sequence[Button] = (), wished: bool = False
) -> Message:
    """Return what a coordinator looks at first: each list with its count, one tap away.

    `more` are ways that not everybody of the team has; `wished` tells that it comes each morning.
    """
    lists = (
        (Which.NEW, v.plain("🆕 New"), found.new),
        (Which.OVERDUE, v.plain("⏰ Overdue"), found.overdue),
        (Which.PROMISED, v.plain("📅 Promised"), found.promised),
        (Which.UNTOLD, v.plain("📣 Decided, not told"), found.untold),
        (Which.UNTRANSLATED, v.plain("🌐 Translation missing"), found.untranslated),
    )
    waiting = [
        Button(f"{label}: {counted(page)}", f"tr:list:0:{View(which).code()}")
        for which, label, page in lists
        if page.total
    ]
    lines = [v.say("<b>📋 Ideas and concerns</b>")]
    lines.append(v.say("This waits for you:") if waiting else v.say("Nothing waits. Well done!"))
    rows = (
        *((each,) for each in waiting),
        (
            Button(v.plain("All open ones"), f"tr:list:0:{View().code()}"),
            Button(v.plain("🙋 Mine"), f"tr:list:0:{View(mine=True).code()}"),
        ),
        (Button(v.plain("➕ Enter for somebody"), "tr:enter"), _each_morning(v, wished=wished)),
        *((tuple(more),) if more else ()),
    )
    return Message(Markup("\n").join(lines), buttons=rows)


def _each_morning(v: Voice, *, wished: bool) -> Button:
    if wished:
        return Button(v.plain("🔕 Not each morning"), "tr:wish:no")
    return Button(v.plain("🔔 Each morning"), "tr:wish:yes")


def listed(v: Voice, found: InboxPage, view: View, *, page: int) -> Message:
    """Return one page of a list; each contribution is one tap away, filters are below."""
    lines = [Markup("<b>{}</b> · {}").format(_title(v, view), counted(found))]
    lines += [Markup("{}").format(" · ".join(_narrowed(v, view)))] if _narrowed(v, view) else []
    if not found.items:
        lines.append(v.say("Nothing here."))
    code = view.code()
    rows: list[tuple[Button, ...]] = [
        (Button(label(v, each), f"tr:open:{each.number}:{page}:{code}"),) for each in found.items
    ]
    turn = [Button(v.plain("‹ Before"), f"tr:list:{page - 1}:{code}")] if page > 0 else []
    if found.more or (page + 1) * PAGE < found.total:
        turn.append(Button(v.plain("Next ›"), f"tr:list:{page + 1}:{code}"))
    rows += [tuple(turn)] if turn else []
    rows.append((Button(v.plain("🔎 Filter"), f"tr:narrow:{code}"), overview(v)))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def label(v: Voice, found: Contribution) -> str:
    """Return a contribution as one line of a list."""
    words = found.text or found.title.told(v.language).text or kind_name(v, found.kind)
    urgent = "🚨" if found.urgent else "⭐" if found.priority else ""
    head = v.plain("No. {number}", number=found.number)
    return f"{urgent}{_MARKS[found.kind]} {head} · {one_line(words, limit=_HEAD)}"


def narrow(v: Voice, view: View, *, neighbourhood: str, more: Sequence[Button] = ()) -> Message:
    """Show what narrows the list down, each thing one tap from its choices; `more` as in `morning`."""
    code = view.code()
    everything = v.plain("all")
    state = state_word(v, view.state) if view.state else everything
    kind = kind_name(v, view.kind) if view.kind else everything
    theme = category_name(v, view.category) or everything
    late = Which.OPEN if view.which is Which.OVERDUE else Which.OVERDUE
    rows = (
        (Button(v.plain("State: {state}", state=state), f"tr:pick:state:{code}"),),
        (Button(v.plain("Kind: {kind}", kind=kind), f"tr:pick:kind:{code}"),),
        (Button(v.plain("Theme: {theme}", theme=theme), f"tr:pick:theme:{code}"),),
        (
            Button(
                v.plain("Neighbourhood: {name}", name=neighbourhood or everything),
                f"tr:pick:where:{code}",
            ),
        ),
        (
            _tick(v.plain("Mine"), replace(view, mine=not view.mine), on=view.mine),
            _tick(v.plain("Overdue"), replace(view, which=late), on=view.which is Which.OVERDUE),
        ),
        (Button(v.plain("Show them"), f"tr:list:0:{code}"),),
        (Button(v.plain("Without filters"), f"tr:list:0:{View().code()}"),),
        *((tuple(more),) if more else ()),
    )
    return Message(v.say("<b>What would you like to see?</b>"), buttons=rows)


def pick_state(v: Voice, view: View) -> Message:
    """Let somebody choose a state to look at."""
    options = [
        Button(state_word(v, each), _narrowing(replace(_open_for(view, each), state=each)))
        for each in (*_STATES, *_MORE_STATES)
    ]
    return _picking(v, options, replace(view, state=None))


def pick_kind(v: Voice, view: View) -> Message:
    """Let somebody choose a kind to look at."""
    options = [
        Button(f"{_MARKS[each]} {kind_name(v, each)}", _narrowing(replace(view, kind=each)))
        for each in Kind
    ]
    return _picking(v, options, replace(view, kind=None))


def pick_theme(v: Voice, view: View) -> Message:
    """Let somebody choose a theme to look at."""
    options = [
        Button(category_name(v, each), _narrowing(replace(view, category=each)))
        for each in CATEGORIES
    ]
    return _picking(v, options, replace(view, category=None))


def pick_neighbourhood(v: Voice, view: View, neighbourhoods: Sequence[Neighbourhood]) -> Message:
    """Let somebody choose a neighbourhood to look at."""
    options = [
        Button(each.name.told(v.language).text, _narrowing(replace(view, neighbourhood=each.id)))
        for each in neighbourhoods
    ]
    return _picking(v, options, replace(view, neighbourhood=None))


def no_day(v: Voice, leave: str) -> Message:
    """Say that what was typed is no day to come."""
    text = v.say("I do not read a day to come in this. Write it like «15 March» or «15.3.».")
    return Message(text, buttons=((Button(v.plain("Cancel"), leave),),))


def overview(v: Voice) -> Button:
    """Return the way to the morning list."""
    return Button(v.plain("📋 Overview"), "tr:morning")


def _picking(v: Voice, options: Sequence[Button], without: View) -> Message:
    every = (Button(v.plain("All"), _narrowing(without)),)
    return Message(v.say("Which ones?"), buttons=(*pairs(options), every))


def _open_for(view: View, state: State) -> View:
    """Return the view in which a state can be found: closed ones are in no list of open ones."""
    if state in _CLOSED and view.which in {Which.OPEN, Which.NEW}:
        return replace(view, which=Which.ALL)
    return replace(view, which=Which.OPEN) if view.which is Which.NEW else view


def _narrowing(view: View) -> str:
    return f"tr:narrow:{view.code()}"


def _tick(label_: str, toggled: View, *, on: bool) -> Button:
    return Button(f"{'☑️' if on else '⬜️'} {label_}", _narrowing(toggled))


def _title(v: Voice, view: View) -> str:
    return {
        Which.OPEN: v.plain("Open ones"),
        Which.NEW: v.plain("🆕 New"),
        Which.OVERDUE: v.plain("⏰ Overdue"),
        Which.PROMISED: v.plain("📅 Promised"),
        Which.UNTOLD: v.plain("📣 Decided, not told"),
        Which.UNTRANSLATED: v.plain("🌐 Translation missing"),
        Which.ALL: v.plain("All, closed ones too"),
    }[view.which]


def _narrowed(v: Voice, view: View) -> list[str]:
    words = [state_word(v, view.state)] if view.state else []
    words += [kind_name(v, view.kind)] if view.kind else []
    words += [category_name(v, view.category)] if view.category else []
    return [*words, *([v.plain("Mine")] if view.mine else [])]
