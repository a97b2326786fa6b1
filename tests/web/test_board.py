"""The board as its readers meet it: in both languages, in any browser, at odd addresses, in a feed reader."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest_asyncio

from bot.clock import Clock
from bot.domain.contributions import Draft, Kind
from bot.domain.localized import Localized
from bot.domain.roles import Role
from storage.sealing import Keyring
from storage.store import Store
from tests.contributing import House
from tests.noticeboard import BOT, LATER, Noticeboard, Page, Pages, Skeleton, house_in, open_board

NOWHERE = (
    "/board/77",
    "/board/0",
    "/board/-1",
    "/board/1.5",
    "/board/²",
    "/board/%D9%A3",
    "/board/" + "9" * 5000,
    "/board/999999999",
    "/board/1/2",
    "/board/",
    "/board/photo/2",
    "/board/photo/x",
    "/board/code/77.svg",
    "/board/code/x.svg",
    "/board/style-0.css",
    "/board/%00",
    "/board/..%2f..%2fetc%2fpasswd",
)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest_asyncio.fixture
async def house(sqlite_model: Path, tmp_path: Path) -> AsyncIterator[House]:
    """A town whose board is empty."""
    async with house_in(sqlite_model, Keyring.in_memory(), tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture
async def busy(lively_town: tuple[Path, Keyring], tmp_path: Path) -> AsyncIterator[House]:
    """A town with something under every heading."""
    async with house_in(*lively_town, tmp_path, first=LATER) as opened:
        yield opened


@pytest_asyncio.fixture
async def pages(busy: House) -> AsyncIterator[Pages]:
    async with open_board(busy) as opened:
        yield opened


async def test_everything_stands_under_its_heading_with_reasons_in_the_readers_language(
    pages: Pages,
) -> None:
    page = (await pages.get("/board?lang=de")).text

    assert re.findall(r"<h2 id=[^>]*>(.*?)</h2>", page) == [
        "Vorgeschlagen",
        "In Arbeit",
        "Umgesetzt",
        "Nicht möglich",
    ]
    assert re.findall(r"([\w ]+) <b>(\d+)</b></a>", page) == [
        ("Vorgeschlagen", "4"),
        ("In Arbeit", "3"),
        ("Umgesetzt", "1"),
        ("Nicht möglich", "1"),
    ]
    for words in (
        "Zwei Bänke kommen im Frühling.",
        "mindestens 1 Unterstützung",
        'weitergegeben</b> an: <span dir="auto">Abteilung Mobilität',
        'gemeinsam</b>: <span dir="auto" lang="fr">l&#39;atelier du quartier',
        "Bis 20. März 2027.",
        "Der Boden gehört nicht der Stadt.",
        "<b>Erste Antwort: meist am selben Tag</b>",
        "5 Antworten, davon 100 % rechtzeitig",
    ):
        assert words in page, words

    assert '<html lang="fr">' in (await pages.get("/board", accept_language="it, fr-CH;q=.8")).text
    assert '<html lang="de">' in (await pages.get("/board", accept_language="fr;q=.1,de")).text
    french = (await pages.get("/board?lang=fr")).text
    assert 'lang="de">Zu schnell an der Schule vorbei</a>' in french
    assert "(en allemand)" in french


async def test_filters_narrow_it_and_wrong_ones_narrow_nothing(pages: Pages) -> None:
    mett = (await pages.get("/board?lang=fr&neighbourhood=mett")).text
    assert "Merci pour le repas de rue" in mett
    assert "Une fontaine sur la place" not in mett
    assert '<option value="mett" selected>Mâche</option>' in mett
    only = (await pages.get("/board?lang=fr&kind=concern&category=traffic&column=proposed")).text
    assert Skeleton(only).addresses.count("/board/2?lang=fr") == 1
    assert "Un four à pain commun" not in only
    none = (await pages.get("/board?lang=fr&kind=concern&column=done")).text
    assert "Rien ne correspond à ces choix." in none
    wrong = "/board?lang=xx&kind=observation&category=%00&neighbourhood=city&column=x&from=%F0"
    assert (await pages.get(wrong, accept_language="fr")).text.count('class="card ') == 9


async def test_a_heading_is_read_page_by_page_and_no_page_twice(busy: House) -> None:
    house, member = busy, await busy.resident(3)
    board = Noticeboard(house, member)
    for number in range(22):
        author = await house.resident(100 + number)
        draft = Draft(Kind.IDEA, f"Idee {number} von vielen", "de")
        await board.put(author, draft, title=Localized(de=f"Idee {number}"))
    seen: list[str] = []
    async with open_board(house) as pages:
        overview = (await pages.get("/board?lang=fr")).text
        assert overview.count('class="card ') == 5 + 3 + 1 + 1
        assert 'href="/board?lang=fr&amp;column=proposed">Voir tout' in overview
        address = "/board?lang=fr&column=proposed"
        while address:
            page = (await pages.get(address)).text
            seen += re.findall(r'<h3><a href="/board/(\d+)', page)
            older = re.search(r'href="([^"]+)">Plus anciennes', page)
            address = older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == 26
    assert len(set(seen)) == 26


async def test_one_contribution_tells_what_became_of_it(pages: Pages, busy: House) -> None:
    page = (await pages.get("/board/1?lang=fr")).text

    assert "<title>n° 1: Des bancs à l&#39;ombre au Ring" in page
    assert '<div class="other" lang="de" dir="auto">' in page
    assert "Drei Bänke unter den Linden" in page
    assert page.index("<b>prévu</b>") < page.index("<b>reçu</b>")
    assert f'href="{BOT}?start=c1"' in page
    (near,) = re.findall(r'href="(https://www.openstreetmap.org/[^"]+)"', page)
    shown = await busy.board.one(1)
    assert shown is not None
    assert shown.near is not None
    assert f"mlat={shown.near.lat:.4f}&amp;mlon={shown.near.lon:.4f}" in near
    assert '<img alt="Photo 1 du n° 1" width="1200" height="800"' in page
    single = (await pages.get("/board/2?lang=fr")).text
    assert "Pour l&#39;instant en allemand seulement ; la traduction suit." in single.replace(
        "\u00a0", " "
    )
    assert '<span dir="auto" lang="de">Zu schnell an der Schule vorbei</span>' in single


async def test_where_one_goes_on_with_another_its_page_leads_there(
    pages: Pages, busy: House
) -> None:
    await busy.decisions.merge(busy.cause(), await busy.resident(3), 8, into=3)

    gone = await pages.get("/board/8?lang=de")

    assert (gone.status, gone.headers["Location"]) == (303, "/board/3?lang=de")


async def test_an_address_that_leads_nowhere_says_so_in_both_languages(pages: Pages) -> None:
    for path in NOWHERE:
        page = await pages.get(path)
        assert page.status == 404, path
        assert "Il n&#39;y a rien ici." in page.text
        assert "Hier ist nichts." in page.text


async def test_a_page_is_kept_for_a_minute_asked_for_by_its_mark_and_loads_nothing_foreign(
    pages: Pages,
) -> None:
    for path in ("/board", "/board/1", "/board/poster", "/board.atom", "/board/map.svg",
                 "/board/photo/1", "/board/code/board.svg"):  # fmt: skip
        page = await pages.get(path)
        assert page.status == 200, path
        assert page.headers["Cache-Control"] == "public, max-age=60"
        assert page.headers["Vary"] == "Accept-Language"
        assert "Set-Cookie" not in page.headers
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; img-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        again = await pages.get(path, if_none_match=f'W/{page.headers["ETag"]}, "x"')
        assert (again.status, again.body) == (304, b"")
        head = await pages.get(path, method="HEAD")
        assert (head.status, head.body, head.headers["ETag"]) == (200, b"", page.headers["ETag"])
        assert "Vary" not in (await pages.get(f"{path}?lang=fr")).headers
        assert (await pages.get(path, method="POST")).status == 405
        assert b"<script" not in page.body
    (style,) = re.findall(r'href="(/board/style-[0-9a-f]+\.css)"', (await pages.get("/board")).text)
    assert (await pages.get(style)).headers["Cache-Control"] == "public, max-age=86400"


async def test_the_feed_is_valid_in_each_language_and_keeps_its_names(
    pages: Pages, busy: House
) -> None:
    names = {}
    for code in ("fr", "de"):
        feed = _parsed(await pages.get(f"/board.atom?lang={code}"))
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == 9
        for holder in (feed, *entries):
            for needed in ("id", "title", "updated"):
                assert len(holder.findall(ATOM + needed)) == 1
            moment = holder.findtext(f"{ATOM}updated", "")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        names[code] = [entry.findtext(f"{ATOM}id", "") for entry in entries]
        assert all(name.startswith("urn:uuid:") for name in names[code])
        links = [entry.find(f"{ATOM}link") for entry in entries]
        hrefs = [link.get("href", "") for link in links if link is not None]
        assert hrefs[0] == f"{pages.address}/board/9?lang={code}"
    assert len({*names["fr"], *names["de"]}) == 18
    member = await busy.resident(3)
    await busy.wording.translate(busy.cause(), member, 9, language="fr", title="Grand merci")
    feed = _parsed(await pages.get("/board.atom?lang=fr"))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "n° 9: Grand merci"
    assert entry.findtext(f"{ATOM}id") == names["fr"][0]


async def test_the_map_has_a_pin_for_each_place_and_needs_no_outlines(busy: House) -> None:
    async with open_board(busy) as pages:
        drawn = (await pages.get("/board/map.svg?lang=de")).text
        assert drawn.count("<path ") == 6
        assert ">Bözingen</text>" in drawn
        assert drawn.count("<a href=") == 7
        assert ">3</text>" in drawn
        assert (await pages.get("/board/map.svg?lang=de&column=done")).text.count("<a href=") == 1
        one = (await pages.get("/board/map.svg?lang=de&number=1")).text
        assert (one.count("<a href="), one.count('class="a h"')) == (1, 1)
    async with open_board(busy, outlines=False) as pages:
        drawn = (await pages.get("/board/map.svg?lang=de")).text
        assert (drawn.count("<path "), drawn.count('class="f"'), drawn.count("<a href=")) == (
            0,
            1,
            7,
        )


def _parsed(page: Page) -> ET.Element:
    return ET.fromstring(page.body)  # noqa: S314 - our own feed


async def test_an_empty_board_invites_to_write_the_first_idea(house: House) -> None:
    async with open_board(house) as pages:
        page = (await pages.get("/board?lang=de")).text
        assert "Die erste Idee ist vielleicht Ihre." in page
        assert f'href="{BOT}"' in page
        assert (await pages.get("/board/poster")).status == 200
        assert (await pages.get("/board/map.svg")).status == 200
        feed = _parsed(await pages.get("/board.atom"))
        assert feed.findall(f"{ATOM}entry") == []
        assert feed.findtext(f"{ATOM}updated")


async def test_the_poster_speaks_both_languages_or_the_one_in_its_address(pages: Pages) -> None:
    both = (await pages.get("/board/poster", accept_language="de")).text
    assert both.index("Das Anschlagbrett") < both.index("Le panneau")
    assert "Des bancs à l&#39;ombre au Ring" in both
    assert "Bänke im Schatten am Ring" in both
    only = (await pages.get("/board/poster?lang=fr&neighbourhood=mett&size=a3")).text
    assert "Anschlagbrett" not in only
    assert '<body class="poster a3">' in only
    assert "Mâche" in only
    assert "Des bancs" not in only


async def test_a_forged_page_of_the_board_is_its_first_one(store: Store, clock: Clock) -> None:
    house = House(store, clock)
    member = await house.member(3, Role.COORDINATOR)
    board = Noticeboard(house, member)
    for n in range(2):
        await board.put(
            await house.resident(n + 10),
            Draft(Kind.IDEA, f"Idee {n}", "de"),
            title=Localized(de="x"),
        )
    for forged in ("x", "-", "00010101T000000.000000-1", "99991231T235959.999999-999999999999999",
                   "20261125T100000.000000-", "20261125T100000.000000-٣"):  # fmt: skip
        assert (await house.board.page(following=forged)).following is None
