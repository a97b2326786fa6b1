"""Speaking with a person: the number on duty at once, one's words only after a second tap."""

from __future__ import annotations

from telegram import Update

from bot.i18n import Voice, voice
from bot.phrases import critical as phrases
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def talk(_update: Update, visit: Visit) -> None:
    """Say whom to call, and what would be passed on to whom; nothing is passed on yet."""
    visit.only_in_private()
    v = _voice(visit)
    if visit.quoted:
        visit.say(phrases.offer_person(v, visit.town), quoting=True)
    else:
        visit.say(phrases.only_call(v, visit.town))


async def pass_on(_update: Update, visit: Visit) -> None:
    """Pass the person's own words on, marked as urgent; the receipt comes as a message of its own."""
    visit.only_in_private()
    v = _voice(visit)
    if not visit.quoted:
        visit.edit(phrases.only_call(v, visit.town))
        return
    await visit.services.questions.pass_on(
        visit.cause, visit.resident, visit.quoted, urgent=True, once=visit.quoted_id
    )
    visit.edit(phrases.handed_over(v, visit.town))


async def keep_to_oneself(_update: Update, visit: Visit) -> None:
    """Pass nothing on."""
    visit.edit(phrases.kept_to_oneself(_voice(visit), visit.town))


def _voice(visit: Visit) -> Voice:
    """Return the voice the help lines were given in: it may not be the resident's usual one."""
    told = visit.args[1:2]
    return voice(told[0]) if told else visit.voice


HANDLERS = (
    on_press(r"^sos:talk:", talk),
    on_press(r"^sos:pass:", pass_on),
    on_press(r"^sos:no:", keep_to_oneself),
)
