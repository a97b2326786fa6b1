"""What hangs on the wall beside ideas and numbers, in both languages at once."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.localized import LANGUAGES, Localized
from bot.i18n import Voice, voice


def furniture() -> Mapping[str, Localized]:
    """Return the wall's own words by the name the templates use, each in every language."""
    spoken = [_words(voice(code)) for code in LANGUAGES]
    return {
        name: Localized({code: words[name] for code, words in zip(LANGUAGES, spoken, strict=True)})
        for name in spoken[0]
    }


def _words(v: Voice) -> dict[str, str]:
    return {
        "join": v.plain("Join with your phone"),
        "or_code": v.plain("Or write this code to the bot"),
        "ideas": v.plain("Ideas"),
        "no_ideas": v.plain("Your ideas appear here."),
        "people": v.plain("people are there"),
        "votes": v.plain("votes"),
        "hands": v.plain("hands"),
        "paper": v.plain("on paper"),
        "closed": v.plain("closed"),
        "hidden": v.plain("The numbers appear once enough people have voted."),
        "later": v.plain("The result appears when the poll is closed."),
        "over": v.plain("Thank you, and see you soon!"),
        "once": v.plain("Please vote once: with your phone or with your hand."),
        "time": v.plain("Time left"),
        "keys": v.plain("F whole screen · D light or dark · + − size"),
        "lost": v.plain("Connection lost, trying again …"),
        "wall": v.plain("The wall"),
        "minutes": v.plain("Minutes"),
        "people_were": v.plain("people were there"),
        "answer": v.plain("Answer"),
        "ballots": v.plain("people voted with their phone"),
        "too_few": v.plain("Fewer than five voted with a phone, so their votes are not shown."),
        "agreed": v.plain("Who does what by when"),
        "what": v.plain("What"),
        "who": v.plain("Who"),
        "due": v.plain("By when"),
    }
