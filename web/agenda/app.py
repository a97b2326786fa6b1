"""The agenda's addresses: pages for people, calendars for phones, leaflets and a month for paper."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.agenda import Filters, bounds, month_of
from bot.domain.localized import LANGUAGES
from bot.formats.qr import qr_svg
from bot.i18n import voice
from bot.phrases import agenda_pages as phrases
from bot.phrases.activities import rhythm_of
from bot.services.agenda import Agenda
from bot.services.feeds import Feeds
from bot.services.town import TownSettings
from web.agenda import answers, pages, structured, wishes
from web.agenda.answers import A_DAY, A_MINUTE, CALENDAR, PAGE, PICTURE, STYLE, answer
from web.agenda.wishes import Wish

_STYLE = (Path(__file__).parent / "agenda.css").read_text("utf-8")
_ON_PAGE = 40
_DATES = 10


@dataclass(frozen=True, slots=True)
class Public:
    """What the agenda's pages show and with what.

    `bot_link` is the bot's own address, "" until Telegram has told its name; `address` is where people
    reach these pages, None where nobody has said so.
    """

    agenda: Agenda
    feeds: Feeds
    town: TownSettings
    zone: ZoneInfo
    bot_link: Callable[[], str]
    address: str | None = None


def agenda_routes(public: Public) -> list[Route]:
    """Return the routes of the agenda."""
    return _Pages(public).routes()


class _Pages:
    def __init__(self, public: Public) -> None:
        self._public = public
        self._mark = answers.mark_of(_STYLE.encode())

    def routes(self) -> list[Route]:
        return [
            Route("/agenda", self.agenda),
            Route("/agenda.ics", self.town_feed),
            Route("/agenda/month", self.month),
            Route("/agenda/centre/{centre}.ics", self.centre_feed),
            Route("/agenda/mine/{secret}.ics", self.own_feed),
            Route("/agenda/code/{entry}.svg", self.code),
            Route(f"/agenda/style-{self._mark}.css", self.style),
            Route("/agenda/{entry}.ics", self.activity_feed),
            Route("/agenda/{entry}/leaflet", self.leaflet),
            Route("/agenda/{entry}", self.activity),
            Route("/agenda/{rest:path}", self.nowhere),
        ]

    async def agenda(self, request: Request) -> Response:
        """Show what takes place, day by day, narrowed by what the address asks for."""
        wish = self._wish(request)
        v, agenda = voice(wish.language), self._public.agenda
        now = agenda.now()
        since, until = bounds(wish.look.span, now)
        page = await agenda.between(
            since, until, filters=wish.look.filters, page=wish.look.page, size=_ON_PAGE
        )
        facts = {
            "days": pages.by_day(v, page.rows, now=now),
            "page": page,
            "choices": self._choices(wish),
            "chosen": {
                "days": wish.look.span,
                "neighbourhood": wish.look.filters.neighbourhood,
                "centre": wish.centre,
                "audience": wish.look.filters.audience,
                "age": str(wish.look.filters.age or ""),
                "category": wish.look.filters.category,
            },
            "room": wish.look.filters.room,
            "counts_places": agenda.knows_vacancies,
        }
        return self._page(request, "agenda.html", wish, facts)

    async def month(self, request: Request) -> Response:
        """Show a month as a table that fits on one sheet of paper."""
        wish = self._wish(request)
        v, agenda = voice(wish.language), self._public.agenda
        first = wishes.month_of(request.query_params, agenda.now().date())
        since, until = month_of(first)
        rows = await agenda.rows(since, until, filters=wish.look.filters)
        facts = {
            "name": phrases.month_name(v, first),
            "weekdays": phrases.weekdays(v),
            "weeks": pages.weeks(v, rows, first=first),
            "month": f"{first:%Y-%m}",
            "centres": self._choices(wish)["centre"],
            "centre": dict(self._choices(wish)["centre"]).get(wish.centre, ""),
            "earlier": _month_link(first, -1),
            "later": _month_link(first, 1),
            "code": self._local(request, "/agenda/code/agenda.svg"),
        }
        return self._page(request, "month.html", wish, facts)

    async def activity(self, request: Request) -> Response:
        """Show one activity with its dates."""
        return await self._activity(request, "activity.html")

    async def leaflet(self, request: Request) -> Response:
        """Show an activity as a leaflet with a code that opens it in the chat."""
        return await self._activity(request, "leaflet.html")

    async def _activity(self, request: Request, template: str) -> Response:
        entry = self._public.agenda.activity(request.path_params["entry"])
        if entry is None:
            return await self.nowhere(request)
        wish = self._wish(request)
        v, agenda = voice(wish.language), self._public.agenda
        coming = await agenda.planned(entry.id, count=_DATES)
        place = agenda.directory.places.get(entry.place or "")
        url = self._absolute(request, f"/agenda/{entry.id}?lang={wish.language}")
        now = agenda.now()
        first_day = coming[0].start.date() if coming else now.date()
        facts = {
            "entry": entry,
            "title": entry.title.told(v.language).text,
            "summary": entry.summary.told(v.language).text,
            "text": entry.description.told(v.language).text,
            "often": rhythm_of(v, entry, day=first_day),
            "facts": pages.about(v, entry, place),
            "dates": pages.dates(v, entry, coming, directory=agenda.directory, now=now),
            "map": pages.map_link(place),
            "chat": self._chat(f"a{entry.id}"),
            "feed": self._local(request, f"/agenda/{entry.id}.ics?lang={wish.language}"),
            "code": self._local(request, f"/agenda/code/{entry.id}.svg"),
            "events": structured.events(
                entry,
                coming,
                directory=agenda.directory,
                language=v.language,
                url=url,
                zone=self._public.zone,
            ),
        }
        return self._page(request, template, wish, facts)

    async def town_feed(self, request: Request) -> Response:
        """Serve the calendar of the town."""
        return await self._calendar(request, Filters())

    async def centre_feed(self, request: Request) -> Response:
        """Serve the calendar of a centre."""
        centre = self._public.town.current.centre(request.path_params["centre"])
        if centre is None or not centre.place:
            return await self.nowhere(request)
        return await self._calendar(request, Filters(centre=centre.place))

    async def activity_feed(self, request: Request) -> Response:
        """Serve the calendar of one activity."""
        language, link = self._language(request), self._link(request)
        content = self._public.feeds.of_activity(
            request.path_params["entry"], language=language, link=link
        )
        if content is None:
            return await self.nowhere(request)
        return answer(request, content, CALENDAR, seconds=A_MINUTE * 10)

    async def own_feed(self, request: Request) -> Response:
        """Serve a person's own dates; whoever has the secret link reads them, nobody else."""
        mine = self._public.agenda.mine
        keys = await mine.occurrences_of(request.path_params["secret"]) if mine else None
        if keys is None:
            return await self.nowhere(request)
        found = [await self._public.agenda.occurrence(key) for key in keys]
        content = self._public.feeds.of_dates(
            [each for each in found if each is not None],
            language=self._language(request),
            link=self._link(request),
        )
        return answer(request, content, CALENDAR, seconds=0)

    async def code(self, request: Request) -> Response:
        """Draw the QR code that opens an activity, or the agenda, in the chat."""
        what = request.path_params["entry"]
        known = what == "agenda" or self._public.agenda.activity(what) is not None
        if not known:
            return await self.nowhere(request)
        agenda = self._absolute(request, "/agenda")
        address = agenda if what == "agenda" else self._chat(f"a{what}") or f"{agenda}/{what}"
        return answer(request, qr_svg(address), PICTURE)

    async def style(self, request: Request) -> Response:
        """Serve the style sheet; its name changes with it, so it may be kept."""
        return answer(request, _STYLE, STYLE, seconds=A_DAY)

    async def nowhere(self, request: Request) -> Response:
        """Say that nothing stands here."""
        return self._page(request, "missing.html", self._wish(request), {}, status=404)

    async def _calendar(self, request: Request, filters: Filters) -> Response:
        content = await asyncio.to_thread(
            self._public.feeds.of_town,
            language=self._language(request),
            link=self._link(request),
            filters=filters,
        )
        return answer(request, content, CALENDAR, seconds=A_MINUTE * 10)

    def _page(
        self,
        request: Request,
        template: str,
        wish: Wish,
        facts: Mapping[str, object],
        *,
        status: int = 200,
    ) -> Response:
        v = voice(wish.language)
        town = self._public.town.current
        body = pages.render(
            template,
            {
                "v": v,
                "words": phrases.furniture(v),
                "wish": wish,
                "town": (town.town or town.name).told(v.language).text,
                "root": self._local(request, "/agenda"),
                "style": self._local(request, f"/agenda/style-{self._mark}.css"),
                "here": request.url.path,
                "spoken": {code: _spoken(request, wish, code) for code in LANGUAGES},
                "address": self._absolute(request, "/agenda.ics") + f"?lang={wish.language}",
                "chat": self._chat(""),
                **facts,
            },
        )
        return answer(request, body, PAGE, status=status)

    def _choices(self, wish: Wish) -> dict[str, list[tuple[str, str]]]:
        v, agenda = voice(wish.language), self._public.agenda
        quarters = agenda.directory.neighbourhoods.values()
        return {
            **phrases.choices(v, agenda.categories()),
            "neighbourhood": [(each.id, each.name.told(v.language).text) for each in quarters],
            "centre": [
                (each.id, each.name.told(v.language).text)
                for each in self._public.town.current.centres
                if each.place
            ],
        }

    def _wish(self, request: Request) -> Wish:
        centres = self._public.town.current.centres
        return Wish.of(request.query_params, request.headers, centres=centres)

    def _language(self, request: Request) -> str:
        return wishes.language_of(request.query_params, request.headers)

    def _link(self, request: Request) -> str:
        return self._public.bot_link() or self._absolute(request, "")

    def _chat(self, payload: str) -> str:
        link = self._public.bot_link()
        return f"{link}?start={payload}" if link and payload else link

    def _local(self, request: Request, path: str) -> str:
        return f"{request.scope.get('root_path', '')}{path}"

    def _absolute(self, request: Request, path: str) -> str:
        base = self._public.address or str(request.base_url).rstrip("/")
        return f"{base}{path}"


def _spoken(request: Request, wish: Wish, language: str) -> str:
    """Return the end of this address in another language."""
    month = request.query_params.get("month", "")
    spoken = wish.spoken(language).query()
    return f"{spoken}&month={month}" if month.replace("-", "").isdecimal() else spoken


def _month_link(first: date, ahead: int) -> str:
    month = first.month - 1 + ahead
    return f"{first.year + month // 12}-{month % 12 + 1:02}"
