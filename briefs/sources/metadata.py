"""What a web page says of itself for machines: JSON-LD, Open Graph, meta elements, links."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from briefs.sources.addresses import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLES = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Review|Satirical|Tech|Scholarly|Report)?Article|(?:Live)?Blog(?:Posting)|SocialMediaPosting|Report"
)
_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "og:pubdate", "parsely-pub-date", "dc.date.issued",
              "dcterms.created", "sailthru.date", "date", "pubdate", "publishdate", "publish-date")  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "inlanguage")
_LONGEST_NAME = 80  # characters of an author's name
_MOST_AUTHORS = 6


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own statements; each None where it makes none."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    image: str | None = None
    language: str | None = None  # BCP 47
    url: str | None = None  # canonical, wherever it leads
    published_at: datetime | None = None
    is_article: bool | None = None  # whether it calls itself one


@dataclass(slots=True)
class _Statements:
    """A page's raw statements: meta elements by lower-case name, and the JSON-LD object that describes it."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    graph: list[dict[str, Any]] = field(default_factory=list)

    @property
    def article(self) -> dict[str, Any]:
        """The JSON-LD object of the article, an empty one without it."""
        return next((node for node in self.graph if any(_ARTICLES.fullmatch(t) for t in _types(node))), {})

    def meta(self, *names: str) -> Iterator[str]:
        """The values of the meta elements of these names, in the order of the names."""
        return (value for name in names for value in self.metas.get(name, ()))


def read(tree: Any, *, url: str | None = None) -> Metadata:
    """What an lxml tree of a page states; relative addresses are taken from ``url``."""
    said = _Statements(_metas(tree), list(_graph(tree)))
    base = url or ""
    return Metadata(
        title=_first(said.article.get("headline"), *said.meta("og:title", "twitter:title")),
        outlet=_first(*said.meta("og:site_name"), *_names(said.article.get("publisher"))),
        author=_authors(tree, said),
        image=next((a for image in _images(said) if (a := _absolute(base, image))), None),
        language=_first(
            tree.get("lang"),
            tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
            said.article.get("inLanguage"),
            *said.meta(*_LANGUAGES),
        ),
        url=_address(tree, said, base),
        published_at=_published_at(tree, said),
        is_article=_is_article(said),
    )


# ------------------------------------------------------------------------------------------------------------ statements
def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        if value := " ".join((meta.get("content") or "").split()):
            metas.setdefault(name.strip().lower(), []).append(value)
    return metas


def _graph(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                yield from _nodes(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):  # pages state half of their JSON wrongly; the rest still counts
                continue


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 3:
        return
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            yield node
            for inner in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _nodes(node.get(inner), depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    types = node.get("@type")
    return [str(name) for name in (types if isinstance(types, list) else [types])]


def _first(*values: Any) -> str | None:
    """Give the first value that is a text with something in it."""
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), None)


def _is_article(said: _Statements) -> bool | None:
    if said.article:
        return True
    kind = next(said.meta("og:type"), "").lower()
    return True if kind.endswith("article") else False if kind == "website" else None


# ---------------------------------------------------------------------------------------------------------------- values
def _names(value: Any) -> list[str]:
    """Give the names in a JSON-LD value: a text, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [name for one in value for name in _names(one)]
    if isinstance(value, dict):
        value = value.get("name")
        return _names(value) if isinstance(value, list) else _names(_first(value))
    return [value] if isinstance(value, str) else []


def _authors(tree: Any, said: _Statements) -> str | None:
    """Give the authors, "A, B"; addresses and accounts are no names."""
    linked = ["".join(a.itertext()) for a in tree.iter("a") if "author" in (a.get("rel") or "").split()]
    for stated in (_names(said.article.get("author")), list(said.meta(*_AUTHORS)), linked):
        names = [name for text in stated for part in re.split(r";|\s\|\s", text) if (name := _name(part))]
        if names:
            return ", ".join(list(dict.fromkeys(names))[:_MOST_AUTHORS])
    return None


def _name(text: str) -> str | None:
    name = re.sub(r"^(?:by|von|par|por|di|door)\s+", "", " ".join(text.split()).strip(" ,.-–—"), flags=re.IGNORECASE)
    refused = len(name) > _LONGEST_NAME or re.search(
        r"://|@|^www\.|^(?:admin|administrator|author|unknown|none|null)$", name, re.IGNORECASE
    )
    return None if refused or not re.search(r"[^\W\d_]", name) else name


def _images(said: _Statements) -> Iterator[str]:
    yield from said.meta(*_IMAGES)
    for image in _listed(said.article.get("image")):
        address = image.get("url") or image.get("contentUrl") if isinstance(image, dict) else image
        yield from (one for one in _listed(address) if isinstance(one, str))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _absolute(base: str, address: str) -> str | None:
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.hostname else None


def _address(tree: Any, said: _Statements, base: str) -> str | None:
    links = (
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    return next(
        (canonical(found) for a in (*links, *said.meta("og:url")) if a.strip() and (found := _absolute(base, a))), None
    )


def _published_at(tree: Any, said: _Statements) -> datetime | None:
    """Give the first time of publication stated: JSON-LD, meta elements, then a <time> that says to be it or is the only one."""
    stated = [said.article.get("datePublished"), *(n.get("datePublished") for n in said.graph), *said.meta(*_PUBLISHED)]
    times = [
        (value, time) for value in (*stated, *_elements(tree)) if isinstance(value, str) and (time := moment(value))
    ]
    return min(times, key=lambda pair: "T" not in pair[0], default=("", None))[1]  # one with a clock before a mere day


def _elements(tree: Any) -> Iterator[str]:
    times = [time for time in tree.iter("time") if time.get("datetime")]
    own = [
        t
        for t in times
        if re.search(r"publi|entry-date|post-date|dateline", f"{t.get('class')} {t.get('itemprop')}", re.IGNORECASE)
        or t.get("pubdate") is not None
    ]
    for time in own or (times if len(times) == 1 else []):
        yield time.get("datetime")


def moment(value: str | None) -> datetime | None:
    """Read an ISO 8601 time; UTC when it names no zone."""
    try:
        time = datetime.fromisoformat(value.strip()) if value else None
        return time and (time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
