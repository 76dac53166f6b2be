"""The command line ``debrief``: run the bot or its preview, check the installation, inspect what the desk sees.

Answers go to standard output; progress, the log and every failure go to standard error. Exit status: 0; 1 when part of the
input could not be read or a check found something wrong; 2 when the command could not be done at all.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import backup_cli, feeds_cli, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.inspection import Loaded
    from bot.settings import Settings

app = typer.Typer(
    name="debrief",
    help="A Discord bot that posts cited news briefings and answers follow-ups from extracted facts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_BOT, _INSPECT = "The bot", "Inspect a file of articles"
app.add_typer(feeds_cli.app, name="feeds", rich_help_panel=_BOT)

Input = Annotated[
    str,
    typer.Option(
        "--input",
        metavar="PATH",
        help="A .jsonl, .txt, .html or feed file, a folder of them, or a feed's address.",
        show_default=False,
    ),
]
OwnArticles = Annotated[
    Path | None,
    typer.Option("--input", help="Brief these articles instead of the samples (preview only).", show_default=False),
]
Now = Annotated[
    str | None,
    typer.Option("--now", metavar="TIME", help="Pretend it is this time, with zone: 2025-08-02T09:00:00Z."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines for a program.")]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port of the page; 0 takes a free one.")]


# ------------------------------------------------------------------------------------------------------------- the bot
@app.command(rich_help_panel=_BOT)
def start(path: OwnArticles = None, now: Now = None) -> None:
    """Run the bot when DISCORD_TOKEN is set, else the preview; this is what `make run` does."""
    settings = terminal.ready()
    if settings.discord_token:
        if path:
            print("debrief: DISCORD_TOKEN is set, so the bot runs; --input is for the preview only.", file=sys.stderr)
        _run(settings)
    else:
        _preview(settings, path, now=now)


@app.command(rich_help_panel=_BOT)
def run() -> None:
    """Run the bot on Discord; it needs DISCORD_TOKEN."""
    _run(terminal.ready())


@app.command(rich_help_panel=_BOT)
def preview(
    path: OwnArticles = None,
    now: Now = None,
    port: Port = None,
    once: Annotated[bool, typer.Option("--once", help="Print the briefing and exit.")] = False,
) -> None:
    """Run the same bot in a simulated Discord in the browser; it needs no token."""
    _preview(terminal.ready(), path, now=now, port=port, once=once)


@app.command(rich_help_panel=_BOT)
def check() -> None:
    """Check settings, database, language pipeline, token and permissions, and say what to do."""
    import asyncio

    from bot import checking
    from bot.operation.health import State

    settings = terminal.ready()
    checks = asyncio.run(checking.check(settings))
    terminal.console().print(checking.table(checks))
    if link := checking.invited_by(checks):
        print(f"\nInvite the bot: {link}")
    if any(check.state is State.FAILING for check in checks):
        raise typer.Exit(1)


app.command(rich_help_panel=_BOT)(backup_cli.backup)
app.command(rich_help_panel=_BOT)(backup_cli.restore)


def _run(settings: Settings) -> None:
    from bot.__main__ import run_bot

    run_bot(settings)


def _preview(
    settings: Settings, path: Path | None, *, now: str | None, port: int | None = None, once: bool = False
) -> None:
    from bot import desk, preview
    from bot.__main__ import run_preview
    from bot.inspection import parse_now

    moment = parse_now(now) if now else None
    with terminal.progress("Reading articles") as advance:
        newsroom, report = desk.open_samples(settings, path, guild_id=preview.GUILD, now=moment, progress=advance)
    shown = newsroom.clock()
    print(f"The preview's clock shows {shown.day} {shown:%B %Y, %H:%M} UTC; --now sets it.", file=sys.stderr)
    run_preview(settings, newsroom, port=port, once=once)
    terminal.tell_problems(report.problems)


# ------------------------------------------------------------------------------------------------------------- inspect
@app.command(rich_help_panel=_INSPECT)
def stories(path: Input, as_json: Json = False) -> None:
    """Show which articles tell of one event."""
    from bot import inspection, tables

    with _loaded(path) as loaded:
        if as_json:
            terminal.print_records(inspection.story_records(loaded))
        else:
            articles = dict(loaded.newsroom.store.articles(loaded.report.articles))
            terminal.console().print(tables.story_table(inspection.stories(loaded), articles))


@app.command(rich_help_panel=_INSPECT)
def brief(
    path: Input,
    now: Now = None,
    stories: Annotated[int | None, typer.Option("--stories", min=1, help="Stories, at most.")] = None,
    sentences: Annotated[
        int | None, typer.Option("--sentences", min=1, help="Sentences of each story, at most.")
    ] = None,
    words: Annotated[int | None, typer.Option("--words", min=1, help="Words for each story, at most.")] = None,
    sort: Annotated[str | None, typer.Option("--sort", help="importance, newest or sources.")] = None,
    follow: Annotated[
        list[str] | None, typer.Option("--follow", metavar="TOPIC", help="A word, name:… or outlet:… to bring forward.")
    ] = None,
    mute: Annotated[
        list[str] | None, typer.Option("--mute", metavar="TOPIC", help="A word, name:… or outlet:… to keep out.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show why each story stands where it does, also those not shown.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Print the briefing of the articles, best story first; with --json every story."""
    from bot import inspection, rendering, tables

    moment = inspection.parse_now(now) if now else None
    topics = inspection.topics(follow or (), mute or ())
    with _loaded(path, now=now) as loaded:
        wishes = inspection.preferences(
            loaded, topics=topics, sort=sort, stories=stories, sentences=sentences, words=words, every=as_json
        )
        edition = inspection.brief(loaded, now=moment, preferences=wishes)
        if as_json:
            terminal.print_records(inspection.brief_record(item) for item in edition.briefing.items)
            return
        print(rendering.plain(edition.briefing), end="")
        if explain:
            terminal.print_lines(tables.explanation_lines(inspection.considered(loaded, edition)))


