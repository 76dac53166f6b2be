"""The log: structured lines on standard error, for people or as JSON, with every secret masked.

Everything goes through it: what libraries log, warnings, and errors that nobody caught, in the main thread or any other. What
is said again and again in the same words is said a few times an hour, then counted.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import structlog

from briefs.sources.addresses import MASK, masked_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from structlog.typing import EventDict, Processor, WrappedLogger

# What libraries tell of each byte they send, headers and paths in pieces: no use to an operator, and no address to mask.
_TOO_CLOSE = ("httpcore", "hpack", "h2", "h11")
# A bot token (three base64 parts), a webhook's or interaction's token in a path, a password in any address.
_SECRETS = (
    re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),
    re.compile(r"(?<=/webhooks/)\d+/[\w-]+"),
    re.compile(r"(?<=/interactions/)\d+/[\w-]+"),
    re.compile(r"(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"),
    re.compile(r"""(?<=['"]token['"]: ['"])[^'"]+"""),  # as the library shows what the gateway sent
)
_JSON = "json"  # the name of what writes the log for machines
SAME = 20  # times in …
WHILE = 3600.0  # … so many seconds that the same line is written; beyond, it is counted
KNOWN = 5_000  # different lines that are remembered
SHORT = 6  # characters; a password as short as that would mask half of every line


def set_up(level: str = "info", *, as_json: bool = False, secrets: Iterable[str] = ()) -> None:
    """Send the log of every library to standard error; ``secrets`` never appear in it."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    tail: list[Processor] = [structlog.processors.format_exc_info, _masking(secrets), _renderer(as_json=as_json)]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail],
        )
    )
    root = logging.getLogger()
    handler.addFilter(lambda record: not str(record.msg).endswith("voice will NOT be supported"))  # nor is it wanted
    handler.addFilter(Restraint(level))
    handler.set_name(_JSON if as_json else "plain")
    root.handlers[:] = [handler]
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    root.setLevel(level.upper())
    for name in ("httpx", "apscheduler", "alembic", "discord"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level) if level != "debug" else logging.DEBUG)
    for name in _TOO_CLOSE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.getLogger("discord.state").setLevel(logging.ERROR)  # it warns of intents that Debrief leaves out on purpose
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def speaks_json() -> bool:
    """Whether the log is for machines."""
    return any(handler.get_name() == _JSON for handler in logging.getLogger().handlers)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what nobody caught, in the one form that all lines have."""
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    structlog.get_logger("debrief").critical("uncaught", exc_info=(kind, error, trace))


class Restraint(logging.Filter):
    """Lets a line that is always the same through a few times an hour; the next one says how many were left out."""

    def __init__(self, level: str, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._every = level == "debug"  # who looks so closely wants all
        self._now = now
        self._said: OrderedDict[object, tuple[float, int]] = OrderedDict()  # when said first, and how often since

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is to be written."""
        words = _words(record)
        if self._every:
            return True
        since, times = self._said.pop((record.name, words), (self._now(), 0))
        left_out = 0
        if self._now() - since >= WHILE:
            since, times, left_out = self._now(), 0, max(0, times - SAME)
        self._said[record.name, words] = since, times + 1
        if len(self._said) > KNOWN:
            self._said.popitem(last=False)
        if left_out and isinstance(record.msg, dict):
            record.msg = {**record.msg, "left_out": left_out}
        return times < SAME


def _words(record: logging.LogRecord) -> object:
    """Return what makes a line the same as another one."""
    if isinstance(record.msg, dict):
        return tuple((name, repr(value)) for name, value in record.msg.items() if name not in _VARYING)
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - raised here, a library's words that lack a value would end what it was doing
        record.msg, record.args = f"{record.msg} {record.args}", ()
        return record.msg


_VARYING = frozenset({"timestamp", "exc_info", "_record", "_from_structlog"})


def secrets_of(*addresses: str | None) -> tuple[str, ...]:
    """Return the passwords in addresses, as they stand there and as they are meant."""
    found = {_password(address) for address in addresses if address} - {None}
    forms = {form for each in found if each for form in (each, unquote(each), quote(unquote(each), safe=""))}
    return tuple(sorted(each for each in forms if len(each) >= SHORT))


def _password(address: str) -> str | None:
    try:
        return urlsplit(address).password
    except ValueError:
        return None


def _renderer(*, as_json: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _masking(secrets: Iterable[str]) -> Processor:
    known = tuple(secret for secret in secrets if secret)

    def mask(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        return {
            key: masked(value, known) if isinstance(value, str) else _inside(value, known)
            for key, value in event.items()
        }

    return mask


def _inside(value: object, known: tuple[str, ...]) -> object:
    """Mask what would be shown of any other value; a value without secrets keeps its type."""
    shown = repr(value)
    hidden = masked(shown, known)
    return value if hidden == shown else hidden


def masked(text: str, known: Iterable[str] = ()) -> str:
    """Return the text without the known secrets and without anything shaped like one."""
    for secret in known:
        text = text.replace(secret, MASK)
    for pattern in _SECRETS:
        text = pattern.sub(MASK, text)
    return masked_in(text)
