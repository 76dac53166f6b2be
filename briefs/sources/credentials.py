"""Credentials: what opens a private feed, and must not be read off the links to its articles.

Many private feeds put the reader's own key into every link. A link is shown to everybody in a channel, so it goes without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from briefs.sources.addresses import same_site
from briefs.sources.tokens import is_public_name, is_secret_name, is_token

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTS = re.compile(r"[/?&;#=:@]")
_AUTHORITY = re.compile(r"^[^:/?#]+://[^/?#]*")
TELLING = 6  # characters; what is shorter stands in an address by chance, too


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of a feed's address: the names of its parameters that are secrets by their name, and every value."""

    site: str
    names: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()

    @classmethod
    def of(cls, feed: str) -> Credentials:
        """Return what is secret in a feed's address."""
        names, values = set(), set()
        for name, value in _pieces(feed):
            if is_secret_name(name):
                names.add(name.lower())
                values.add(value)
            elif is_token(value) and not is_public_name(name):
                values.add(value)
        known = {value for value in values | _userinfo(feed) if len(value) >= TELLING}
        return cls(feed, frozenset(names), frozenset(known))

    def __bool__(self) -> bool:
        """Whether there is anything secret at all."""
        return bool(self.names or self.values)

    def without(self, link: str | None) -> str | None:
        """Return a link without these; None where one stands in its path, so that it does not lead there without."""
        if not link or not self:
            return link
        place, _, query = link.partition("?")
        names = self.names if same_site(self.site, link) else frozenset()
        kept = [piece for piece in query.split("&") if piece and not self._is_in(piece, names)]
        return None if self._tells(place) else "?".join(filter(None, (place, "&".join(kept))))

    def _is_in(self, piece: str, names: frozenset[str]) -> bool:
        return unquote(piece.partition("=")[0]).lower() in names or self._tells(piece)

    def _tells(self, text: str) -> bool:
        """Whether a secret stands in a text; one that is a plain word only where it is a part of its own."""
        told = unquote(text)
        parts = _PARTS.split(told)
        return any(value in (parts if value.isalpha() else told) for value in self.values)


def without_credentials(link: str | None, feeds: Iterable[str | None]) -> str | None:
    """Return an article's link as everybody may see it, whatever these addresses of its feed hold."""
    for feed in filter(None, feeds):
        link = Credentials.of(feed).without(link)
    return link


def _pieces(url: str) -> Iterable[tuple[str, str]]:
    """Return the parts of path and query as (name, value), decoded; of a part without a name, "" and the part."""
    for part in re.split(r"[/?&;#]", _AUTHORITY.sub("", url)):
        name, equals, value = part.partition("=")
        yield (unquote(name), unquote(value)) if equals else ("", unquote(part))


def _userinfo(url: str) -> set[str]:
    """Return the password, and a name that stands for one."""
    try:
        parts = urlsplit(url)
        name, password = parts.username or "", parts.password or ""
    except ValueError:  # no address; it is masked as a whole wherever it is told
        return set()
    return {unquote(each) for each in (password, "" if password else name) if each}
