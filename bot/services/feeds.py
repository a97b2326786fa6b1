"""Calendars of the agenda: one date, one activity, a centre, the town, a person's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.clock import Clock
from bot.domain.agenda import Filters, chosen
from bot.domain.directory import Directory, Entry
from bot.domain.localized import Localized
from bot.domain.occurrences import Occurrence
from bot.formats import ical
from bot.i18n import voice
from bot.phrases import agenda_calendar as phrases
from bot.services.agenda import Agenda
from bot.services.town import TownSettings

_PAST = ical.HORIZON
_KEPT = 32


class Feeds:
    """Writes calendars; `address` is that of the web pages, "" where there are none."""

    def __init__(self, clock: Clock, *, agenda: Agenda, town: TownSettings, address: str) -> None:
        """Write what `agenda` knows, with links to the pages at `address`."""
        self._clock = clock
        self._agenda = agenda
        self._town = town
        self._address = address
        self._kept: dict[tuple[Filters, str, str, datetime], bytes] = {}
        self._written_of: Directory | None = None

    @property
    def address(self) -> str:
        """The address of the web pages, "" where there are none."""
        return self._address

    def of_dates(self, dates: Sequence[Occurrence], *, language: str, link: str) -> bytes:
        """Return the calendar of single dates; `link` is the address of the private chat."""
        known = [(self._agenda.activity(each.key.entry_id), each) for each in dates]
        pairs = [(entry, each) for entry, each in known if entry is not None]
        only = pairs[0][0].title if len({entry.id for entry, _ in pairs}) == 1 else None
        return ical.single(pairs, self._feed(only, language=language, link=link))

    def of_activity(self, entry_id: str, *, language: str, link: str) -> bytes | None:
        """Return the calendar of one activity with all its dates; None if it is not published."""
        entry = self._agenda.activity(entry_id)
        if entry is None:
            return None
        return self._series([entry], name=entry.title, language=language, link=link)

    def of_town(self, *, language: str, link: str, filters: Filters | None = None) -> bytes:
        """Return the calendar of all activities, or of those that answer `filters`.

        It takes a while to write, so it is kept until the hour or the directory changes.
        """
        if self._written_of is not self._agenda.directory or len(self._kept) >= _KEPT:
            self._kept, self._written_of = {}, self._agenda.directory
        key = (filters or Filters(), language, link, self._rounded())
        if key not in self._kept:
            self._kept[key] = self._of_town(key[0], language=language, link=link)
        return self._kept[key]

    def _of_town(self, wanted: Filters, *, language: str, link: str) -> bytes:
        now = self._agenda.now()
        if wanted == Filters():
            entries = self._agenda.activities()
        else:
            rows = chosen(
                self._agenda.directory,
                self._agenda.holidays,
                since=now - _PAST,
                until=now + ical.HORIZON,
                filters=wanted,
            )
            entries = tuple({row.entry.id: row.entry for row in rows}.values())
        return self._series(entries, name=self._name(wanted), language=language, link=link)

    def page(self, entry: Entry, *, language: str, link: str) -> str:
        """Return where more is said about an activity: its page, or its card in the chat."""
        if self._address:
            return f"{self._address}/agenda/{entry.id}?lang={language}"
        return f"{link}?start=a{entry.id}"

    def leaflet(self, entry: Entry, *, language: str) -> str:
        """Return where the leaflet of an activity is; "" where there are no pages."""
        return f"{self._address}/agenda/{entry.id}/leaflet?lang={language}" if self._address else ""

    def _series(
        self, entries: Sequence[Entry], *, name: Localized | None, language: str, link: str
    ) -> bytes:
        feed = self._feed(name, language=language, link=link)
        until = self._agenda.now() + ical.HORIZON
        return ical.series(entries, self._agenda.holidays, feed, until=until)

    def _name(self, filters: Filters) -> Localized | None:
        centres = self._town.current.centres
        centre = next((each for each in centres if each.place == filters.centre), None)
        return centre.name if centre and filters.centre else None

    def _feed(self, name: Localized | None, *, language: str, link: str) -> ical.Feed:
        v, directory = voice(language), self._agenda.directory
        return ical.Feed(
            name=phrases.name(v, name, self._town.current.town),
            description=phrases.about(v),
            language=v.language,
            url=f"{self._address}/agenda?lang={v.language}" if self._address else link,
            # The bot's name never changes; the address of the pages may.
            domain=link.rstrip("/").rsplit("/", 1)[-1],
            zone=self._clock.zone,
            now=self._rounded(),
            tell=lambda entry, each: phrases.event(
                v,
                entry,
                each,
                directory=directory,
                url=self.page(entry, language=v.language, link=link),
            ),
        )

    def _rounded(self) -> datetime:
        """Return the hour: who asks twice within it gets the same file."""
        return self._clock.now().replace(minute=0, second=0, microsecond=0)
