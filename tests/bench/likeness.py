"""How like editors' own summaries ours are, beside the first sentences and each of sumy's summarisers, all of one length."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from datetime import UTC, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from briefs import summary
from briefs.language import pipeline
from briefs.language.words import STOP_WORDS, stem
from briefs.models import BlockKind
from briefs.newsroom import read
from briefs.sources import files, pages
from briefs.summary.ranking import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefs.models import Article, Reading

    Pick = Callable[["Told"], list[str]]

DATA = Path(__file__).parents[3] / "shared" / "eval" / "dev"
SUMY = {
    "lex_rank": "LexRankSummarizer",
    "text_rank": "TextRankSummarizer",
    "lsa": "LsaSummarizer",
    "luhn": "LuhnSummarizer",
    "sum_basic": "SumBasicSummarizer",
    "kl": "KLSummarizer",
    "reduction": "ReductionSummarizer",
    "edmundson": "EdmundsonSummarizer",
    "random": "RandomSummarizer",
}
BONUS = {"bonus_words": {"said"}, "stigma_words": {"however"}, "null_words": STOP_WORDS}  # Edmundson needs some of each


SEEN = datetime(2025, 8, 2, 9, tzinfo=UTC)


class Told(NamedTuple):
    """A story as outlets open it, and an editor's summary of it."""

    articles: list[Article]
    readings: dict[str, Reading]
    sentences: list[list[str]]  # of each article
    summary: str
    limit: int  # words


class Measured(NamedTuple):
    """Means of ROUGE-1, 2 and L F, and of the words."""

    name: str
    rouge1: float
    rouge2: float
    rouge_l: float
    length: float


def there() -> bool:
    """Whether the stories are at hand."""
    return (DATA / "summary_allsides.gold.jsonl").exists()


def measured(count: int) -> list[Measured]:
    """Each way of summarising on at most so many stories: ours first, then the first sentences, then sumy's."""
    told = list(_told(count))
    ways: dict[str, Pick] = {"ours": _ours, "first sentences, cut": _first}
    for module in SUMY:
        ways[f"sumy {module}"] = _sumy(module, whole=True)
        ways[f"sumy {module}, cut"] = _sumy(module, whole=False)
    return [_measure(name, pick, told) for name, pick in ways.items()]


def _told(count: int) -> Iterator[Told]:
    gold = [json.loads(line) for line in (DATA / "summary_allsides.gold.jsonl").read_text("utf-8").splitlines()]
    limit = round(fmean(len(each["summary"].split()) for each in gold))
    gold = gold[:count]
    wanted = {i for each in gold for i in each["articles"]}
    entries = files.read_path(DATA / "summary_allsides.articles.jsonl").entries
    found = [pages.extract(entry, first_seen_at=SEEN) for entry in entries if entry.guid in wanted]
    articles = {article.id: article for article in found}
    readings = {reading.article_id: reading for reading in read(found, pipeline.DEFAULT_PIPELINE)}
    for each in gold:
        members = [articles[i] for i in each["articles"]]
        yield Told(members, readings, [_prose(a, readings[a.id]) for a in members], each["summary"], limit)


def _prose(article: Article, reading: Reading) -> list[str]:
    return [article.text[s.start : s.end] for s in reading.sentences if s.kind is BlockKind.PROSE]


def _measure(name: str, pick: Pick, told: Sequence[Told]) -> Measured:
    texts = [" ".join(" ".join(pick(each)).split()[: each.limit]) for each in told]
    scores = [rouge(text, each.summary) for text, each in zip(texts, told, strict=True)]
    return Measured(name, *map(fmean, zip(*scores, strict=True)), fmean(len(text.split()) for text in texts))


# ---------------------------------------------------------------------------------------------------------------- ways
def _ours(told: Told) -> list[str]:
    chosen = summary.choose(told.articles, told.readings, word_limit=told.limit, count=3)
    texts = {article.id: article.text for article in told.articles}
    return [texts[s.article_id][s.start : s.end] for s in chosen]


def _first(told: Told) -> list[str]:
    return [sentences[0] for sentences in told.sentences if sentences]


def _sumy(module: str, *, whole: bool) -> Pick:
    """Sumy's best sentences: whole ones as long as they fit, in the order of the text; or best first, and cut."""

    def pick(told: Told) -> list[str]:
        texts = [text for sentences in told.sentences for text in sentences]
        best = _best_first(module, texts)
        return [texts[k] for k in (sorted(_fitting(best, texts, told.limit)) if whole else best)]

    return pick


def _fitting(best: Sequence[int], texts: Sequence[str], limit: int) -> Iterator[int]:
    for k in best:
        if len(texts[k].split()) <= limit:
            limit -= len(texts[k].split())
            yield k


def _best_first(module: str, texts: Sequence[str]) -> list[int]:
    """Which texts one of plain sumy's summarisers would choose, one more at a time."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    summariser = getattr(import_module(f"sumy.summarizers.{module}"), SUMY[module])(stem)
    for name, value in (BONUS if module == "edmundson" else {"stop_words": STOP_WORDS}).items():
        setattr(summariser, name, value)
    sentences = [Sentence(text, Words()) for text in texts]
    document = ObjectDocumentModel([Paragraph(sentences)])
    random.seed(0)
    found: dict[int, None] = {}
    for size in range(1, len(texts) + 1):
        try:
            chosen = summariser(document, size)
        except (ValueError, ZeroDivisionError, ArithmeticError):  # on texts with no word in common
            chosen = sentences[:size]
        found |= dict.fromkeys(next(k for k, each in enumerate(sentences) if each is one) for one in chosen)
    return list(found)


# --------------------------------------------------------------------------------------------------------------- ROUGE
def rouge(one: str, other: str) -> tuple[float, float, float]:
    """ROUGE-1, 2 and L F (Lin 2004) of two texts, by runs of letters and digits as they stand."""
    a, b = (re.findall(r"[a-z0-9]+", text.lower()) for text in (one, other))
    pairs = [Counter(pairwise(text)) for text in (a, b)]
    hits = (Counter(a) & Counter(b)).total(), (pairs[0] & pairs[1]).total(), _common(a, b)
    sizes = len(a) + len(b), pairs[0].total() + pairs[1].total(), len(a) + len(b)
    first, second, longest = (2 * n / size if size else 0.0 for n, size in zip(hits, sizes, strict=True))
    return first, second, longest


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for word in a:
        above, row = row, [0]
        for k, other in enumerate(b):
            row.append(above[k] + 1 if word == other else max(above[k + 1], row[k]))
    return row[-1]
