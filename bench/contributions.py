"""`python -m bench.contributions`: what lists cost among 500 and among 10,000 contributions.

Prints milliseconds of processor time for each page and the ratio; the aim is below 1.5. Then what an
export of all takes in each form: seconds, and the most memory it holds at once.
"""

from __future__ import annotations

import asyncio
import random
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import aclosing, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from starlette.types import ASGIApp

from bot.clock import Clock
from bot.domain.contribution_lists import BoardFilters, Filters
from bot.domain.contribution_states import Column, Decision, State
from bot.domain.contributions import CATEGORIES, RESIDENTS_KINDS, Contribution, Draft, Kind, Point
from bot.domain.directory import Neighbourhood
from bot.domain.exports import Form, Wanted
from bot.domain.geography import rounded
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.services.contribution_board import Board
from bot.services.contribution_exports import Exports
from bot.services.contribution_triage import Triage
from bot.services.supports import Supports
from bot.services.town import TownSettings
from bot.words import likeness
from storage import contacts, contributions, residents, staff, supports
from storage.sealing import Keyring
from storage.store import Store, migrate
from web.app import create_web
from web.board.app import Public, board_routes

FEW, MANY = 500, 10_000
_TIMES = 60
_QUARTERS = ("madretsch", "mett", "bözingen", "altstadt", "champagne", "linde")
_WORDS = (  # noqa: SIM905 - reads better
    "banc arbre ombre place marché vélo vitesse école enfants jeux bruit poubelle lumière passage"
    " piéton fontaine jardin atelier repas voisins aînés bus arrêt trottoir neige escalier mur"
).split()
_Work = Callable[[], Awaitable[object]]


async def costs(folder: Path, size: int) -> dict[str, float]:
    """Return the milliseconds of each list among `size` contributions."""
    url, clock = f"sqlite:///{folder / f'town-{size}.db'}", Clock()
    await migrate(url)
    store = await Store.open(url, Keyring.in_memory(), clock=clock)
    try:
        coordinator = await _fill(store, clock, size)
        alike = Supports(store, clock, similarity=likeness())
        while await alike.index.catch_up():
            pass
        lists = _lists(store, clock, coordinator, alike)
        return {name: await _cost(work) for name, work in lists}
    finally:
        await store.close()


def _lists(
    store: Store, clock: Clock, member: Resident, alike: Supports
) -> Iterator[tuple[str, _Work]]:
    town = TownSettings(store, clock)
    triage, board = Triage(store, clock, town=town), Board(store, clock)
    draft = Draft(Kind.IDEA, "Des bancs sous les arbres du marché", point=Point(47.14, 7.25))
    for name, filters in (
        ("inbox", Filters()),
        ("inbox, new", Filters(states=(State.RECEIVED,))),
        ("inbox, one kind", Filters(kind=Kind.CONCERN)),
        ("inbox, one theme", Filters(category="green")),
        ("inbox, one quarter", Filters(neighbourhood="mett")),
        ("inbox, mine", Filters(assignee=member.contact_id)),
        ("inbox, overdue", Filters(overdue=True)),
        ("inbox, untranslated", Filters(untranslated=True, open_only=False)),
    ):
        yield name, lambda filters=filters: triage.inbox(member, filters)  # type: ignore[misc]
    for name, shown in (
        ("board", BoardFilters()),
        ("board, done", BoardFilters(column=Column.DONE)),
        ("board, one quarter", BoardFilters(neighbourhood="mett")),
    ):
        yield name, lambda shown=shown: board.page(shown)  # type: ignore[misc]
    yield "alike", lambda: alike.similar(member, draft)
    yield from _pages(board, town)


def _pages(board: Board, town: TownSettings) -> Iterator[tuple[str, _Work]]:
    quarters = [Neighbourhood(name, Localized(fr=name, de=name)) for name in _QUARTERS]
    public = Public(board, town, lambda: quarters, bot_link=lambda: "https://t.me/quartierbot_bot")
    app = create_web([], pages=board_routes(public))
    for name, path, query in (
        ("page, board", "/board", "lang=fr"),
        ("page, one heading", "/board", "lang=fr&column=done"),
        ("page, one kind", "/board", "lang=fr&kind=thanks"),
        ("page, all filters", "/board", "lang=fr&kind=idea&category=green&neighbourhood=mett"),
        ("page, poster", "/board/poster", ""),
        ("page, feed", "/board.atom", "lang=fr"),
        ("page, map", "/board/map.svg", "lang=fr"),
    ):
        yield name, lambda path=path, query=query: _asked(app, path, query)  # type: ignore[misc]


