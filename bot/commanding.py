"""What every command begins and ends with: the settings, the loop, and one error instead of a group."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot import logs
from bot.domain.errors import OperatorError
from bot.settings import Settings


def settings_read() -> Settings:
    """Return the settings, with the log as they want it."""
    settings = Settings.read()
    logs.start(settings.log_level, settings.log_format, secrets=settings.secrets)
    return settings


def go(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever the work comes to
    """Do the work and return what it comes to; of several errors the operator's own is raised."""
    try:
        return asyncio.run(work)
    except BaseExceptionGroup as group:
        operator, rest = group.split(OperatorError)
        if operator is None or rest is not None:
            raise
        raise _first(operator) from None


def _first(group: BaseExceptionGroup[OperatorError]) -> OperatorError:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
