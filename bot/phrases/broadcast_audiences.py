"""Whom an announcement is for, in words, and the choice among all that one may write to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.audiences import (
    AGES,
    CATEGORY,
    CENTRE,
    EVERYBODY,
    NEIGHBOURHOOD,
    REGISTERED,
    SESSION,
    Audience,
)
from bot.domain.broadcasts import Broadcast
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases import subscriptions
from bot.phrases.menu import NAMES
from bot.text import one_line

_SAID = {
    EVERYBODY: "a",
    NEIGHBOURHOOD: "n",
    CENTRE: "c",
    CATEGORY: "t",
    REGISTERED: "r",
    AGES: "g",
    SESSION: "s",
}
"""Kinds of audiences as a button names them: it has 64 bytes, and an id may need 48."""

_AT_A_GLANCE = 8
_LABEL = 30


def audience_name(v: Voice, audience: Audience, place: str) -> str:
    """Return whom an announcement is for; `place` names the centre, neighbourhood or gathering."""
    if audience.kind == NEIGHBOURHOOD:
        name = v.plain("Neighbourhood: {name}", name=place or audience.value)
    elif audience.kind == CENTRE:
        name = place or audience.value
    elif audience.kind == REGISTERED:
        name = v.plain("Registered: {name}", name=place)
    elif audience.kind == SESSION:
        name = v.plain("At the session: {name}", name=place)
    elif audience.kind == AGES:
        name = v.plain("Activities for ages {ages}", ages=audience.value)
    elif audience.kind == CATEGORY:
        name = v.plain("Theme: {theme}", theme=subscriptions.category_name(v, audience.value))
    else:
        name = v.plain("The whole town")
    if audience.language:
        return v.plain(
            "{audience}, only {language}", audience=name, language=NAMES[audience.language]
        )
    return name


def ask_audience(
    v: Voice, draft: Broadcast, options: Sequence[tuple[Audience, str]], *, kind: str = ""
) -> Message:
    """Offer whom one may write to, and the language; many come kind by kind."""
    n, chosen = draft.number, draft.audience
    kinds = dict.fromkeys(each.kind for each, _ in options)
    many = len(options) > _AT_A_GLANCE
    grouped = many and kind not in kinds
    if grouped:
        rows = _kinds(v, draft, list(kinds))
    else:
        rows = _each(draft, [(a, label) for a, label in options if not many or a.kind == kind])
    both = Button(_chosen(v.plain("Both languages"), not chosen.language), f"bc:lang:{n}:")
    rows += [(both,), tuple(_only(draft, code) for code in LANGUAGES)]
    back = f"bc:who:{n}" if many and not grouped else f"bc:card:{n}"
    rows.append((Button(v.plain("‹ Back"), back),))
    text = v.say("<b>For whom?</b> Only people who agreed to be written to get it.")
    return Message(text, tuple(rows))


def _only(draft: Broadcast, code: str) -> Button:
    label = _chosen(NAMES[code], draft.audience.language == code)
    return Button(label, f"bc:lang:{draft.number}:{code}")


def _kinds(v: Voice, draft: Broadcast, kinds: Sequence[str]) -> list[tuple[Button, ...]]:
    n, chosen = draft.number, draft.audience
    labels = {
        NEIGHBOURHOOD: v.plain("Neighbourhoods"),
        CENTRE: v.plain("Centres"),
        CATEGORY: v.plain("Themes"),
        REGISTERED: v.plain("Who is registered"),
        AGES: v.plain("By the age of activities"),
        SESSION: v.plain("Who is at a session"),
    }
    rows: list[tuple[Button, ...]] = []
    for kind in kinds:
        marked = chosen.kind == kind
        if kind in labels:
            rows.append((Button(_chosen(f"{labels[kind]} ›", marked), f"bc:who:{n}:{kind}"),))
        else:
            whole = Button(
                _chosen(v.plain("The whole town"), marked), f"bc:to:{n}:{_SAID.get(kind, kind)}:"
            )
            rows.append((whole,))
    return rows


def _each(draft: Broadcast, options: Sequence[tuple[Audience, str]]) -> list[tuple[Button, ...]]:
    n, chosen = draft.number, draft.audience
    buttons = [
        Button(
            _chosen(one_line(label, limit=_LABEL), _same(each, chosen)),
            f"bc:to:{n}:{_SAID.get(each.kind, each.kind)}:{each.value}",
        )
        for each, label in options
    ]
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def kind_of(said: str) -> str:
    """Return the kind of audience that a button names."""
    return next((kind for kind, code in _SAID.items() if code == said), said)


def _chosen(label: str, is_chosen: bool) -> str:  # noqa: FBT001 - a mark before a label
    return f"✅ {label}" if is_chosen else label


def _same(one: Audience, other: Audience) -> bool:
    return (one.kind, one.value) == (other.kind, other.value)
