"""Serve the ten sites by hand: ``python -m tests.sites [--port 8600]`` prints their addresses and serves until Ctrl-C.

Start the bot with FETCH_ALLOW=127.0.0.0/8, so that it may read them.
"""

from __future__ import annotations

import argparse
from contextlib import suppress
from threading import Event

from . import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.sites", description="Serve ten invented sites on loopback.")
    parser.add_argument("--port", type=int, default=8600, help="of the first site; the others follow (8600)")
    with serve(port=parser.parse_args().port) as sites, suppress(KeyboardInterrupt):
        for name, (site, _) in sites.items():
            print(f"{name:<11} {site.start:<45} {site.name}")
        print("Ctrl-C ends it.", flush=True)
        Event().wait()


if __name__ == "__main__":
    main()
