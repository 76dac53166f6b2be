"""Timelines, agendas and connections as lists, page by page: what happened, verbatim, when, and who says so.

A page's buttons carry the view, the page and what it is about, so that it can be made anew from the store after a restart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

import discord

from bot.rendering.escaping import clip, flat, source
from bot.rendering.pages import SHOW, SILENT, button, counted, dotted, lines, page, stamp
from bot.rendering.sources import PAGE_SIZE, Quotation
from briefs.language.times import describe
from briefs.models import Agenda, Connections, Grain, Modality, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.rendering.pages import Button, Page
    from briefs.models import Connection, Evidence, Moment, Plan, When

Overview = Timeline | Agenda | Connections

ABOUT_LIMIT = 60  # characters of a name; it stands in the ids of buttons, which have 100
ROWS = 8  # of a page at most; more are not read on a phone
ROOM = 3_000  # characters of a page's rows
SUBJECT_ROOM = 160
SENTENCE_ROOM = 320
SHOWN_WHOLE = 240  # characters of a sentence that is shown with what is planned in it
NAME_ROOM = 80
RELATION_ROOM = 60
OTHERS_SHOWN = 3
PICTURE = "picture.png"
OFFERED = 5  # names that are offered where nothing was found
NO_NEWS = (
    "There is no news on this server yet. An admin can add a source with `/feeds add`; then this shows what it tells."
)
MARKS = {
    Modality.HAPPENED: "",
    Modality.PLANNED: "planned",
    Modality.POSSIBLE: "possible, not certain",
    Modality.CANCELLED: "called off",
}
WITHIN_A_DAY = frozenset({Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY})


class View(StrEnum):
    """How the news are looked at."""

    TIMELINE = "timeline"
    UPCOMING = "upcoming"
    CONNECTIONS = "connections"


LABELS = {View.TIMELINE: "Timeline", View.UPCOMING: "Upcoming", View.CONNECTIONS: "Connections"}
NOTHING = {
    View.TIMELINE: "I found nothing with a date{}",
    View.UPCOMING: "I found nothing planned{}",
    View.CONNECTIONS: "I found nothing on who met, sued, bought or visited whom{}",
}
_VIEWS = "|".join(View)
_STORY = re.compile(r"s-[0-9a-f]{12}")
_PAGE, _ABOUT = r"(?P<page>\d{1,4})", rf"(?P<about>.{{0,{ABOUT_LIMIT}}})"
LOOK = re.compile(rf"look:(?P<view>{_VIEWS}):{_PAGE}:(?P<action>back|next|open):{_ABOUT}")
LOOK_SHOW = re.compile(rf"look:(?P<view>{_VIEWS}):{_PAGE}:show:{_ABOUT}")
LOOK_SOURCES = re.compile(rf"look:(?P<view>{_VIEWS}):{_PAGE}:sources:{_ABOUT}")
LOOK_ASK = re.compile(rf"look:(?P<view>{_VIEWS}):{_PAGE}:ask:{_ABOUT}")
LOOK_QUOTED = re.compile(rf"looked:(?P<view>{_VIEWS}):{_ABOUT}:{_PAGE}:(?:back|next)")


@dataclass(frozen=True, slots=True)
class Look:
    """What a person looks at: a view, and a name or the id of a story; None: everything."""

    view: View
    about: str | None = None

    def button_id(self, action: str, number: int = 0) -> str:
        """Return the id of a button that leads to a page of this."""
        return f"look:{self.view}:{number}:{action}:{self.about or ''}"

    @property
    def is_story(self) -> bool:
        """Whether it is about a story."""
        return self.about is not None and _STORY.fullmatch(self.about) is not None

    @property
    def quoted_id(self) -> str:
        """Return how the ids of the pages of its sources begin."""
        return f"looked:{self.view}:{self.about or ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """One moment, plan or connection as text, below a heading that it shares with its neighbours."""

    heading: str
    text: str
    evidence: tuple[Evidence, ...]


# --------------------------------------------------------------------------------------------------------------- pages
def overview_message(
    overview: Overview,
    look: Look,
    *,
    number: int = 0,
    picture: str | None = None,
    calendar: discord.File | None = None,
    private: bool = False,
    shown_by: int | None = None,
) -> Page:
    """Return a page of an overview that has something to show; pages count from 0, one that is no more is the last.

    ``picture`` describes the attachment PICTURE, where there is one. ``private``: only one person sees it, and may show it
    to all; ``shown_by``: the id of who did.
    """
    found = _paged(rows(overview))
    number = min(number, len(found) - 1)
    turned = f"page {number + 1} of {len(found)}" if len(found) > 1 else ""
    foot = dotted(f"from {counted(overview.considered, 'article')}", turned)
    listed = tuple(_spaced(found[number]))
    head = (_head(overview), _gallery(picture)) if picture else _head(overview)
    small = lines(f"-# {foot}", f"-# Shown by <@{shown_by}>" if shown_by else "")
    return page([head, listed, small], rows=_rows(look, number, len(found), private=private), file=calendar)


def _spaced(found: Sequence[Row]) -> Iterator[str | discord.ui.Item[Page]]:
    """The rows below their headings, with some room between one heading's and the next's."""
    for index, (heading, group) in enumerate(groupby(found, key=lambda row: row.heading)):
        if index:
            yield discord.ui.Separator(visible=False)
        yield lines(f"**{heading[:1].upper()}{heading[1:]}**" if heading else "", *(row.text for row in group))


def _gallery(description: str) -> discord.ui.MediaGallery[Page]:
    item = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=description)
    return discord.ui.MediaGallery(item)


def empty_message(look: Look, considered: int, offered: Sequence[str] = ()) -> Page:
    """Return what a person reads where there is nothing to show: what was looked at, and what to try."""
    if not considered and not offered:
        return page([NO_NEWS], accent=SILENT)
    about = f" about **{clip(look.about, SUBJECT_ROOM)}**" if look.about else ""
    nothing = NOTHING[look.view].format(" in this story" if look.is_story else about)
    names = ", ".join(f"**{clip(name, NAME_ROOM)}**" for name in offered[:OFFERED])
    told = (
        f"{nothing}. I looked at {counted(considered, 'article')} of this server’s feeds.",
        f"In the news here: {names}." if names else "",
        _advice(look, offered),
    )
    return page([lines(*told)], buttons=_others(look) if look.about else (), accent=SILENT)


def _advice(look: Look, offered: Sequence[str]) -> str:
    """Return what to try: the nearest name, in the same view or, where all was looked at, in a timeline."""
    name = next((name for name in offered if _is_plain(name)), None)
    view = look.view if look.about else View.TIMELINE
    example = f"`/{view} about:{name}`, or " if name else ""
    return f"Try {example}begin to type after `/{view} about:` and choose from the list."


def _is_plain(name: str) -> bool:
    """Whether a name can stand between backticks, where nothing can be escaped."""
    return all(character.isalnum() or character in " .'’-" for character in name)


def overview_quotations(overview: Overview) -> tuple[Quotation, ...]:
    """Return what an overview rests on, with the numbers of its rows."""
    return tuple(Quotation(number, e) for number, row in enumerate(rows(overview), 1) for e in row.evidence)


def sources_from(overview: Overview, number: int) -> int:
    """Return on which page of the sources those of a page of the list begin."""
    before = _paged(rows(overview))[:number]
    return sum(len(row.evidence) for each in before for row in each) // PAGE_SIZE


def _paged(found: Sequence[Row]) -> list[list[Row]]:
    """Split rows into pages."""
    pages: list[list[Row]] = []
    room = 0
    for row in found:
        size = len(row.text) + len(row.heading) + 6
        if not pages or len(pages[-1]) == ROWS or room < size:
            pages.append([])
            room = ROOM
        pages[-1].append(row)
        room -= size
    return pages


def _rows(look: Look, number: int, total: int, *, private: bool) -> Iterator[tuple[Button, ...]]:
    """Turning pages where there are several; then what else can be looked at."""
    last = total - 1
    if last:
        back = button("Back", look.button_id("back", max(0, number - 1)), disabled=number == 0)
        yield back, button("Next", look.button_id("next", min(last, number + 1)), disabled=number == last)
    sources = button("Sources", look.button_id("sources", number))
    ask = (button("Ask", look.button_id("ask")),) if look.about and not look.is_story else ()
    show = (button(SHOW, look.button_id("show", number)),) if private else ()
    yield (sources, *ask, *_others(look), *show)


def _others(look: Look) -> tuple[Button, ...]:
    """Return the buttons that lead to other views of the same; of everything there is no timeline."""
    left_out = {look.view} if look.about else {look.view, View.TIMELINE}
    others = (Look(view, look.about) for view in View if view not in left_out)
    return tuple(button(LABELS[each.view], each.button_id("open")) for each in others)


# ---------------------------------------------------------------------------------------------------------------- head
def _head(overview: Overview) -> str:
    match overview:
        case Timeline():
            return lines(f"## {clip(overview.subject, SUBJECT_ROOM)}", f"-# Timeline · {_span(overview)}")
        case Agenda():
            about = f": {clip(overview.subject, SUBJECT_ROOM)}" if overview.subject else ""
            return lines(f"## Upcoming{about}", f"-# {counted(len(overview.plans), 'date')}, the soonest first")
        case Connections():
            about = f": {clip(overview.subject, SUBJECT_ROOM)}" if overview.subject else ""
            return lines(
                f"## Connections{about}", f"-# {counted(len(overview.links), 'connection')}, the best told first"
            )


def _span(timeline: Timeline) -> str:
    """Return "12 moments, 2 March 2026 to 5 June 2026"."""
    first, last = (day(timeline.moments[i].when) for i in (0, -1))
    return f"{counted(len(timeline.moments), 'moment')}, {first if first == last else f'{first} to {last}'}"


# ---------------------------------------------------------------------------------------------------------------- rows
def rows(overview: Overview) -> tuple[Row, ...]:
    """Return what an overview lists, in order."""
    match overview:
        case Timeline():
            return tuple(_moment(number, each) for number, each in enumerate(overview.moments, 1))
        case Agenda():
            return tuple(_plan(number, each) for number, each in enumerate(overview.plans, 1))
        case Connections():
            return tuple(_connection(number, each) for number, each in enumerate(overview.links, 1))


def day(when: When) -> str:
    """Return the day, or the longer time, as a person says it; an hour is shown in the reader's own time beside it."""
    return describe(when.value[:10]) if when.grain in WITHIN_A_DAY else describe(when)


