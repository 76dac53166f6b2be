"""The referee sees what Discord would refuse and what a person would wait for in vain."""

from __future__ import annotations

import pytest
import simcord
from discord import app_commands
from referee import Referee
from simcord import HttpLogEntry
from simulated import build

from bot.rendering import pages

NOBODY = {"parse": []}


def request(body, path="/channels/1/messages"):
    return HttpLogEntry("POST", path, {}, body, None)


def text(content):
    return {"type": 10, "content": content}


class _Sent:
    def __init__(self, *entries):
        self.http_requests = entries
        self.backend = self
        self.interactions = {}

    def _register_dispatch_observer(self, observer):
        pass


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ({"components": [text("x" * 2_500), text("y" * 2_500)]}, "4000-character total"),
        ({"components": [text("x")] * 41}, "at most 40 components"),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "style": 2, "custom_id": "a", "label": "l" * 81}]}]},
            "80",
        ),
        ({"components": [text("x")], "allowed_mentions": {"parse": ["everyone"]}}, "mentions are allowed"),
        ({"content": "hi", "allowed_mentions": {"parse": [], "users": ["1"]}}, "somebody may be mentioned"),
        ({"attachments": [{"id": 0, "filename": "a.png", "description": "d" * 1_025}]}, "longer than 1024"),
    ],
)
def test_a_message_that_breaks_a_rule_is_told_with_the_rule(body, rule):
    [broken] = Referee(_Sent(request({"allowed_mentions": NOBODY, **body}))).broken()
    assert rule in broken


def test_a_message_within_the_rules_breaks_none():
    assert Referee(_Sent(request({"components": [text("x" * 4_000)], "allowed_mentions": NOBODY}))).broken() == []


@pytest.mark.parametrize(
    ("choices", "rule"),
    [
        ([{"name": "n", "value": "v"}] * 26, "26 choices"),
        ([{"name": "n" * 101, "value": "v"}], "name is not of 1 to 100"),
        ([{"name": "", "value": "v"}], "name is not of 1 to 100"),
        ([{"name": "n", "value": "v" * 101}], "value is not of 1 to 100"),
    ],
)
def test_an_autocompletion_beyond_the_limits_is_told(choices, rule):
    answer = request({"type": 8, "data": {"choices": choices}}, path="/interactions/1/token/callback")
    assert rule in Referee(_Sent(answer)).broken()[0]


def test_a_form_with_too_long_a_title_is_told():
    form = {"custom_id": "form", "title": "t" * 46, "components": [text("x")]}
    assert "title" in Referee(_Sent(request({"type": 9, "data": form}, path="/interactions/1/t/callback"))).broken()[0]


@app_commands.command(description="Works first.")
async def late(interaction):
    await interaction.client.in_thread(len, "work")
    await interaction.response.send_message(view=pages.page(["done"]))


@app_commands.command(description="Promises an answer.")
async def lost(interaction):
    await interaction.response.defer(thinking=True)


@app_commands.command(description="Says nothing.")
async def silent(interaction):
    """Leave the person to Discord's own words."""


@app_commands.command(description="Acknowledges first.")
async def well(interaction):
    await interaction.response.defer(thinking=True)
    await interaction.client.in_thread(len, "work")
    await interaction.followup.send(view=pages.page(["done"]))


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (late, "len ran before the interaction was acknowledged"),
        (lost, "left with “thinking…”"),
        (silent, "never acknowledged"),
        (well, None),
    ],
)
async def test_an_interaction_that_is_kept_waiting_is_told(newsroom, command, rule):
    client = build(newsroom)
    client.tree.add_command(command)
    env = simcord.Env(client)
    referee = Referee(env)
    await env.start()
    guild = env.create_guild("Harbour")
    reader = guild.add_member(env.create_user("ben"))
    with referee.watching():
        await reader.slash(guild.create_text_channel("news"), command.name)
    await env.shutdown()

    assert [f"application_command {command.name}: {rule}"] * bool(rule) == referee.broken()
