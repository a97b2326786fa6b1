"""The agenda's pages, calendars and paper: what they show, and what they refuse."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import icalendar

from bot.archive import open_archive
from bot.domain.directory import DateChange
from bot.domain.localized import Localized
from bot.domain.occurrences import OccurrenceKey
from bot.settings import Settings
from storage import occurrences
from tests.neighbours import KEYRING, WEDNESDAY
from tests.rhythms import at
from tests.sandbox.server import running
from web.agenda.app import Public, agenda_routes
from web.app import create_web

BOT = "https://t.me/quartierbot_demo_bot"
NASTY = '</script><script>alert("&")</script>'


class Alice:
    """Knows one secret link."""

    async def occurrences_of(self, secret: str) -> Sequence[OccurrenceKey] | None:
        """Return one date for the right secret."""
        return [OccurrenceKey("act-cafe", at("2026-12-02T09:00"))] if secret == "pass" else None


@asynccontextmanager
async def serve_pages(village: Path, folder: Path) -> AsyncIterator[str]:
    """Serve the pages of the village, where one date was cancelled, and return their address."""
    file = folder / "town.db"
    shutil.copy(village, file)
    settings = Settings(database_url=f"sqlite:///{file}", today=WEDNESDAY)
    async with open_archive(settings, KEYRING) as archive:
        services, clock = archive.services, archive.clock
        change = DateChange(at("2026-12-02T09:00"), "cancelled", note=Localized(fr=NASTY))
        async with archive.store.write() as tx:
            await occurrences.put(tx, "act-cafe", change, by=None, now=clock.now())
        await services.directory.changed()
        services.agenda.use_mine(Alice())
        public = Public(
            services.agenda, services.feeds, services.town, clock.zone, bot_link=lambda: BOT
        )
        web = create_web([], pages=agenda_routes(public))
        async with running(web) as address:
            yield address


@asynccontextmanager
async def open_pages(village: Path, folder: Path) -> AsyncIterator[aiohttp.ClientSession]:
    """Serve the pages, and ask for them."""
    async with serve_pages(village, folder) as address, aiohttp.ClientSession(address) as http:
        yield http


async def test_the_pages_show_what_takes_place(village: Path, tmp_path: Path) -> None:
    async with open_pages(village, tmp_path) as http:

        async def text(path: str) -> str:
            async with http.get(path) as answer:
                assert answer.status == 200, path
                assert "set-cookie" not in answer.headers
                return await answer.text()

        french = await text("/agenda?lang=fr")
        assert "Aujourd&#39;hui, mercredi 25 novembre" in french
        assert ">Café</a>" in french
        assert "annulé" in french
        assert NASTY not in french
        assert "Kaffee" in await text("/agenda?lang=de&days=today&neighbourhood=mett&age=30")
        assert "Dann findet nichts statt." in await text("/agenda?lang=de&category=sport")
        assert 'value="weekend" selected' in await text("/agenda?days=weekend")

        activity = await text("/agenda/act-cafe?lang=fr")
        assert "Chaque mercredi" in activity.replace("chaque", "Chaque")
        assert f"{BOT}?start=aact-cafe" in activity
        month = await text("/agenda/month?lang=de&month=2026-12")
        assert "Dezember 2026" in month
        assert "month=2026-11" in month
        assert "month=2027-01" in month
        assert "Décembre" not in await text("/agenda/month?lang=fr&month=nonsense")
        leaflet = await text("/agenda/act-cafe/leaflet?lang=de")
        assert "Scannen: Termine, Plätze und Anmeldung" in leaflet
        assert (await text("/agenda/code/act-cafe.svg")).startswith("<?xml")


async def test_search_engines_read_events_that_cannot_leave_their_element(
    village: Path, tmp_path: Path
) -> None:
    async with (
        open_pages(village, tmp_path) as http,
        http.get("/agenda/act-cafe?lang=fr") as answer,
    ):
        page = await answer.text()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    events = json.loads(block)["@graph"]
    assert events[1]["startDate"] == "2026-12-02T09:00+01:00"
    assert events[1]["eventStatus"] == "https://schema.org/EventCancelled"
    assert events[0]["location"]["address"]["addressLocality"] == "Bienne"
    assert events[0]["isAccessibleForFree"] is True
    assert page.count("<script") == 1


async def test_calendars_of_the_town_a_centre_an_activity_and_ones_own(
    village: Path, tmp_path: Path
) -> None:
    async with open_pages(village, tmp_path) as http:

        async def calendar(path: str) -> icalendar.Calendar:
            async with http.get(path) as answer:
                assert answer.status == 200, path
                assert answer.content_type == "text/calendar"
                return icalendar.Calendar.from_ical(await answer.read())

        for path in ("/agenda.ics", "/agenda/act-cafe.ics", "/agenda/centre/mett.ics"):
            uids = {str(event["uid"]) for event in (await calendar(f"{path}?lang=fr")).events}
            assert uids == {"act-cafe@quartierbot_demo_bot"} or path.startswith("/agenda/centre")
        (mine,) = (await calendar("/agenda/mine/pass.ics?lang=de")).events
        assert str(mine["summary"]) == "Abgesagt: Kaffee"
        assert str(mine["status"]) == "CANCELLED"
        async with http.get("/agenda/mine/pass.ics") as answer:
            assert answer.headers["Cache-Control"] == "private, max-age=0"
            mark = answer.headers["ETag"]
        async with http.get("/agenda/mine/pass.ics", headers={"If-None-Match": mark}) as again:
            assert again.status == 304


async def test_what_is_not_there_is_said_kindly(village: Path, tmp_path: Path) -> None:
    async with open_pages(village, tmp_path) as http:
        for path in (
            *("/agenda/act-gone", "/agenda/act-gone.ics", "/agenda/act-gone/leaflet"),
            *("/agenda/mine/wrong.ics", "/agenda/centre/nowhere.ics", "/agenda/code/svc-desk.svg"),
            *("/agenda/a/b/c", "/agenda/style-0.css"),
        ):
            async with http.get(path, headers={"Accept-Language": "de-CH"}) as answer:
                assert answer.status == 404, path
                assert "Hier steht nichts" in await answer.text()
