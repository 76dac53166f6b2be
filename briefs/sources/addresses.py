"""Web addresses: one form per page, and one that may be shown."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

# Parameters that say where a reader came from and never which page it is.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|igshid|igsh|twclid|ttclid|li_fat_id|mc_[ce]id"
    r"|_hs(?:enc|mi)|hsctatracking|mkt_tok|oly_(?:anon|enc)_id|vero_(?:conv|id)|wickedid|s_cid|ncid|cmpid|cmp|icid"
    r"|at_(?:medium|campaign|custom\d?|link_\w+|ptr_name|bbc_team|format)|ns_\w+|ref_?(?:src|url)|xtor|smid|sr_share"
    r"|guccounter|guce_\w+|_ga|_gl)",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


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


def masked(url: str) -> str:
    """Give an address that may be shown: its user name and password replaced by ***."""
    return re.sub(r"(?<=//)[^/?#\s]*@", "***@", url)


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
