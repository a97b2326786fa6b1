"""Running a gathering from a phone: beginning, topics, time, what was agreed, and its end."""

from __future__ import annotations

import re

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.poll_text import both
from bot.domain.poll_views import Seen
from bot.domain.polls import PollState
from bot.domain.sessions import LONGEST_TITLE, MINUTES, Scene, Task
from bot.i18n import voice
from bot.phrases import minutes, sessions
from bot.phrases import session_running as phrases
from bot.telegram.desk import on_press
from bot.telegram.session_desk import asked, expect, leave, minutes_of, show_session
from bot.telegram.visit import Visit

TITLE, TOPIC, ROOM, TASK = "session_title", "session_topic", "session_room", "session_task"
_PARTS = 3


async def show_list(_update: Update, visit: Visit) -> None:
    """List the sessions somebody may run."""
    visit.only_in_private()
    await leave(visit)
    visit.edit(phrases.listing(visit.voice, await visit.services.gatherings.latest(visit.resident)))


async def ask_title(_update: Update, visit: Visit) -> None:
    """Ask what the session is called."""
    visit.only_in_private()
    await visit.services.gatherings.latest(visit.resident)
    await expect(visit, TITLE)
    visit.edit(phrases.ask_title(visit.voice))


async def take_usual(_update: Update, visit: Visit) -> None:
    """Begin a session under the usual name."""
    visit.only_in_private()
    names = {code: phrases.usual_name(voice(code)) for code in LANGUAGES}
    await _begin(visit, Localized(names))


async def take_title(_update: Update, visit: Visit) -> None:
    """Begin a session under the written name."""
    visit.begun(TITLE)
    if visit.text:
        await _begin(visit, both(visit.text[: 2 * LONGEST_TITLE], visit.language))


async def show(_update: Update, visit: Visit) -> None:
    """Show a session."""
    await show_session(visit, visit.number(1))


async def ask_topic(_update: Update, visit: Visit) -> None:
    """Ask for the next topic."""
    number = await asked(visit, TOPIC)
    visit.edit(phrases.ask_topic(visit.voice, number))


async def take_topic(_update: Update, visit: Visit) -> None:
    """Go on to the next topic, and tell everybody who is there."""
    number = visit.begun(TOPIC)["number"]
    if not visit.text:
        return
    topic = both(visit.text[: 2 * LONGEST_TITLE], visit.language)
    await visit.services.gatherings.go_on(
        visit.cause, visit.resident, number, topic=topic, words=sessions.next_round
    )
    await show_session(visit, number)


async def ask_minutes(_update: Update, visit: Visit) -> None:
    """Ask how long the round lasts."""
    visit.only_in_private()
    visit.edit(phrases.ask_minutes(visit.voice, visit.number(1)))


async def set_timer(_update: Update, visit: Visit) -> None:
    """Let the round end in so many minutes."""
    visit.only_in_private()
    number, many = visit.number(1), visit.number(2)
    if many not in {0, *MINUTES}:
        raise OutdatedError
    await visit.services.gatherings.time(visit.cause, visit.resident, number, minutes=many)
    await show_session(visit, number)


async def ask_room(_update: Update, visit: Visit) -> None:
    """Ask how many people are in the room."""
    number = await asked(visit, ROOM)
    visit.edit(phrases.ask_room(visit.voice, number))


async def take_room(_update: Update, visit: Visit) -> None:
    """Note how many people are in the room."""
    number = visit.begun(ROOM)["number"]
    found = re.search(r"\d{1,4}", visit.text)
    if found is None:
        visit.say(phrases.ask_room(visit.voice, number))
        return
    await visit.services.gatherings.count_room(
        visit.cause, visit.resident, number, people=int(found[0])
    )
    await show_session(visit, number)


async def show_tasks(_update: Update, visit: Visit) -> None:
    """Show what was agreed, and take more of it."""
    await _tasks(visit, await asked(visit, TASK))


