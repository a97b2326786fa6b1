"""What a small map shows: all outlines, or the pins that lie together."""

from __future__ import annotations

from bot.domain.contributions import Point
from bot.domain.outlines import Outline, extent

SQUARE = (Point(47.0, 7.0), Point(47.0, 7.1), Point(47.1, 7.1), Point(47.1, 7.0), Point(47.0, 7.0))
RING = Outline("mett", (SQUARE,))


def test_a_map_shows_all_outlines_with_a_margin_whatever_the_pins() -> None:
    covered = extent((RING,), [Point(0.0, 0.0)])

    assert covered is not None
    assert covered.holds(Point(47.0, 7.0))
    assert covered.holds(Point(47.1, 7.1))
    assert not covered.holds(Point(0.0, 0.0))
    assert covered.north - covered.south < 0.12


def test_without_outlines_it_shows_the_pins_but_not_the_one_on_another_continent() -> None:
    covered = extent((), [Point(47.14, 7.24), Point(47.15, 7.26), Point(-33.9, 151.2)])

    assert covered is not None
    assert covered.holds(Point(47.14, 7.24))
    assert covered.holds(Point(47.15, 7.26))
    assert not covered.holds(Point(-33.9, 151.2))


def test_two_pins_on_two_continents_still_make_a_map() -> None:
    assert extent((), [Point(47.14, 7.24), Point(-33.9, 151.2)]) is not None


def test_a_single_pin_has_a_surrounding_and_no_pin_no_map() -> None:
    covered = extent((), [Point(47.14, 7.24)])

    assert covered is not None
    assert covered.north - covered.south > 0.004
    assert extent((), []) is None


def test_a_name_is_written_inside_its_neighbourhood_above_the_middle() -> None:
    assert RING.label == Point(47.07, 7.05)
