"""The inspection commands' output for people: tables and short texts on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.inspection import Record, Reply
    from briefs.models import Answer, Article, Evidence, Story


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
        yield f"[dim]{escape(reply.question.text)}[/dim]"
    yield f"[bold]{escape(answer.statement)}[/bold]"
    yield from _beside(answer)
    yield from (_quotation(evidence) for evidence in answer.evidence)
    yield f"[dim]{_support(answer)} · {reply.latency_ms:.0f} ms[/dim]"


def _support(answer: Answer) -> str:
    if not answer.sources:
        return f"{_count(answer.considered, 'article', 'articles')} searched"
    independent = f", {answer.independent} independent" if answer.sources > 1 else ""
    return f"{_count(answer.sources, 'source', 'sources')}{independent}"


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


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
