"""Links of articles as everybody may see them: without what opens the private feed that an article came with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.sources.credentials import Credentials, without_credentials

if TYPE_CHECKING:
    from briefs.models import Article, Feed
    from briefs.store import Store
    from briefs.store.links import Links


def shown(article: Article, feed: Feed) -> Article:
    """Return an article with the links that may be shown of it."""
    url, image = _shown((article.url, article.image), feed)
    return replace(article, url=url, image=image)


def clear_stored(store: Store) -> None:
    """Do the same to the articles that an earlier release stored."""
    for feed in store.feeds():
        if not _is_private(feed):
            continue
        held = store.links(feed.id)
        found = {article_id: _shown(links, feed) for article_id, links in held.items()}
        changed = {article_id: links for article_id, links in found.items() if links != held[article_id]}
        if changed:
            store.save_links(changed)


def _shown(links: Links, feed: Feed) -> Links:
    """A picture is not to be had without the key in its address, so it is not shown at all."""
    url, image = (without_credentials(link, (feed.url, feed.moved_to)) for link in links)
    return url, image if image == links[1] else None


def _is_private(feed: Feed) -> bool:
    return any(Credentials.of(address) for address in (feed.url, feed.moved_to) if address)