def clock(when: When) -> str:
    """Return the time of day: an instant in the reader's own time, or as it was told where nobody said in which zone."""
    if when.grain is Grain.PART_OF_DAY:
        return describe(when).partition(" of ")[0]
    if when.grain not in WITHIN_A_DAY or when.first is None:
        return ""
    return stamp(when.first, "f") if when.value.endswith("Z") else f"{when.value[11:16]} local time"


def _moment(number: int, moment: Moment) -> Row:
    told = clip(moment.evidence.text, SENTENCE_ROOM)
    under = dotted(
        MARKS[moment.modality], clock(moment.when), _who(moment.evidence, moment.sources, moment.independent)
    )
    return Row(day(moment.when), lines(f"**{number}.** {told}", f"-# {under}"), (moment.evidence, *moment.more))


def _plan(number: int, plan: Plan) -> Row:
    mark = "" if plan.modality is Modality.PLANNED else MARKS[plan.modality]
    under = dotted(mark, clock(plan.when), _who(plan.evidence, plan.sources, plan.independent))
    also = " · ".join(
        f"{describe(when)} ({source(each.outlet, each.url)})" for when, each in plan.others[:OTHERS_SHOWN]
    )
    text = lines(f"**{number}.** {_planned(plan)}", f"-# {under}", f"-# Also reported: {also}" if also else "")
    return Row(day(plan.when), text, (plan.evidence, *plan.more, *(each for _, each in plan.others)))