@app.command(rich_help_panel=_INSPECT)
def dates(path: Input, as_json: Json = False) -> None:
    """Show the times that the articles name, resolved against their dates."""
    from bot import inspection, tables

    with _loaded(path) as loaded:
        records = inspection.date_records(loaded)
        if as_json:
            terminal.print_records(records)
        else:
            terminal.console().print(tables.date_table(records))


@app.command(rich_help_panel=_INSPECT)
def facts(path: Input, as_json: Json = False) -> None:
    """Show the facts extracted from each sentence."""
    from bot import inspection, tables

    with _loaded(path) as loaded:
        records = inspection.fact_records(loaded)
        if as_json:
            terminal.print_records(records)
        else:
            terminal.console().print(tables.fact_table(records))


@app.command(rich_help_panel=_INSPECT)
def ask(
    path: Input,
    question: Annotated[
        list[str] | None,
        typer.Argument(help="A question, in quotation marks; more follow it up.", show_default=False),
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option("--questions", help="JSON Lines of {id, question, now?, articles?}.", show_default=False),
    ] = None,
    now: Now = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how each answer came about, and why other values were not told.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Answer a question, or a file of questions, from the articles."""
    from bot import inspection, tables

    asked = inspection.asked(question or (), questions)
    moment = inspection.parse_now(now) if now else None
    with _loaded(path, now=now) as loaded:
        replies = inspection.ask(loaded, asked, now=moment)
        if as_json:
            terminal.print_records(map(inspection.reply_record, replies))
            return
        for reply in replies:
            terminal.print_lines(tables.reply_lines(reply))
            if explain:
                terminal.print_lines(tables.explanation_lines(inspection.explanation(loaded, reply, now=moment)))


@app.command(rich_help_panel=_INSPECT)
def timeline(
    path: Input,
    about: Annotated[str, typer.Argument(help="A name, a topic, or a story's or an article's id.", show_default=False)],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Show what happened, and is to happen, in a story or to someone, the oldest first."""
    from bot import inspection, tables

    with _loaded(path, now=now) as loaded:
        found = inspection.timeline(loaded, about, now=inspection.parse_now(now) if now else None)
        if as_json:
            terminal.print_records(map(inspection.moment_record, found.moments))
        elif found.moments:
            terminal.console().print(tables.timeline_table(found))
        else:
            terminal.print_lines(tables.nothing_lines("what happened", found.subject, found.considered))


@app.command(rich_help_panel=_INSPECT)
def upcoming(
    path: Input,
    about: Annotated[
        str | None, typer.Argument(help="A name or a topic; none: everything.", show_default=False)
    ] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Show what is planned from now on, the soonest first."""
    from bot import inspection, tables

    with _loaded(path, now=now) as loaded:
        found = loaded.newsroom.agenda(None, about, now=inspection.parse_now(now) if now else None)
        if as_json:
            terminal.print_records(map(inspection.plan_record, found.plans))
        elif found.plans:
            terminal.console().print(tables.agenda_table(found))
        else:
            terminal.print_lines(tables.nothing_lines("what is planned", found.subject, found.considered))


@app.command(rich_help_panel=_INSPECT)
def connections(
    path: Input,
    about: Annotated[str | None, typer.Argument(help="A name; without one, everybody.", show_default=False)] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Show who met, sued, bought or visited whom."""
    from bot import inspection, tables

    moment = inspection.parse_now(now) if now else None
    with _loaded(path, now=now) as loaded:
        found = loaded.newsroom.connections(None, about, now=moment)
        if as_json:
            terminal.print_records(map(inspection.connection_record, found.links))
        else:
            terminal.print_lines(tables.connection_lines(found))


@contextmanager
def _loaded(path: str, *, now: str | None = None) -> Iterator[Loaded]:
    """Give the articles of a file; afterwards tell what was wrong with it and exit with 1 if something was."""
    from bot import inspection

    settings = terminal.ready()
    moment = inspection.parse_now(now) if now else None
    with terminal.progress("Reading articles") as advance:
        loaded = inspection.load(path, settings, now=moment, progress=advance)
    try:
        yield loaded
    finally:
        loaded.newsroom.close()
    terminal.tell_problems(loaded.report.problems)


# ---------------------------------------------------------------------------------------------------------------- main
def main(arguments: list[str] | None = None) -> None:
    """Run a command; an expected failure is one sentence on standard error and exit status 2."""
    from briefs.errors import DebriefError

    _write_utf8()
    try:
        app(args=arguments)
    except DebriefError as error:
        terminal.complain(str(error))
        sys.exit(2)
    except BrokenPipeError:  # `debrief facts … | head`: the reader has seen enough
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


def _write_utf8() -> None:
    """Write UTF-8 whatever the terminal's locale says: quotations hold every character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
