"""The state of a server in words: what needs an admin, what ran, what is next, its feeds, and the bot itself; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.operation.health import Health, State
from bot.rendering.escaping import clip
from bot.rendering.feeds import feed_name, feed_trouble
from bot.rendering.pages import ACCENT, WARNING, Page, counted, dotted, lines, page, stamp
from bot.runs import Outcome
from bot.subscriptions import is_well

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.runs import Run
    from briefs.models import Feed
    from briefs.store import SetAside

NEEDS_ROOM, RUNS_ROOM, NEXT_ROOM, FEEDS_ROOM, OWN_ROOM = 1_000, 700, 500, 600, 700  # characters; with heads below 4,000
RUNS_SHOWN, NEXT_SHOWN = 5, 3
PROBLEM_ROOM, TITLE_ROOM, ASIDE_ROOM = 200, 100, 600
GOES_ON = {
    "article": "It is not read.",
    "feed": "It is tried once a day.",
    "story": "No briefing tells it.",
    "grouping": "It is read, and told as a story of its own.",
}
WELL = Health(())
TELL = "-# Tell whoever runs this bot: `debrief check` says the same there."
MARKS = {
    Outcome.POSTED: "✅",
    Outcome.ON_ITS_WAY: "⏳",
    Outcome.REFUSED: "⚠️",
    Outcome.NOTHING_NEW: "➖",
    Outcome.FAILED: "⚠️",
    Outcome.MISSED: "⚠️",
}
TOLD = {
    Outcome.ON_ITS_WAY: "on its way; I try again by myself",
    Outcome.REFUSED: "not posted",
    Outcome.NOTHING_NEW: "nothing new, so nothing was posted",
    Outcome.FAILED: "not made: whoever runs this bot finds the reason in its log",
    Outcome.MISSED: "missed, since I was not running; the next briefing tells its news",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a server at one moment."""

    guild_id: int
    now: datetime
    needs: tuple[str, ...] = ()  # what an admin must mend, as sentences
    runs: tuple[Run, ...] = ()  # newest first
    coming: tuple[tuple[datetime, int], ...] = ()  # instant and channel
    paused: int = 0
    scheduled: bool = False
    feeds: tuple[Feed, ...] = ()
    articles: int = 0
    polled_at: datetime | None = None
    waiting: int = 0  # messages on their way to this server
    due: int = 0  # feeds of this server that are due
    set_aside: tuple[SetAside, ...] = ()  # that came with its feeds, the latest first
    health: Health = WELL  # of the bot, as far as it concerns this server
    version: str = ""


def status_message(state: Standing) -> Page:
    """Return the state as one message; lists that are too long say how much is left out."""
    trouble = bool(state.needs) or bool(state.health.troubles)
    return page(
        [
            lines(f"### Status · {_head(state)}", trimmed([f"- ⚠️ {need}" for need in state.needs], NEEDS_ROOM)),
            lines("**Last briefings**", _last(state)),
            lines("**Next briefings**", _next(state)),
            lines("**Feeds**", _feeds(state), _set_aside(state)),
            _own(state),
        ],
        accent=WARNING if trouble else ACCENT,
    )


def _head(state: Standing) -> str:
    if state.needs:
        return f"{counted(len(state.needs), 'thing needs', 'things need')} you"
    return "something is wrong with me" if state.health.state is State.FAILING else "all well"


def trimmed(rows: Sequence[str], room: int) -> str:
    """Return rows within so many characters, with how many were left out."""
    shown: list[str] = []
    for row in rows:
        if sum(map(len, shown)) + len(shown) + len(row) > room:
            return "\n".join([*shown, f"-# … and {len(rows) - len(shown)} more"])
        shown.append(row)
    return "\n".join(shown)


def _last(state: Standing) -> str:
    rows = [_run(run, state.guild_id) for run in state.runs[:RUNS_SHOWN]]
    return trimmed(rows, RUNS_ROOM) or "None posted yet. Try `/brief now`."


def _run(run: Run, guild_id: int) -> str:
    link = f"https://discord.com/channels/{guild_id}/{run.channel_id}/{run.message_id}" if run.message_id else ""
    told = f"[posted]({link})" if run.outcome is Outcome.POSTED else TOLD[run.outcome]
    problem = clip(run.problem, PROBLEM_ROOM) if run.outcome is Outcome.REFUSED and run.problem else ""
    return f"- {MARKS[run.outcome]} {dotted(f'<#{run.channel_id}>', stamp(run.at, 'f'), told)}{f': {problem}' if problem else ''}"


def _next(state: Standing) -> str:
    rows = [
        f"- <#{channel_id}> {stamp(instant, 'f')} ({stamp(instant, 'R')})"
        for instant, channel_id in state.coming[:NEXT_SHOWN]
    ]
    if not rows and not state.scheduled:
        return "None scheduled. Add a time with `/schedule add`."
    paused = (
        f"-# ⏸ {counted(state.paused, 'schedule is', 'schedules are')} paused: `/schedule list`" if state.paused else ""
    )
    return lines(trimmed(rows, NEXT_ROOM), paused)


def _feeds(state: Standing) -> str:
    if not state.feeds:
        return "No feeds yet. Add one with `/feeds add`."
    failing = [feed for feed in state.feeds if not is_well(feed)]
    head = f"{counted(state.articles, 'article')} from {counted(len(state.feeds), 'feed')}"
    told = f"{len(failing)} failing; `/feeds list` shows when each is tried next:" if failing else "all readable."
    return lines(f"{head}, {told}", trimmed([f"- ⚠️ {feed_trouble(feed)}" for feed in failing], FEEDS_ROOM))


def _set_aside(state: Standing) -> str:
    """Return what is not tried any more; '' where there is nothing."""
    if not state.set_aside:
        return ""
    feeds = {feed.id: feed_name(feed) for feed in state.feeds}
    rows = [
        f"- ⚠️ {dotted(f'**{clip(each.title, TITLE_ROOM)}**', feeds.get(each.feed_id or 0, ''), stamp(each.last_at, 'R'))}: "
        f"{clip(each.reason, PROBLEM_ROOM)} {GOES_ON[each.kind]} `debrief feeds retry {each.kind}:{each.subject}`"
        for each in state.set_aside
    ]
    head = (
        "**Set aside**, since I crashed over it twice; all else goes on. Whoever runs this bot can have it tried again:"
    )
    return lines(head, trimmed(rows, ASIDE_ROOM))


def _own(state: Standing) -> str:
    """Return how the bot itself is, as far as it concerns a server."""
    looked = f"feeds last looked at {stamp(state.polled_at, 'R')}" if state.polled_at else "feeds not looked at yet"
    queue = dotted(
        f"{counted(state.waiting, 'message')} on the way" if state.waiting else "",
        f"{counted(state.due, 'feed')} to be read now" if state.due else "",
    )
    troubles = [f"-# ⚠️ {check.sentence} {check.to_do}" for check in state.health.troubles]
    return lines(
        f"-# {dotted(f'Debrief {state.version}', looked, queue or 'nothing waits')}",
        trimmed([*troubles, TELL] if troubles else [], OWN_ROOM),
    )
