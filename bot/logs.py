"""The log: structured lines on standard error, for people or as JSON, with every secret masked."""

from __future__ import annotations

import logging
import logging.config
import re
import sys
from typing import TYPE_CHECKING

import structlog

from briefs.sources.addresses import MASK, masked_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from structlog.typing import EventDict, Processor, WrappedLogger

# What libraries tell of each byte they send, headers and paths in pieces: no use to an operator, and no address to mask.
_TOO_CLOSE = ("httpcore", "hpack", "h2", "h11")
# A bot token (three base64 parts), a webhook's or interaction's token in a path, a password in any address.
_SECRETS = (
    re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),
    re.compile(r"(?<=/webhooks/)\d+/[\w-]+"),
    re.compile(r"(?<=/interactions/)\d+/[\w-]+"),
    re.compile(r"(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"),
)


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
    root.handlers[:] = [handler]
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
