"""Days in a briefing's frame, in the language that its channel chose for dates.

A day is that of UTC: a channel may be read in many zones. Where no language is chosen, Discord shows each reader an instant in
the reader's own zone and language, and a terminal shows English.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from babel import Locale

ENGLISH = "en-GB"


def day(moment: datetime, language: str | None, *, form: Literal["full", "long"] = "long") -> str:
    """Return a day as a language writes it: "2. August 2025"; nothing where no language is chosen or it is unknown."""
    from babel.dates import format_date

    locale = _locale(language) if language else None
    return format_date(moment, form, locale=locale) if locale else ""


def since(moment: datetime, language: str | None, now: datetime) -> str:
    """Return a day as ``day`` does, without the year where that is the present one: "2. Juli"."""
    from babel.dates import format_skeleton

    locale = _locale(language) if language else None
    if locale is None or moment.year != now.year:
        return day(moment, language)
    return format_skeleton("MMMMd", moment, locale=locale)


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
