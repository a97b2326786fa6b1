"""The front desk's order of service: which handler takes an update, and who words a refusal.

Whether a handler wants an update is decided by python-telegram-bot's own handlers and filters.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.domain.errors import RefusedError
from bot.telegram.visit import Visit

Handle = Callable[[Update, Visit], Awaitable[None]]
Refuse = Callable[[Update, Visit, RefusedError], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handler:
    """Who serves which updates."""

    wants: Callable[[object], object]
    serve: Handle


def on_command(name: str, serve: Handle, *, only: filters.BaseFilter | None = None) -> Handler:
    """Serve the command `/name`, if it is for this bot and `only` lets it through."""
    new = filters.UpdateType.MESSAGE if only is None else filters.UpdateType.MESSAGE & only
    return Handler(CommandHandler(name, _elsewhere, filters=new).check_update, serve)


def on_key(labels: list[str], serve: Handle) -> Handler:
    """Serve a key of the fixed keyboard, whose words come back as a message."""
    return Handler(MessageHandler(filters.Text(labels), _elsewhere).check_update, serve)


def on_press(pattern: str, serve: Handle) -> Handler:
    """Serve the buttons under messages whose action matches `pattern` from its beginning."""
    return Handler(CallbackQueryHandler(_elsewhere, pattern=pattern).check_update, serve)


def on_message(wanted: filters.BaseFilter, serve: Handle) -> Handler:
    """Serve the messages that `wanted` lets through."""
    return Handler(MessageHandler(wanted, _elsewhere).check_update, serve)


@dataclass(frozen=True, slots=True)
class Desk:
    """Handlers in order: the first that wants an update gets it.

    `free_text` is the one handler that yields to a dialogue under way, whose next step `flows` names;
    `refuse` puts into words what a service refused.
    """

    handlers: Sequence[Handler]
    free_text: Handle
    flows: Mapping[str, Handle]
    refuse: Refuse

    async def serve(self, update: Update, visit: Visit) -> None:
        """Let the right handler serve the visit; an update nobody wants is passed over."""
        serve = self._choose(update, visit)
        if serve is None:
            return
        try:
            await serve(update, visit)
        except RefusedError as error:
            await self.refuse(update, visit, error)

    def _choose(self, update: Update, visit: Visit) -> Handle | None:
        for handler in self.handlers:
            wanted = handler.wants(update)
            if wanted is None or wanted is False:
                continue
            if handler.serve is self.free_text and visit.conversation and update.message:
                return self.flows.get(visit.conversation.flow, self.free_text)
            return handler.serve
        return None


async def _elsewhere(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Stand where the library wants a callback: only its matching is used here."""
