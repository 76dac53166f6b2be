"""Kill the program as often as wanted and count: ``python -m tests.faults --kills 500 [--postgres] [--minutes 10]``.

Prints a summary, and ends with 1 when a briefing or an article stands twice or is lost, or was left to the next briefing.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # its neighbours, as pytest finds them
from faults.many import end_when_told, folder, trial
from faults.report import together


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description="Kill the real program over and over, while a Discord on loopback fails, and count what was posted: "
        "each briefing is to stand once, and each article to be told once. Ends with 1 where that is not so.",
    )
    parser.add_argument("--kills", type=int, default=500, help="how many; 500 unless given")
    parser.add_argument("--seed", type=int, default=1, help="of all chances, to have a run again")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after which it ends even so")
    parser.add_argument("--guilds", type=int, default=3, help="how many servers")
    parser.add_argument("--channels", type=int, default=3, help="of each server")
    parser.add_argument("--postgres", action="store_true", help="over a PostgreSQL of its own instead of SQLite")
    parser.add_argument("--folder", type=Path, help="for the database, the log and Discord's record; kept")
    parser.add_argument(
        "--at-once", type=int, default=1, help="trials that share the kills; they wait more than they work"
    )
    chosen = parser.parse_args()
    end_when_told()
    with (
        folder(chosen.folder) as place,
        ProcessPoolExecutor(chosen.at_once, get_context("spawn"), end_when_told) as pool,
    ):
        began = time.monotonic()
        trials = [pool.submit(trial, chosen, number, place) for number in range(chosen.at_once)]
        report = together([each.result() for each in trials], seconds=time.monotonic() - began)
    print(report)
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
