"""What a service manager wants to hear (sd_notify(3)): that the bot runs, that it still turns, and that it ends.

Nothing where none listens. The protocol is a datagram to the socket that ``NOTIFY_SOCKET`` names.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PARTS = 3  # signs of life in the time after which it would be restarted


class Manager:
    """The service manager that started this process, if one did."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        patience = float(environment.get("WATCHDOG_USEC") or 0) / 1e6
        ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self._every = patience / PARTS if ours else 0.0
        self._next = 0.0

    def ready(self) -> None:
        """Say that the start is done."""
        self._tell("READY=1")

    def alive(self) -> None:
        """Give a sign of life, where one is wanted by now; called as often as one likes."""
        if self._every and time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every
            self._tell("WATCHDOG=1")

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Give signs of life from a thread of its own while something blocks that may take long, such as a migration."""
        over = threading.Event()
        if self._every:
            threading.Thread(target=self._tell_until, args=(over,), name="alive", daemon=True).start()
        try:
            yield
        finally:
            over.set()

    def _tell_until(self, over: threading.Event) -> None:
        while not over.wait(self._every):
            self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._tell("STOPPING=1")

    def _tell(self, words: str) -> None:
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:  # a manager that is gone
            sender.sendto(words.encode(), address)
