"""``debrief feeds``: the operator's sources, on the database that the bot uses.

Without ``--server`` they are the operator's own, which every server reads; with it, those of one server.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import terminal
from briefs.sources import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from briefs.collecting import Trial
    from briefs.models import Article, Feed, SourceKind
    from briefs.newsroom import Newsroom
    from briefs.sources.discovery import Candidate

app = typer.Typer(
    help="Add, look at and read sources: the operator's own, which every server reads, or with --server those of one.",
    no_args_is_help=True,
)

EVERYONE = 0  # as briefs.store names it; that is too heavy to load for a help page
Server = Annotated[
    int, typer.Option("--server", metavar="ID", min=0, help="Discord's id of a server; 0 stands for every server.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines for a program.")]
Chosen = Annotated[
    str, typer.Argument(metavar="FEED", help="Its number, address or title, as `feeds list` shows them.")
]
Kind = Annotated[
    str | None,
    typer.Option("--as", metavar="KIND", help="Take the address itself as a feed, a sitemap or a page to be watched."),
]


@app.command()
def add(
    source: Annotated[str, typer.Argument(help="A site's or a feed's address, or a folder or file to be watched.")],
    name: Annotated[str | None, typer.Option("--name", help="What to call it; its own title when left out.")] = None,
    kind: Kind = None,
    server: Server = 0,
) -> None:
    """Read a source from now on."""
    from bot import subscriptions

    with _desk() as newsroom:
        if _is_path(source):
            feed = newsroom.subscriptions.watch(server, Path(source).expanduser())
            typer.echo(f"{_added(feed)} A running bot looks into it again and again{_now(feed, server)}.")
            return
        found = _found(newsroom, source, kind)
        known = newsroom.store.feeds(server)
        for candidate in found:
            if same := subscriptions.known_as(known, candidate.url):
                typer.echo(f"{subscriptions.name(same)} is read already, as number {same.id}.")
                continue
            title = name if len(found) == 1 else None
            feed = newsroom.subscriptions.add(server, candidate.url, title=title, kind=candidate.kind)
            typer.echo(f"{_added(feed)} A running bot reads it within a minute{_now(feed, server)}.")


@app.command(name="list")
def show(server: Server = 0, as_json: Json = False) -> None:
    """Show the sources, and how they are."""
    from bot import tables

    with _desk() as newsroom:
        feeds = newsroom.store.feeds(server)
        if as_json:
            terminal.print_records(map(feed_record, feeds))
        elif feeds:
            terminal.console().print(tables.feed_table(feeds))
        else:
            terminal.complain("There are no feeds yet. Add one with debrief feeds add ADDRESS.")


@app.command()
def remove(feed: Chosen, server: Server = 0) -> None:
    """Stop reading a source; what it brought stays where it is read otherwise."""
    from bot import subscriptions

    with _desk() as newsroom:
        chosen = _chosen(newsroom, server, feed)
        newsroom.store.unsubscribe(server, chosen.id)
        typer.echo(f"Removed {subscriptions.name(chosen)}.")


@app.command(name="test")
def try_out(
    address: Annotated[str, typer.Argument(help="A site's or a feed's address.")], as_json: Json = False
) -> None:
    """Show what reading a source would give, without adding it."""
    from bot import desk, tables

    with _desk() as newsroom:
        with terminal.progress("Looking at the address"):
            trial = desk.trial(newsroom, address)
        if as_json:
            terminal.print_records([trial_record(trial)])
        else:
            terminal.print_lines(tables.trial_lines(trial))


@app.command()
def poll(
    feed: Annotated[str | None, typer.Argument(metavar="[FEED]", help="Only this one.", show_default=False)] = None,
    server: Server = 0,
) -> None:
    """Read the sources now instead of at their time."""
    from bot import subscriptions, tables

    with _desk() as newsroom:
        wanted = (
            [_chosen(newsroom, server, feed)] if feed else list(filter(subscriptions.is_polled, _own(newsroom, server)))
        )
        if not wanted:
            terminal.complain("There is nothing to read. Add a source with debrief feeds add ADDRESS.")
            return
        ids = [each.id for each in wanted]
        started = newsroom.clock()
        with terminal.progress("Reading feeds") as advance:
            report = newsroom.collect(feeds=ids, progress=advance)
        after = [each for each in newsroom.store.feeds(server) if each.id in ids]
        terminal.console().print(tables.poll_table(after, started))
        news = tables.counted(len(report.articles), "new or edited article")
        typer.echo(f"{news} from {tables.counted(report.polled, 'feed')}.")
    terminal.tell_problems([f"{subscriptions.name(each)}: {each.last_error}" for each in after if each.failures])


@app.command()
def retry(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[WHAT]", help="As the list names it; all, for everything.", show_default=False),
    ] = None,
) -> None:
    """Show what was set aside since reading it crashed twice, or try it once more."""
    from rich.markup import escape

    from briefs.errors import SettingError

    with _desk() as newsroom:
        found = {f"{each.kind}:{each.subject}": each for each in newsroom.store.set_aside(None)}
        if what is None:
            rows = [escape(f"{key}  {each.title}: {each.reason}") for key, each in found.items()]
            terminal.print_lines(rows or ["Nothing is set aside."])
            return
        if what != "all" and what not in found:
            message = f"Nothing that is set aside is called {what!r}: debrief feeds retry lists it."
            raise SettingError(message, setting="what")
        for key in found if what == "all" else [what]:
            newsroom.store.try_again(found[key].kind, found[key].subject)
            typer.echo(f"{found[key].title} is tried again; a running bot does so within a minute.")


@app.command(name="import")
def take(
    file: Annotated[Path, typer.Argument(help="An OPML file, as other readers export it.")], server: Server = 0
) -> None:
    """Read every source of an OPML file."""
    from bot import tables
    from briefs.errors import InputError

    try:
        body = file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read; give an OPML file that another reader exported."
        raise InputError(message, source=str(file)) from error
    with _desk() as newsroom:
        with terminal.progress("Adding feeds"):
            report = newsroom.subscriptions.import_list(server, body)
        known = tables.counted(len(report.known), "was", "were")
        typer.echo(f"Added {tables.counted(len(report.added), 'feed')}; {known} there already.")
    terminal.tell_problems(report.problems)


@app.command(name="export")
def give(
    file: Annotated[
        Path | None, typer.Argument(help="Where to write it; printed when left out.", show_default=False)
    ] = None,
    server: Server = 0,
    secrets: Annotated[bool, typer.Option("--secrets", help="Write passwords and tokens as they are.")] = False,
) -> None:
    """Write the sources as OPML, for any other reader; passwords and tokens are masked."""
    from briefs.errors import InputError

    with _desk() as newsroom:
        body = newsroom.subscriptions.export_list(server, secrets=secrets)
    if file is None:
        typer.echo(body.decode(), nl=False)
        return
    try:
        file.write_bytes(body)
    except OSError as error:
        raise InputError(
            f"{file} cannot be written; name a file in a folder that you may write to.", source=str(file)
        ) from error


# ----------------------------------------------------------------------------------------------------------- the choice
def _found(newsroom: Newsroom, source: str, kind: str | None) -> Sequence[Candidate]:
    """Return what to add. SettingError when that is not sure and nobody is there to ask."""
    from bot import desk, subscriptions
    from briefs.errors import SettingError
    from briefs.models import SourceKind
    from briefs.sources.discovery import Candidate

    if kind is not None:
        return [Candidate(subscriptions.address(source), kind=_kind(kind))]
    with terminal.progress("Looking at the address"):
        address, found = desk.discover(newsroom, source)
    if subscriptions.sure(found, address):
        return found
    for number, candidate in enumerate(found, 1):
        typer.echo(f"{number}. {_offered(candidate)}", err=True)
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _picked(found)
    option = "" if found[0].kind is SourceKind.FEED else f" --as {found[0].kind}"
    example = f"debrief feeds add {subscriptions.shown_address(found[0].url)}{option}"
    message = (
        f"{subscriptions.shown_address(address)} is no feed itself. Give one of the addresses above, as in {example}"
    )
    raise SettingError(message, setting="source")


def _kind(text: str) -> SourceKind:
    from briefs.errors import SettingError
    from briefs.models import SourceKind

    known = [kind for kind in SourceKind if kind is not SourceKind.FOLDER]
    if text not in known:
        raise SettingError(f"--as must be one of {', '.join(known)}, not {text!r}.", setting="--as")
    return SourceKind(text)


def _picked(found: Sequence[Candidate]) -> list[Candidate]:
    """Ask which of the sources to add. SettingError for an answer that names none."""
    from briefs.errors import SettingError

    answer = typer.prompt("Which? Give numbers, such as 1 or 1,3", default="1", err=True)
    numbers = [int(part) for part in answer.replace(",", " ").split() if part.isdecimal()]
    picked = [found[number - 1] for number in dict.fromkeys(numbers) if 0 < number <= len(found)]
    if not picked:
        raise SettingError(f"{answer!r} names none of them, so nothing was added.", setting="source")
    return picked


def _added(feed: Feed) -> str:
    from bot import subscriptions

    shown = subscriptions.shown_address(feed.url)
    where = "" if shown == feed.title else f" ({shown})"
    return f"Added {subscriptions.name(feed)}{where} as number {feed.id}."


def _now(feed: Feed, server: int) -> str:
    option = f" --server {server}" if server else ""
    return f"; debrief feeds poll {feed.id}{option} does it now"


def _offered(candidate: Candidate) -> str:
    """Return a source in one line: its title, its address, what it holds."""
    from bot import subscriptions, tables

    address = candidate.url if not addresses.has_secret(candidate.url) else subscriptions.shown_address(candidate.url)
    entries = tables.counted(candidate.entries, "entry", "entries")
    newest = f", newest {candidate.newest_at:%Y-%m-%d}" if candidate.newest_at else ""
    return f"{candidate.title or 'without a title'} · {address} · {candidate.kind}, {entries}{newest}"


def _is_path(source: str) -> bool:
    """Whether a file or folder is meant, there or not: what begins like a path, or is there and holds no address."""
    given = source.strip()
    return given.startswith(("/", "./", "../", "~", ".\\")) or bool(
        given and "://" not in given and Path(given).exists()
    )


def _own(newsroom: Newsroom, server: int) -> list[Feed]:
    """Return the sources that are this server's, and not every server's; of 0 those that are."""
    return [feed for feed in newsroom.store.feeds(server) if feed.shared is (server == EVERYONE)]


def _chosen(newsroom: Newsroom, server: int, text: str) -> Feed:
    """Return the source that is meant; SettingError when there is none, or when it is every server's."""
    from bot import subscriptions
    from briefs.errors import SettingError

    path = Path(text).resolve().as_uri() if _is_path(text) else ""
    known = newsroom.store.feeds(server)
    found = subscriptions.meant(known, text) or subscriptions.meant(known, path)
    if found is None:
        raise SettingError(f"There is no feed {text!r}. debrief feeds list shows them all.", setting="feed")
    if found.shared and server != EVERYONE:
        message = f"{subscriptions.name(found)} is read by every server. Leave --server out to mean it."
        raise SettingError(message, setting="feed")
    return found


