"""What is no news: opinion, analysis and background, which tell of no event of these days."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefs.briefing.lures import lures
from briefs.models import Grain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefs.models import Article, Reading

# What outlets call it, before a headline or after it, and in the paths of their sites.
_LABEL = (
    r"opinions?|op-ed|analysis|comment(?:ary)?|editorials?|columns?|columnists?|letters|perspectives?|viewpoint|essays?"
)
_LABELLED = re.compile(rf"^(?:guest )?(?:{_LABEL})(?:\s*[:|–—]|\s-\s)|\s[|–—-]\s*(?:{_LABEL})$", re.IGNORECASE)
_FILED = re.compile(rf"/(?:{_LABEL}|commentisfree)(?=[/-])", re.IGNORECASE)
BEFORE, AFTER = timedelta(days=8), timedelta(days=14)  # of an article, within which a time it names is of these days
_FINE = {Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY, Grain.WEEKEND, Grain.WEEK}


def is_comment(article: Article, readings: Mapping[str, Reading]) -> bool:
    """Whether an article says that it is opinion or analysis, or neither tells plainly what happened nor when.

    A headline that asks or teases is not enough, nor is a text without a day: short news often has none.
    """
    title = article.title or ""
    if _LABELLED.search(title.strip()) or _FILED.search(urlsplit(article.url or "").path):
        return True
    if article.id not in readings or not lures(title, english=article.language == "en"):
        return False
    return not _of_these_days(article, readings[article.id])


def _of_these_days(article: Article, reading: Reading) -> bool:
    first, last = article.shown_at - BEFORE, article.shown_at + AFTER
    return any(when.grain in _FINE and when.first and first <= when.first <= last for when in reading.whens)
