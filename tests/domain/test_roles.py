"""Who may do what, and what whoever may not is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.errors import CoordinatorsOnlyError, NotAllowedError
from bot.domain.roles import Role, Staff, demand
from bot.i18n import voice
from bot.phrases.refusals import refused

_SINCE = datetime(2026, 9, 1, tzinfo=UTC)
_ANIMATOR = Staff("R-7K3F9QXP", Role.ANIMATOR, "mett", _SINCE)


def test_an_animator_hears_that_only_coordinators_can_do_this() -> None:
    with pytest.raises(CoordinatorsOnlyError) as caught:
        demand(_ANIMATOR, Role.COORDINATOR)
    assert "Seule la coordination" in refused(voice("fr"), caught.value).text
    assert "nur die Koordination" in refused(voice("de"), caught.value).text


def test_a_resident_hears_that_only_the_team_can_do_this() -> None:
    with pytest.raises(NotAllowedError) as caught:
        demand(None, Role.COORDINATOR)
    assert "Seule l'équipe" in refused(voice("fr"), caught.value).text


def test_an_animator_may_do_what_the_team_may() -> None:
    assert demand(_ANIMATOR, Role.ANIMATOR) is _ANIMATOR