@contextmanager
def _desk() -> Iterator[Newsroom]:
    """Open the operator's database for one command."""
    from bot.desk import open_newsroom

    newsroom = open_newsroom(terminal.ready())
    try:
        yield newsroom
    finally:
        newsroom.close()


# --------------------------------------------------------------------------------------------------------- the records
def feed_record(feed: Feed) -> dict[str, Any]:
    """Turn a source into a record; what is secret in its address is masked."""
    return {
        "id": feed.id,
        "url": addresses.masked(feed.url),
        "title": feed.title,
        "kind": feed.kind.value,
        "shared": feed.shared,
        "moved_to": feed.moved_to and addresses.masked(feed.moved_to),
        "last_success_at": _time(feed.last_success_at),
        "last_new_at": _time(feed.last_new_at),
        "next_poll_at": _time(feed.next_poll_at),
        "failures": feed.failures,
        "failing_since": _time(feed.failing_since),
        "last_error": feed.last_error,
        "ended_at": _time(feed.ended_at),
        "remark": feed.remark,
    }


def trial_record(trial: Trial) -> dict[str, Any]:
    """Turn what reading a source would give into a record."""
    return {
        "url": addresses.masked(trial.url),
        "title": trial.title,
        "kind": trial.kind.value,
        "moved_to": trial.moved_to and addresses.masked(trial.moved_to),
        "entries": trial.entries,
        "newest_at": _time(trial.newest_at),
        "language": trial.language,
        "every_seconds": trial.wishes.every and trial.wishes.every.total_seconds(),
        "articles": [_article_record(article) for article in trial.articles],
        "problems": list(trial.problems),
    }


def _article_record(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "url": article.url,
        "author": article.author,
        "published_at": _time(article.published_at),
        "language": article.language,
        "extent": article.extent.value,
        "characters": len(article.text),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
