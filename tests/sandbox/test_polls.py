"""Native polls: votes, withdrawn votes, one tally for forwards, closing by hand and by time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.town import ALICE, BEAT, GROUP, Town

OPTIONS = [{"text": "Pizza"}, {"text": "Soupe"}, {"text": "Les deux"}]


async def ask(town: Town, **more: object) -> dict[str, Any]:
    options = more.pop("options", OPTIONS)
    sent: dict[str, Any] = await town.call(
        "sendPoll", chat_id=GROUP, question="On mange ?", options=options, **more
    )
    return sent


async def vote(
    town: Town, person: int, message: dict[str, Any], *options: int, status: int = 200
) -> None:
    place = {"chat": GROUP, "message_id": message["message_id"]}
    await town.post(f"phones/{person}/vote", status=status, options=list(options), **place)


async def test_a_poll_has_all_its_fields(town: Town) -> None:
    poll = (await ask(town))["poll"]
    identities = [option.pop("persistent_id") for option in poll["options"]]
    assert len(set(identities)) == 3
    assert poll == {
        "id": poll["id"],
        "question": "On mange ?",
        "options": [option | {"voter_count": 0} for option in OPTIONS],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }


async def test_votes_change_and_are_withdrawn(town: Town) -> None:
    sent = await ask(town, is_anonymous=False)
    persistent = [option["persistent_id"] for option in sent["poll"]["options"]]
    for chosen in ([0], [2], []):
        await vote(town, ALICE, sent, *chosen)
        answered, counted = await town.updates()
        assert answered["poll_answer"]["user"]["id"] == ALICE
        assert answered["poll_answer"]["option_ids"] == chosen
        assert answered["poll_answer"]["option_persistent_ids"] == [persistent[n] for n in chosen]
        counts = [option["voter_count"] for option in counted["poll"]["options"]]
        assert counts == [int(n in chosen) for n in range(3)]
        assert counted["poll"]["total_voter_count"] == len(chosen)


async def test_an_anonymous_poll_tells_counts_only(town: Town) -> None:
    sent = await ask(town, allows_multiple_answers=True)
    await vote(town, ALICE, sent, 0, 2)
    poll = await town.update("poll")
    assert [option["voter_count"] for option in poll["options"]] == [1, 0, 1]
    assert poll["total_voter_count"] == 1


async def test_each_phone_sees_its_own_choice(town: Town) -> None:
    sent = await ask(town)
    await vote(town, ALICE, sent, 1)
    shown = {
        person: (await town.phone(person, GROUP))["messages"][-1]["poll"]
        for person in (ALICE, BEAT)
    }
    assert [option["chosen"] for option in shown[ALICE]["options"]] == [False, True, False]
    assert [option["chosen"] for option in shown[BEAT]["options"]] == [False] * 3
    assert shown[BEAT]["total"] == 1


async def test_what_a_poll_does_not_allow(town: Town) -> None:
    sent = await ask(town, allows_revoting=False)
    await vote(town, ALICE, sent, 0, 1, status=409)
    await vote(town, ALICE, sent, 3, status=422)
    await vote(town, ALICE, sent, 0)
    await vote(town, ALICE, sent, 1, status=409)


async def test_a_forward_shares_the_tally_and_a_copy_does_not(town: Town) -> None:
    await town.starts(BEAT)
    sent = await ask(town)
    source = {"from_chat_id": GROUP, "message_id": sent["message_id"], "chat_id": BEAT}
    forwarded = await town.call("forwardMessage", **source)
    await town.call("copyMessage", **source)
    await vote(town, ALICE, sent, 0)
    assert forwarded["poll"]["id"] == sent["poll"]["id"]
    *_, shared, fresh = (await town.phone(BEAT))["messages"]
    assert [shared["poll"]["total"], fresh["poll"]["total"]] == [1, 0]


async def test_a_stopped_poll_is_final(town: Town) -> None:
    sent = await ask(town)
    await vote(town, ALICE, sent, 0)
    await town.updates()
    place = {"chat_id": GROUP, "message_id": sent["message_id"]}
    stopped = await town.call("stopPoll", **place)
    assert stopped["is_closed"] is True
    assert (await town.update("poll"))["is_closed"] is True
    assert await town.refusal("stopPoll", **place) == "Bad Request: poll has already been closed"
    await vote(town, ALICE, sent, 1, status=409)


async def test_a_poll_closes_when_its_time_is_over(town: Town) -> None:
    sent = await ask(town, open_period=600)
    assert sent["poll"]["close_date"] == sent["date"] + 600
    await town.post("clock", advance_seconds=601)
    assert (await town.update("poll"))["is_closed"] is True
    await vote(town, ALICE, sent, 0, status=409)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"options": []}, "poll must have at least 1 option"),
        ({"options": [{"text": "x"}] * 13}, "poll can't have more than 12 options"),
        ({"options": [{"text": "x" * 101}]}, "poll options length must not exceed 100"),
        ({"options": [{"text": " "}]}, "poll options must be non-empty"),
        ({"open_period": 2}, "poll close time is not within the allowed range"),
        ({"allow_adding_options": True}, "options can't be added to anonymous polls"),
    ],
)
async def test_wrong_polls_are_refused(town: Town, more: dict[str, Any], words: str) -> None:
    given = {"options": OPTIONS} | more
    said = await town.refusal("sendPoll", chat_id=GROUP, question="?", **given)
    assert said == f"Bad Request: {words}"
