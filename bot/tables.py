"""The commands' output for people: tables and short texts on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from bot import subscriptions
from briefs.language.times import describe
from briefs.models import Modality, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from bot.inspection import Record, Reply
    from briefs.collecting import Trial
    from briefs.models import Agenda, Answer, Article, Connections, Evidence, Feed, Moment, Plan, Story, Timeline


def story_table(stories: Sequence[Story], articles: dict[str, Article]) -> Table:
    """Show each story with its articles' outlets and titles."""
    table = _table("story", "articles", "outlets", "first title")
    for story in stories:
        of = [articles[i] for i in story.article_ids if i in articles]
        outlets = dict.fromkeys(article.outlet or "unnamed" for article in of)
        title = next((article.title for article in of if article.title), "—")
        table.add_row(story.id, str(len(of)), ", ".join(map(escape, outlets)), escape(title))
    return table


def date_table(records: Iterable[Record]) -> Table:
    """Show each time with the words it came from."""
    table = _table("article", "words", "value", "range")
    for record in records:
        for date in record["dates"]:
            table.add_row(record["article"], escape(date["text"]), date["value"], f"{date['start']}:{date['end']}")
    return table


def fact_table(records: Iterable[Record]) -> Table:
    """Show each fact: what, who, when, and how sure."""
    table = _table("article", "kind", "verb", "arguments", "time", "told as")
    for record in records:
        arguments = "\n".join(f"[dim]{a['role']}[/dim] {escape(a['text'])}" for a in record["arguments"])
        told = ("not " if record["negated"] else "") + record["modality"]
        said = f"\naccording to {escape(record['attribution'])}" if record["attribution"] else ""
        time = record["time"]["value"] if record["time"] else ""
        table.add_row(record["article"], record["kind"], record["predicate"]["lemma"], arguments, time, told + said)
    return table


def reply_lines(reply: Reply) -> Iterator[str]:
    """Tell an answer first, then what else is reported, then who says so in which words."""
    answer = reply.answer
    if reply.question.text != answer.statement:
        understood = f" → {answer.understood}" if answer.understood else ""
        yield f"[dim]{escape(reply.question.text + understood)}[/dim]"
    yield f"[bold]{escape(answer.statement)}[/bold]"
    yield from _beside(answer)
    yield from (_quotation(evidence) for evidence in answer.evidence)
    yield f"[dim]{_support(answer)} · {reply.latency_ms:.0f} ms[/dim]"


