"""The documents say what the code does: every setting and command, with its default and reason, and nothing else."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from discord import AppCommandType
from discord.app_commands import Group
from simulated import build
from typer.main import get_command

from bot.cli import app
from bot.commands import register
from bot.commands.ask import about_this
from bot.operation import metrics
from bot.operation.health import Stored, judge
from bot.operation.vitals import Vitals
from bot.rendering import SWITCHES
from bot.rendering.briefings import STORY_LABELS
from bot.settings import env_example, readme_table, setting_rows

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", setting_rows(), ids=lambda row: row.name)
def test_every_setting_stands_in_the_env_example_with_its_default_and_reason(row):
    assert f"# {row.name}={row.default}\n" in ENV_EXAMPLE
    assert f"# {row.why}\n" in ENV_EXAMPLE


def test_the_env_example_names_nothing_else():
    named = re.findall(r"^#? ?([A-Z][A-Z_]+)=", ENV_EXAMPLE, re.MULTILINE)
    assert named == [row.name for row in setting_rows()]
    assert env_example() == ENV_EXAMPLE, "Write what bot.settings.env_example() returns to .env.example."


def test_the_readmes_table_of_settings_is_the_codes():
    assert f"<!-- settings -->\n{readme_table()}<!-- /settings -->" in README, (
        "Put what bot.settings.readme_table() returns between the two comments in README.md."
    )


@pytest.mark.parametrize("name", sorted(get_command(app).commands))
def test_every_command_stands_in_the_readme(name):
    assert f"debrief {name}" in README or f"`{name}`" in README


@pytest.mark.parametrize("name", sorted(get_command(app).commands["feeds"].commands))
def test_every_command_for_feeds_stands_in_the_readme(name):
    assert f"debrief feeds {name}" in README or f"feeds {name}" in README


def test_every_slash_command_stands_in_the_readmes_table(newsroom):
    named = set()
    for row in re.findall(r"^\| (`/.+?) \|", README, re.MULTILINE):
        first, *rest = re.findall(r"`(/?[a-z ]+)`", row)
        group = first.rpartition(" ")[0]
        named |= {first, *(each if each.startswith("/") else f"{group} {each}" for each in rest)}
    client = build(newsroom)
    register(client)
    commands = client.tree.walk_commands(type=AppCommandType.chat_input)
    assert named == {f"/{each.qualified_name}" for each in commands if not isinstance(each, Group)}


@pytest.mark.parametrize("label", [*STORY_LABELS.values(), about_this.name, SWITCHES["post_thread"]])
def test_what_can_be_done_without_a_command_stands_in_the_readme_under_its_own_name(label):
    assert f"*{label}*" in README.partition("\nWithout a command: ")[2].partition("\n\n")[0]


def test_the_readme_names_no_command_that_does_not_exist():
    assert set(re.findall(r"`debrief ([a-z]+)", README)) <= set(get_command(app).commands)


def test_every_target_of_make_that_the_readme_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", README)) <= targets


# ------------------------------------------------------------------------------------------------- running it for a year
YEAR = README.partition("\n## Running it for a year\n")[2].partition("\n## ")[0]
RUNBOOK = re.findall(r"^\| (.+?) \| (.+) \|$", YEAR.partition("**Runbook**")[2], re.MULTILINE)[1:]
SOURCE = "".join(file.read_text(encoding="utf-8") for part in ("bot", "briefs") for file in (ROOT / part).rglob("*.py"))
SAYINGS = re.sub(r'"\s*\n\s*f?"', "", SOURCE)  # a sentence may go on in the next line


def test_the_runbook_has_ten_lines():
    assert len(RUNBOOK) == 10


@pytest.mark.parametrize("seen", [seen for seen, _ in RUNBOOK if seen.startswith("*")])
def test_what_the_runbook_quotes_is_what_the_bot_says(seen):
    parts = [part.strip(" …") for quoted in re.findall(r"\*(.+?)\*", seen) for part in quoted.split("…")]
    assert any(parts)
    for part in parts:
        assert part in SAYINGS, part


def test_every_command_and_option_of_the_year_exists():
    commands = get_command(app).commands
    known = {*commands, *(f"feeds {name}" for name in commands["feeds"].commands)}
    quoted = set(re.findall(r"`debrief ((?:feeds )?[a-z]+)", YEAR))
    assert quoted <= known
    assert {"check", "backup", "restore", "feeds list", "feeds test", "feeds remove"} <= quoted


def test_every_file_setting_page_and_metric_of_the_year_exists():
    for path in re.findall(r"\]\(([^)]+)\)|(?:cp|--file) (deploy/\S+)", YEAR):
        assert (ROOT / "".join(path)).exists()
    settings = {row.name for row in setting_rows()}
    assert set(re.findall(r"`([A-Z][A-Z_]+)", YEAR)) <= settings
    assert set(re.findall(r"`(/[a-z]+z|/metrics)`", YEAR)) == {"/healthz", "/readyz", "/metrics"}
    vitals = Vitals(lambda: datetime.now(UTC))
    told = metrics.text(vitals, Stored(), judge(Stored(), vitals.process(), vitals.clock())).decode()
    assert set(re.findall(r"debrief_\w+", YEAR)) <= set(re.findall(r"^(debrief_\w+)", told, re.MULTILINE))
