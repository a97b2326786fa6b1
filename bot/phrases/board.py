"""The public page's sentences: headings, what stands beside a contribution, and the words on the poster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from bot.domain.contribution_lists import AnsweredWithin
from bot.domain.contribution_states import Column, Decision, State
from bot.domain.localized import Localized
from bot.i18n import Voice
from bot.phrases.contributed import state_word
from bot.text import one_line


def furniture(v: Voice) -> Mapping[str, str]:
    """Return what stands on the pages whatever they show, by the name the templates use."""
    return {
        "board": v.plain("The board"),
        "lead": v.plain("What residents bring, and what becomes of it."),
        "to_content": v.plain("Go to the contributions"),
        "language": v.plain("Language"),
        "back": v.plain("‹ The board"),
        "nothing": v.plain("Nothing here yet."),
        "feed": v.plain("News as a feed (Atom)"),
        "poster": v.plain("Poster to print"),
        "promise": v.plain("The team reads everything first. No names, no cookies."),
        "rounded": v.plain("Places are shown to within 100 metres."),
        "osm": v.plain("Open in OpenStreetMap"),
        "news": v.plain("What became of it"),
        "photos": v.plain("Photos"),
        "place": v.plain("Where"),
        "stands": v.plain("Where it stands"),
        "first": v.plain("‹ The newest"),
        "older": v.plain("Older ones ›"),
        "all_here": v.plain("All of them ›"),
    } | _taking_part(v)


def _taking_part(v: Voice) -> dict[str, str]:
    return {
        "yours": v.plain("And your idea?"),
        "how": v.plain("Open the bot in Telegram and tap 💡. It takes a minute."),
        "open_bot": v.plain("Open the bot"),
        "too": v.plain("You think so too?"),
        "too_how": v.plain("One tap in Telegram. Nobody learns who supports, only about how many."),
        "too_link": v.plain("👍 Me too, in Telegram"),
        "empty": v.plain("The first idea may be yours."),
        "empty_how": v.plain(
            "What would do your neighbourhood good? A bench, a crossing, a feast?"
        ),
        "scan_board": v.plain("Read all of it"),
        "scan_bot": v.plain("Bring your idea"),
    }


def choosing(v: Voice) -> Mapping[str, str]:
    """Return the words of the form that narrows the board down and of what it finds."""
    return {
        "choose": v.plain("Choose"),
        "column": v.plain("Where it stands"),
        "kind": v.plain("Kind"),
        "category": v.plain("Theme"),
        "neighbourhood": v.plain("Neighbourhood"),
        "any": v.plain("all"),
        "show": v.plain("Show"),
        "reset": v.plain("Show everything"),
        "no_match": v.plain("Nothing fits these choices."),
        "map": v.plain("On the map"),
        "map_large": v.plain("Open the map in large"),
    }


def printing(v: Voice) -> Mapping[str, str]:
    """Return the words beside the poster that are not printed."""
    return {
        "tools": v.plain("What is printed"),
        "both": v.plain("both languages"),
        "back": v.plain("‹ The board"),
        "small": v.plain("paper size A4"),
        "large": v.plain("paper size A3"),
    }


def missing(v: Voice) -> Mapping[str, str]:
    """Return the words of the page for addresses that lead nowhere."""
    return {
        "title": v.plain("Nothing stands here."),
        "why": v.plain("Perhaps it has been taken off the board."),
        "board": v.plain("To the board"),
    }


def column_name(v: Voice, column: Column) -> str:
    """Return one of the four headings."""
    return {
        Column.PROPOSED: v.plain("Proposed"),
        Column.PROGRESS: v.plain("In progress"),
        Column.DONE: v.plain("Done"),
        Column.IMPOSSIBLE: v.plain("Not possible"),
    }[column]


def supported(v: Voice, step: int) -> Markup:
    """Return the supports in their coarse steps; "" for none."""
    if not step:
        return Markup("")
    return v.plural("👍 at least {n} support", "👍 at least {n} supports", step)


def numbered(v: Voice, number: int) -> str:
    """Return the number people say to each other."""
    return v.plain("No. {number}", number=number)


def came_in(v: Voice, day: date) -> str:
    """Return the day on which something came in."""
    return v.plain("came in on {day}", day=v.date(day))


def photo_of(v: Voice, n: int, number: int) -> str:
    """Name a photo for those who do not see it."""
    return v.plain("Photo {n} of No. {number}", n=n, number=number)


def map_of(v: Voice) -> str:
    """Name the map for those who do not see it."""
    return v.plain("Map of the contributions; the list says the same in words.")


def map_for(v: Voice, number: int) -> str:
    """Name the small map of one contribution for those who do not see it."""
    return v.plain("Map with the place of No. {number}", number=number)


def in_language(v: Voice, language: str) -> Markup:
    """Mark a text that exists in the other language only."""
    return v.say("(in German)") if language == "de" else v.say("(in French)")


def only_in(v: Voice, language: str) -> str:
    """Say that the translation is still to come."""
    if language == "de":
        return v.plain("So far in German only; the translation follows.")
    return v.plain("So far in French only; the translation follows.")


def answered(v: Voice, figures: AnsweredWithin) -> list[Markup]:
    """Say how long people wait for a first answer; nothing as long as nobody has had one."""
    days = figures.median_days
    if days is None or figures.in_time_percent is None:
        return []
    first = (
        v.say("<b>First answer: mostly on the same day</b>")
        if days == 0
        else v.plural(
            "<b>First answer: mostly within {n} day</b>",
            "<b>First answer: mostly within {n} days</b>",
            days,
        )
    )
    share = v.plural(
        "In the last 12 months: {n} answer, {percent} % of them in time.",
        "In the last 12 months: {n} answers, {percent} % of them in time.",
        figures.answered,
        percent=figures.in_time_percent,
    )
    return [first, share]


def standing(v: Voice, decision: Decision) -> Markup:
    """Return how it stands in a word or two, with whom it lies now."""
    word = Markup("<b>{}</b>").format(state_word(v, decision.state))
    if decision.state is State.PASSED_ON and decision.passed_to:
        return v.say("{state}, to: {whom}", state=word, whom=_marked(v, decision.passed_to))
    if decision.state is State.TOGETHER and decision.helpers.who:
        return v.say("{state}: {who}", state=word, who=_marked(v, decision.helpers.who))
    return word


def helping(v: Voice, decision: Decision) -> list[Markup]:
    """Return until when something is done together, and how many hands are wanted."""
    helpers = decision.helpers
    if decision.state is not State.TOGETHER:
        return []
    lines = [v.say("Until {day}.", day=v.date(helpers.until))] if helpers.until else []
    if helpers.wanted:
        lines.append(
            v.plural("{n} helper is wanted.", "{n} helpers are wanted.", helpers.wanted),
        )
    return lines


def feed_title(v: Voice, town: str) -> str:
    """Return the name of the feed."""
    return v.plain("{town}: the board", town=town)


def _marked(v: Voice, text: Localized) -> Markup:
    """Return a text for a page, marked for screen readers where it is in the other language."""
    told = text.told(v.language)
    words = one_line(told.text)
    if not told.foreign:
        return Markup('<span dir="auto">{}</span>').format(words)
    return Markup('<span dir="auto" lang="{}">{}</span>').format(told.language, words)
