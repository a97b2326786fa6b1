"""The line an answer begins with: just what was asked, the date, the price, the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from babel import Locale
from markupsafe import Markup, escape

from bot.domain.asked import Days, Part
from bot.domain.calendar import Occurrence
from bot.domain.directory import Entry
from bot.domain.fitting import fits
from bot.domain.hours import AlwaysOpen, ClosedUntil, OpenNow
from bot.domain.leads import Lead
from bot.i18n import Voice
from bot.phrases.weekly import weekly

_OLDEST = 99
"""The directory's way of saying "and older"."""


def lead(v: Voice, fact: Lead, *, now: datetime) -> list[Markup]:
    """Return the asked fact in bold, and below it the weekly hours where those were asked."""
    said = _sentence(v, fact, now)
    lines = [Markup("<b>{}</b>").format(said)] if said else []
    if fact.about_time and fact.entry.hours and not fact.unknown:
        lines.append(v.say("Opening hours: {hours}.", hours=weekly(v, fact.entry)))
    return lines


def day_of(v: Voice, moment: datetime, *, now: datetime) -> str:
    """Return weekday and date, said to be today or tomorrow if it is."""
    named = v.day(moment.date(), today=now.date())
    away = (moment.date() - now.date()).days
    if away == 0:
        return v.plain("today, {day}", day=named)
    return v.plain("tomorrow, {day}", day=named) if away == 1 else named


def days_between(v: Voice, days: Days, *, now: datetime) -> str:
    """Return the first and the last of some days: « du lundi 30 novembre au dimanche 6 décembre »."""
    first, last = (v.day(day, today=now.date()) for day in (days.first, days.last))
    return v.plain("from {first} to {last}", first=first, last=last)


def address(v: Voice, fact: Lead) -> str:
    """Return the name of the place with its address on one line."""
    place = fact.place
    if place is None:
        return ""
    name, street = place.name.told(v.language).text, place.street.told(v.language).text
    town = f"{place.postcode} {place.city.told(v.language).text}"
    return ", ".join(part for part in (name, street, town) if part)


def part_of_day(v: Voice, part: Part) -> str:
    """Return « le soir »."""
    return {
        "morning": v.plain("in the morning"),
        "noon": v.plain("at noon"),
        "afternoon": v.plain("in the afternoon"),
        "evening": v.plain("in the evening"),
        "night": v.plain("at night"),
    }[part]


def _where(v: Voice, fact: Lead) -> str:
    elsewhere = fact.wanted.neighbourhood not in {None, fact.entry.neighbourhood}
    here = address(v, fact)
    return v.plain("Not there, but here: {address}", address=here) if elsewhere else here


def _sentence(v: Voice, fact: Lead, now: datetime) -> Markup:
    if fact.unknown:
        return _unknown(v, fact.entry)
    if fact.sentence:
        return escape(fact.sentence.told(v.language).text)
    if fact.about_time:
        return escape(_capital(_time(v, fact, now)))
    return escape(_capital(_SAY[fact.fact](v, fact)))


def _unknown(v: Voice, entry: Entry) -> Markup:
    if entry.contact and entry.contact.phone:
        return v.say("The directory does not say. Ask at {phone}.", phone=entry.contact.phone)
    return v.say("The directory does not say.")


def _time(v: Voice, fact: Lead, now: datetime) -> str:
    if isinstance(fact.opening, AlwaysOpen):
        return v.plain("Open around the clock.")
    if fact.fact == "open_now" and fact.when is None and fact.opening is not None:
        return _open_now(v, fact, now)
    if fact.when is not None and (fact.when.days or not fact.times):
        return _on_the_days(v, fact, now)
    if fact.when is None and isinstance(fact.opening, OpenNow):
        until = v.clock(fact.opening.until.time())
        day = _capital(day_of(v, now, now=now))
        return v.plain("{day}: open now, until {time}.", day=day, time=until)
    if not fact.times:
        return v.plain("There is no further date in the directory.")
    first = _dated(v, fact.times[0], now)
    if fact.entry.hours:
        return v.plain("Opens next: {moment}", moment=first)
    return v.plain("Next date: {moment}", moment=first)


def _open_now(v: Voice, fact: Lead, now: datetime) -> str:
    match fact.opening:
        case OpenNow(until=until):
            return v.plain("Open now, until {time}.", time=v.clock(until.time()))
        case ClosedUntil(opens=opens):
            first = next((each for each in fact.times if each.starts == opens), None)
            moment = _dated(v, first, now) if first else day_of(v, opens, now=now)
            return v.plain("Closed now. Opens next: {moment}", moment=moment)
        case _:
            return v.plain("There are no opening hours in the directory.")


def _on_the_days(v: Voice, fact: Lead, now: datetime) -> str:
    if not fact.times:
        return f"{_nothing(v, fact, now)} {_following(v, fact, now)}"
    days = {each.starts.date() for each in fact.times}
    if len(days) > 1:
        return " · ".join(_dated(v, each, now) for each in fact.times)
    spans = ", ".join(v.span(each.starts.time(), each.ends.time()) for each in fact.times)
    day = day_of(v, fact.times[0].starts, now=now)
    return v.plain("{day}: {times}", day=_capital(day), times=spans)


