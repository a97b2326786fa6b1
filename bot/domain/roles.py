"""Who may do what: residents, animators of a centre, coordinators of the town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import CoordinatorsOnlyError, NotAllowedError


class Role(StrEnum):
    """A staff role; a coordinator may do all that an animator may."""

    ANIMATOR = "animator"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Staff:
    """One person of the team: an animator belongs to a centre (None: to all), a coordinator to the town."""

    contact_id: str
    role: Role
    centre: str | None
    since: datetime


def demand(staff: Staff | None, role: Role) -> Staff:
    """Return `staff` if the role suffices; raise NotAllowedError otherwise."""
    if staff is None:
        raise NotAllowedError
    if role is Role.COORDINATOR and staff.role is not Role.COORDINATOR:
        raise CoordinatorsOnlyError
    return staff
