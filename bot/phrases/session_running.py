"""Running a gathering from a phone: its page, ideas to accept, rounds, what was agreed, its end."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.polls import Method, PollState
from bot.domain.sessions import MINUTES, Idea, IdeaState, Scene, Session, cards, spoken_code
from bot.i18n import Voice

Rows = tuple[tuple[Button, ...], ...]
SHOWN = 5
"""As many ideas on one page as a thumb finds its way among."""


def listing(v: Voice, sessions: Sequence[Session]) -> Message:
    """List the sessions somebody may run."""
    lines = [v.say("☕ <b>Sessions</b>")]
    if not sessions:
        lines.append(v.say("A session gathers ideas and votes of people in one room."))
    rows = [(Button(_name(v, each), f"ks:page:{each.number}"),) for each in sessions]
    begin = (Button(v.plain("☕ Begin a session"), "ks:new"),)
    back = (Button(v.plain("‹ Team"), "team:page"),)
    return Message(Markup("\n").join(lines), buttons=(begin, *rows, back))


def ask_title(v: Voice) -> Message:
    """Ask what the session is called."""
    lines = [
        v.say("<b>What is the session called?</b>"),
        v.say("Write both languages: <i>Français / Deutsch</i>. Or tap:"),
    ]
    rows = (
        (Button(usual_name(v), "ks:usual"),),
        (Button(v.plain("Cancel"), "ks:list"),),
    )
    return Message(Markup("\n").join(lines), buttons=rows)


def usual_name(v: Voice) -> str:
    """Return what a session is called when nobody gives it another name."""
    return v.plain("K'fé of the residents")


def page(v: Voice, scene: Scene, link: str, *, wall: str | None, ends: str = "") -> Message:
    """Show a session to who runs it: how to join, where it stands, what to do next."""
    session = scene.session
    over = session.ended_at is not None
    lines = [v.say("☕ <b>{title}</b>", title=session.title.told(v.language).text)]
    if over:
        lines.append(v.say("This session is over."))
    else:
        lines.append(
            v.say("Code: <b>{code}</b> · {link}", code=spoken_code(session.code), link=link)
        )
    topic = session.topic.told(v.language).text
    if topic:
        lines.append(v.say("Round {n}: {topic}", n=session.round, topic=topic))
    if ends:
        lines.append(v.say("The round ends at {time}.", time=ends))
    waiting, shown = _count(scene, IdeaState.WAITING), _count(scene, IdeaState.SHOWN)
    lines += [
        Markup(""),
        v.plural("{n} person is there.", "{n} people are there.", max(scene.people, session.room)),
        v.say("Ideas: {waiting} waiting, {shown} on the wall.", waiting=waiting, shown=shown),
    ]
    return Message(
        Markup("\n").join(lines),
        buttons=(*_screen(v, wall), *(_over(v, scene) if over else _tools(v, scene))),
    )


def ideas(v: Voice, scene: Scene) -> Message:
    """Show the ideas that wait, the oldest first, each with its taps."""
    n = scene.session.number
    waiting = [each for each in scene.ideas if each.state is IdeaState.WAITING][:SHOWN]
    lines = [v.say("💡 <b>Ideas waiting</b>")]
    lines += [Markup("{}. {}").format(at, each.text) for at, each in enumerate(waiting, 1)]
    rows: list[tuple[Button, ...]] = []
    if not waiting:
        lines.append(v.say("Nothing is waiting."))
    for at, each in enumerate(waiting, 1):
        rows.append(
            (
                Button(f"✓ {at}", f"ks:show:{n}:{each.number}"),
                Button(f"🔗 {at}", f"ks:join:{n}:{each.number}"),
                Button(f"✗ {at}", f"ks:aside:{n}:{each.number}"),
            )
        )
    if waiting:
        lines.append(v.say("✓ on the wall, 🔗 to another card, ✗ aside"))
        rows.append((Button(v.plain("✓ All of them"), f"ks:all:{n}"),))
    rows.append((_back(v, n),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def choose_card(v: Voice, scene: Scene, idea: Idea) -> Message:
    """Ask to which card an idea belongs."""
    n = scene.session.number
    rows = [
        (Button(head.text[:60], f"ks:onto:{n}:{idea.number}:{head.number}"),)
        for head, _ in cards(scene.ideas)
        if head.number != idea.number
    ]
    lines = [
        v.say("<b>To which card does it belong?</b>"),
        v.say("<blockquote>{text}</blockquote>", text=idea.text),
    ]
    back = (Button(v.plain("‹ Back"), f"ks:ideas:{n}"),)
    return Message(Markup("\n").join(lines), buttons=(*rows[:12], back))


def choose_vote(v: Voice, scene: Scene) -> Message:
    """Ask how people vote on the cards of the wall."""
    n = scene.session.number
    ways = {
        Method.SINGLE: v.plain("One card each"),
        Method.MULTIPLE: v.plain("Up to three cards each"),
        Method.RANKING: v.plain("Rank the cards"),
    }
    rows = [(Button(label, f"ks:poll:{n}:{method}"),) for method, label in ways.items()]
    own = (Button(v.plain("🗳 A poll of its own"), "pk:new"),)
    lines = [
        v.say("<b>How do people vote?</b>"),
        v.say("The cards on the wall become the answers, twelve at most."),
    ]
    return Message(Markup("\n").join(lines), buttons=(*rows, own, (_back(v, n),)))


def too_few_cards(v: Voice, number: int) -> Message:
    """Say that a vote needs two cards."""
    return Message(
        v.say("☝️ At least two cards must hang on the wall."), buttons=((_back(v, number),),)
    )


def ask_topic(v: Voice, number: int) -> Message:
    """Ask for the next topic."""
    lines = [
        v.say("<b>What is the next topic?</b>"),
        v.say("Write both languages: <i>Français / Deutsch</i>."),
    ]
    return Message(Markup("\n").join(lines), buttons=((_back(v, number),),))


def ask_minutes(v: Voice, number: int) -> Message:
    """Ask how long the round lasts."""
    times = tuple(
        Button(v.plain("{n} minutes", n=many), f"ks:timer:{number}:{many}") for many in MINUTES
    )
    none = Button(v.plain("No end"), f"ks:timer:{number}:0")
    return Message(
        v.say("<b>How long does the round last?</b>"),
        buttons=(times[:2], times[2:], (none, _back(v, number))),
    )


def ask_note(v: Voice, number: int) -> Message:
    """Ask for ideas from the room."""
    lines = [
        v.say("<b>Ideas from the room or on paper</b>"),
        v.say("Write one to a line. They hang on the wall at once."),
    ]
    return Message(Markup("\n").join(lines), buttons=((_back(v, number),),))


def ask_room(v: Voice, number: int) -> Message:
    """Ask how many people are in the room."""
    return Message(
        v.say("<b>How many people are in the room?</b> Everybody, with and without a phone."),
        buttons=((_back(v, number),),),
    )


def tasks(v: Voice, scene: Scene) -> Message:
    """Show what was agreed, and ask for more."""
    n = scene.session.number
    lines = [v.say("✅ <b>Who does what by when</b>")]
    lines += [
        Markup("• {}").format(task_line(each.text, each.who, each.due)) for each in scene.tasks
    ]
    lines += [
        Markup(""),
        v.say("Write it like this: <i>Ask about the benches / Samira / 15.12.</i>"),
    ]
    rows: list[tuple[Button, ...]] = []
    if scene.tasks:
        label = v.plain("Take the last one back")
        rows.append((Button(label, f"ks:undo:{n}:{scene.tasks[-1].number}"),))
    return Message(Markup("\n").join(lines), buttons=(*rows, (_back(v, n),)))


def task_line(text: str, who: str, due: str) -> str:
    """Return what was agreed on one line."""
    return " · ".join(part for part in (text, who, due) if part)


def confirm_end(v: Voice, scene: Scene) -> Message:
    """Ask before a session is ended."""
    n = scene.session.number
    open_polls = sum(each.state is PollState.OPEN for each in scene.polls)
    lines = [
        v.say("<b>End the session?</b>"),
        v.say("Everybody who joined gets the minutes. After that nobody knows who was there."),
    ]
    if open_polls:
        lines.append(v.plural("{n} open poll is closed.", "{n} open polls are closed.", open_polls))
    rows = ((Button(v.plain("🏁 End now"), f"ks:ended:{n}"),), (_back(v, n),))
    return Message(Markup("\n").join(lines), buttons=rows)


def ended(v: Voice, number: int, people: int) -> Message:
    """Say that the minutes are on their way."""
    lines = [
        v.say("🏁 The session is over."),
        v.plural("{n} person gets the minutes.", "{n} people get the minutes.", people),
    ]
    return Message(Markup("\n").join(lines), buttons=((_back(v, number),),))


def _tools(v: Voice, scene: Scene) -> Rows:
    n = scene.session.number
    waiting = _count(scene, IdeaState.WAITING)
    return (
        (
            Button(v.plain("💡 Ideas ({n})", n=waiting), f"ks:ideas:{n}"),
            Button(v.plain("🗒 Wall"), f"ks:wall:{n}"),
        ),
        (
            Button(v.plain("🗳 Vote"), f"ks:vote:{n}"),
            Button(v.plain("➡️ Next topic"), f"ks:topic:{n}"),
        ),
        (
            Button(v.plain("⏱ Time"), f"ks:time:{n}"),
            Button(v.plain("✍️ From the room"), f"ks:note:{n}"),
        ),
        (
            Button(v.plain("👥 Count"), f"ks:room:{n}"),
            Button(v.plain("✅ Agreed"), f"ks:tasks:{n}"),
        ),
        *_polls(v, scene),
        (
            Button(v.plain("🔄 Refresh"), f"ks:page:{n}"),
            Button(v.plain("🏁 End"), f"ks:end:{n}"),
        ),
    )


def _screen(v: Voice, wall: str | None) -> Rows:
    return ((Button(v.plain("📽 The wall, for the projector"), url=wall),),) if wall else ()


def _over(v: Voice, scene: Scene) -> Rows:
    n = scene.session.number
    return (
        (
            Button(v.plain("📝 Minutes"), f"ks:minutes:{n}"),
            Button(v.plain("🗒 Wall"), f"ks:wall:{n}"),
        ),
        (
            Button(v.plain("✅ Agreed"), f"ks:tasks:{n}"),
            Button(v.plain("👥 Count"), f"ks:room:{n}"),
        ),
        *_polls(v, scene),
        (Button(v.plain("☕ Sessions"), "ks:list"),),
    )


def _polls(v: Voice, scene: Scene) -> Rows:
    marks = {PollState.DRAFT: "✏️ ", PollState.OPEN: "🗳 ", PollState.CLOSED: "✓ "}
    return tuple(
        (
            Button(
                marks[each.state] + each.question.told(v.language).text[:50],
                f"pk:page:{each.number}",
            ),
        )
        for each in scene.polls[-4:]
    )


def _name(v: Voice, session: Session) -> str:
    title = session.title.told(v.language).text
    return title if session.ended_at else f"☕ {title} · {spoken_code(session.code)}"


def _count(scene: Scene, state: IdeaState) -> int:
    return sum(each.state is state for each in scene.ideas)


def _back(v: Voice, number: int) -> Button:
    return Button(v.plain("‹ Back"), f"ks:page:{number}")
