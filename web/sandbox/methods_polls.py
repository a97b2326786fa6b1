"""Bot API methods about polls."""

from __future__ import annotations

import secrets

from web.sandbox import keyboards
from web.sandbox.arguments import Arguments, objects
from web.sandbox.entities import styled
from web.sandbox.errors import Json, bad_request
from web.sandbox.markup import utf16_length
from web.sandbox.messages import refresh_poll
from web.sandbox.methods_media import deliver_poll
from web.sandbox.polls import Poll
from web.sandbox.reach import writable_chat
from web.sandbox.world import World

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_DESCRIPTION = 1024
MOST_OPTIONS = 12
PERIODS = range(5, 2_628_001)


def send_poll(world: World, arguments: Arguments) -> Json:
    """Answer sendPoll for an ordinary poll."""
    if arguments.text("type") not in {"", "regular"}:
        raise bad_request("quizzes are not offered here")
    question = _styled(arguments, "question", LONGEST_QUESTION)
    if not question:
        raise bad_request("poll question must be non-empty")
    options = [_option(each) for each in arguments.items("options", object) or []]
    if not options:
        raise bad_request("poll must have at least 1 option")
    if len(options) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    anonymous = arguments.flag("is_anonymous", default=True)
    if anonymous and arguments.flag("allow_adding_options"):
        raise bad_request("options can't be added to anonymous polls")
    poll = Poll(
        id=str(secrets.randbits(62)),
        question=question,
        options=options,
        anonymous=anonymous,
        multiple=arguments.flag("allows_multiple_answers"),
        revoting=arguments.flag("allows_revoting", default=True),
        description=_styled(arguments, "description", LONGEST_DESCRIPTION),
        closed=arguments.flag("is_closed"),
    )
    _limit_time(world, arguments, poll)
    return deliver_poll(world, arguments, poll).json


def _styled(arguments: Arguments, name: str, most: int) -> Json:
    mode, given = arguments.text(f"{name}_parse_mode"), arguments.objects(f"{name}_entities")
    text, entities = styled(arguments.text(name), mode, given)
    if utf16_length(text) > most:
        raise bad_request(f"poll {name} length must not exceed {most}")
    if not text:
        return {}
    return {name: text} | ({f"{name}_entities": entities} if entities else {})


def _option(given: object) -> Json:
    option: Json = given if isinstance(given, dict) else {"text": given}
    text, entities = styled(
        str(option.get("text", "")),
        str(option.get("text_parse_mode", "")),
        objects(option.get("text_entities"), "text entities"),
    )
    if not text:
        raise bad_request("poll options must be non-empty")
    if utf16_length(text) > LONGEST_OPTION:
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return {"text": text} | ({"text_entities": entities} if entities else {})


def _limit_time(world: World, arguments: Arguments, poll: Poll) -> None:
    now = world.clock.now()
    period, end = arguments.integer("open_period"), arguments.integer("close_date")
    if period is not None:
        poll.open_period, end = period, now + period
    if end is not None:
        if end - now not in PERIODS:
            raise bad_request("poll close time is not within the allowed range")
        poll.close_date = end


def stop_poll(world: World, arguments: Arguments) -> Json:
    """Answer stopPoll."""
    chat = writable_chat(world, arguments.chat())
    message = chat.history.get(arguments.integer("message_id") or 0)
    if message is None:
        raise bad_request("message with poll to stop not found")
    poll = world.polls.get(message.poll_id or "")
    if poll is None or not message.from_bot or "forward_origin" in message.json:
        raise bad_request("message with poll to stop has no poll of the bot")
    if poll.closed:
        raise bad_request("poll has already been closed")
    poll.closed = True
    markup = keyboards.read_markup(arguments.mapping("reply_markup"), private=chat.private)
    kept = {name: value for name, value in message.json.items() if name != "reply_markup"}
    message.json = kept | ({"reply_markup": markup.inline} if markup.inline else {})
    refresh_poll(world, poll)
    world.updates.put("poll", poll.json())
    return poll.json()


METHODS = {"sendPoll": send_poll, "stopPoll": stop_poll}
