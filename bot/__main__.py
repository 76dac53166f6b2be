"""Where everything is built once and passed down; ``python -m bot`` and ``debrief`` start here."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

import structlog

from bot import cli
from briefs.errors import SettingError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from discord import Client

    from bot.client import Debrief
    from bot.operation.stopping import Ending
    from bot.operation.vitals import Vitals
    from bot.settings import Settings
    from briefs.models import Clock
    from briefs.newsroom import Newsroom

AGAIN_AFTER = 2.0  # seconds between two tries to begin again
log = structlog.get_logger(__name__)


def main() -> None:
    """Run the command line."""
    cli.main()


def run_bot(
    settings: Settings, *, clock: Clock | None = None, checkpoint: Callable[[str], None] = lambda _step: None
) -> None:
    """Run the bot until it is told to stop; while Discord cannot be reached it is tried again, at the start as later.

    ``checkpoint`` is told each step of a delivery, "lease taken" and, as "news …", each of collecting; ``clock`` is the real
    one unless given.

    Raises SettingError for a token that is missing or refused, StoreError for a database that cannot be used at the start,
    DebriefError where Discord closed the connection for good.
    """
    from bot.connection import point_at_discord
    from bot.operation.stopping import Ending
    from bot.operation.systemd import Manager
    from bot.operation.vitals import Vitals
    from bot.settings import make_database_folder
    from briefs.newsroom import now_utc

    if settings.discord_token is None:
        message = "DISCORD_TOKEN is not set: put the bot's token into .env, or try debrief preview, which needs none."
        raise SettingError(message, setting="DISCORD_TOKEN")
    point_at_discord(settings)
    make_database_folder(settings.database_url)
    with Ending() as ending:
        vitals, again = Vitals(clock or now_utc), False
        while True:
            try:
                again = _live(settings, ending, vitals, checkpoint)
            except StoreError as error:
                if not again:
                    raise
                log.warning("beginning again failed, trying on", cause=str(error))
                Manager().alive()  # a server that is away for an hour is no reason to restart the bot
                time.sleep(AGAIN_AFTER)
            else:
                if not again:
                    return


def _live(settings: Settings, ending: Ending, vitals: Vitals, checkpoint: Callable[[str], None]) -> bool:
    """Be the bot of the database, once it is free; return whether to begin again."""
    from bot.connection import stay_connected
    from bot.desk import open_newsroom
    from bot.operation.operating import operating
    from bot.operation.systemd import Manager
    from bot.operation.tenancy import held
    from briefs.memory import keep_few_arenas
    from briefs.store.database import confirm_not_emptied, file_of
    from briefs.store.lease import lease_of

    keep_few_arenas()
    confirm_not_emptied(file_of(settings.database_url))  # which taking the lease would make look like a first start
    lease = lease_of(settings.database_url)
    with held(lease):
        checkpoint("lease taken")
        vitals.woke()  # no job could run before
        with Manager().kept_alive():  # a database of an older version may be rewritten for minutes
            newsroom = open_newsroom(
                settings, clock=vitals.clock, workers=1, checkpoint=lambda step: checkpoint(f"news {step}")
            )

        async def serve() -> bool:
            client = build_client(settings, newsroom, checkpoint, vitals)
            async with operating(vitals, newsroom.store, settings, lease):
                token = settings.discord_token
                assert token is not None
                return await stay_connected(client, token.get_secret_value(), settings, ending, lease)

        try:
            return asyncio.run(serve())
        finally:
            newsroom.close()


def build_client(
    settings: Settings,
    newsroom: Newsroom,
    checkpoint: Callable[[str], None] = lambda _step: None,
    vitals: Vitals | None = None,
) -> Debrief:
    """Put client, publisher and scheduler together; ``vitals`` outlive a client that begins again.

    Raises SettingError for starter packs that cannot be used.
    """
    from bot import starters
    from bot.alarms import Alarms
    from bot.client import Debrief
    from bot.delivery.publishing import Publisher
    from bot.limits import Limits
    from bot.notices import Notices
    from bot.operation.generation import Generation
    from bot.operation.vitals import Vitals
    from bot.scheduling.backups import Backups
    from bot.scheduling.departures import Departures
    from bot.scheduling.retention import Kept
    from bot.scheduling.schedule import Scheduler
    from bot.terminal import logging
    from briefs.workers import Workers

    vitals = vitals or Vitals(newsroom.clock)
    grace = timedelta(minutes=settings.misfire_grace_minutes)

    folder = settings.backup_folder
    backups = Backups(settings.database_url, folder.expanduser(), settings.backups_kept) if folder else None

    def publisher(client: Client) -> Publisher:
        about = newsroom.store, client, newsroom.clock
        return Publisher(*about, too_late=grace, checkpoint=checkpoint, alarms=Alarms(*about), vitals=vitals)

    def scheduler(publisher: Publisher) -> Scheduler:
        def begin_again() -> None:
            cast("Debrief", publisher.client).again.set()

        about = newsroom.store, publisher.client, newsroom.clock
        departures = Departures(*about, kept=timedelta(days=settings.left_servers_kept_days))
        return Scheduler(
            newsroom,
            publisher,
            newsroom.clock,
            grace=grace,
            notices=Notices(*about),
            departures=departures,
            vitals=vitals,
            generation=Generation(newsroom.store, begin_again),
            backups=backups,
            kept=Kept(timedelta(days=settings.articles_kept_days), timedelta(days=settings.briefings_kept_days)),
        )

    limits = Limits(person=settings.requests_per_person, server=settings.requests_per_server)
    starters.load(settings.starter_packs)
    return Debrief(
        newsroom,
        publisher=publisher,
        scheduler=scheduler,
        feeds_limit=settings.feeds_per_server,
        limits=limits,
        starters=settings.starter_packs,
        studio=Workers(1, begin=logging(settings)),  # begins with the first picture
        left_kept=timedelta(days=settings.left_servers_kept_days),
        briefings_kept=timedelta(days=settings.briefings_kept_days),
        vitals=vitals,
    )


def run_preview(settings: Settings, newsroom: Newsroom, *, port: int | None = None, once: bool = False) -> None:
    """Serve the browser preview of a desk until it is told to stop; ``once`` prints the briefing and returns.

    Raises SettingError where the port is taken.
    """
    from bot import preview
    from bot.connection import until_stopped
    from bot.operation.stopping import Ending

    async def serve() -> None:
        client = build_client(settings, newsroom)
        where = settings.preview_port if port is None else port
        await preview.serve(client, port=where, tell=partial(print, flush=True), once=once)

    with Ending() as ending:
        try:
            asyncio.run(until_stopped(serve(), ending))
        finally:
            newsroom.close()


if __name__ == "__main__":
    main()
