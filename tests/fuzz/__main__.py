"""Look for inputs that break a promise: ``python -m tests.fuzz TARGET [--minutes 30] [--corpus DIR] [--plain]``.

With atheris new inputs are led by the code they reach; ``--plain``, or without atheris, they are made at random. Ends with 1
when something was found, which then stands in ``findings``.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # its neighbours, as pytest finds them
from fuzz.kept import FINDINGS
from fuzz.target import load, names
from fuzz.watch import watched

CORPORA = Path("build/fuzz")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Read hostile input until a promise breaks."
    )
    parser.add_argument("target", choices=names())
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--corpus", type=Path, help=f"what is remembered between runs; {CORPORA}/TARGET")
    parser.add_argument("--findings", type=Path, help="where findings are kept; beside the tests, which then read them")
    parser.add_argument("--seed", type=int, default=0, help="other inputs; 0: by chance")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--replay", type=Path, help="read this one file and say what it took")
    chosen = parser.parse_args()
    if chosen.replay:
        return _replay(chosen.target, chosen.replay)
    from fuzz import running

    run = running.Run(
        chosen.target,
        chosen.findings or FINDINGS / chosen.target,
        chosen.corpus or CORPORA / chosen.target,
        60 * chosen.minutes,
        chosen.seed,
    )
    by_chance = chosen.plain or find_spec("atheris") is None
    return running.by_chance(run) if by_chance else running.by_coverage(run)


def _replay(name: str, path: Path) -> int:
    """Read an input in this process, whose code nothing observes, once everything it needs is loaded."""
    target = load(name)
    for seed in target.seeds():
        target.one_input(seed)
    outcome = watched(target.one_input, path.read_bytes())
    print(json.dumps(asdict(outcome)))
    return 1 if outcome.failure else 0


if __name__ == "__main__":
    sys.exit(main())
