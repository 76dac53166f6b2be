"""Measure the budgets that can be measured today: ``make bench``. Prints one line each; nothing here is a timed test."""

from __future__ import annotations

import dataclasses
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

from briefs import briefing, stories
from briefs.language import pipeline
from briefs.newsroom import Newsroom, read
from briefs.options import Options
from briefs.sources import files, pages
from briefs.store import Store

sys.path.insert(0, str(Path(__file__).parent))  # run as a module or loaded by a test, it finds what stands beside it
import many_feeds

if TYPE_CHECKING:
    from briefs.models import Article

SAMPLES = Path(__file__).parents[2] / "briefs" / "samples"
NOW = datetime(2025, 8, 2, 9, tzinfo=UTC)
LONGEST_BENCH = 120.0  # seconds for one measurement; what would take longer is extrapolated
QUESTIONS = (
    "who met whom?",
    "when is the next Baikonur launch?",
    "has the crew launched?",
    "who met Putin?",
    "where did Bakanov and Duffy meet?",
    "what did Roscosmos say about the station?",
    "how many people died in the earthquake?",
    "why was the launch delayed?",
)


def samples() -> list[Article]:
    return [pages.extract(entry, first_seen_at=NOW) for entry in files.read_path(SAMPLES).entries]


def many(count: int) -> list[Article]:
    """Copies of the samples under new ids, minutes apart: as many as wanted, of the usual length."""
    base = samples()
    return [
        dataclasses.replace(
            base[k % len(base)], id=f"{base[k % len(base)].id}-{k}", published_at=NOW - timedelta(minutes=k)
        )
        for k in range(count)
    ]


def reading(count: int = 100) -> None:
    articles = many(count)
    nlp = pipeline.load()
    texts = [a.text[b.start : b.end] for a in articles for b in a.blocks if b.kind != "furniture"]
    read(articles[:5], pipeline.DEFAULT_PIPELINE)
    started = perf_counter()
    for _ in nlp.pipe(texts):
        pass
    bare = perf_counter() - started
    started = perf_counter()
    read(articles, pipeline.DEFAULT_PIPELINE)
    whole = perf_counter() - started
    print(
        f"reading: {len(articles) / whole:.0f} articles/s, {bare / whole:.0%} of the speed of a bare nlp.pipe (budget 70 %)"
    )


def composing(count: int = 1_000) -> None:
    base = samples()
    readings = dict(zip((a.id for a in base), read(base, pipeline.DEFAULT_PIPELINE), strict=True))
    articles = many(count)
    known = {
        a.id: dataclasses.replace(
            readings[a.id.rsplit("-", 1)[0]],
            article_id=a.id,
            sentences=tuple(
                dataclasses.replace(s, article_id=a.id) for s in readings[a.id.rsplit("-", 1)[0]].sentences
            ),
        )
        for a in articles
    }
    started = perf_counter()
    grouped = stories.group(articles)
    grouping = perf_counter() - started
    started = perf_counter()
    briefing.compose(grouped, {a.id: a for a in articles}, known, now=NOW)
    composed = perf_counter() - started
    print(f"briefing over {count:,} articles: grouping {grouping:.2f} s, composing {composed:.2f} s (budget 2 s)")


def answering(count: int = 200) -> None:
    desk = Newsroom.in_memory()
    articles = many(count)
    desk._take(articles, feed_id=None)
    desk.warm_up()
    took = []
    for question in QUESTIONS * 3:
        started = perf_counter()
        desk.answer(None, question, now=NOW)
        took.append((perf_counter() - started) * 1000)
    took.sort()
    p95 = took[int(len(took) * 0.95)]
    print(
        f"answer over {count:,} articles: p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms (budget 50 and 150 at 100,000)"
    )
    desk.close()


def polling(count: int = 1_000) -> None:
    first = _polled(count)
    print(
        f"polling {count:,} feeds, {count // 100} of them with an article: {first.seconds:.1f} s, {first.sockets} sockets at most, "
        f"{first.cpu:.1f} s of a processor (budget for 1,000: 60 s, 100 sockets)"
    )
    if first.seconds * 10 > LONGEST_BENCH:
        print(f"polling {count * 10:,} feeds: {first.seconds * 10:.0f} s, extrapolated")
        return
    tenfold = _polled(count * 10)
    print(
        f"polling {count * 10:,} feeds: {tenfold.seconds:.1f} s, measured; {tenfold.sockets} sockets, "
        f"{tenfold.cpu:.1f} s of a processor"
    )


class _Polled(NamedTuple):
    seconds: float
    cpu: float  # seconds of the poller alone: the publishers are another process
    sockets: int


def _polled(count: int) -> _Polled:
    """Poll so many publishers, each on a host of its own, when one in a hundred has something new."""
    publishers = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("many_feeds.py"), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with publishers, tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/bench.db") as store:

        def ask(line: str) -> None:
            publishers.stdin.write(line + "\n")
            publishers.stdin.flush()

        port = publishers.stdout.readline().strip()
        moments = iter((NOW, NOW + timedelta(days=1)))
        now = next(moments)
        desk = Newsroom(store, options=Options(fetch_allow=(ip_network("127.0.0.0/8"),)), clock=lambda: now)
        for k in range(count):
            store.subscribe(1, f"http://{many_feeds.address(k)}:{port}/feed", now=now)
        _collect(desk)
        read(samples()[:2], pipeline.DEFAULT_PIPELINE)
        ask("new")
        ask("sockets")
        publishers.stdout.readline()
        now = next(moments)
        started, worked = perf_counter(), process_time()
        brought = _collect(desk)
        took, cpu = perf_counter() - started, process_time() - worked
        ask("sockets")
        sockets = int(publishers.stdout.readline())
        publishers.stdin.close()
    assert brought == -(-count // many_feeds.NEWS_OF), f"{brought} articles came"
    return _Polled(took, cpu, sockets)


def _collect(desk: Newsroom) -> int:
    """Poll all that is due, as the bot does; how many articles came."""
    brought = 0
    while (report := desk.collect()).polled:
        assert not report.problems, report.problems[0]
        brought += len(report.articles)
    return brought


def main() -> None:
    for step in (reading, composing, answering, polling):
        step()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {peak:.0f} MB at most in this process (budget 800 MB over all)", file=sys.stdout)


if __name__ == "__main__":
    main()
