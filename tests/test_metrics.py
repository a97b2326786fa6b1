"""The figures an operator may collect."""

from __future__ import annotations

from bot.metrics import Metrics
from tests.neighbours import Json, Town, press


def figures(metrics: Metrics) -> dict[str, float]:
    return read(metrics.page().decode())


def read(page: str) -> dict[str, float]:
    lines = page.splitlines()
    rows = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def test_work_is_counted_by_kind_and_outcome() -> None:
    metrics = Metrics()
    metrics.update("handled", seconds=0.004)
    metrics.update("handled", seconds=0.2)
    metrics.question("answer", language="fr")
    metrics.message("reply", outcome="sent")

    seen = figures(metrics)
    assert seen['quartierbot_updates_total{outcome="handled"}'] == 2
    assert seen['quartierbot_questions_total{language="fr",outcome="answer"}'] == 1
    assert seen['quartierbot_messages_total{lane="reply",outcome="sent"}'] == 1
    assert seen['quartierbot_handling_seconds_bucket{le="0.005"}'] == 1
    assert seen["quartierbot_handling_seconds_count"] == 2


def test_a_watched_figure_is_read_when_somebody_looks() -> None:
    metrics, due = Metrics(), [3.0]
    metrics.watch("outbox_due", "Messages due", read=lambda: due[0])
    due[0] = 7.0

    assert figures(metrics)["quartierbot_outbox_due"] == 7


def test_two_bots_in_one_process_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.question("none", language="de")

    assert 'quartierbot_questions_total{language="de",outcome="none"}' not in figures(second)


async def collected(town: Town) -> dict[str, float]:
    async with town.http.get(f"http://127.0.0.1:{town.app.port}/metrics") as answer:
        return read(await answer.text())


async def test_what_comes_in_is_counted_and_shown(town: Town) -> None:
    await town.alice.chooses("fr")
    await town.alice.says("où apprendre le français ?")
    await town.alice.says("qwxyz vrtplk")
    taken: list[Json] = [{"update_id": 9_001, **press(1001, "card:nothing")}] * 2
    for raw in (*taken, {"update_id": 9_002, "message": "garbled"}):
        await town.app.intake.start(raw, lambda: None)

    seen = await collected(town)
    assert seen['quartierbot_updates_total{outcome="handled"}'] == 5
    assert seen['quartierbot_updates_total{outcome="repeated"}'] == 1
    assert seen['quartierbot_updates_total{outcome="set_aside"}'] == 1
    assert seen["quartierbot_handling_seconds_count"] == 7
    assert seen['quartierbot_questions_total{language="fr",outcome="answer"}'] == 1
    assert seen['quartierbot_questions_total{language="fr",outcome="none"}'] == 1
