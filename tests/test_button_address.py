"""Buttons lead to pages only where Telegram lets them; `quartierbot check` says where it does not."""

from __future__ import annotations

import pytest

from bot.checking import findings
from bot.settings import Settings


@pytest.mark.parametrize(
    "address",
    ["https://bot.example.org", "https://bot.example.org:8443/town", "http://127.0.0.1:8"],
)
def test_buttons_lead_to_a_host_with_a_dot(address: str) -> None:
    assert Settings(public_url=address).button_address == address


@pytest.mark.parametrize("address", ["http://localhost:8080", "http://bot", "http://bot/a.b", None])
async def test_a_bare_host_gives_no_buttons_and_the_check_says_so(address: str | None) -> None:
    settings = Settings(public_url=address)
    assert settings.button_address is None
    told = [str(found) async for found in findings(settings)]
    assert any("host has no dot" in line for line in told) == (address is not None)