def _nothing(v: Voice, fact: Lead, now: datetime) -> str:
    day = fact.when.single if fact.when else None
    if fact.when and fact.when.part and not fact.when.days:
        return v.plain("Not {part}.", part=part_of_day(v, fact.when.part))
    if day is None:
        spans = [days_between(v, each, now=now) for each in (fact.when.days if fact.when else ())]
        return v.plain("No date {days}.", days=v.plain(" and ").join(spans[:2]))
    named = v.day(day, today=now.date())
    if fact.entry.hours:
        return {
            "": v.plain("Closed on {day}.", day=named),
            "school": v.plain("Closed on {day} (school holidays).", day=named),
            "public": v.plain("Closed on {day} (public holiday).", day=named),
            "over": v.plain("Closed for the rest of today, {day}.", day=named),
        }[fact.because]
    return {
        "": v.plain("Not on {day}.", day=named),
        "school": v.plain("Not on {day} (school holidays).", day=named),
        "public": v.plain("Not on {day} (public holiday).", day=named),
        "over": v.plain("Over for today, {day}.", day=named),
    }[fact.because]


def _following(v: Voice, fact: Lead, now: datetime) -> str:
    if fact.following is None:
        return v.plain("There is no further date in the directory.")
    moment = _dated(v, fact.following, now)
    if fact.entry.hours:
        return v.plain("Opens next: {moment}", moment=moment)
    return v.plain("The next time: {moment}", moment=moment)


def _dated(v: Voice, time: Occurrence, now: datetime) -> str:
    return f"{day_of(v, time.starts, now=now)}, {v.span(time.starts.time(), time.ends.time())}"


def _cost(v: Voice, fact: Lead) -> str:
    cost = fact.entry.cost
    note = cost.note.told(v.language).text if cost else ""
    if cost and cost.chf == 0 and note.casefold() in {"", "gratuit", "kostenlos", "gratis"}:
        return v.plain("It is free of charge.")
    price = note or (v.money(cost.chf) if cost and cost.chf is not None else "")
    return v.plain("Price: {price}", price=price)


def _sign_up(v: Voice, fact: Lead) -> str:
    entry = fact.entry
    note = entry.signup.note.told(v.language).text if entry.signup else ""
    if not note:
        needed = bool(entry.signup and entry.signup.required)
        note = v.plain("You have to sign up.") if needed else v.plain("No need to sign up.")
    phone = entry.contact.phone if entry.contact else ""
    if entry.signup and entry.signup.channel == "phone" and phone and phone not in note:
        return f"{note} ☎️ {phone}"
    return note


def _age(v: Voice, fact: Lead) -> str:
    said = _ages(v, fact.entry)
    if not fact.wanted.audience and fact.wanted.age is None:
        return said
    if fits(fact.entry, fact.wanted):
        return v.plain("Yes. {fact}", fact=said)
    return v.plain("No. {fact}", fact=said)


def _ages(v: Voice, entry: Entry) -> str:
    ages = entry.ages or (0, _OLDEST)
    if ages != (0, _OLDEST):
        youngest, oldest = ages
        if oldest >= _OLDEST:
            return v.plain("From {age} years.", age=youngest)
        return v.plain("For ages {youngest} to {oldest}.", youngest=youngest, oldest=oldest)
    if not entry.audience or "all" in entry.audience:
        return v.plain("For all ages.")
    names = audiences(v)
    told = [names[each] for each in entry.audience if each in names]
    return v.plain("For: {people}.", people=", ".join(told))


def audiences(v: Voice) -> dict[str, str]:
    """Return the names of those whom something is for."""
    return {
        "children": v.plain("children"),
        "teens": v.plain("young people"),
        "adults": v.plain("adults"),
        "seniors": v.plain("older people"),
        "families": v.plain("families"),
        "newcomers": v.plain("newcomers"),
        "disabled": v.plain("people with a disability"),
    }


def language_name(v: Voice, code: str) -> str:
    """Return the name of a language, « allemand »."""
    if code == "gsw":
        return v.plain("Swiss German")
    return str(Locale(v.language).languages.get(code, code))


def _language(v: Voice, fact: Lead) -> str:
    names = ", ".join(language_name(v, code) for code in fact.entry.languages)
    said = v.plain("Languages: {names}.", names=names)
    if not fact.wanted.language:
        return said
    yes = fact.wanted.language in fact.entry.languages
    return v.plain("Yes. {fact}", fact=said) if yes else v.plain("No. {fact}", fact=said)


def _wheelchair(v: Voice, fact: Lead) -> str:
    access = fact.place.wheelchair if fact.place else None
    if access is True:
        return v.plain("Yes, accessible by wheelchair.")
    if access is False:
        return v.plain("No, not accessible by wheelchair.")
    return v.plain("By wheelchair: {note}.", note=access)


def _contact(v: Voice, fact: Lead) -> str:
    contact = fact.entry.contact
    ways = (contact.phone, contact.email) if contact else ()
    return v.plain("Contact: {ways}", ways=", ".join(way for way in ways if way))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_SAY: Mapping[str, Callable[[Voice, Lead], str]] = {
    "cost": _cost,
    "where": _where,
    "nearest": _where,
    "sign_up": _sign_up,
    "age": _age,
    "language": _language,
    "wheelchair": _wheelchair,
    "contact": _contact,
}
