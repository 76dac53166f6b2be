"""`/privacy` tells the truth: whatever holds something of a server or a person has its line."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest
from simulated import said

from bot.commands import privacy
from bot.rendering import TEXT_LIMIT
from briefs.store import upkeep
from briefs.store.schema import metadata

TOLD = (*privacy.OF_A_PERSON, *privacy.OF_A_SERVER)
PEOPLE = {"guild_id", "channel_id", "user_id", "asked_by", "added_by", "created_by", "message_id"}


def words(page):
    return "\n".join(each.content for each in page.walk_children() if isinstance(each, discord.ui.TextDisplay))


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_table_is_told_of_or_holds_only_news(table):
    told = any(table in each.tables for each in TOLD)

    assert told != (table in privacy.OF_THE_NEWS), f"Say in bot/commands/privacy.py what {table} keeps."


@pytest.mark.parametrize("table", sorted(privacy.OF_THE_NEWS))
def test_what_holds_only_news_names_no_server_and_nobody(table):
    assert not PEOPLE & {column.name for column in metadata.tables[table].columns}


def test_whatever_is_told_of_is_deleted_with_its_server():
    """Or goes with what it belongs to, as the articles of a briefing do."""
    deleted = {table.name for table in upkeep._OWN} | {"subscriptions"}
    named = {name for each in TOLD for name in each.tables}
    with_another = {
        name for name in named - deleted if any(key.ondelete == "CASCADE" for key in metadata.tables[name].foreign_keys)
    }

    assert named == deleted | with_another


def test_how_long_things_are_kept_is_said_as_the_operator_set_it():
    text = words(privacy.page(timedelta(days=45)))

    assert "deleted after 45 days" in text
    for kept in ("for 30 minutes", "for 1 day", "for 30 days", "for 180 days"):
        assert kept in text
    assert len(text) < TEXT_LIMIT / 2


async def test_everyone_can_read_it_privately(world):
    for person in (world.reader, world.admin):
        result = await person.slash(world.channel, "privacy")

        assert result.ephemeral
        assert "What I keep" in said(result)
        assert "deleted after 30 days" in said(result)
