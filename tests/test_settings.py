"""What an operator sets, mistypes or leaves out."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import OperatorError
from bot.settings import PREFIX, Settings, running_problems, unknown_names

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qc0"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)


def read(**variables: str) -> Settings:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(PREFIX + name, value)
        return Settings.read(env_file=None)


def test_without_a_single_variable_the_defaults_hold() -> None:
    settings = read()

    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/quartierbot.db"
    assert settings.timezone == ZoneInfo("Europe/Zurich")
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8080)
    assert (settings.log_level, settings.log_format) == ("INFO", "human")
    assert settings.rate == 28
    assert settings.webhook_url is None


def test_every_variable_is_understood(tmp_path: Path) -> None:
    settings = read(
        TOKEN=TOKEN,
        API_URL="http://127.0.0.1:8081/",
        DATABASE_URL="postgresql://bot:geheim@db/quartier",
        DIRECTORY=str(tmp_path),
        TIMEZONE="Europe/Paris",
        WEB_HOST="0.0.0.0",  # noqa: S104 (only read, never bound)
        WEB_PORT="0",
        PUBLIC_URL="https://bot.example.org/",
        WEBHOOK_SECRET="s3cret-s3cret",
        KEY_FILE="/run/key",
        LOG_LEVEL="debug",
        LOG_FORMAT="JSON",
        TODAY="2026-11-25T14:00",
        ALLOW_TEST_CLOCK="1",
        RATE="12",
    )

    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.directory == tmp_path
    assert settings.timezone == ZoneInfo("Europe/Paris")
    assert (settings.web_host, settings.web_port) == ("0.0.0.0", 0)  # noqa: S104
    assert settings.webhook_url == "https://bot.example.org/telegram"
    assert settings.key_file == Path("/run/key")
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert settings.today == datetime(2026, 11, 25, 14, 0)  # noqa: DTZ001 (the town's wall time)
    assert settings.allow_test_clock
    assert settings.rate == 12
    assert settings.secrets == (TOKEN, "s3cret-s3cret", "geheim")
    assert list(running_problems(settings)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "hello"),
        ("API_URL", "somewhere"),
        ("DATABASE_URL", "mysql://there"),
        ("TIMEZONE", "Bern"),
        ("WEB_PORT", "eighty"),
        ("WEB_PORT", "70000"),
        ("PUBLIC_URL", "ftp://somewhere"),
        ("WEBHOOK_SECRET", "two words"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("TODAY", "tomorrow"),
        ("TODAY", "2026-11-25T14:00+01:00"),
        ("ALLOW_TEST_CLOCK", "perhaps"),
        ("RATE", "-3"),
        ("RATE", "0.5"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy_and_never_shown(name: str, value: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read(**{name: value})

    sentence = str(caught.value)
    assert sentence.startswith(f"QUARTIERBOT_{name} cannot be used. ")
    assert caught.value.remedy
    assert value not in sentence
    assert "\n" not in sentence


def test_several_wrong_values_are_told_in_one_line() -> None:
    with pytest.raises(OperatorError) as caught:
        read(WEB_PORT="eighty", RATE="fast")

    assert str(caught.value) == (
        "QUARTIERBOT_WEB_PORT cannot be used. Give a port between 0 and 65535, such as 8080. "
        "Look also at QUARTIERBOT_RATE."
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(TOKEN="", WEB_PORT="").web_port == 8080


def test_the_token_may_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n", encoding="utf-8")

    settings = read(TOKEN_FILE=str(tmp_path / "token"))

    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN


def test_a_missing_token_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorError) as caught:
        read(TOKEN_FILE=str(tmp_path / "nowhere"))

    assert str(caught.value).startswith(f"{tmp_path / 'nowhere'} cannot be read. ")


def test_systemd_hands_secrets_over_as_files(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n", encoding="utf-8")
    (tmp_path / "webhook_secret").write_text("from-a-file\n", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    assert read().secrets == (TOKEN, "from-a-file")
    assert read(TOKEN="1:other").secrets == ("1:other", "from-a-file")
    assert read(TOKEN="").secrets == (TOKEN, "from-a-file")


def test_a_dotenv_file_is_read_and_the_environment_wins(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("QUARTIERBOT_WEB_PORT=9000\nQUARTIERBOT_RATE=5\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("QUARTIERBOT_RATE", "6")

    settings = Settings.read(env_file=dotenv)

    assert (settings.web_port, settings.rate) == (9000, 6)


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = read(
        TOKEN=TOKEN,
        WEBHOOK_SECRET="s3cret-s3cret",
        DATABASE_URL="postgresql://bot:geheim@db/quartier",
    )

    shown = repr(settings) + str(settings)
    assert [secret for secret in settings.secrets if secret in shown] == []


def test_running_for_real_demands_token_directory_and_key() -> None:
    assert [str(problem).split(".")[0] for problem in running_problems(read())] == [
        "QUARTIERBOT_TOKEN is not set",
        "QUARTIERBOT_DIRECTORY is not set",
        "QUARTIERBOT_KEY_FILE is not set",
    ]


def test_a_moved_clock_needs_a_second_word(tmp_path: Path) -> None:
    ready = {"TOKEN": TOKEN, "DIRECTORY": str(tmp_path), "KEY_FILE": "key", "TODAY": "2026-11-25"}

    (problem,) = running_problems(read(**ready))
    assert str(problem) == (
        "QUARTIERBOT_TODAY would move the clock of a real town. "
        "Remove it, or set QUARTIERBOT_ALLOW_TEST_CLOCK=1 if this is a rehearsal."
    )
    assert list(running_problems(read(**ready, ALLOW_TEST_CLOCK="1"))) == []


def test_a_mistyped_variable_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTIERBOT_TOKNE", TOKEN)
    monkeypatch.setenv("QUARTIERBOT_RATE", "5")

    assert unknown_names() == ("QUARTIERBOT_TOKNE",)
