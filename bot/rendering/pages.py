"""What every message shares: its frame, its buttons' ids, its times, and Discord's limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeGuard

import discord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

TEXT_LIMIT = 4_000  # characters of all text displays of a message together
COMPONENT_LIMIT = 40  # components of a message, nested ones counted
ROW_LIMIT = 5  # buttons side by side
ACCENT = 0x3B82C4
WARNING = 0xD9A441
SILENT = 0x8A93A0
SHOW = "Show to all"  # the button of what only one person sees

BRIEFING_SOURCES = re.compile(r"brief:(?P<id>\d{1,18}):(?P<part>\d{1,4}):sources")
BRIEFING_ASK = re.compile(r"brief:(?P<id>\d{1,18}):(?P<part>\d{1,4}):ask")
BRIEFING_PAGE = re.compile(r"page:(?P<id>\d{1,18}):(?P<part>\d{1,4}):(?P<page>\d{1,4}):(?:back|next)")
STORY = re.compile(r"story:(?P<id>\d{1,18}):(?P<index>\d{1,4}):(?P<what>more|sources|ask)(?::(?P<part>\d{1,4}))?")
STORY_PAGE = re.compile(r"spage:(?P<id>\d{1,18}):(?P<index>\d{1,4}):(?P<page>\d{1,4}):(?:back|next)")
CARD_SOURCES = re.compile(r"card:(?P<id>\d{1,18}):(?P<index>\d{1,4}):sources")
CARD_TIMELINE = re.compile(r"card:timeline:(?P<story>[\w-]{1,64})")
CARD_PAGE = re.compile(r"cpage:(?P<id>\d{1,18}):(?P<index>\d{1,4}):(?P<page>\d{1,4}):(?:back|next)")
ANSWER_SOURCES = re.compile(r"answer:(?P<id>\d{1,18}):sources")
ANSWER_ASK = re.compile(r"answer:(?P<id>\d{1,18}):ask")
ANSWER_PAGE = re.compile(r"apage:(?P<id>\d{1,18}):(?P<page>\d{1,4}):(?:back|next)")
SCHEDULE_PAGE = re.compile(r"schedule:page:(?P<page>\d{1,4}):(?:back|next)")
AUDIT_PAGE = re.compile(r"audit:page:(?P<page>\d{1,4}):(?:back|next)")
FEEDS_PAGE = re.compile(r"feeds:page:(?P<page>\d{1,4}):(?:back|next)")
FEEDS_CHOICE = re.compile(r"feeds:choose:(?P<token>[0-9a-f]{16})")


class Page(discord.ui.LayoutView):
    """A message's layout. It holds no callbacks: its buttons carry ids that the client answers, before and after a restart."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    def is_dispatchable(self) -> bool:
        """Say that nothing needs to be remembered for this message."""
        return False


Button = discord.ui.Button[Page]
Menu = discord.ui.Select[Page]
Part = str | discord.ui.Item[Page]  # a text, or what is ready: a row of buttons, a section, a gallery, a file
Group = Part | Sequence[Part]


def page(
    groups: Iterable[Group],
    *,
    buttons: Sequence[Button] = (),
    rows: Iterable[Sequence[Button]] = (),
    menu: Menu | None = None,
    file: discord.File | None = None,
    accent: int = ACCENT,
) -> Page:
    """Return one framed message: groups with thin lines between them; below a file, a menu, rows of buttons.

    A group is a text, something ready (a row, a section, a gallery, a file), or several of these; a text in which nothing
    stands is left out. A text ends a list or a quotation of the one before it, which a new line alone does not in every
    client. ``buttons`` fill as many rows as they need; each of ``rows`` is one of its own.
    """
    container: discord.ui.Container[Page] = discord.ui.Container(accent_color=accent)
    for index, parts in enumerate(filter(None, map(_parts, groups))):
        if index:
            container.add_item(discord.ui.Separator())
        for part in parts:
            container.add_item(discord.ui.TextDisplay(part) if isinstance(part, str) else part)
    if file:
        container.add_item(discord.ui.File(file))
    if menu:
        container.add_item(discord.ui.ActionRow(menu))
    for row in (*_rows(buttons), *rows):
        container.add_item(discord.ui.ActionRow(*row))
    view = Page()
    view.add_item(container)
    return view


def without_pictures(view: Page) -> Page | None:
    """Return a message without the pictures beside its texts, which Discord fetches from elsewhere; None: it has none."""
    if not any(map(_shows_picture, view.walk_children())):
        return None
    bare = Page()
    for frame in view.children:
        assert isinstance(frame, discord.ui.Container)
        container: discord.ui.Container[Page] = discord.ui.Container(accent_color=frame.accent_color)
        for part in frame.children:
            for each in part.children if _shows_picture(part) else [part]:
                container.add_item(each)
        bare.add_item(container)
    return bare


def _shows_picture(part: discord.ui.Item[Page]) -> TypeGuard[discord.ui.Section[Page]]:
    return isinstance(part, discord.ui.Section) and isinstance(part.accessory, discord.ui.Thumbnail)


def _parts(group: Group) -> Sequence[Part]:
    """The parts of a group, without texts in which nothing stands: Discord refuses the whole message over one."""
    parts = (group,) if isinstance(group, (str, discord.ui.Item)) else group
    return [part for part in parts if not isinstance(part, str) or part.strip()]


def _rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    for start in range(0, len(buttons), ROW_LIMIT):
        yield buttons[start : start + ROW_LIMIT]


def button(label: str, custom_id: str, *, primary: bool = False, disabled: bool = False) -> Button:
    """Return a button that the client answers by its id."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return discord.ui.Button(label=label, custom_id=custom_id, style=style, disabled=disabled)


def link_button(label: str, url: str) -> Button:
    """Return a button that leads to an address."""
    return discord.ui.Button(label=label, url=url)


def stamp(moment: datetime, style: discord.utils.TimestampStyle = "D") -> str:
    """Return an instant as Discord shows it in the reader's own zone."""
    return discord.utils.format_dt(moment, style)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "1 source", "2 sources"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lines(*parts: str) -> str:
    """Join what is not empty, line by line."""
    return "\n".join(part for part in parts if part)


def dotted(*parts: str) -> str:
    """Join what is not empty with dots, as in "5 sources · as of 1 August"."""
    return " · ".join(part for part in parts if part)


def listed(rows: Sequence[str], *, empty: str, room: int = 3_600) -> str:
    """Return rows as a list that fits ``room`` characters, with how many were left out; ``empty`` where there are none."""
    shown: list[str] = []
    for row in rows:
        if sum(map(len, shown)) + len(shown) + len(row) > room:
            return "\n".join([*shown, f"-# … and {len(rows) - len(shown)} more."])
        shown.append(row)
    return "\n".join(shown) or empty


def walked(components: Iterable[object]) -> Iterator[object]:
    """Yield the components of a message as Discord gives them, those within others after what holds them."""
    for component in components:
        yield component
        yield from walked(getattr(component, "children", ()))
