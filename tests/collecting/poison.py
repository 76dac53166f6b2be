"""Tasks that kill their worker, or never end, at what says so; else they do what the program's own do, or next to nothing.

Little is loaded for them: after each that kills a worker another has to come up.
"""

from __future__ import annotations

import os
import re
import signal

from briefs.models import Reading

KILLS, HANGS = "Here a process dies.", "Here a process hangs."


def strike(text: str) -> None:
    """Do what a text says."""
    if KILLS in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if HANGS in text:
        re.fullmatch(r"(a+)+b", "a" * 60)


def read(articles, _pipeline):
    """Read nothing in articles."""
    for article in articles:
        strike(article.text)
    return [Reading(article.id, article.shown_at, ()) for article in articles]


def contents(articles):
    """Make what grouping knows of articles."""
    from briefs.stories import content

    for article in articles:
        strike(article.text)
    return [content.of(article) for article in articles]


def article(entry, *rest):
    """Make an article, unless its title is poisonous."""
    strike(entry.title or "")
    from briefs.collecting import taking

    return taking._article(entry, *rest)


def parse(fetched, now):
    """Parse a feed, unless its name is poisonous."""
    strike(fetched.body.decode().partition("</title>")[0])
    from briefs.collecting import visiting

    return visiting.parse(fetched, now)
