"""Serve one Discord on loopback: ``python -m discord_on_loopback --record FILE [--port 0]``, in the folder of the tests.

It tells its ports in one line of JSON, and ends with its standard input, so that it never outlives who started it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
from functools import partial
from pathlib import Path

from .server import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="discord_on_loopback", description="A small Discord on 127.0.0.1.")
    parser.add_argument("--record", type=Path, required=True, help="the file in which everything is written down")
    parser.add_argument("--port", type=int, default=0, help="of the interface and the gateway; 0 takes a free one")
    chosen = parser.parse_args()
    asyncio.run(_until_input_ends(chosen.record, chosen.port))


async def _until_input_ends(record: Path, port: int) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()

    def watch() -> None:
        sys.stdin.buffer.read()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=watch, daemon=True).start()
    await serve(record, port, partial(print, flush=True), ended)


if __name__ == "__main__":
    main()
