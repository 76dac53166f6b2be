"""Starter packs: a few well-known feeds for each topic, in an OPML file whose folders are the packs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefs.errors import InputError, SettingError

if TYPE_CHECKING:
    from briefs.sources.opml import Outline

OURS = Path(__file__).with_name("packs.opml")
PACKS = 25  # at most: a menu in Discord shows no more
NAME_LIMIT = 100  # characters


@dataclass(frozen=True, slots=True)
class Pack:
    """The feeds of one topic."""

    name: str
    outlines: tuple[Outline, ...]


@cache
def load(path: Path | None = None) -> tuple[Pack, ...]:
    """Read the packs of a file, in its order; ours without one. SettingError where it cannot be used."""
    from briefs.sources import opml

    try:
        listed = opml.read((path or OURS).read_bytes())
    except (OSError, InputError) as error:
        message = f"STARTER_PACKS: {path} cannot be used: {error}"
        raise SettingError(message, setting="STARTER_PACKS") from error
    folders: dict[str, list[Outline]] = {}
    for outline in listed.outlines:
        if outline.folder:
            folders.setdefault(outline.folder[:NAME_LIMIT], []).append(outline)
    if not 1 <= len(folders) <= PACKS:
        message = f"STARTER_PACKS: {path} has {len(folders)} folders of feeds; make it from 1 to {PACKS}."
        raise SettingError(message, setting="STARTER_PACKS")
    return tuple(Pack(name, tuple(outlines)) for name, outlines in folders.items())
