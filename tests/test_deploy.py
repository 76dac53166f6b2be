"""The unit and the container file fit the program: what they copy, set, start and wait for is there and is so."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.operation.stopping import LIMIT
from bot.settings import Settings, setting_rows

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "deploy" / "debrief.service"
CONTAINER = ROOT / "deploy" / "Containerfile"
SETTINGS = {row.name for row in setting_rows()}
NOT_OURS = {"MPLCONFIGDIR", "PATH", "PYTHONUNBUFFERED", "PIP_DISABLE_PIP_VERSION_CHECK", "PIP_NO_CACHE_DIR"}
SECONDS = {"s": 1, "min": 60, "h": 3600, "": 1}


# ---------------------------------------------------------------------------------------------------------------- unit
def unit():
    """The unit's settings by section; of one that stands several times, all values."""

    class Several(dict):
        def __setitem__(self, key, value):
            if key in self and isinstance(value, list):
                self[key].extend(value)
            else:
                super().__setitem__(key, value)

    parser = configparser.RawConfigParser(dict_type=Several, strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(UNIT, encoding="utf-8")
    return parser


def seconds(time):
    number, unit_ = re.fullmatch(r"(\d+)([a-z]*)", time).groups()
    return int(number) * SECONDS[unit_]


def test_the_unit_starts_the_program_and_gives_it_the_time_that_it_takes_to_stop():
    service = unit()["Service"]
    program, command = shlex.split(service["ExecStart"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert Path(program).name in scripts
    assert command in get_command(app).commands
    assert LIMIT + 3 < seconds(service["TimeoutStopSec"]) <= 30
    assert service["Type"] == "notify"


def test_the_unit_sets_only_what_is_a_setting_and_writes_only_where_it_may():
    text = UNIT.read_text(encoding="utf-8")
    given = dict(
        line.partition("=")[2].partition("=")[::2] for line in text.splitlines() if line.startswith("Environment=")
    )
    assert given.keys() <= SETTINGS | NOT_OURS
    service = unit()["Service"]
    assert given["DATABASE_URL"].startswith(f"sqlite:////var/lib/{service['StateDirectory']}/")
    assert given["MPLCONFIGDIR"] == f"/var/cache/{service['CacheDirectory']}"
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    Settings(_env_file=None, **{name.lower(): value for name, value in given.items() if name in SETTINGS})


@pytest.fixture
def here(tmp_path):
    """The unit as it would stand on this machine: systemd looks for the program, too."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not on this machine, so the unit is not judged by systemd itself.")
    text = UNIT.read_text(encoding="utf-8").replace("/opt/debrief/.venv/bin/debrief", sys.executable)
    (tmp_path / UNIT.name).write_text(text, encoding="utf-8")
    return tmp_path / UNIT.name


def analyze(*words):
    return subprocess.run(["systemd-analyze", *words], capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_systemd_understands_every_line_of_the_unit(here):
    found = analyze("verify", "--man=no", str(here))
    if "Failed to initialize manager" in found.stderr or "bus" in found.stderr.lower():
        pytest.skip(f"systemd-analyze cannot work here: {found.stderr.splitlines()[0]}")
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_systemd_finds_the_service_little_exposed(here):
    found = analyze("security", "--offline=yes", "--no-pager", "--threshold=20", str(here))
    if "unrecognized option" in found.stderr:
        pytest.skip("systemd-analyze is too old to judge a unit that is not installed.")
    assert found.returncode == 0, found.stdout


# ----------------------------------------------------------------------------------------------------------- container
def instructions():
    """The container file as (instruction, words), lines that go on joined."""
    lines = [line for line in CONTAINER.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in joined.splitlines()]


def words(name):
    return [value for instruction, value in instructions() if instruction == name]


def test_what_the_container_copies_is_there_and_goes_to_it():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored  # .env and the database stay outside
    for copied in words("COPY"):
        if copied.startswith("--from="):
            continue
        *sources, _target = copied.split()
        for source in sources:
            assert (ROOT / source).exists()
            assert f"!{source}" in ignored


def test_the_container_installs_nothing_whose_hash_is_not_in_the_lock():
    installing = [
        each
        for each in re.split(r"&&|\n", "\n".join(words("RUN")))
        if "pip" in each and "uninstall" not in each and "venv" not in each.split("/")[0]
    ]
    assert len(installing) >= 3
    for each in installing:
        assert "--require-hashes" in each or "--no-index" in each, each


def test_the_container_is_pinned_runs_as_nobody_special_and_hears_signals():
    assert all(re.match(r"\S+:\S+", base) and ":latest" not in base for base in words("FROM"))
    assert not words("ADD")
    [user] = words("USER")
    assert user.isdigit()
    assert user != "0"
    [uid] = re.findall(r"--uid (\d+)", "\n".join(words("RUN")))
    assert uid == user
    assert words("STOPSIGNAL") == ["SIGTERM"]
    assert LIMIT < 9.5  # engines kill after ten seconds
    [entry], [command] = words("ENTRYPOINT"), words("CMD")
    assert entry == '["debrief"]'  # no shell between the engine and the program
    assert command == '["run"]'
    assert "run" in get_command(app).commands


def test_the_containers_settings_exist_and_its_health_is_asked_where_it_is_told():
    given = dict(pair.split("=", 1) for line in words("ENV") for pair in shlex.split(line))
    assert given.keys() <= SETTINGS | NOT_OURS
    [volume] = words("VOLUME")
    assert given["DATABASE_URL"].startswith(f"sqlite:///{volume}/")
    [health] = words("HEALTHCHECK")
    assert f"http://127.0.0.1:{given['HEALTH_PORT']}/healthz" in health
    Settings(_env_file=None, **{name.lower(): value for name, value in given.items() if name in SETTINGS})
