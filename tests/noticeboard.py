"""A board in a small town with something under every heading, and the pages that show it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO
from itertools import count
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from bot.clock import Clock
from bot.domain.contribution_states import Decision, Helpers, State
from bot.domain.contributions import Draft, Kind, NameLevel, Point
from bot.domain.directory import Neighbourhood
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.formats.outlines import read_outlines
from bot.services.town import TownSettings
from storage.sealing import Keyring
from storage.store import Store
from tests.contributing import House
from tests.sandbox.server import running
from web.app import create_web
from web.board.app import Public, board_routes

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
LATER = 1_000_000
"""The first update after those that filled the lively town."""
PLACES = [
    Neighbourhood("zentrum", Localized(fr="Centre–Vieille Ville", de="Zentrum–Altstadt")),
    Neighbourhood("mett", Localized(fr="Mâche", de="Mett")),
    Neighbourhood("madretsch", Localized(fr="Madretsch", de="Madretsch")),
    Neighbourhood("boezingen", Localized(fr="Boujean", de="Bözingen")),
    Neighbourhood("gurzelen", Localized(fr="Champagne-Gurzelen", de="Champagne-Gurzelen")),
    Neighbourhood("moesli", Localized(fr="Mösli", de="Möösli")),
]
BOT = "https://t.me/quartierbot_demo_bot"


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the status, the headers and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one board, asked for as a browser does."""

    address: str
    http: aiohttp.ClientSession

    async def get(self, path: str, *, method: str = "GET", **headers: str) -> Page:
        """Ask for a page; redirections are not followed."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.request(
            method, f"{self.address}{path}", headers=names, allow_redirects=False
        ) as answer:
            return Page(answer.status, answer.headers, await answer.read())


def public(house: House, *, outlines: bool = True, address: str | None = None) -> Public:
    """Return what the pages are made of."""
    return Public(
        house.board,
        TownSettings(house.store, house.clock),
        lambda: PLACES,
        bot_link=lambda: BOT,
        address=address,
        outlines=read_outlines(SAMPLE) if outlines else (),
    )


@asynccontextmanager
async def open_board(house: House, *, outlines: bool = True) -> AsyncIterator[Pages]:
    """Serve the board on a free port."""
    app = create_web([], pages=board_routes(public(house, outlines=outlines)))
    async with running(app) as address, aiohttp.ClientSession() as http:
        yield Pages(address, http)


@asynccontextmanager
async def house_in(
    model: Path, keyring: Keyring, folder: Path, *, first: int = 1
) -> AsyncIterator[House]:
    """Give a town hall over a copy of a database, whose next update is the `first`."""
    file, clock = folder / "board.db", Clock()
    shutil.copyfile(model, file)
    store = await Store.open(f"sqlite:///{file}", keyring, clock=clock)
    yield House(store, clock, count(first))
    await store.close()


@pytest.fixture(scope="session")
def lively_town(
    sqlite_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Keyring]:
    """Return a database with something under every heading, made once, and its key."""
    folder, keyring = tmp_path_factory.mktemp("lively"), Keyring.in_memory()

    async def fill() -> None:
        async with house_in(sqlite_model, keyring, folder) as house:
            await lively(house)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, fill()).result()
    return folder / "board.db", keyring


async def lively(house: House) -> Resident:
    """Put something under every heading and return the coordinator."""
    alice, beat = await house.resident(1), await house.resident(2, "de")
    reto = await house.member(3, Role.COORDINATOR)
    board = Noticeboard(house, reto)
    benches = await board.put(
        alice,
        Draft(
            Kind.IDEA,
            "Des bancs",
            "fr",
            photos=("a",),
            point=Point(47.1403, 7.2466),
            neighbourhood="zentrum",
            category="space",
        ),
        title=Localized(fr="Des bancs à l'ombre au Ring", de="Bänke im Schatten am Ring"),
        summary=Localized(
            fr="Quand il fait chaud, les aînés ne trouvent pas où s'asseoir entre le marché et l'arrêt"
            " du bus. Trois bancs sous les tilleuls suffiraient.",
            de="Wenn es heiss ist, finden ältere Leute zwischen Markt und Bushaltestelle keinen Platz"
            " zum Sitzen. Drei Bänke unter den Linden würden reichen.",
        ),
        decision=Decision(
            State.PLANNED,
            Localized(fr="Deux bancs arrivent au printemps.", de="Zwei Bänke kommen im Frühling."),
        ),
    )
    await house.supports.join(house.cause(), beat, benches)
    await board.photo()
    await board.put(
        beat,
        Draft(
            Kind.CONCERN, "Tempo", "de", point=Point(47.1448, 7.2735), neighbourhood="mett",
            category="traffic", level=NameLevel.CONFIDENTIAL,
        ),
        title=Localized(de="Zu schnell an der Schule vorbei"),
        summary=Localized(de="Am Morgen fahren viele Autos zu schnell an der Schule vorbei."),
    )  # fmt: skip
    for number, (kind, where, fr, de, decision) in enumerate(_STORIES):
        house.clock.start_at(house.clock.local().replace(tzinfo=None) + timedelta(hours=3))
        await board.put(
            await house.resident(10 + number),
            Draft(kind, fr, "fr", point=_AT[where], neighbourhood=where, category="together"),
            title=Localized(fr=fr, de=de),
            decision=decision,
        )
    return reto


@dataclass(frozen=True, slots=True)
class Noticeboard:
    """Somebody of the team who puts things on the board."""

    house: House
    member: Resident

    async def put(
        self,
        author: Resident,
        draft: Draft,
        *,
        title: Localized,
        summary: Localized | None = None,
        decision: Decision | None = None,
    ) -> int:
        """Take a contribution in, word it, show it, and publish a decision if there is one."""
        house, member = self.house, self.member
        number = await house.sent(author, draft)
        summary = summary or Localized()
        for code in {*title, *summary}:
            await house.wording.translate(
                house.cause(), member, number, language=code,
                title=title.get(code, ""), summary=summary.get(code, ""),
            )  # fmt: skip
        await house.decisions.release(house.cause(), member, number)
        if decision is not None:
            await house.decisions.decide(house.cause(), member, number, decision)
            await house.decisions.publish(house.cause(), member, number)
        return number

    async def photo(self, *, released: bool = True, picture: bytes = b"") -> int:
        """Let the photo of a contribution arrive from Telegram, and release it."""
        house = self.house
        (wanted,) = await house.media.wanted()
        media = await house.media.store(wanted, picture or landscape())
        assert media is not None
        if released:
            await house.media.release(house.cause(), self.member, media, released=True)
        return media


def landscape() -> bytes:
    """Return a photo: a sky above a meadow."""
    picture = Image.new("RGB", (1200, 800), "#9fc4d8")
    picture.paste("#6f9a5a", (0, 500, 1200, 800))
    out = BytesIO()
    picture.save(out, "JPEG", exif=_where_it_was_taken())
    return out.getvalue()


MAKER = "Kamerafabrik Geheim"


def _where_it_was_taken() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif[0x8825] = {1: "N", 2: (47.0, 8.0, 25.0), 3: "E", 4: (7.0, 14.0, 47.0)}
    return exif


BOTH = Localized(
    fr="La Ville n'est pas propriétaire de ce terrain. Nous cherchons un autre endroit.",
    de="Der Boden gehört nicht der Stadt. Wir suchen einen anderen Ort.",
)
_AT = {
    "mett": Point(47.1446, 7.2731),
    "boezingen": Point(47.1529, 7.2674),
    "madretsch": Point(47.1308, 7.2539),
    "gurzelen": Point(47.1451, 7.2565),
    "moesli": Point(47.1289, 7.2641),
    "zentrum": Point(47.1376, 7.2441),
}
_STORIES = (
    (Kind.WISH, "madretsch", "Une fontaine sur la place", "Ein Brunnen auf dem Platz", None),
    (Kind.IDEA, "boezingen", "Un four à pain commun", "Ein gemeinsamer Brotofen",
     Decision(State.IMPOSSIBLE, BOTH)),
    (Kind.IDEA, "gurzelen", "Un terrain de pétanque", "Eine Boulebahn",
     Decision(State.DONE, Localized(fr="Ouvert depuis samedi.", de="Offen seit Samstag."))),
    (Kind.OFFER, "moesli", "Je répare des vélos le samedi", "Ich flicke samstags Velos",
     Decision(State.TOGETHER, Localized(), helpers=Helpers(
         Localized(fr="l'atelier du quartier"), date(2027, 3, 20), 3))),
    (Kind.WISH, "mett", "Un passage piéton près de la crèche", "Ein Fussgängerstreifen bei der Kita",
     Decision(State.PASSED_ON, BOTH, Localized(fr="Service de la mobilité", de="Abteilung Mobilität"))),
    (Kind.IDEA, "zentrum", "Des hamacs au bord de la Suze", "Hängematten an der Schüss", None),
    (Kind.THANKS, "mett", "Merci pour le repas de rue", "Danke für das Strassenessen", None),
)  # fmt: skip


class Skeleton(HTMLParser):
    """The bones of a page: its tags with their attributes' names, and every address in it."""

    def __init__(self, page: str) -> None:
        """Take a page apart."""
        super().__init__(convert_charrefs=True)
        self.bones: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.bones.append((tag, tuple(name for name, _ in attrs)))
        self.addresses += [
            value or "" for name, value in attrs if name in {"href", "src", "action"}
        ]

    def handle_decl(self, decl: str) -> None:
        """Note a declaration."""
        self.bones.append((decl, ()))

    def handle_comment(self, data: str) -> None:
        """Note a comment: our pages have none."""
        self.bones.append((f"<!--{data}", ()))

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        self.words += data
