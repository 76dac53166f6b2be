"""The error tree of the desk. A message is one plain sentence that says what to do; the cause stays in ``__cause__``.

DebriefError
├── SourceError            a source could not be read; carries ``source``
│   ├── InputError         a file or folder: missing, empty, binary, nothing usable in it
│   ├── FetchError         the network: unreachable, refused, too slow, too large; carries ``status``
│   │   └── RobotsError    the site asks robots not to read the page
│   ├── FeedError          the bytes are no feed
│   └── PageError          what a link leads to is no article: a list, an error, a login, a PDF
├── StoreError             the database
│   ├── DatabaseTooNewError   written by a newer version of Debrief
│   └── DatabaseUnavailableError  cannot be opened, reached, locked or written
│       └── DatabaseDamagedError  its file is damaged; nothing is written to it any more
├── WorkerError            a task was not done; carries ``task``
│   ├── WorkerLostError    its worker died, or took too much memory
│   └── WorkerStuckError   it took too long, and its worker was replaced
├── QuotationError         a sentence is not verbatim in its article: the post stops
└── SettingError           a setting or an argument of a command is wrong; carries ``setting``
"""

from __future__ import annotations


class DebriefError(Exception):
    """Debrief could not do what was asked."""

    def __reduce__(self) -> tuple[object, ...]:
        """Let it come whole out of a worker process: what an error carries is given by name, which pickle does not do."""
        return _remade, (type(self), self.args, self.__dict__)


def _remade(kind: type[DebriefError], args: tuple[object, ...], carried: dict[str, object]) -> DebriefError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(carried)
    return error


class SourceError(DebriefError):
    """A source could not be read."""

    def __init__(self, message: str, *, source: str) -> None:
        super().__init__(message)
        self.source = source


class InputError(SourceError):
    """A file or folder cannot be read as articles."""


class FetchError(SourceError):
    """A URL could not be fetched."""

    def __init__(
        self, message: str, *, source: str, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, source=source)
        self.status = status
        self.retry_after = retry_after  # seconds

    @property
    def gone(self) -> bool:
        """Whether the address said that it is gone for good."""
        return self.status == 410


class RobotsError(FetchError):
    """A site asks robots not to read a page."""


class FeedError(SourceError):
    """The bytes are no feed."""


class PageError(SourceError):
    """What a link leads to is no article."""


class StoreError(DebriefError):
    """The database failed."""


class DatabaseTooNewError(StoreError):
    """The database was written by a newer version of Debrief."""


class DatabaseUnavailableError(StoreError):
    """The database cannot be opened, reached or written."""


class DatabaseDamagedError(DatabaseUnavailableError):
    """The database's file is damaged."""


class WorkerError(DebriefError):
    """A worker did not do its task."""

    def __init__(self, message: str, *, task: str) -> None:
        super().__init__(message)
        self.task = task


class WorkerLostError(WorkerError):
    """A worker died at a task, or was ended since it took too much memory."""


class WorkerStuckError(WorkerError):
    """A worker took too long for a task, and was replaced."""


class QuotationError(DebriefError):
    """A sentence does not stand in its article as quoted."""

    def __init__(self, message: str, *, article_id: str) -> None:
        super().__init__(message)
        self.article_id = article_id


class SettingError(DebriefError):
    """A setting, or an argument of a command, is wrong."""

    def __init__(self, message: str, *, setting: str) -> None:
        super().__init__(message)
        self.setting = setting
