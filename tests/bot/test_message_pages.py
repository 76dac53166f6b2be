"""The frame of every message: groups, what is ready, rows of buttons."""

from __future__ import annotations

import discord
import pytest
from simcord.components import validate_message_state

from bot import rendering
from bot.rendering.pages import button

V2 = discord.MessageFlags(components_v2=True).value


def built(view):
    """Return the components as Discord gets them, after the simulation found them valid."""
    found = view.to_components()
    validate_message_state(content="", embeds=[], components=found, flags=V2)
    return found[0]["components"]


def test_a_group_is_a_text_or_texts_or_something_ready_or_both():
    section = discord.ui.Section("beside", accessory=button("Press", "x:1"))
    row = discord.ui.ActionRow(button("Below", "x:2"))

    kinds = [each["type"] for each in built(rendering.page(["one", ("two", "three"), section, ("four", row)]))]

    text, action_row, beside, line = 10, 1, 9, 14
    assert kinds == [text, line, text, text, line, beside, line, text, action_row]


def test_a_text_in_which_nothing_stands_is_left_out_with_its_line():
    kinds = [each["type"] for each in built(rendering.page(["one", "", ("", "\n"), ("", "two")]))]

    text, line = 10, 14
    assert kinds == [text, line, text]


@pytest.mark.parametrize(("count", "expected"), [(0, []), (5, [5]), (6, [5, 1]), (12, [5, 5, 2])])
def test_buttons_fill_as_many_rows_as_they_need(count, expected):
    view = rendering.page(["text"], buttons=[button(str(n), f"x:{n}") for n in range(count)])

    assert [len(each["components"]) for each in built(view)[1:]] == expected


def test_each_row_stands_below_the_buttons_as_one_of_its_own():
    view = rendering.page(["text"], buttons=[button("A", "x:1")], rows=[[button("B", "x:2")], [button("C", "x:3")]])

    assert [each["components"][0]["label"] for each in built(view)[1:]] == ["A", "B", "C"]
