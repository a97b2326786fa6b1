"""One contact's trouble counts against its message; everybody's trouble counts against none."""

from __future__ import annotations

from bot.domain.retries import Patience, backoff

ALICE, BEAT, CARLA = "R-ALICE", "R-BEAT", "R-CARLA"
NEVER = float("-inf")


def test_pauses_double_up_to_a_minute_and_scatter_downwards() -> None:
    assert [backoff(tries, 0.0) for tries in range(1, 9)] == [2, 4, 8, 16, 32, 60, 60, 60]
    assert backoff(8, 1.0) == 45
    assert backoff(10_000, 0.0) == 60


def test_a_contact_rests_after_a_failure_and_the_others_do_not() -> None:
    patience = Patience()
    assert patience.failed(ALICE, 0.0, served_at=NEVER, spread=0.0)
    assert patience.resting(1.9) == {ALICE}
    assert patience.resting(2.0) == set()
    assert patience.outage(1.0, served_at=NEVER) is None


def test_repeated_failures_count_only_while_others_are_served() -> None:
    patience = Patience()
    assert patience.failed(ALICE, 0.0, served_at=NEVER, spread=0.0)
    assert not patience.failed(ALICE, 10.0, served_at=NEVER, spread=0.0)
    assert patience.failed(ALICE, 30.0, served_at=20.0, spread=0.0)


def test_several_failing_in_a_row_mean_that_telegram_is_away_for_all() -> None:
    patience = Patience()
    for contact in (ALICE, BEAT, CARLA):  # those already on the wire are one gust of it
        patience.failed(contact, 0.0, served_at=NEVER, spread=0.0)
    assert patience.outage(0.5, served_at=NEVER) == 1.5
    patience.failed(ALICE, 2.0, served_at=NEVER, spread=0.0)
    assert patience.outage(2.0, served_at=NEVER) == 4.0
    assert patience.outage(7.0, served_at=NEVER) == 0.0
    assert patience.outage(7.0, served_at=6.5) is None


def test_success_lets_a_contact_begin_afresh() -> None:
    patience = Patience()
    for _ in range(5):
        patience.failed(ALICE, 0.0, served_at=NEVER, spread=0.0)
    patience.settled(ALICE)
    patience.failed(ALICE, 100.0, served_at=NEVER, spread=0.0)
    assert patience.resting(101.9) == {ALICE}
    assert patience.resting(102.0) == set()


def test_a_pause_is_never_cut_short_by_a_smaller_one() -> None:
    patience = Patience()
    patience.rest(ALICE, 300.0, 0.0)
    patience.rest(ALICE, 2.0, 1.0)
    assert patience.resting(299.0) == {ALICE}


def test_a_long_outage_costs_about_one_request_a_minute() -> None:
    patience, now, requests = Patience(), 0.0, 0
    while now < 10 * 60:
        if patience.outage(now, served_at=NEVER):
            now += 1.0
            continue
        requests += 1
        patience.failed(f"R-{requests}", now, served_at=NEVER, spread=0.0)
    assert requests < 20