def explanation_lines(explanation: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Tell how an answer came about: headings, each with its lines."""
    for heading, lines in explanation:
        yield f"\n[bold]{escape(heading)}[/bold]"
        yield from (f"  {escape(line)}" for line in lines or ("none",))


def timeline_table(timeline: Timeline) -> Table:
    """Show when something was or is to be, in whose words, and how many tell it."""
    table = _table("when", escape(timeline.subject), "sources", "outlet")
    for moment in timeline.moments:
        row = (_quoted_words(moment.evidence), _tellers(moment), escape(moment.evidence.outlet))
        table.add_row(_when(moment), *row)
    return table


def agenda_table(agenda: Agenda) -> Table:
    """Show when something is to be, what in the words of a source, and how many tell it; with the days that others give."""
    table = _table("when", "what", "sources", "outlet")
    for plan in agenda.plans:
        others = "".join(f"\n[dim]{describe(when)} ({escape(told.outlet)})[/dim]" for when, told in plan.others)
        table.add_row(_when(plan) + others, escape(plan.what), _tellers(plan), escape(plan.evidence.outlet))
    return table


def nothing_lines(what: str, about: str | None, considered: int) -> Iterator[str]:
    """Say that nothing was found."""
    of = f" about {escape(about)}" if about else ""
    yield f"{counted(considered, 'article', 'articles')} searched: none says {what}{of}."


def _when(each: Moment | Plan) -> str:
    """The time in words, and how it is told where it is not told as done."""
    told = "" if each.modality is Modality.HAPPENED else f"\n[dim]{each.modality.value}[/dim]"
    return describe(each.when) + told


def _tellers(each: Moment | Plan) -> str:
    return f"{each.sources}" if each.sources == each.independent else f"{each.sources} ({each.independent} independent)"


def _quoted_words(evidence: Evidence) -> str:
    return escape(" ".join(evidence.text.split()))


def connection_lines(connections: Connections) -> Iterator[str]:
    """Tell who did what to whom, each with the words of its best source."""
    if not connections.links:
        about = f" of {escape(connections.subject)}" if connections.subject else ""
        yield f"{counted(connections.considered, 'article', 'articles')} searched: no connections{about} found."
    for link in connections.links:
        told = f"{link.agent.name} {link.relation} {link.patient.name}"
        day = f"{link.when.value} · " if link.when else ""
        yield f"[bold]{escape(told)}[/bold]  [dim]{day}{counted(link.sources, 'source', 'sources')}[/dim]"
        yield from (_quotation(evidence) for evidence in link.evidence[:1])


def feed_table(feeds: Sequence[Feed]) -> Table:
    """Show each source with its health; of one server's also which are every server's."""
    mixed = not all(feed.shared for feed in feeds)
    table = _table("no.", "source", "last read (UTC)", "health")
    table.columns[2].no_wrap = True
    for feed in feeds:
        source = f"{escape(subscriptions.name(feed))}\n[dim]{_source(feed, mark=mixed)}[/dim]"
        table.add_row(str(feed.id), source, f"{_minute(feed.last_success_at)}\n[dim]{_next(feed)}[/dim]", _health(feed))
    return table


def _next(feed: Feed) -> str:
    if not subscriptions.is_polled(feed):
        return "never again"
    return f"next {_minute(feed.next_poll_at)}" if feed.next_poll_at else "due now"


def _source(feed: Feed, *, mark: bool) -> str:
    """Where a source is, what it is when it is no feed, and with ``mark`` whether every server reads it."""
    kind = "" if feed.kind is SourceKind.FEED else feed.kind.value
    parts = (escape(subscriptions.shown_address(feed.url)), kind, "every server's" if mark and feed.shared else "")
    return " · ".join(filter(None, parts))


def poll_table(feeds: Sequence[Feed], since: datetime) -> Table:
    """Show what came of each source that was read ``since`` then."""
    table = _table("no.", "source", "result")
    for feed in feeds:
        table.add_row(str(feed.id), escape(subscriptions.name(feed)), _found(feed, since))
    return table


def _found(feed: Feed, since: datetime) -> str:
    if not subscriptions.is_well(feed):
        return _health(feed)
    news = "something new" if feed.last_new_at and feed.last_new_at >= since else "nothing new"
    return ". ".join(filter(None, (news, *_told(feed))))


def _health(feed: Feed) -> str:
    error = escape(subscriptions.trouble(feed))
    if feed.ended_at:
        return f"[red]gone for good since {_minute(feed.ended_at)}[/red]: {error}"
    if feed.failures:
        since = f" since {_minute(feed.failing_since)}" if feed.failing_since and feed.failures > 1 else ""
        return f"[red]failed {counted(feed.failures, 'time', 'times')}{since}[/red]: {error}"
    return ". ".join(filter(None, _told(feed))) or ("well" if feed.last_success_at else "not read yet")


def _told(feed: Feed) -> tuple[str, str]:
    """Where a source has moved to, and what else is to be known of it."""
    moved = f"moved to {escape(subscriptions.shown_address(feed.moved_to))}" if feed.moved_to else ""
    return moved, escape(feed.remark or "")


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "—"


def trial_lines(trial: Trial) -> Iterator[str]:
    """Tell what reading a source would give: what it is, how lively, and a few of its articles."""
    yield f"[bold]{escape(trial.title or 'without a title')}[/bold]"
    kind, wish = subscriptions.KINDS[trial.kind], subscriptions.wish(trial.wishes.every)
    newest = f"newest {_minute(trial.newest_at)} UTC" if trial.newest_at else ""
    entries = counted(trial.entries, "entry", "entries")
    language = f"language “{escape(trial.language)}”" if trial.language else ""
    yield f"{kind} · {escape(subscriptions.shown_address(trial.url))}"
    yield " · ".join(filter(None, (entries, newest, language, wish)))
    if trial.moved_to:
        yield f"It has moved for good to {escape(subscriptions.shown_address(trial.moved_to))}."
    for article in trial.articles:
        author = f"by {escape(article.author)}" if article.author else ""
        told = (author, _minute(article.published_at), subscriptions.EXTENTS[article.extent])
        yield f"- {escape(subscriptions.headline(article))}  [dim]{' · '.join(filter(None, told))}[/dim]"
    yield from (f"[yellow]{escape(problem)}[/yellow]" for problem in trial.problems)
    yield "[dim]Nothing was added. debrief feeds add with this address reads it from now on.[/dim]"


def _support(answer: Answer) -> str:
    if not answer.sources:
        return f"{counted(answer.considered, 'article', 'articles')} searched"
    independent = f", {answer.independent} independent" if answer.sources > 1 else ""
    return f"{counted(answer.sources, 'source', 'sources')}{independent}"


def _beside(answer: Answer) -> Iterator[str]:
    if answer.alternatives:
        yield "Also reported: " + " · ".join(
            f"{escape(a.text)} ({escape(', '.join(a.outlets))})" for a in answer.alternatives
        )
    for slot in answer.disagreements:
        values = " or ".join(f"{escape(value.text)} ({escape(', '.join(value.outlets))})" for value in slot.values)
        yield f"{slot.slot.capitalize()} disputed: {values}"
    yield from (escape(note) for note in answer.notes)


def _quotation(evidence: Evidence) -> str:
    at = evidence.published_at
    date = f", {at.day} {at:%B %Y}" if at else ""
    return f"> “{escape(evidence.text)}”  [dim]{escape(evidence.outlet)}{date}[/dim]"


def _table(*columns: str) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "1 feed", "2 feeds"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
