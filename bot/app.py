"""The only module that knows everyone: it makes the rooms meet, starts them and stops them in order."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress

import structlog
from starlette.routing import Route
from starlette.types import ASGIApp
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.archive import Archive
from bot.clock import monotonic
from bot.domain.errors import OperatorError
from bot.domain.pacing import Limits
from bot.formats.outlines import read_outlines
from bot.metrics import CONTENT_TYPE, Metrics
from bot.services.all import Services
from bot.serving import WebServer
from bot.settings import Settings
from bot.telegram import profile
from bot.telegram.client import AiohttpRequest
from bot.telegram.delivery import Delivery
from bot.telegram.failures import Wait, classify
from bot.telegram.intake import WANTED, Intake, Polling, Webhook
from bot.telegram.ledger import Ledger
from bot.telegram.media import MediaFetcher
from bot.telegram.pacing import Pace
from bot.telegram.progress import ProgressBoard
from bot.telegram.reception import Reception, Tools
from bot.telegram.replies import Replies
from bot.ticks import Tick, Ticks
from handlers import desk
from storage.store import Tx
from web.agenda.app import Public as PublicAgenda
from web.agenda.app import agenda_routes
from web.app import create_web
from web.board.app import Public, board_routes
from web.health import Health, health_routes
from web.wall.app import Projected, wall_routes

STOPPING = 9.0
"""Seconds from SIGTERM to the end, whatever is still under way."""

_DRAIN = 6.0
_RETRY = 5.0
_RETRY_PROFILE = 300.0
_log = structlog.get_logger(__name__)


class App:
    """One running bot: what comes in, what goes out, what is due, and the web beside it."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        *,
        sandbox: ASGIApp | None = None,
        limits: Limits | None = None,
    ) -> None:
        if settings.token is None:
            raise OperatorError("QUARTIERBOT_TOKEN is not set.", remedy="@BotFather gives you one.")
        self.settings = settings
        self.archive = archive
        self.metrics = Metrics()
        self._fetching = AiohttpRequest()
        self.bot = Bot(
            settings.token.get_secret_value(),
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=self._fetching,
        )
        pace = Pace(limits=limits or Limits(rate=int(settings.rate)))
        services, store, clock = archive.services, archive.store, archive.clock
        self.address, self._sandbox = settings.public_url, sandbox is not None
        self.delivery = Delivery(store, self.bot, pace=pace, clock=clock, metrics=self.metrics)
        store.committed = self.delivery.wake
        self.ledger = Ledger(store, clock, along=_along(services))
        replies = Replies(self.bot, pace, services.residents)
        tools = Tools(
            services, store, clock, desk(), self.ledger, replies, self.metrics, self.address
        )
        self.intake = Intake(Reception(self.bot, tools))
        self.media = MediaFetcher(self.bot, services.media)
        self.progress = ProgressBoard(self.bot, pace, services.broadcast_mailing)
        self.ticks = Ticks(
            (
                *_ticks(services),
                Tick("media", 5.0, self.media.fetch),
                Tick("progress", 2.0, self.progress.show),
            )
        )
        self.web = WebServer(
            create_web(
                self._health(),
                pages=[*self._board(), *self._agenda(), *self._wall()],
                webhook=self._webhook(),
                sandbox=sandbox,
            ),
            host=settings.web_host,
            port=settings.web_port,
        )
        self.port = settings.web_port
        self.ready = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`; then finish what is under way and close, within ten seconds."""
        self.port = await self.web.start()
        try:
            if await self._greet_telegram(stop):
                await self._serve(stop)
        finally:
            await self.web.stop()
            with suppress(TelegramError):
                await self.bot.shutdown()

    async def _serve(self, stop: asyncio.Event) -> None:
        await self.ledger.open()
        self.ticks.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._stops_all(stop, self.delivery.run(stop, drain=_DRAIN)))
                group.create_task(self._stops_all(stop, self._take_in(stop)))
                group.create_task(self._introduce(stop))
                self.intake.ready = True
                self.ready.set()
        except* OperatorError as errors:
            raise errors.exceptions[0] from None
        finally:
            self.ticks.stop()

    @staticmethod
    async def _stops_all(stop: asyncio.Event, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        finally:
            stop.set()

    async def _take_in(self, stop: asyncio.Event) -> None:
        secret = self.settings.webhook_secret
        if self.settings.webhook_url and secret:
            await self.bot.set_webhook(
                self.settings.webhook_url,
                secret_token=secret.get_secret_value(),
                allowed_updates=WANTED,
                max_connections=100,
            )
            await stop.wait()
            await self.intake.drain(_DRAIN)
            return
        await self._without_webhook()
        polling = Polling(self.bot, self._fetching, self.intake)
        try:
            await polling.run(stop)
        except InvalidToken:
            raise _revoked() from None
        await self.intake.drain(_DRAIN)
        with suppress(TelegramError):
            await polling.confirm()

    async def _without_webhook(self) -> None:
        with suppress(TelegramError):
            if (await self.bot.get_webhook_info()).url:
                _log.warning("a webhook was set: removing it, since this bot polls")
                await self.bot.delete_webhook()

    async def _greet_telegram(self, stop: asyncio.Event) -> bool:
        """Ask Telegram who we are, as often as it takes; False if it was time to stop first."""
        while not stop.is_set():
            try:
                await self.bot.initialize()
            except InvalidToken:
                raise _revoked() from None
            except TelegramError as error:
                _log.warning("Telegram does not answer", error=type(error).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _RETRY)
            else:
                return True
        return False

    async def _introduce(self, stop: asyncio.Event) -> None:
        """Bring the bot's texts up to date, as patiently as Telegram wants it."""
        while not stop.is_set():
            try:
                changed = await profile.synchronise(self.bot, self.archive.services.town.current)
            except TelegramError as error:
                meaning = classify(error)
                pause = meaning.seconds if isinstance(meaning, Wait) else _RETRY_PROFILE
                _log.warning("profile not up to date yet", error=type(error).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
            else:
                _log.info("profile", changed=changed)
                return

    def _webhook(self) -> Webhook | None:
        secret = self.settings.webhook_secret
        if not self.settings.webhook_url or secret is None:
            return None
        return Webhook(self.intake, secret.get_secret_value())

    def _board(self) -> list[Route]:
        services = self.archive.services
        return board_routes(
            Public(
                services.board,
                services.town,
                services.asking.neighbourhoods,
                bot_link=self._link,
                address=self.address,
                outlines=read_outlines(self.settings.directory),
            )
        )

    def _wall(self) -> list[Route]:
        services = self.archive.services
        return wall_routes(
            Projected(
                services.gatherings,
                services.polls,
                now=self.archive.clock.now,
                bot_link=self._link,
            )
        )

    def _link(self) -> str:
        """Return where the bot is opened; "" until Telegram has told us its name."""
        if self._sandbox:
            return f"{self.address}/"  # Telegram does not know the demo's bot: its phones open the link
        try:
            return self.bot.link
        except RuntimeError:
            return ""

    def _agenda(self) -> list[Route]:
        services = self.archive.services
        return agenda_routes(
            PublicAgenda(
                services.agenda,
                services.feeds,
                services.town,
                self.archive.clock.zone,
                bot_link=self._link,
                address=self.address,
            )
        )

    def _health(self) -> list[Route]:
        health = Health(
            intake_age=lambda: monotonic() - self.intake.last_success,
            outbox_age=self.delivery.outbox_age,
            polling=self.settings.webhook_url is None,
            conflict=lambda: self.intake.conflict,
        )
        return health_routes(health, metrics=self.metrics.page, metrics_type=CONTENT_TYPE)


async def run_until_signalled(app: App, stop: asyncio.Event | None = None) -> None:
    """Run `app` until SIGTERM or SIGINT sets `stop`; a second signal ends it at once."""
    stop = stop or asyncio.Event()
    loop = asyncio.get_running_loop()
    task = loop.create_task(app.run(stop))

    def asked() -> None:
        if stop.is_set():
            task.cancel()
        stop.set()
        loop.call_later(STOPPING, task.cancel)

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked)
    # What was read at the start stays to the end: nobody need look through it for rubbish.
    gc.freeze()
    with suppress(asyncio.CancelledError):
        await task


async def start_link(settings: Settings, payload: str) -> str:
    """Return the link that opens the bot with `payload`; "" without a token."""
    if settings.token is None:
        return ""
    address = f"{settings.api_url}/bot"
    bot = Bot(settings.token.get_secret_value(), base_url=address, request=AiohttpRequest())
    try:
        async with bot:
            return f"https://t.me/{bot.username}?start={payload}"
    except TelegramError as error:
        raise OperatorError(
            "Telegram does not answer, so the bot's name is not known.",
            remedy=f"Open the bot and send it: /start {payload}",
        ) from error


def _along(services: Services) -> Callable[[Tx], Awaitable[None]]:
    """Return what is written with the updates that had no effect of their own."""

    async def save(tx: Tx) -> None:
        await services.contexts.save(tx)
        await services.learning.save(tx)

    return save


def _ticks(services: Services) -> tuple[Tick, ...]:
    return (
        Tick("deletions", 20.0, services.privacy.delete_due),
        Tick("clean_up", 3600.0, services.privacy.clean_up),
        Tick("reminders", 600.0, services.reminders.remind_due),
        Tick("announcements", 2.0, services.broadcast_mailing.advance),
        Tick("old_drafts", 3600.0, services.broadcasts.forget_drafts),
        Tick("polls", 5.0, services.poll_keeping.due),
        Tick("sessions", 600.0, services.gatherings.end_forgotten),
        Tick("poll_names", 3600.0, services.poll_keeping.forget_names),
        Tick("mornings", 300.0, services.mornings.send_due),
        Tick("alike", 5.0, services.supports.index.keep_up),
        Tick("own_reminders", 10.0, services.own_reminders.remind_due),
        Tick("waiting", 30.0, services.waiting.look_after),
        Tick("old_registrations", 3600.0, services.registrations.clean_up),
    )


def _revoked() -> OperatorError:
    return OperatorError(
        "Telegram does not accept the token.",
        remedy="Set QUARTIERBOT_TOKEN to the one @BotFather shows you.",
    )
