"""Live a month and judge it: ``python -m tests.month [--articles 10000] [--briefings 1000]``.

Prints a line for each look and a table of what grew; ends with 1 when something grows more than it may.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # its neighbours, as pytest finds them
from discord_on_loopback import Loopback

from month.gauges import judged
from month.living import Month, Plan

LINE = "{0.articles:>8,} articles {0.briefings:>6,} briefings  main {0.main:7.1f} MB  workers {0.workers:7.1f} MB  files {0.files:3}  threads {0.threads:3}  tasks {0.tasks:3}  objects {0.objects:>9,}  log {0.log:5.1f} MB"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.month", description="Live a month in one process.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--briefings", type=int, default=1_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Loopback(Path(folder)) as discord:
        month = Month(Plan.of(chosen.articles, chosen.briefings), Path(folder), discord)
        asyncio.run(month.live(lambda sample: print(LINE.format(sample), flush=True)))
    for each in month.unanswered:
        print("unanswered:", each)
    grown = judged(month.samples)
    for each in grown:
        print(
            f"{each.gauge:8} {each.first:12,.1f} → {each.last:12,.1f}  {each.slope:+10.2f} for 1,000 articles "
            f"(at most {each.limit:,.1f}) {'flat' if each.flat else 'GROWS'}"
        )
    return 0 if all(each.flat for each in grown) and not month.unanswered else 1


if __name__ == "__main__":
    sys.exit(main())
