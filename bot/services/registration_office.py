"""The use cases of registrations, made to know one another; the agenda asks and tells them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.services.agenda import Agenda
from bot.services.attendance import Attendance
from bot.services.counter import Counter
from bot.services.own_reminders import OwnReminders
from bot.services.registration_changes import RegistrationChanges
from bot.services.registration_notices import Telling
from bot.services.registrations import Registrations
from bot.services.sittings import Sittings
from bot.services.town import TownSettings
from bot.services.waiting import Waiting
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Office:
    """What residents and the team ask of registrations."""

    registrations: Registrations
    waiting: Waiting
    reminders: OwnReminders
    attendance: Attendance
    counter: Counter


def open_office(store: Store, clock: Clock, *, agenda: Agenda, town: TownSettings) -> Office:
    """Return the use cases; from now on the agenda knows free places and tells of changes."""
    sittings = Sittings(agenda, clock, town=town)
    telling = Telling(clock, sittings=sittings)
    reminders = OwnReminders(store, clock, sittings=sittings, telling=telling)
    waiting = Waiting(
        store, clock, sittings=sittings, town=town, telling=telling, reminding=reminders
    )
    registrations = Registrations(
        store, clock, sittings=sittings, waiting=waiting, reminding=reminders
    )
    agenda.use_vacancies(registrations)
    agenda.use_mine(registrations)
    agenda.on_change(RegistrationChanges(clock, sittings=sittings, telling=telling).heard)
    counter = Counter(
        store, clock, sittings=sittings, town=town, registering=registrations, waiting=waiting
    )
    attendance = Attendance(store, clock, sittings=sittings, town=town)
    return Office(registrations, waiting, reminders, attendance, counter)
