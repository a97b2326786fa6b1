"""The board's addresses: what may be read there, by whom it is asked, and what becomes of wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.domain.anonymity import Shown
from bot.domain.directory import Neighbourhood
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.outlines import Outline
from bot.formats.qr import qr_svg
from bot.i18n import Voice, voice
from bot.phrases import board as phrases
from bot.services.contribution_board import Board
from bot.services.town import TownSettings
from bot.text import one_line
from web.board import answers, drawing, pages
from web.board.answers import A_DAY, FEED, PAGE, PICTURE, answer
from web.board.drawing import Pinned
from web.board.feed import FeedHead, feed
from web.board.links import Links
from web.board.views import Viewer
from web.board.wishes import Wish, language_of, number_in

_STYLE = (Path(__file__).parent / "board.css").read_text("utf-8")
_SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Public:
    """What the board shows and with what: nothing here can show what is not public.

    `bot_link` is the bot's own address, "" until Telegram has told its name; `address` is where people
    reach these pages, None where nobody has said so.
    """

    board: Board
    town: TownSettings
    neighbourhoods: Callable[[], Sequence[Neighbourhood]]
    bot_link: Callable[[], str]
    address: str | None = None
    outlines: tuple[Outline, ...] = ()


def board_routes(public: Public) -> list[Route]:
    """Return the routes of the board, to be asked before all others."""
    return _Pages(public).routes()


class _Pages:
    def __init__(self, public: Public) -> None:
        self._public = public
        self._mark = answers.mark_of(_STYLE.encode())

    def routes(self) -> list[Route]:
        return [
            Route("/board", self.board),
            Route("/board.atom", self.atom),
            Route("/board/poster", self.poster),
            Route("/board/map.svg", self.map),
            Route("/board/code/{what}.svg", self.code),
            Route("/board/photo/{media}", self.photo),
            Route("/board/style-{mark}.css", self.style),
            Route("/board/{number}", self.contribution),
            Route("/board/{rest:path}", self.nowhere),
        ]

    async def board(self, request: Request) -> Response:
        """Show the headings with the latest of each, or one heading page by page."""
        wish = self._wish(request)
        view = self._viewer(wish.language)
        if wish.filters.column is None:
            sections = await pages.overview(self._public.board, view, wish)
        else:
            sections = [await pages.column(self._public.board, view, wish)]
        facts = pages.board_facts(view, wish, sections, places=self._places())
        facts["answered"] = phrases.answered(view.v, await self._public.board.answered_within())
        facts["counts"] = await self._counts(view.v, wish)
        return self._page(request, "board.html", view.v, wish, facts)

    async def contribution(self, request: Request) -> Response:
        """Show one contribution; where it goes on with another one, lead there."""
        number = number_in(request.path_params["number"])
        shown = await self._public.board.one(number) if number is not None else None
        if shown is None:
            return await self.nowhere(request)
        wish, board = self._wish(request), self._public.board
        if shown.number != number:
            there = self._links(request).page(shown.number, wish.language)
            return RedirectResponse(there, _SEE_OTHER)
        view = self._viewer(wish.language)
        facts = pages.contribution_facts(
            view,
            shown,
            history=await board.history(shown.number),
            photos=await board.photos(shown.number),
        )
        return self._page(request, "contribution.html", view.v, wish, facts)

    async def poster(self, request: Request) -> Response:
        """Show what may be printed: both languages side by side, or the one in the address."""
        wish = self._wish(request)
        only = wish.language if "lang" in request.query_params else None
        halves = await pages.poster_halves(self._public.board, self._viewer, wish, only=only)
        large = request.query_params.get("size") == "a3"
        facts = pages.poster_facts(halves, wish, only=only, size="a3" if large else None)
        return self._page(request, "poster.html", halves[0].v, wish, facts)

    async def atom(self, request: Request) -> Response:
        """Serve the latest news for feed readers."""
        wish = self._wish(request)
        view, links = self._viewer(wish.language), self._links(request)
        page = await self._public.board.page(wish.filters)
        town = self._town(wish.language)
        head = FeedHead(
            phrases.feed_title(view.v, town),
            phrases.furniture(view.v)["lead"],
            town,
            wish.language,
            home=self._public.bot_link() or town,
            page=links.absolute(f"/board{wish.query()}"),
            own=links.absolute(f"/board.atom{wish.query()}"),
        )
        entries = [
            (each, view.card(each), links.absolute_page(each.number, wish.language))
            for each in page.items
        ]
        return answer(request, feed(head, entries), FEED)

    async def map(self, request: Request) -> Response:
        """Draw the pins of what was chosen, or of one contribution."""
        wish, links = self._wish(request), self._links(request)
        v, board = voice(wish.language), self._public.board
        number = number_in(request.query_params.get("number", ""))
        one = await board.one(number) if number is not None else None
        shown = [one] if one else [] if number is not None else await board.pins(wish.filters)
        here = one.neighbourhood if one else wish.filters.neighbourhood
        picture = drawing.draw(
            [_pinned(v, each, links.page(each.number, wish.language)) for each in shown],
            self._public.outlines,
            names=self._places(),
            language=wish.language,
            title=phrases.map_for(v, one.number) if one else phrases.map_of(v),
            here=here,
        )
        return answer(request, picture, PICTURE, style=drawing.STYLE)

    async def code(self, request: Request) -> Response:
        """Draw the QR code of the board, of the bot, or of the bot opened with a contribution."""
        what, links = request.path_params["what"], self._links(request)
        number = number_in(what)
        if number is not None and await self._public.board.one(number) is None:
            return await self.nowhere(request)
        address = links.absolute("/board") if what == "board" else links.bot(number)
        if not address or (number is None and what not in {"board", "bot"}):
            return await self.nowhere(request)
        return answer(request, qr_svg(address), PICTURE)

    async def photo(self, request: Request) -> Response:
        """Show a photo that the team has released, as long as its contribution stands on the board."""
        media = number_in(request.path_params["media"])
        found = await self._public.board.photo(media) if media is not None else None
        if found is None:
            return await self.nowhere(request)
        return answer(request, found.content, found.mime)

    async def style(self, request: Request) -> Response:
        """Serve the style sheet; its name changes with it, so it may be kept."""
        if request.path_params["mark"] != self._mark:
            return await self.nowhere(request)
        return answer(request, _STYLE, "text/css", seconds=A_DAY)

    async def nowhere(self, request: Request) -> Response:
        """Say in both languages that nothing stands here."""
        language = language_of(request.query_params, request.headers)
        facts = {"missing": pages.missing_facts(language)}
        return self._page(
            request, "missing.html", voice(language), Wish(language), facts, status=404
        )

    def _page(
        self,
        request: Request,
        template: str,
        v: Voice,
        wish: Wish,
        facts: Mapping[str, object],
        *,
        status: int = 200,
    ) -> Response:
        links = self._links(request)
        body = pages.render(
            template,
            {
                "v": v,
                "words": phrases.furniture(v),
                "wish": wish,
                "links": links,
                "towns": {code: self._town(code) for code in LANGUAGES},
                "style": links.local(f"/board/style-{self._mark}.css"),
                "here": links.local(request.url.path.removeprefix(links.root)),
                **facts,
            },
        )
        return answer(request, body, PAGE, status=status)

    async def _counts(self, v: Voice, wish: Wish) -> list[pages.Heading]:
        counts = await self._public.board.counts()
        return [pages.heading(v, wish, column, counts.get(column, 0)) for column in pages.COLUMNS]

    def _wish(self, request: Request) -> Wish:
        known = frozenset(self._places())
        return Wish.of(request.query_params, request.headers, neighbourhoods=known)

    def _viewer(self, language: str) -> Viewer:
        return Viewer(voice(language), self._places(), self._public.town.day)

    def _places(self) -> Mapping[str, Localized]:
        return {each.id: each.name for each in self._public.neighbourhoods()}

    def _town(self, language: str) -> str:
        town = self._public.town.current
        return (town.town or town.name).told(language).text

    def _links(self, request: Request) -> Links:
        address = self._public.address
        root = urlsplit(address).path if address else ""
        base = address or str(request.base_url).rstrip("/")
        return Links(root=root, base=base, telegram=self._public.bot_link())


def _pinned(v: Voice, shown: Shown, href: str) -> Pinned:
    title = one_line(shown.title.told(v.language).text)
    return Pinned(shown, f"{phrases.numbered(v, shown.number)}: {title}", href)
