"""What an operator may set; the only reader of the environment, and it never shows a value."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    NaiveDatetime,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from bot.domain.errors import OperatorError

PREFIX = "QUARTIERBOT_"
"""What every environment variable of ours begins with."""

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_DATABASES = ("sqlite://", "sqlite+aiosqlite://", "postgresql://", "postgresql+asyncpg://")
_CREDENTIALS = "CREDENTIALS_DIRECTORY"

_REMEDIES = {
    "token": "Copy the whole token that @BotFather gave you: digits, a colon, letters.",
    "token_file": "Name a file that holds nothing but the bot's token.",
    "api_url": "Give an address such as https://api.telegram.org.",
    "database_url": "Give sqlite:///data/quartierbot.db or postgresql://user:password@host/name.",
    "directory": "Name the folder with services.yaml, activities.yaml and faq.yaml.",
    "timezone": "Give a zone name such as Europe/Zurich.",
    "web_host": "Give an address of this machine such as 127.0.0.1.",
    "web_port": "Give a port between 0 and 65535, such as 8080.",
    "public_url": "Give the address people reach, such as https://bot.example.org.",
    "webhook_secret": "Give 1 to 256 letters, digits, - or _, and nothing else.",
    "key_file": "Name a file made by `quartierbot key new FILE`.",
    "log_level": "Give DEBUG, INFO, WARNING or ERROR.",
    "log_format": "Give json or human.",
    "today": "Give a local date and time without a zone, such as 2026-11-25T14:00.",
    "allow_test_clock": "Give 1 or 0.",
    "rate": "Give messages per second, a whole number from 1 to 1000; Telegram's free limit is 30.",
}


def _secret_like(pattern: re.Pattern[str]) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not pattern.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    return AfterValidator(check)


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise ValueError
    return value.rstrip("/")


def _database(value: str) -> str:
    if not value.startswith(_DATABASES):
        raise ValueError
    return value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Address = Annotated[str, AfterValidator(_address)]
Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)]
LogFormat = Annotated[Literal["json", "human"], BeforeValidator(_lower)]


class Settings(BaseSettings):
    """Everything that may be set; `docs/settings.md` explains each line to whoever runs the bot."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: Annotated[SecretStr, _secret_like(_TOKEN)] | None = None
    token_file: Path | None = None
    api_url: Address = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="sqlite:///data/quartierbot.db",
        repr=False,
    )
    directory: Path | None = None
    timezone: ZoneInfo = ZoneInfo("Europe/Zurich")
    web_host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    public_url: Address | None = None
    webhook_secret: Annotated[SecretStr, _secret_like(_WEBHOOK_SECRET)] | None = None
    key_file: Path | None = None
    log_level: Level = "INFO"
    log_format: LogFormat = "human"
    today: NaiveDatetime | None = None
    allow_test_clock: bool = False
    rate: Annotated[int, Field(ge=1, le=1000)] = 28

    @property
    def webhook_url(self) -> str | None:
        """Return where Telegram shall bring updates, or None when the bot fetches them itself."""
        if self.public_url is None or self.webhook_secret is None:
            return None
        return f"{self.public_url}/telegram"

    @property
    def button_address(self) -> str | None:
        """Return where buttons may lead: Telegram refuses a message whose button names a bare host."""
        host = urlsplit(self.public_url or "").hostname or ""
        return self.public_url if "." in host else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the texts that must never appear in a log."""
        password = re.search(r"://[^:/@]*:(.+)@", self.database_url)
        hidden = (self.token, self.webhook_secret)
        return (
            *(value.get_secret_value() for value in hidden if value is not None),
            *((password[1],) if password else ()),
        )

    @model_validator(mode="before")
    @classmethod
    def _token_from_file(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        if data.get("token") or not data.get("token_file"):
            return data
        return {**data, "token": Path(data["token_file"]).read_text("utf-8").strip()}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (pydantic's signature)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Add what systemd hands over as credentials, as the last place to look."""
        sources = (init_settings, env_settings, dotenv_settings)
        handed_over = os.environ.get(_CREDENTIALS)
        if not handed_over or not Path(handed_over).is_dir():
            return sources
        return (*sources, SecretsSettingsSource(settings_cls, handed_over, env_prefix=""))

    @classmethod
    def read(cls, *, env_file: Path | None = Path(".env")) -> Self:
        """Return this process's settings; raise OperatorError with a remedy for a wrong value."""
        try:
            return cls(_env_file=env_file)
        except ValidationError as error:
            raise _in_words(error) from None
        except (OSError, UnicodeDecodeError) as error:
            source = getattr(error, "filename", None) or env_file
            raise OperatorError(
                f"{source} cannot be read.",
                remedy="Check that it exists, is plain text and that this user may read it.",
            ) from None


def running_problems(settings: Settings) -> Iterator[OperatorError]:
    """Yield what stands against serving a real town with `settings`, each with its remedy."""
    if settings.token is None:
        yield _missing("token", "Talk to @BotFather to get one, or try `quartierbot demo` without.")
    if settings.directory is None:
        yield _missing("directory", _REMEDIES["directory"])
    elif not settings.directory.is_dir():
        yield OperatorError(f"{PREFIX}DIRECTORY is no folder.", remedy=_REMEDIES["directory"])
    if settings.key_file is None:
        yield _missing("key_file", "Make one with `quartierbot key new FILE`, apart from the data.")
    if settings.today is not None and not settings.allow_test_clock:
        yield OperatorError(
            f"{PREFIX}TODAY would move the clock of a real town.",
            remedy=f"Remove it, or set {PREFIX}ALLOW_TEST_CLOCK=1 if this is a rehearsal.",
        )


def unknown_names() -> tuple[str, ...]:
    """Return environment variables that look like ours but mean nothing: most often a slip."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    return tuple(
        sorted(n for n in os.environ if n.upper().startswith(PREFIX) and n.upper() not in known)
    )


def _missing(field: str, remedy: str) -> OperatorError:
    return OperatorError(f"{PREFIX}{field.upper()} is not set.", remedy=remedy)


def _in_words(error: ValidationError) -> OperatorError:
    fields = list(dict.fromkeys(str(problem["loc"][0]) for problem in error.errors()))
    others = ", ".join(f"{PREFIX}{field.upper()}" for field in fields[1:])
    return OperatorError(
        f"{PREFIX}{fields[0].upper()} cannot be used.",
        remedy=_REMEDIES[fields[0]] + (f" Look also at {others}." if others else ""),
    )
