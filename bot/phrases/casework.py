"""One contribution on the team's desk: its page, and the small things done about it; never who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.domain.cases import Case
from bot.domain.contributions import (
    CATEGORIES,
    Contribution,
    Event,
    Kind,
    NameLevel,
    Origin,
    Priority,
    untranslated,
)
from bot.domain.directory import Neighbourhood
from bot.domain.messages import Button, Message
from bot.domain.roles import Role, Staff
from bot.i18n import Voice
from bot.phrases.categories import category_name
from bot.phrases.contributed import state_word
from bot.phrases.contributing import place_line
from bot.phrases.contributions import kind_name
from bot.phrases.triage import Rows, pairs

PROMISES = (1, 3, 7, 14, 30)
"""Days after which news may be promised by a button."""

_WORDS = 2000
_WITH_STATE = frozenset({"decided", "published"})


def page(v: Voice, case: Case) -> Message:
    """Show one contribution to the team with everything that can be done about it."""
    found = case.found
    head = v.say("<b>No. {number}</b>, {kind}", number=case.number, kind=kind_name(v, found.kind))
    came = v.say("came in on {day}", day=v.date(found.created_at.date()))
    lines = [Markup("{} · {}").format(head, came), *_marks(v, found), *_words(v, found)]
    lines += place_line(v, case.place, pin=found.point is not None)
    lines += [v.plural("📷 {n} photo", "📷 {n} photos", case.photos)] if case.photos else []
    lines += [v.say("🎧 A voice message")] if case.voice is not None else []
    if found.supports:
        lines.append(v.plural("👍 {n} support", "👍 {n} supports", found.supports))
    lines += [provenance(v, found), *_standing(v, case), *_desk(v, case)]
    return Message(Markup("\n").join(lines), buttons=_choices(v, case))


def provenance(v: Voice, found: Contribution) -> Markup:
    """Say how it came in and how far its author is hidden; never who it is."""
    entered = {
        Origin.PAPER: v.say("Came on paper; entered by the team."),
        Origin.PHONE: v.say("Came by phone; entered by the team."),
        Origin.COUNTER: v.say("Came at the counter; entered by the team."),
        Origin.SESSION: v.say("Hung on the wall of a session; the author is not kept."),
        Origin.TEAM: v.say("The team's own observation; only the team sees it."),
    }
    if found.origin in entered:
        return entered[found.origin]
    return {
        NameLevel.HIDDEN: v.say("Author: name not shown; the answer reaches them."),
        NameLevel.CONFIDENTIAL: v.say("Author: confidential; the bot alone can reach them."),
        NameLevel.UNLINKABLE: v.say("Author: nobody knows; they read the answer by their code."),
    }[found.level]


def hand_over(v: Voice, number: int, team: Sequence[Staff], *, critical: bool) -> Message:
    """Ask who of the team is to be responsible."""
    able = [each for each in team if each.role is Role.COORDINATOR or not critical]
    people = [Button(each.contact_id, f"tr:to:{number}:{each.contact_id}") for each in able]
    rows = (*pairs(people), (Button(v.plain("Nobody"), f"tr:to:{number}:"),), (back(v, number),))
    return Message(v.say("<b>Who takes No. {number}?</b>", number=number), buttons=rows)


def promise(v: Voice, number: int) -> Message:
    """Ask until when somebody was promised news."""
    labels = {
        1: v.plain("tomorrow"),
        3: v.plain("in 3 days"),
        7: v.plain("in a week"),
        14: v.plain("in two weeks"),
        30: v.plain("in a month"),
    }
    buttons = [Button(labels[days], f"tr:by:{number}:{days}") for days in PROMISES]
    rows = (
        *pairs(buttons),
        (Button(v.plain("Nothing is promised"), f"tr:by:{number}:0"),),
        (back(v, number),),
    )
    lines = [
        v.say("<b>By when do you promise news?</b> You are reminded in time."),
        v.say("Choose, or write a day, such as «15 March»."),
    ]
    return Message(Markup("\n").join(lines), buttons=rows)


def sort(v: Voice, found: Contribution, neighbourhood: str) -> Message:
    """Show theme, neighbourhood and kind, each one tap from its choices."""
    number, none = found.number, "–"
    theme = category_name(v, found.category) or none
    rows: Rows = (
        (Button(v.plain("Theme: {theme}", theme=theme), f"tr:themes:{number}"),),
        (
            Button(
                v.plain("Neighbourhood: {name}", name=neighbourhood or none),
                f"tr:quarters:{number}",
            ),
        ),
    )
    if found.kind is not Kind.OBSERVATION:
        name = v.plain("Kind: {kind}", kind=kind_name(v, found.kind))
        rows = (*rows, (Button(name, f"tr:kinds:{number}"),))
    text = v.say("<b>Sort No. {number}</b>", number=number)
    return Message(text, buttons=(*rows, (back(v, number),)))


def pick_theme(v: Voice, number: int) -> Message:
    """Let somebody choose a theme."""
    options = [Button(category_name(v, each), f"tr:theme:{number}:{each}") for each in CATEGORIES]
    none = (Button(v.plain("None"), f"tr:theme:{number}:-"),)
    return Message(v.say("Which theme?"), buttons=(*pairs(options), none, (back(v, number),)))


def pick_quarter(v: Voice, number: int, neighbourhoods: Sequence[Neighbourhood]) -> Message:
    """Let somebody choose a neighbourhood."""
    options = [
        Button(each.name.told(v.language).text, f"tr:quarter:{number}:{each.id}")
        for each in neighbourhoods
    ]
    none = (Button(v.plain("None"), f"tr:quarter:{number}:-"),)
    text = v.say("Which neighbourhood?")
    return Message(text, buttons=(*pairs(options), none, (back(v, number),)))


def pick_kind(v: Voice, number: int) -> Message:
    """Let somebody correct the kind."""
    options = [
        Button(kind_name(v, each), f"tr:kind:{number}:{each}")
        for each in Kind
        if each is not Kind.OBSERVATION
    ]
    return Message(v.say("What is it?"), buttons=(*pairs(options), (back(v, number),)))


def ask_note(v: Voice, number: int) -> Message:
    """Ask for a note that stays within the team."""
    text = v.say("<b>Write your note on No. {number}.</b> Only the team reads it.", number=number)
    return Message(text, buttons=((Button(v.plain("Cancel"), f"tr:show:{number}"),),))


def story(v: Voice, number: int, events: Sequence[Event]) -> Message:
    """Show what has happened to it, notes included, the oldest first; `by` names the team only."""
    lines = [v.say("<b>No. {number}</b>: what has happened", number=number)]
    lines += [_event(v, event) for event in events]
    text = Markup("\n").join(lines)
    return Message(text, buttons=((back(v, number),),))


def back(v: Voice, number: int) -> Button:
    """Return the way back to the page of a contribution."""
    return Button(v.plain("‹ Back"), f"tr:show:{number}")


def event_word(v: Voice, kind: str) -> str:
    """Return what happened, in a word or two."""
    return {
        "submitted": v.plain("came in"),
        "entered": v.plain("entered by the team"),
        "read": v.plain("read by the team"),
        "assigned": v.plain("somebody else is responsible"),
        "note": v.plain("note"),
        "priority": v.plain("priority changed"),
        "marked": v.plain("marked"),
        "classified": v.plain("sorted"),
        "promised": v.plain("news promised"),
        "decided": v.plain("decided"),
        "published": v.plain("told"),
        "released": v.plain("on the board"),
        "hidden": v.plain("off the board"),
        "reopened": v.plain("opened again"),
        "transcribed": v.plain("voice message written down"),
        "worded_fr": v.plain("public text written"),
        "worded_de": v.plain("public text written"),
        "confirmed": v.plain("said to be really done"),
        "doubted": v.plain("said not to be done"),
        "limited": v.plain("author asked to pause"),
        "unlimited": v.plain("pause lifted"),
        "merged": v.plain("goes on with another one"),
        "joined": v.plain("another one goes on here"),
        "split": v.plain("one point has its own number now"),
        "split_from": v.plain("comes from another one"),
        "linked": v.plain("belongs with another one"),
    }.get(kind, v.plain("changed"))


def _marks(v: Voice, found: Contribution) -> list[Markup]:
    marks = [v.say("🚨 Urgent")] if found.urgent else []
    marks += [v.say("🔴 Critical: coordinators only")] if found.critical else []
    return [*marks, *([v.say("⭐ High priority")] if found.priority else [])]


def _words(v: Voice, found: Contribution) -> list[Markup]:
    language = v.plain("In German") if found.language == "de" else v.plain("In French")
    theme = category_name(v, found.category)
    head = Markup("{}").format(" · ".join(each for each in (language, theme) if each))
    if not found.text:
        return [head]
    return [head, Markup("<blockquote>{}</blockquote>").format(found.text[:_WORDS])]


def _standing(v: Voice, case: Case) -> list[Markup]:
    found = case.found
    told = state_word(v, found.told_state)
    if found.untold:
        decided = state_word(v, found.state)
        return [v.say("Decided: <b>{decided}</b>. Told: {told}.", decided=decided, told=told)]
    return [v.say("Stands at: <b>{told}</b>", told=told)]


def _desk(v: Voice, case: Case) -> list[Markup]:
    found = case.found
    lines = [
        v.say("Responsible: {name}", name=found.assignee)
        if found.assignee
        else v.say("Nobody is responsible yet.")
    ]
    if found.waits and found.first_answer_at is None and case.due_on is not None:
        lines.append(_due(v, case.due_on, case))
    if found.waits and case.promised_on is not None:
        day = v.day(case.promised_on, today=case.today)
        lines.append(v.say("📅 News promised by {day}", day=day))
    if found.public:
        missing = untranslated(found)
        lines.append(
            v.say("On the board; a translation is missing.") if missing else v.say("On the board.")
        )
    if case.linked:
        numbers = ", ".join(v.plain("No. {number}", number=each) for each in case.linked)
        lines.append(v.say("Belongs together with: {numbers}", numbers=numbers))
    return lines


def _due(v: Voice, due_on: date, case: Case) -> Markup:
    day = v.day(due_on, today=case.today)
    if case.late:
        return v.say("⏰ The answer was due by {day}.", day=day)
    return v.say("Answer due by {day}.", day=day)


def _choices(v: Voice, case: Case) -> Rows:
    n, found = case.number, case.found
    tail: Rows = (
        (Button(v.plain("📜 What has happened"), f"tr:story:{n}"),),
        (Button(v.plain("‹ List"), case.back or "tr:list:0"),),
    )
    if found.final:
        return tail
    decide = Button(v.plain("⚖️ Decide"), f"tr:decide:{n}")
    rows: Rows = (
        (decide, Button(v.plain("📣 Publish"), f"tr:say:{n}")) if found.untold else (decide,),
        _responsible(v, case),
        (Button(v.plain("📝 Note"), f"tr:note:{n}"), _priority(v, found)),
        (
            Button(v.plain("📅 Promise news"), f"tr:promise:{n}"),
            Button(v.plain("🏷 Sort"), f"tr:sort:{n}"),
        ),
        _shown(v, case),
        _heard(v, case),
    )
    more = (Button(v.plain("⋯ More"), f"tr:more:{n}"),)
    return (*(row for row in rows if row), more, *tail)


def _responsible(v: Voice, case: Case) -> tuple[Button, ...]:
    hand = Button(v.plain("👤 Hand to …"), f"tr:hand:{case.number}")
    if case.found.assignee == case.me.contact_id:
        return (hand,)
    return (Button(v.plain("🙋 I take it"), f"tr:mine:{case.number}"), hand)


def _priority(v: Voice, found: Contribution) -> Button:
    if found.priority is Priority.HIGH:
        return Button(v.plain("☆ Usual priority"), f"tr:high:{found.number}:no")
    return Button(v.plain("⭐ High priority"), f"tr:high:{found.number}:yes")


def _shown(v: Voice, case: Case) -> tuple[Button, ...]:
    n, found = case.number, case.found
    if found.kind is Kind.OBSERVATION:
        return ()
    words = Button(v.plain("🌐 Title and public text"), f"tr:words:{n}")
    if found.public:
        return (words, Button(v.plain("Take off the board"), f"tr:board:{n}:off"))
    if found.critical:
        return (words,)
    return (words, Button(v.plain("Show on the board"), f"tr:board:{n}:on"))


def _heard(v: Voice, case: Case) -> tuple[Button, ...]:
    photos = Button(v.plain("📷 Photos"), f"tr:photos:{case.number}")
    listen = Button(v.plain("🎧 Listen"), f"tr:listen:{case.number}")
    return (*((photos,) if case.photos else ()), *((listen,) if case.voice is not None else ()))


def _event(v: Voice, event: Event) -> Markup:
    said = event_word(v, event.kind)
    state = state_word(v, event.new) if event.new and event.kind in _WITH_STATE else ""
    parts = [said, state, event.private_note]
    by = f" ({event.by})" if event.by else ""
    words = ": ".join(part for part in parts if part)
    return Markup("• {}{} · {}").format(v.date(event.at.date()), by, words)
