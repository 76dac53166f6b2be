"""Web addresses: one form per page, and one that may be shown."""

from __future__ import annotations

import re
import string
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from briefs.sources.tokens import is_public_name, is_secret_name, is_token

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
# As RFC 3986, appendix B, splits an address: "https://", authority, path, "?query".
_PARTS = re.compile(r"((?:[^:/?#]+:)?//)?([^/?#]*)([^?#]*)(\?[^#]*)?")
_BAD_PORT = re.compile(r":[^:\]]*[^\d:\]][^:\]]*$")
_ADDRESS_IN_TEXT = re.compile(
    r"(?<![\w+.-])[a-z][a-z0-9+.-]{0,15}://(?:[^\s<>\"'`]|['`](?=[\w@:/?#%]))+(?<![.,;:!?)\]}…])", re.IGNORECASE
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")


def canonical(url: str | None) -> str | None:
    """Give the one form of an article's address, None for what is no web address.

    Lower-case scheme and host (as DNS has it), no default port, user name, fragment or tracking parameter, the rest sorted
    and escaped in one way. For links to articles only: a feed is fetched from its address as given.
    """
    parts = _web_parts(url)
    if parts is None:
        return None
    return urlunsplit((parts.scheme, _authority(parts), _escaped(parts.path) or "/", _query(parts.query), ""))


def identity(url: str | None) -> str | None:
    """Give what stays the same however a page is linked: its canonical address without scheme, "www." and last slash."""
    address = canonical(url)
    if address is None:
        return None
    bare = address.partition("://")[2].removeprefix("www.")
    path, mark, query = bare.partition("?")
    return path.rstrip("/") + mark + query


def same_site(one: str | None, other: str | None) -> bool:
    """Say whether two web addresses are under one registered domain, or, where there is none, on one host.

    Domains under which anyone may register, also those of hosts of blogs, are told by the public suffix list
    (https://publicsuffix.org).
    """
    from tld import get_fld

    hosts = [urlsplit(f"//{identity(url) or ''}").hostname for url in (one, other)]
    if hosts[0] is None or hosts[0] == hosts[1]:
        return hosts[0] is not None
    domains = [host and get_fld(host, fix_protocol=True, fail_silently=True, search_private=True) for host in hosts]
    return domains[0] is not None and domains[0] == domains[1]


def masked(url: str) -> str:
    """Give an address that may be shown: user name, password and whatever looks like a token replaced by ***.

    A long part that is no words is taken for a token: who has the address of a private feed can read it. The fragment, which
    no server sees, is left out.
    """
    scheme, authority, path, query = _split(url)
    if "@" in url and "@" not in authority and _BAD_PORT.search(authority):  # a password with a slash or the like in it
        _, authority, path, query = _split("//@" + url.rpartition("@")[2])
    _, at, place = authority.rpartition("@")
    return f"{scheme}{MASK if at else ''}{at}{place}{_masked_parts(path, '/;')}{_masked_parts(query, '?&;')}"


def masked_in(text: str) -> str:
    """Give a text that may be shown: every address in it masked."""
    return _ADDRESS_IN_TEXT.sub(lambda found: masked(found.group()), text)


def without_address(sentence: str, *urls: str | None) -> str:
    """Return a sentence about one of these addresses without it, for where the address or its name stands beside."""
    for url in filter(None, urls):
        sentence = sentence.removeprefix(f"{masked(url)} ")
    return sentence


def has_secret(url: str) -> bool:
    """Say whether an address holds what only its owner may see."""
    return masked(url).count(MASK) > url.count(MASK)


# -------------------------------------------------------------------------------------------------------------- masking
def _split(url: str) -> tuple[str, str, str, str]:
    """Split any text as an address is split; urlsplit would refuse some."""
    scheme, authority, path, query = _PARTS.match(url).groups(default="")  # type: ignore[union-attr] # it always matches
    return (scheme, authority, path, query) if scheme else ("", "", authority + path, query)


def _masked_parts(text: str, separators: str) -> str:
    return "".join(_masked_part(part) for part in re.split(f"([{separators}])", text))


def _masked_part(part: str) -> str:
    name, equals, value = part.partition("=")
    if not equals or not value:
        return MASK if is_token(unquote(part)) else part
    key = unquote(name)
    if is_secret_name(key) or (is_token(unquote(value)) and not is_public_name(key)):
        return f"{name}={MASK}"
    return part


# --------------------------------------------------------------------------------------------------------------- parts
def _web_parts(url: str | None) -> SplitResult | None:
    try:
        parts = urlsplit((url or "").strip())
        _ = parts.port  # checked here: an impossible port raises
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def _authority(parts: SplitResult) -> str:
    host = _ascii((parts.hostname or "").rstrip("."))
    if ":" in host:
        host = f"[{host}]"
    if parts.port in (None, _DEFAULT_PORTS[parts.scheme]):
        return host
    return f"{host}:{parts.port}"


def _ascii(host: str) -> str:
    """Give an internationalised name as DNS has it."""
    if host.isascii():
        return host
    import idna  # comes with httpx, which sends the same

    try:
        return idna.encode(host, uts46=True).decode()
    except UnicodeError:  # idna's are, too
        return host


def _escaped(text: str) -> str:
    """Escape what has to be, and nothing that need not be (RFC 3986, 6.2.2); the meaning stays."""
    return _ESCAPE.sub(_escape, quote(text, safe=string.printable.strip(), errors="surrogatepass"))


def _escape(found: re.Match[str]) -> str:
    character = chr(int(found.group(1), 16))
    return character if character in _UNRESERVED else found.group().upper()


def _query(query: str) -> str:
    """Drop tracking parameters and sort the others as they are written: decoding could change their meaning."""
    pieces = (piece for piece in _escaped(query).split("&") if piece)
    return "&".join(sorted(piece for piece in pieces if not _TRACKING.fullmatch(piece.partition("=")[0])))
