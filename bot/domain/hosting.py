"""Which members of the team an activity belongs to: they alone see who has registered for it."""

from __future__ import annotations

from bot.domain.directory import Entry
from bot.domain.errors import NotAllowedError
from bot.domain.roles import Role, Staff
from bot.domain.town import Town


def hosts(member: Staff, entry: Entry, town: Town) -> bool:
    """Return whether an activity is this member's: of their centre, or of a team of the whole town."""
    if member.role is Role.COORDINATOR or member.centre is None:
        return True
    centre = town.centre(member.centre)
    if centre is None:
        return False
    near = entry.neighbourhood is not None and entry.neighbourhood == centre.neighbourhood
    return near or (entry.place is not None and entry.place == centre.place)


def demand_host(member: Staff, entry: Entry, town: Town) -> None:
    """Raise NotAllowedError where an activity belongs to another team."""
    if not hosts(member, entry, town):
        raise NotAllowedError
