"""What is on, as a list: what was understood, a line for each with time and place, a button to open it."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.asked import Days, When
from bot.domain.listings import PAGE, UNKNOWN, Item, Listing
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.leads import audiences, day_of, days_between, language_name, part_of_day

Buttons = tuple[tuple[Button, ...], ...]


def listed(v: Voice, found: Listing, *, page: int = 0, private: bool = True) -> Message:
    """Return one page of a list, or say honestly that there is nothing and what comes next."""
    if not found.items:
        return _nothing(v, found, private=private)
    shown = found.page(page)
    lines = [_heading(v, found), *(_line(v, item, found) for item in shown)]
    if found.wanted.near == UNKNOWN and not found.wanted.filters.neighbourhood:
        lines.append(v.say("Where are you? Write the neighbourhood, and you see what is there."))
    if len(found.items) > PAGE and not found.wanted.action:
        more = len(found.items) - len(shown)
        lines.append(v.say("And {n} more. Name a day or a neighbourhood to see them.", n=more))
    elif len(found.items) > PAGE:
        first = page * PAGE + 1
        lines.append(
            v.say(
                "<i>{first} to {last} of {all}</i>",
                first=first,
                last=first + len(shown) - 1,
                all=len(found.items),
            )
        )
    return Message(
        Markup("\n").join(lines),
        buttons=(*_openers(v, shown, found, page), *_pager(v, found, page)),
    )


def _nothing(v: Voice, found: Listing, *, private: bool) -> Message:
    lines = [_heading(v, found), v.say("I know of nothing for that.")]
    if found.instead:
        lines.append(v.say("The next possibility:"))
        lines += [_line(v, item, found) for item in found.instead]
    buttons = _openers(v, found.instead, found, 0)
    if private:
        lines.append(v.say("Or shall I ask the team?"))
        buttons = (*buttons, (Button(v.plain("Yes, ask the team"), "ask:team"),))
    return Message(Markup("\n").join(lines), buttons=buttons)


def _heading(v: Voice, found: Listing) -> Markup:
    """Say what was understood: the days, for whom, where, at what price, in which language."""
    filters = found.wanted.filters
    told = [_days(v, found.wanted.when, found)]
    if filters.age is not None:
        told.append(v.plain("{age} years old", age=filters.age))
    if filters.audience:
        told.append(audiences(v).get(filters.audience, ""))
    told.append(_place(v, found))
    if filters.free:
        told.append(v.plain("free of charge"))
    if filters.language:
        told.append(language_name(v, filters.language))
    text = " · ".join(part for part in told if part)
    return Markup("<b>{}</b>").format(text[:1].upper() + text[1:])


def _place(v: Voice, found: Listing) -> str:
    here = found.neighbourhood.told(v.language).text
    if here and found.wanted.near and not found.wanted.filters.neighbourhood:
        return v.plain("nearest to {place} first", place=here)
    return here


def _days(v: Voice, when: When | None, found: Listing) -> str:
    if when is None or not when.days:
        told = v.plain("in the next two weeks")
    else:
        told = v.plain(" and ").join(_span(v, each, found) for each in when.days[:3])
    return f"{told}, {part_of_day(v, when.part)}" if when and when.part else told


def _span(v: Voice, days: Days, found: Listing) -> str:
    if days.first == days.last:
        return v.day(days.first, today=found.now.date())
    between = days_between(v, days, now=found.now)
    return f"{days.name.told(v.language).text}, {between}" if days.name else between


def _line(v: Voice, item: Item, found: Listing) -> Markup:
    span = v.span(item.time.starts.time(), item.time.ends.time())
    when = found.wanted.when
    day = "" if when and when.single == item.time.starts.date() else _day(v, item, found)
    title = item.entry.title.told(v.language).text
    place = item.place.name.told(v.language).text if item.place else ""
    facts = ", ".join(part for part in (day, span, place) if part)
    return Markup("• <b>{}</b>, {}").format(title, facts)


def _day(v: Voice, item: Item, found: Listing) -> str:
    return day_of(v, item.time.starts, now=found.now)


def _openers(v: Voice, items: tuple[Item, ...], found: Listing, page: int) -> Buttons:
    back = found.wanted.action
    return tuple(
        (Button(item.entry.title.told(v.language).text, _open(item.entry.id, back, page)),)
        for item in items
    )


def _open(entry_id: str, back: str, page: int) -> str:
    """Open a card; where the button can carry it, with the way back to this page."""
    action = f"card:{entry_id}:list:{page}:{back}"
    return action if back and len(action.encode()) <= 64 else f"card:{entry_id}:q"  # noqa: PLR2004


def _pager(v: Voice, found: Listing, page: int) -> Buttons:
    action = found.wanted.action
    if not action or len(found.items) <= PAGE:
        return ()
    row = []
    if page > 0:
        row.append(Button(v.plain("‹ Before"), f"list:{page - 1}:{action}"))
    if (page + 1) * PAGE < len(found.items):
        row.append(Button(v.plain("More ›"), f"list:{page + 1}:{action}"))
    return (tuple(row),)
