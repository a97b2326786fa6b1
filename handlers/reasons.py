"""Ready-made reasons on the team's desk: taken over with one tap, kept and taken away by coordinators."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.domain.contributions import Contribution
from bot.domain.roles import Role
from bot.phrases import deciding
from bot.phrases import reasons as phrases
from bot.telegram.casework import looked
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit


async def offer(_update: Update, visit: Visit) -> None:
    """Show the reasons there are for this decision."""
    await _offer(visit, await looked(visit))


async def take_over(_update: Update, visit: Visit) -> None:
    """Take one over in both languages; what is published is what stands there then."""
    found = await looked(visit)
    chosen = await visit.services.reasons.find(visit.resident, argument(visit, 2))
    decision = replace(found.decision, reason=chosen.text)
    await visit.services.decisions.decide(visit.cause, visit.resident, found.number, decision)
    changed = await visit.services.triage.look(visit.resident, found.number)
    visit.edit(deciding.draft(visit.voice, changed, today=visit.services.town.day()))


async def keep(_update: Update, visit: Visit) -> None:
    """Keep the present reason for the next time."""
    found = await looked(visit)
    await visit.services.reasons.keep(visit.cause, visit.resident, found.number)
    await _offer(visit, found)


async def ask_away(_update: Update, visit: Visit) -> None:
    """Ask which one is to go."""
    found = await looked(visit)
    offered = await visit.services.reasons.offered(visit.resident, found.state)
    visit.edit(phrases.take_away(visit.voice, found.number, offered))


async def take_away(_update: Update, visit: Visit) -> None:
    """Take one away."""
    found = await looked(visit)
    await visit.services.reasons.drop(visit.cause, visit.resident, argument(visit, 2))
    await _offer(visit, found)


async def _offer(visit: Visit, found: Contribution) -> None:
    offered = await visit.services.reasons.offered(visit.resident, found.state)
    member = await visit.services.team.role_of(visit.resident)
    coordinates = member is not None and member.role is Role.COORDINATOR
    visit.edit(phrases.offer(visit.voice, found, offered, coordinates=coordinates))


HANDLERS = (
    on_press(r"^tr:reasons:", offer),
    on_press(r"^tr:reason:", take_over),
    on_press(r"^tr:keepreason:", keep),
    on_press(r"^tr:lessreasons:", ask_away),
    on_press(r"^tr:goreason:", take_away),
)
