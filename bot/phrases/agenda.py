"""The agenda as residents turn its pages: a line for each date, filters by buttons, in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.agenda import Filters, Look, Page, Row, Span
from bot.domain.directory import Directory, Neighbourhood
from bot.domain.messages import Button, Key, Message
from bot.domain.town import Centre
from bot.i18n import Voice
from bot.phrases.leads import audiences, day_of
from bot.phrases.subjects import subject

Buttons = tuple[tuple[Button, ...], ...]

AGES = (2, 6, 10, 14, 18, 40, 70)
_TITLE = 40
_KILOMETRE = 1000


def listed(
    v: Voice,
    look: Look,
    page: Page,
    *,
    directory: Directory,
    centres: Sequence[Centre],
    now: datetime,
    team: bool = False,
) -> Message:
    """Return one page of the agenda with the buttons to turn and narrow it."""
    lines = [_heading(v, look, directory, centres)]
    if not page.rows:
        lines.append(v.say("Nothing takes place then."))
        if look.narrowed:
            lines.append(v.say("Look at more days, or at everything."))
    lines += _by_day(v, page.rows, now=now, nearest=look.filters.near is not None)
    if page.pages > 1:
        lines.append(v.say("<i>Page {page} of {pages}</i>", page=page.page + 1, pages=page.pages))
    return Message(
        Markup("\n").join(lines),
        buttons=(*_openers(v, page.rows, now), *_pager(v, page), *_controls(v, look, team=team)),
    )


def narrow(v: Voice, look: Look, *, vacancies: bool, address: str = "") -> Message:
    """Offer what the agenda can be narrowed by; `address` is where the pages are, if anywhere."""
    filters = look.filters
    room = v.plain("✓ With free places") if filters.room else v.plain("With free places")
    rows: Buttons = (
        (
            Button(v.plain("Neighbourhood"), "ag:by:n"),
            Button(v.plain("Centre"), "ag:by:k"),
        ),
        (Button(v.plain("For whom"), "ag:by:a"), Button(v.plain("Age"), "ag:by:g")),
        (Button(v.plain("Subject"), "ag:by:c"), Button(v.plain("📍 Near me"), "ag:near")),
        *(((Button(room, "ag:r"),),) if vacancies else ()),
        *(((Button(v.plain("✕ Show everything"), "ag:x"),),) if look.narrowed else ()),
        *(((_on_paper(v, address),),) if address else ()),
        _back(v),
    )
    return Message(v.say("<b>What are you looking for?</b>"), buttons=rows)


def choose_neighbourhood(v: Voice, neighbourhoods: Iterable[Neighbourhood], chosen: str) -> Message:
    """Offer the neighbourhoods."""
    options = [(each.id, each.name.told(v.language).text) for each in neighbourhoods]
    return _choice(v, v.say("<b>Which neighbourhood?</b>"), options, chosen=chosen, action="ag:n")


def choose_centre(v: Voice, centres: Iterable[Centre], chosen: str) -> Message:
    """Offer the centres that have a place."""
    options = [
        (each.id, each.name.told(v.language).text, each.place) for each in centres if each.place
    ]
    current = next((key for key, _, place in options if place == chosen), "")
    return _choice(
        v,
        v.say("<b>Which centre?</b>"),
        [(key, name) for key, name, _ in options],
        chosen=current,
        action="ag:k",
    )


def choose_audience(v: Voice, chosen: str) -> Message:
    """Offer for whom something may be."""
    options = [(key, name[:1].upper() + name[1:]) for key, name in audiences(v).items()]
    return _choice(v, v.say("<b>For whom?</b>"), options, chosen=chosen, action="ag:a")


def choose_age(v: Voice, chosen: int | None) -> Message:
    """Offer a few ages; each stands for those around it."""
    options = [(str(age), v.plain("{age} years", age=age)) for age in AGES]
    now = "" if chosen is None else str(chosen)
    return _choice(v, v.say("<b>How old?</b>"), options, chosen=now, action="ag:g")


def choose_subject(v: Voice, categories: Iterable[str], chosen: str) -> Message:
    """Offer the subjects of the activities there are."""
    options = [(each, subject(v, each)) for each in categories]
    return _choice(v, v.say("<b>What about?</b>"), options, chosen=chosen, action="ag:c")


def ask_place(v: Voice) -> Message:
    """Ask where somebody is; the key sends it."""
    text = v.say("Where are you? Tap the key below. I use your place once and do not keep it.")
    keys = (
        (Key(v.plain("📍 Send my place"), wants_location=True),),
        (Key(cancel_key(v)),),
    )
    return Message(text, keys=keys)


def cancel_key(v: Voice) -> str:
    """Return the words on the key that leads back to the agenda."""
    return v.plain("‹ Back to the agenda")


def no_place(v: Voice) -> Message:
    """Say what would have been understood as a place."""
    return Message(v.say("That is no place. Tap the key below, or go back."))


def _heading(v: Voice, look: Look, directory: Directory, centres: Sequence[Centre]) -> Markup:
    told = [span_name(v, look.span), *_narrowed(v, look.filters, directory, centres)]
    text = " · ".join(part for part in told if part)
    return Markup("<b>🗓 {}</b>").format(text)


def _narrowed(
    v: Voice, filters: Filters, directory: Directory, centres: Sequence[Centre]
) -> list[str]:
    quarter = directory.neighbourhoods.get(filters.neighbourhood)
    centre = next((each for each in centres if each.place == filters.centre), None)
    return [
        quarter.name.told(v.language).text if quarter else "",
        centre.name.told(v.language).text if centre and filters.centre else "",
        audiences(v).get(filters.audience, ""),
        "" if filters.age is None else v.plain("{age} years", age=filters.age),
        subject(v, filters.category) if filters.category else "",
        v.plain("free places") if filters.room else "",
        v.plain("nearest first") if filters.near else "",
    ]


def span_name(v: Voice, span: Span) -> str:
    """Return the days somebody looks at, in words."""
    return {
        "today": v.plain("Today"),
        "week": v.plain("The next seven days"),
        "weekend": v.plain("At the weekend"),
        "month": v.plain("The next month"),
    }[span]


def _by_day(v: Voice, rows: Sequence[Row], *, now: datetime, nearest: bool) -> list[Markup]:
    lines: list[Markup] = []
    day = None
    for row in rows:
        if not nearest and row.occurrence.start.date() != day:
            day = row.occurrence.start.date()
            named = day_of(v, row.occurrence.start, now=now)
            lines.append(Markup("\n<b>{}</b>").format(named[:1].upper() + named[1:]))
        lines.append(_line(v, row, now=now if nearest else None))
    return lines


def _line(v: Voice, row: Row, *, now: datetime | None) -> Markup:
    each = row.occurrence
    title = row.entry.title.told(v.language).text
    place = row.place.name.told(v.language).text if row.place else ""
    day = day_of(v, each.start, now=now) if now else ""
    span = v.span(each.start.time(), each.end.time())
    facts = ", ".join(part for part in (day, span, place, _metres(v, row)) if part)
    if not each.takes_place:
        return v.say("✕ <s>{title}</s>, {facts}: cancelled", title=title, facts=facts)
    room = room_left(v, row)
    line = Markup("• {}, {}").format(title, facts)
    return Markup("{} · {}").format(line, room) if room else line


def room_left(v: Voice, row: Row) -> str:
    """Return how many places are free, "" where nobody counts."""
    if not row.counted or row.free is None:
        return ""
    if row.free <= 0:
        return v.plain("full")
    return str(v.plural("{n} place free", "{n} places free", row.free))


def _metres(v: Voice, row: Row) -> str:
    if row.metres is None:
        return ""
    if row.metres < _KILOMETRE:
        return v.plain("{metres} m from you", metres=round(row.metres, -1))
    return v.plain("{kilometres} km from you", kilometres=f"{row.metres / _KILOMETRE:.1f}")


def _openers(v: Voice, rows: Sequence[Row], now: datetime) -> Buttons:
    return tuple((Button(_label(v, row, now), _open(row)),) for row in rows)


def _label(v: Voice, row: Row, now: datetime) -> str:
    title = row.entry.title.told(v.language).text
    title = title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"
    start = row.occurrence.start
    moment = v.clock(start.time())
    if start.date() != now.date():
        moment = f"{short_day(v, start)} {moment}"
    return f"{moment} · {title}"


def short_day(v: Voice, moment: datetime) -> str:
    """Return weekday and day in as few letters as a button has room for."""
    return f"{v.weekday(moment.date())} {moment.day}.{moment.month}."


def _open(row: Row) -> str:
    key = row.occurrence.key
    return f"ag:d:{key.entry_id}:{key.stamp}"


def _pager(v: Voice, page: Page) -> Buttons:
    row = []
    if page.page > 0:
        row.append(Button(v.plain("‹ Before"), f"ag:p:{page.page - 1}"))
    if page.page + 1 < page.pages:
        row.append(Button(v.plain("More ›"), f"ag:p:{page.page + 1}"))
    return (tuple(row),) if row else ()


def _controls(v: Voice, look: Look, *, team: bool) -> Buttons:
    names = {
        "today": v.plain("Today"),
        "week": v.plain("7 days"),
        "weekend": v.plain("Weekend"),
        "month": v.plain("Month"),
    }
    spans = tuple(
        Button(f"✓ {name}" if span == look.span else name, f"ag:s:{span}")
        for span, name in names.items()
    )
    narrowed = v.plain("🔎 Narrow down ✓") if look.narrowed else v.plain("🔎 Narrow down")
    rows: Buttons = (spans[:2], spans[2:], (Button(narrowed, "ag:f"),))
    if team:
        rows = (*rows, (Button(v.plain("✏️ Manage activities"), "am:l:0"),))
    return rows


def _choice(
    v: Voice, heading: Markup, options: Iterable[tuple[str, str]], *, chosen: str, action: str
) -> Message:
    buttons = [
        Button(f"✓ {name}" if key == chosen else name, f"{action}:{key}") for key, name in options
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    anything = (Button(v.plain("All"), f"{action}:"),)
    return Message(heading, buttons=(*rows, anything, (Button(v.plain("‹ Back"), "ag:f"),)))


def _on_paper(v: Voice, address: str) -> Button:
    page = f"{address}/agenda?lang={v.language}"
    return Button(v.plain("🌐 As a page, on paper, in my calendar"), url=page)


def _back(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("‹ Back to the agenda"), "ag:l"),)
