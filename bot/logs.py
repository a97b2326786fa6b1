"""What the bot tells its operator, a line per event; never a resident's words, an id or a token.

Our own events carry names, counts and reasons. What a library says may contain anything: of its
words only the source line that spoke is shown, of an exception its type and the way it took.
"""

from __future__ import annotations

import linecache
import logging
import re
import sys
import sysconfig
import threading
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.domain.errors import QuartierbotError

OURS = ("bot", "handlers", "storage", "web")
"""The loggers whose events are worded by us; all others belong to libraries."""

_TOKEN = re.compile(r"\d+(?::|%3[Aa])[\w-]{30,}")
_LONG_NUMBER = re.compile(r"-?\d{6,}")
_LONG_FROM = 100_000
_FIGURES = frozenset({"bytes", "count", "milliseconds", "rows", "seconds"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_TREE = Path(__file__).resolve().parents[1]
_LIBRARIES = tuple(
    Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib", "platlib")
)
_FRAMES = 12

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def start(
    level: str = "INFO",
    form: str = "human",
    *,
    secrets: Collection[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send every logger of the process, and what would end it, to `stream` (stderr) in safe lines.

    `level` holds for our own events; libraries are heard from WARNING on. `secrets` are texts that
    must never appear. Calling it again replaces what was set before.
    """
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(_formatter(form, secrets=secrets, colours=target.isatty()))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    logging.raiseExceptions = False  # its complaint would print the very values we keep back
    sys.excepthook = _last_words
    threading.excepthook = _last_words_of_thread


def journey(error: BaseException) -> str:
    """Return an exception's type and the places it passed, without any value it carries."""
    return "; because of ".join(_one_journey(each) for each in _chain(error))


def _formatter(form: str, *, secrets: Collection[str], colours: bool) -> logging.Formatter:
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=lambda *_: None)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[],
        processors=[
            _worded,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _Redaction(secrets),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        use_get_message=False,  # a library's values are never even put together
    )


def _worded(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put the record into our words: libraries by place, exceptions by their journey."""
    record: logging.LogRecord = event["_record"]
    info = event.pop("exc_info", None)
    if not event["_from_structlog"]:
        event["event"] = "library message"
        event["place"] = f"{_place(record.pathname)}:{record.lineno}"
        event["source"] = _source_line(record)
    elif info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = journey(error)
    event.pop("stack_info", None)
    return {key: value for key, value in event.items() if value is not None}


def _source_line(record: logging.LogRecord) -> str | None:
    """Return the statement that spoke: it is the same for everybody, so it holds nobody's words."""
    path = Path(record.pathname)
    if not path.is_absolute() or not any(path.is_relative_to(root) for root in _LIBRARIES):
        return None
    return linecache.getline(record.pathname, record.lineno).strip() or None


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            yield from (each for inner in current.exceptions for each in _chain(inner))
        hidden = None if current.__suppress_context__ else current.__context__
        current = current.__cause__ or hidden


def _one_journey(error: BaseException) -> str:
    kind = type(error).__name__
    words = f" ({error})" if isinstance(error, QuartierbotError) and str(error) else ""
    places = [
        f"{_place(code.co_filename)}:{step.tb_lineno} {code.co_name}"
        for step in _steps(error.__traceback__)
        for code in (step.tb_frame.f_code,)
    ]
    return f"{kind}{words} at " + " > ".join(places[-_FRAMES:]) if places else f"{kind}{words}"


def _steps(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _place(filename: str) -> str:
    """Return where code lies, as short as it stays clear, without this machine's folders."""
    path = Path(filename)
    for root in (*reversed(_LIBRARIES), _TREE):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name


class _Redaction:
    """Take out of every field what must not leave: secrets, tokens, ids, terminal commands."""

    def __init__(self, secrets: Collection[str]) -> None:
        longest_first = sorted(filter(None, secrets), key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, _logger: object, _method: str, event: EventDict) -> EventDict:
        return {key: self._safe(key, value) for key, value in event.items()}

    def _safe(self, key: str, value: object) -> object:
        if value is None or isinstance(value, bool | float):
            return value
        if isinstance(value, int) and (key in _FIGURES or abs(value) < _LONG_FROM):
            return value
        text = self._secrets.sub("[secret]", str(value))
        text = _LONG_NUMBER.sub("[number]", _TOKEN.sub("[token]", text))
        return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if unicodedata.category(char) in _UNSEEN:
        return char.encode("unicode_escape").decode("ascii")
    return char


def _last_words(
    kind: type[BaseException],
    error: BaseException,
    traceback: TracebackType | None,
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger("bot.logs").critical(
        "stopped by an error",
        exc_info=error.with_traceback(traceback),
    )


def _last_words_of_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _last_words(args.exc_type, args.exc_value, args.exc_traceback)
