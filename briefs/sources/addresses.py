"""Web addresses: one form per page, and one that may be shown."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

# Parameters that say where a reader came from and never which page it is.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|igshid|igsh|twclid|ttclid|li_fat_id|mc_[ce]id"
    r"|_hs(?:enc|mi)|hsctatracking|mkt_tok|oly_(?:anon|enc)_id|vero_(?:conv|id)|wickedid|s_cid|ncid|cmpid|cmp|icid"
    r"|at_(?:medium|campaign|custom\d?|link_\w+|ptr_name|bbc_team|format)|ns_\w+|ref_?(?:src|url)|xtor|smid|sr_share"
    r"|guccounter|guce_\w+|_ga|_gl)",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}

MASK = "***"
_PARTS = re.compile(r"((?:[^:/?#]+:)?//)?([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.DOTALL)  # RFC 3986, appendix B
_ADDRESS_IN_TEXT = re.compile(r"(?<![\w+.-])[a-z][a-z0-9+.-]{0,15}://[^\s<>\"'`]+(?<![.,;:!?)\]}…])", re.IGNORECASE)


def canonical(url: str | None) -> str | None:
    """Give the one form of an article's address, None for what is no web address.

    Lower-case scheme and host, no default port, user name, fragment or tracking parameter, the rest sorted. For links to
    articles only: a feed is fetched from its address as given.
    """
    parts = _web_parts(url)
    if parts is None:
        return None
    return urlunsplit((parts.scheme, _authority(parts), parts.path or "/", _query(parts.query), ""))


def identity(url: str | None) -> str | None:
    """Give what stays the same however a page is linked: its canonical address without scheme, "www." and last slash."""
    address = canonical(url)
    if address is None:
        return None
    bare = address.partition("://")[2].removeprefix("www.")
    path, mark, query = bare.partition("?")
    return path.rstrip("/") + mark + query


# ------------------------------------------------------------------------------------------------------------- secrets
def masked(url: str) -> str:
    """Give an address that may be shown: user name, password and whatever looks like a token replaced by ***."""
    scheme, authority, path, query = _PARTS.fullmatch(url).groups(default="")  # type: ignore[union-attr]
    if not scheme:
        authority, path = "", authority + path
    elif "@" in path and "@" not in authority and not _PORT.search(authority):
        return f"{scheme}{MASK}@{masked('//' + url.rpartition('@')[2])[2:]}"  # a password with a slash in it
    user, at, place = authority.rpartition("@")
    return f"{scheme}{MASK if user else ''}{at}{place}{_masked_path(path)}{_masked_query(query)}"


def masked_in(text: str) -> str:
    """Give a text that may be shown: every address in it masked."""
    return _ADDRESS_IN_TEXT.sub(lambda found: masked(found.group()), text)


def has_secret(url: str) -> bool:
    """Say whether an address holds what only its owner may see."""
    return MASK in masked(url).replace(MASK, "", url.count(MASK))


_PORT = re.compile(r"(?:^|[^:]|\])(?::\d*)?$")
_SECRET_KEY = re.compile(
    r"(?:.*[_.-])?(?:\w*token|(?:api|app|access|private|secret|feed|rss|user|auth)?_?key|auth|authorization|secret|sig|signature"
    r"|password|passwd|passphrase|pass|pwd|pw|hash|hmac|session|sessionid|sid|jwt|bearer|credentials?)",
    re.IGNORECASE,
)
_PUBLIC_KEY = re.compile(r"(?:channel|playlist)_id|list", re.IGNORECASE)
_CHANNEL = re.compile(r"UC[\w-]{22}")  # of YouTube
_EXTENSION = re.compile(r"\.(?:xml|rss|atom|json|html?|php|aspx?|ics|opml|rdf|txt)$", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_SECRET_LENGTH = 20


def _masked_path(path: str) -> str:
    return "".join(_masked_part(piece) for piece in re.split(r"([/;])", path))


def _masked_part(part: str) -> str:
    key, equals, value = part.partition("=")
    if equals:
        return _masked_pair(part, key, value)
    return MASK if _is_random(unquote(part)) else part


def _masked_query(query: str) -> str:
    return "".join(_masked_pair(piece, *piece.partition("=")[::2]) for piece in re.split(r"([?&;])", query))


def _masked_pair(pair: str, key: str, value: str) -> str:
    if not value:
        return MASK if _is_random(unquote(pair)) else pair
    name = unquote(key)
    if _SECRET_KEY.fullmatch(name) or (not _PUBLIC_KEY.fullmatch(name) and _is_random(unquote(value))):
        return f"{key}={MASK}"
    return pair


def _is_random(text: str) -> bool:
    """Say whether a text looks like a token: long, and not made of words and numbers."""
    text = _EXTENSION.sub("", text)
    if len(text) < _SECRET_LENGTH or _CHANNEL.fullmatch(text):
        return False
    if _UUID.search(text):
        return True
    return any(_is_random_word(word) for word in re.split(r"[^A-Za-z0-9]+", text)) or False


def _is_random_word(word: str) -> bool:
    """Say whether letters and digits are mixed as no word mixes them."""
    runs = re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", word)
    return len(word) >= 10 and len(runs) >= 4 and len(word) / len(runs) < 3


# --------------------------------------------------------------------------------------------------------------- parts
def _web_parts(url: str | None) -> SplitResult | None:
    try:
        parts = urlsplit((url or "").strip())
        _ = parts.port  # checked here: an impossible port raises
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def _authority(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if parts.port in (None, _DEFAULT_PORTS[parts.scheme]):
        return host
    return f"{host}:{parts.port}"


def _query(query: str) -> str:
    """Drop tracking parameters and sort the others as they are written: decoding could change their meaning."""
    pieces = (piece for piece in query.split("&") if piece)
    return "&".join(sorted(piece for piece in pieces if not _TRACKING.fullmatch(piece.partition("=")[0])))