def _planned(plan: Plan) -> str:
    """Return the sentence with the words of the plan in bold; of a long one the words alone."""
    sentence, what = flat(plan.evidence.text), flat(plan.what)
    before, found, after = sentence.partition(what)
    if not found or len(sentence) > SHOWN_WHOLE:
        return f"**{clip(what, SENTENCE_ROOM)}**"
    parts = (clip(before, SENTENCE_ROOM), f"**{clip(what, SENTENCE_ROOM)}**", clip(after, SENTENCE_ROOM))
    spaced = (parts[0] + " " * before.endswith(" "), parts[1], " " * after.startswith(" ") + parts[2])
    return "".join(spaced)


def _connection(number: int, link: Connection) -> Row:
    """A connection; its relation says how it stands: "is to meet", "did not visit"."""
    agent, patient = (clip(each.name, NAME_ROOM) for each in (link.agent, link.patient))
    told = f"**{number}.** **{agent}** {clip(link.relation, RELATION_ROOM)} **{patient}**"
    under = dotted(
        *((day(link.when), clock(link.when)) if link.when else ()),
        _who(link.evidence[0], link.sources, link.independent) if link.evidence else "",
    )
    return Row("", lines(told, f"-# {under}" if under else ""), link.evidence)


def _who(evidence: Evidence, sources: int, independent: int) -> str:
    """Return the outlet and its link, and how many tell the same."""
    more = f"{counted(sources, 'source')}, {independent} independent" if sources > 1 else ""
    return dotted(source(evidence.outlet, evidence.url), more)
