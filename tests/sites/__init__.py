"""Ten sites as they are met in the world, on loopback: for tests, and by hand with ``python -m tests.sites``.

Every word is our own and every place invented; several sites report the same events, so that briefings have stories.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import blog, courier, daily, journal, list200, podcast, profile, repository, video, wordpress
from .serving import Server, serving
from .site import Site, Written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["BUILDERS", "Server", "Site", "Written", "serve"]

BUILDERS = {
    "blog": blog.build,
    "courier": courier.build,
    "profile": profile.build,
    "video": video.build,
    "repository": repository.build,
    "podcast": podcast.build,
    "wordpress": wordpress.build,
    "journal": journal.build,
    "daily": daily.build,
    "list200": list200.build,
}


@contextmanager
def serve(*names: str, now: datetime | None = None, port: int = 0) -> Iterator[dict[str, tuple[Site, Server]]]:
    """Serve the named sites, or all ten; each entry is a site and its server."""
    chosen = names or tuple(BUILDERS)
    with serving([BUILDERS[name] for name in chosen], now=now, port=port) as pairs:
        yield dict(zip(chosen, pairs, strict=True))
