"""The desk as the settings want it: its options, and the newsroom over the operator's database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.settings import make_database_folder
from briefs.newsroom import Newsroom, Options, now_utc
from briefs.store import Store

if TYPE_CHECKING:
    from bot.settings import Settings
    from briefs.models import Clock


def options(settings: Settings) -> Options:
    """Return what the desk needs of the settings."""
    return Options(
        pipeline=settings.language_pipeline,
        summariser=settings.summariser,
        max_stories=settings.briefing_stories,
        sentences=settings.briefing_sentences,
        words=settings.briefing_words,
        poll_every=timedelta(minutes=settings.poll_minutes),
        contact=settings.contact,
        fetch_allow=settings.fetch_allow,
    )


def open_newsroom(settings: Settings, *, clock: Clock = now_utc, workers: int = 0) -> Newsroom:
    """Open the operator's database, brought up to date, and the desk over it. Raises StoreError with what to do."""
    make_database_folder(settings.database_url)
    return Newsroom(Store.open(settings.database_url), options=options(settings), clock=clock, workers=workers)
