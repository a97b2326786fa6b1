"""The front desk's order of service: which handler takes an update, and who words a refusal.

Whether a handler wants an update is decided by python-telegram-bot's own handlers and filters.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.domain.errors import RefusedError
from bot.telegram.visit import Visit

Handle = Callable[[Update, Visit], Awaitable[None]]
Refuse = Callable[[Update, Visit, RefusedError], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handler:
    """Who serves which updates; `leaves` tells that a dialogue under way is left for it."""

    wants: Callable[[object], object]
    serve: Handle
    leaves: bool = False


def on_command(
    name: str, serve: Handle, *, only: filters.BaseFilter | None = None, leaves: bool = True
) -> Handler:
    """Serve the command `/name`, if it is for this bot and `only` lets it through."""
    new = filters.UpdateType.MESSAGE if only is None else filters.UpdateType.MESSAGE & only
    return Handler(CommandHandler(name, _elsewhere, filters=new).check_update, serve, leaves)


def on_key(labels: list[str], serve: Handle, *, leaves: bool = True) -> Handler:
    """Serve a key of the fixed keyboard, whose words come back as a message."""
    return Handler(MessageHandler(filters.Text(labels), _elsewhere).check_update, serve, leaves)


def on_press(pattern: str, serve: Handle) -> Handler:
    """Serve the buttons under messages whose action matches `pattern` from its beginning."""
    return Handler(CallbackQueryHandler(_elsewhere, pattern=pattern).check_update, serve)


def on_message(wanted: filters.BaseFilter, serve: Handle) -> Handler:
    """Serve the messages that `wanted` lets through."""
    return Handler(MessageHandler(wanted, _elsewhere).check_update, serve)


@dataclass(frozen=True, slots=True)
class Desk:
    """Handlers in order: the first that wants an update gets it.

    `yields` names the handlers that yield to a dialogue under way, with each dialogue's next step;
    `corrects` names the dialogues that also take a message changed later, which elsewhere is no
    answer; `parks` names what happens to a dialogue when a key or command leads elsewhere; `refuse`
    puts into words what a service refused.
    """

    handlers: Sequence[Handler]
    yields: Mapping[Handle, Mapping[str, Handle]]
    corrects: Collection[str]
    parks: Mapping[str, Handle]
    refuse: Refuse

    async def serve(self, update: Update, visit: Visit) -> None:
        """Let the right handler serve the visit; an update nobody wants is passed over."""
        handler = self._choose(update)
        if handler is None:
            return
        flow = self._under_way(update, visit)
        serve = self.yields.get(handler.serve, {}).get(flow, handler.serve)
        try:
            await serve(update, visit)
            if handler.leaves and flow in self.parks:
                await self.parks[flow](update, visit)
        except RefusedError as error:
            await self.refuse(update, visit, error)

    def _under_way(self, update: Update, visit: Visit) -> str:
        """Return the dialogue that this update may continue or leave; "" for none."""
        flow = visit.conversation.flow if visit.conversation else ""
        return flow if update.message or flow in self.corrects else ""

    def _choose(self, update: Update) -> Handler | None:
        for handler in self.handlers:
            wanted = handler.wants(update)
            if wanted is not None and wanted is not False:
                return handler
        return None


async def _elsewhere(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Stand where the library wants a callback: only its matching is used here."""
