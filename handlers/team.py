"""The team: joining by a start link, seeing who belongs to it, inviting, removing, leaving."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.domain.errors import OutdatedError
from bot.domain.roles import Role
from bot.phrases import menu, team, unanswered, welcome
from bot.services.team import LastCoordinatorError
from bot.telegram.desk import on_command, on_key, on_press
from bot.telegram.visit import Visit

_ROLES = {role.value: role for role in Role}
_INVITATION = filters.Regex(r"^/start s-")


async def join(_update: Update, visit: Visit) -> None:
    """Redeem an invitation and show the team's keys."""
    visit.only_in_private()
    payload = visit.args[0] if visit.args else ""
    member = await visit.services.team.join(visit.cause, visit.resident, payload)
    visit.say(team.joined(visit.voice, member, _centre(visit, member.centre)))
    if not visit.resident.language_chosen:
        visit.say(welcome.choose_language(visit.language))


async def show(_update: Update, visit: Visit) -> None:
    """Show who belongs to the team."""
    visit.only_in_private()
    mine, everyone = await visit.services.team.everyone(visit.resident)
    listed = [(member, _centre(visit, member.centre)) for member in everyone]
    visit.edit(team.page(visit.voice, listed, mine=mine))


async def invite(_update: Update, visit: Visit) -> None:
    """Invite a coordinator at once, an animator once the centre is chosen."""
    role = _ROLES.get(visit.args[1])
    if role is None:
        raise OutdatedError
    if role is Role.ANIMATOR and visit.town.centres:
        visit.edit(team.choose_centre(visit.voice, visit.town.centres))
        return
    await _hand_over(visit, role, None)


async def invite_for(_update: Update, visit: Visit) -> None:
    """Invite an animator for the chosen centre."""
    chosen = visit.town.centre(visit.args[1])
    await _hand_over(visit, Role.ANIMATOR, chosen.id if chosen else None)


async def ask_removal(_update: Update, visit: Visit) -> None:
    """Ask before somebody is removed."""
    visit.edit(team.confirm_removal(visit.voice, visit.args[1]))


async def remove(_update: Update, visit: Visit) -> None:
    """Remove somebody at once."""
    await visit.services.team.remove(visit.cause, visit.resident, visit.args[1])
    visit.edit(team.removed(visit.voice, visit.args[1]))


async def ask_leaving(_update: Update, visit: Visit) -> None:
    """Ask before somebody leaves."""
    visit.edit(team.confirm_leaving(visit.voice))


async def leave(_update: Update, visit: Visit) -> None:
    """Leave the team; the last coordinator stays."""
    try:
        await visit.services.team.leave(visit.cause, visit.resident)
    except LastCoordinatorError:
        visit.edit(team.last_coordinator(visit.voice))
    else:
        visit.say(team.left(visit.voice))


async def show_missed(_update: Update, visit: Visit) -> None:
    """Show a coordinator what was asked and not found in a week."""
    visit.only_in_private()
    week = await visit.services.learning.week(visit.resident, visit.number(1))
    visit.edit(unanswered.week(visit.voice, week))


async def _hand_over(visit: Visit, role: Role, centre: str | None) -> None:
    payload = await visit.services.team.invite_by(
        visit.cause, visit.resident, role=role, centre=centre
    )
    visit.say(team.invitation(visit.voice, f"{visit.link}?start={payload}"))


def _centre(visit: Visit, centre_id: str | None) -> str:
    centre = visit.town.centre(centre_id)
    return centre.name.told(visit.language).text if centre else ""


HANDLERS = (
    on_command("start", join, only=_INVITATION),
    on_key(menu.in_every_language(menu.team_key), show),
    on_press(r"^team:page", show),
    on_press(r"^team:missed:", show_missed),
    on_press(r"^team:invite:", invite),
    on_press(r"^team:centre:", invite_for),
    on_press(r"^team:removed:", remove),
    on_press(r"^team:remove:", ask_removal),
    on_press(r"^team:left", leave),
    on_press(r"^team:leave", ask_leaving),
)
