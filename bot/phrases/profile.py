"""What Telegram shows of the bot before anybody writes: its name, what it is for, its commands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.town import Town
from bot.i18n import Voice


@dataclass(frozen=True, slots=True)
class Profile:
    """The bot's texts in one language (Bot API limits: name 64, short 120, description 512)."""

    name: str
    short_description: str
    description: str
    commands: tuple[tuple[str, str], ...]
    group_commands: tuple[tuple[str, str], ...]


def profile(v: Voice, town: Town) -> Profile:
    """Return the profile in the language of `v`; the town's own texts win over ours."""
    return Profile(
        name=town.name.told(v.language).text[:64],
        short_description=_short(v, town)[:120],
        description=_long(v, town)[:512],
        commands=(
            ("start", v.plain("Begin")),
            ("menu", v.plain("Show the keys")),
            ("agenda", v.plain("What takes place")),
            ("help", v.plain("How it works")),
            ("lang", "Langue · Sprache"),
            ("status", v.plain("See how something stands, by its code")),
            ("cancel", v.plain("Stop what I began")),
            ("stop", v.plain("Do not write to me unasked")),
            ("privacy", v.plain("What happens with my data")),
            ("mydata", v.plain("Get my data")),
            ("delete", v.plain("Delete my data")),
        ),
        group_commands=(("help", v.plain("How it works")),),
    )


def _short(v: Voice, town: Town) -> str:
    where = town.town.told(v.language).text
    if v.language in town.short_description:
        return town.short_description[v.language]
    if where:
        return v.plain("Questions about services and activities in {town}", town=where)
    return v.plain("Questions about services and activities near you")


def _long(v: Voice, town: Town) -> str:
    where = town.town.told(v.language).text
    if v.language in town.description:
        return town.description[v.language]
    if where:
        return v.plain(
            "Write your question: I know the services and activities in {town}. "
            "If I find nothing, the team answers you. I do not keep your name.",
            town=where,
        )
    return v.plain(
        "Write your question: I know the services and activities near you. "
        "If I find nothing, the team answers you. I do not keep your name."
    )
