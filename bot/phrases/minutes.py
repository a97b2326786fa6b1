"""The minutes of a gathering, for everybody who was there: ideas, results, who does what by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.poll_views import Seen
from bot.domain.sessions import Scene, cards
from bot.i18n import Voice
from bot.phrases.poll_results import standing
from bot.phrases.session_running import task_line


def minutes(
    v: Voice, scene: Scene, results: Mapping[int, Seen], *, day: date, page: str | None = None
) -> Message:
    """Return the minutes; `results` holds how each poll ended, `page` is where they can be printed."""
    session = scene.session
    title, people = session.title.told(v.language).text, max(scene.people, session.room)
    lines = [
        v.say("📝 <b>{title}</b>, {day}", title=title, day=v.day(day)),
        v.plural("{n} person was there.", "{n} people were there.", people),
        *_ideas(v, scene),
        *_results(v, scene, results),
        *_agreed(v, scene),
    ]
    printed = ((Button(v.plain("🖨 To read and print"), url=page),),) if page else ()
    return Message(Markup("\n").join(lines), buttons=printed)


def _ideas(v: Voice, scene: Scene) -> Iterator[Markup]:
    hanging = cards(scene.ideas)
    if not hanging:
        return
    yield v.say("\n<b>Ideas</b>")
    for head, more in hanging:
        yield Markup("• {}").format(head.words.told(v.language).text)
        yield from (Markup("   + {}").format(each.words.told(v.language).text) for each in more)


def _results(v: Voice, scene: Scene, results: Mapping[int, Seen]) -> Iterator[Markup]:
    for poll in scene.polls:
        if poll.number in results:
            yield v.say("\n<b>{question}</b>", question=poll.question.told(v.language).text)
            yield from standing(v, results[poll.number])


def _agreed(v: Voice, scene: Scene) -> Iterator[Markup]:
    if not scene.tasks:
        return
    yield v.say("\n<b>Who does what by when</b>")
    for each in scene.tasks:
        yield Markup("• {}").format(task_line(each.text, each.who, each.due))