async def take_task(_update: Update, visit: Visit) -> None:
    """Note who does what by when."""
    number = visit.begun(TASK)["number"]
    if not visit.text:
        return
    parts = [part.strip() for part in re.split(r"\s+/\s+", visit.text[:300], maxsplit=2)]
    text, who, due = (*parts, "", "")[:_PARTS]
    await visit.services.gatherings.agree(
        visit.cause, visit.resident, number, Task(0, text, who[:80], due[:40])
    )
    await _tasks(visit, number)


async def undo_task(_update: Update, visit: Visit) -> None:
    """Take back what was noted last."""
    visit.only_in_private()
    number = visit.number(1)
    await visit.services.gatherings.disagree(visit.cause, visit.resident, number, visit.number(2))
    await _tasks(visit, number)


async def ask_end(_update: Update, visit: Visit) -> None:
    """Ask before it ends."""
    visit.only_in_private()
    scene = await visit.services.gatherings.scene(visit.resident, visit.number(1))
    visit.edit(phrases.confirm_end(visit.voice, scene))


async def end(_update: Update, visit: Visit) -> None:
    """Close its polls, end it, and send the minutes."""
    visit.only_in_private()
    number, services = visit.number(1), visit.services
    scene = await services.gatherings.scene(visit.resident, number)
    for poll in scene.polls:
        if poll.state is PollState.OPEN:
            await services.poll_keeping.close(visit.cause, visit.resident, poll.number)
    results, day = await _results(visit, scene), services.town.day()
    page = minutes_of(visit, scene.session)
    people = await services.gatherings.end(
        visit.cause,
        visit.resident,
        number,
        lambda v, ended: minutes.minutes(v, ended, results, day=day, page=page),
    )
    visit.edit(phrases.ended(visit.voice, number, people))
    ended = await services.gatherings.scene(visit.resident, number)
    visit.say(minutes.minutes(visit.voice, ended, results, day=day, page=page))


async def show_minutes(_update: Update, visit: Visit) -> None:
    """Show the minutes once more."""
    visit.only_in_private()
    scene = await visit.services.gatherings.scene(visit.resident, visit.number(1))
    day = visit.services.town.day(scene.session.started_at)
    results, page = await _results(visit, scene), minutes_of(visit, scene.session)
    visit.say(minutes.minutes(visit.voice, scene, results, day=day, page=page))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await leave(visit)


async def _results(visit: Visit, scene: Scene) -> dict[int, Seen]:
    see = visit.services.polls.see
    held = [each.number for each in scene.polls if each.state is not PollState.DRAFT]
    return {number: await see(visit.resident, number) for number in held}


async def _begin(visit: Visit, title: Localized) -> None:
    session = await visit.services.gatherings.begin(visit.cause, visit.resident, title=title)
    await show_session(visit, session.number)


async def _tasks(visit: Visit, number: int) -> None:
    scene = await visit.services.gatherings.scene(visit.resident, number)
    visit.edit(phrases.tasks(visit.voice, scene))


HANDLERS = (
    on_press(r"^ks:list", show_list),
    on_press(r"^ks:new", ask_title),
    on_press(r"^ks:usual", take_usual),
    on_press(r"^ks:page:", show),
    on_press(r"^ks:topic:", ask_topic),
    on_press(r"^ks:time:", ask_minutes),
    on_press(r"^ks:timer:", set_timer),
    on_press(r"^ks:room:", ask_room),
    on_press(r"^ks:tasks:", show_tasks),
    on_press(r"^ks:undo:", undo_task),
    on_press(r"^ks:end:", ask_end),
    on_press(r"^ks:ended:", end),
    on_press(r"^ks:minutes:", show_minutes),
)
FLOWS = {TITLE: take_title, TOPIC: take_topic, ROOM: take_room, TASK: take_task}
PARKS = dict.fromkeys(FLOWS, park)