async def _asked(app: ASGIApp, path: str, query: str) -> None:
    """Ask for a page as a server does, without the network."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "scheme": "http"}
    more = {"query_string": query.encode(), "headers": [], "server": ("127.0.0.1", 80)}

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, object]) -> None:
        assert message.get("status", 200) == 200  # noqa: PLR2004 - the good one

    await app(scope | more, receive, send)


async def _cost(work: _Work) -> float:
    for _ in range(5):
        await work()
    taken = []
    for _ in range(_TIMES):
        before = process_time()
        await work()
        taken.append((process_time() - before) * 1000)
    return median(taken)


async def _fill(store: Store, clock: Clock, size: int) -> Resident:
    lots = random.Random(7)
    now = clock.now()
    async with store.write() as tx:
        people = [await contacts.meet(tx, n, kind="person", now=now) for n in range(1, 201)]
        met = [await residents.welcome(tx, each, language="fr", now=now) for each in people]
        await staff.appoint(tx, Staff(people[0], Role.COORDINATOR, None, now), invited_by=None)
        for _ in range(size):
            new = _one(lots, clock, lots.choice(people), people[0])
            number = await contributions.add(tx, new)
            for supporter in lots.sample(people, lots.randrange(6)):
                await supports.join(tx, number, supporter, now=now, follows=True)
    return met[0]


def _one(lots: random.Random, clock: Clock, author: str, member: str) -> Contribution:
    state = lots.choice([State.RECEIVED, State.READ, State.PLANNED, State.DONE, State.IMPOSSIBLE])
    created = clock.now() - timedelta(days=lots.randrange(700), seconds=lots.randrange(86400))
    told = state not in {State.RECEIVED, State.READ}
    public = told or lots.random() < 0.3  # noqa: PLR2004 - as in a lively town
    point = Point(47.12 + lots.random() / 20, 7.22 + lots.random() / 15)
    text = " ".join(lots.choices(_WORDS, k=14))
    title = Localized(fr=text[:40], de=text[:40])
    return Contribution(
        number=0,
        kind=lots.choice(RESIDENTS_KINDS),
        state=state,
        published_state=state if told else State.RECEIVED,
        language="fr",
        text=text,
        created_at=created,
        title=title if public else Localized(),
        summary=title if public and lots.random() < 0.9 else Localized(),  # noqa: PLR2004
        category=lots.choice(CATEGORIES),
        neighbourhood=lots.choice(_QUARTERS),
        point=point,
        near=rounded(point),
        author=author,
        due_at=created + timedelta(days=14),
        assignee=member if lots.random() < 0.2 else None,  # noqa: PLR2004
        public=public,
        shown_at=created if public else None,
        told=Decision(state) if told else None,
        first_answer_at=created if told else None,
        closed_at=created if state in {State.DONE, State.IMPOSSIBLE} else None,
    )


async def exports(folder: Path, size: int) -> dict[str, tuple[float, float]]:
    """Return the seconds and the megabytes on top that each form of file takes for everything."""
    url = f"sqlite:///{folder / f'town-{size}.db'}"
    store = await Store.open(url, Keyring.in_memory(), clock=Clock())
    try:
        desk = Exports(store, Clock())
        return {form: await _export(desk, form, folder / f"all.{form}") for form in Form}
    finally:
        await store.close()


async def _export(desk: Exports, form: Form, path: Path) -> tuple[float, float]:
    """Measure twice: what memory costs to watch would count as time."""
    before = perf_counter()
    await _written(desk, form, path)
    seconds = perf_counter() - before
    tracemalloc.start()
    await _written(desk, form, path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return seconds, peak / 1_000_000


async def _written(desk: Exports, form: Form, path: Path) -> None:
    async with aclosing(desk.write(Wanted(form), path, by=None)) as steps:
        async for _ in steps:
            pass


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="quartierbot-bench-") as folder:
        yield Path(folder)


def main() -> None:
    """Measure and print."""
    with _folder() as folder:
        few, many = asyncio.run(costs(folder, FEW)), asyncio.run(costs(folder, MANY))
        less, more = asyncio.run(exports(folder, FEW)), asyncio.run(exports(folder, MANY))
    print(f"{'milliseconds':22}{FEW:>9}{MANY:>9}  ratio")
    for name, small in few.items():
        print(f"{name:22}{small:9.2f}{many[name]:9.2f}{many[name] / small:7.2f}")
    print(f"\n{'export of all':22}{'s':>9}{'MB':>9}{f'MB at {FEW}':>12}")
    for form, (seconds, megabytes) in more.items():
        print(f"{form:22}{seconds:9.2f}{megabytes:9.1f}{less[form][1]:12.1f}")


if __name__ == "__main__":
    main()
