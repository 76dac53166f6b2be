"""Pages that are no article whatever their status says: errors, logins, lists, front pages, pages without words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefs.sources.addresses import canonical
from briefs.sources.markup import text_of

if TYPE_CHECKING:
    from briefs.sources.metadata import Metadata

SHORT = 600  # characters of paragraphs; a page with more of them tells something, whatever its title
NOTHING = 10  # letters and signs of all text; less says nothing
LONGEST_TITLE = 300  # characters
TELLING = 60  # characters, from which a paragraph is the news and not a label
LINKED_TITLES = 5  # headings that are links; a list has so many
OWN_TEXT = 500  # characters of neighbouring paragraphs that no teaser of a list has

_NOT = r"(?:was|is|could|can|has|have|does|do|cannot|not|no|longer|be|been|isn[’']t|doesn[’']t|can[’']t|couldn[’']t|wasn[’']t|appears\ to)"
_ERROR = re.compile(
    rf"""
    (?:error\s*)?\b(?:404|410|403|500|502|503)\b(?:[\s–—:|-]*(?:error|not\ found|forbidden|gone|bad\ gateway|service\ unavailable|(?:internal\ )?server\ error|page\ not\ found))?
  | (?:(?:sorry|oops|whoops|uh-oh|error|hmm|404)\b[\s,.!:…–—-]*)*(?:(?:we|you)\s.{{0,30}}(?:find|reached)\s)?(?:(?:the|this|that|your)\s+)?(?:requested\s+)?(?:page|article|story|content|url|site|link)\s+
      (?:(?:that\s)?(?:you|we)\b.{{0,60}}\s)?(?:{_NOT}\s+)+(?:found|exist|exists|available|unavailable|removed|deleted|moved|here)\b.{{0,60}}
  | (?:not\ found|access\ denied|forbidden|(?:internal\ )?server\ error|service\ unavailable|bad\ gateway|something\ went\ wrong|just\ a\ moment|attention\ required|are\ you\ (?:a\ )?(?:robot|human)
      |verify(?:ing)?\ (?:that\ )?you\ are\ (?:a\ )?human|checking\ your\ browser|security\ check|temporarily\ unavailable|(?:the\ )?site\ (?:is\ )?(?:down|under\ maintenance))\b.{{0,60}}
  | (?:die\ )?seite\ (?:wurde\ )?nicht\ gefunden.{{0,60}} | page\ (?:introuvable|non\ trouvée).{{0,60}} | página\ no\ encontrada.{{0,60}} | pagina\ non\ trovata.{{0,60}}
  | página\ não\ encontrada.{{0,60}} | страница\ не\ найдена.{{0,60}}
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_LOGIN = re.compile(
    r"(?:please\s+)?(?:log|sign)[\s-]?(?:in|on)\b(?!.*\b(?:deal|ceremony)).{0,50}|login\b.{0,50}|(?:member|subscriber|account)s?\s+log[\s-]?in\b.{0,40}|anmelden|anmeldung|connexion|se connecter|iniciar sesión|accedi|entrar|вход|войти",
    re.IGNORECASE,
)
_NEEDS = re.compile(
    r"\b(?:enable|turn on|requires?|without|activate)\b.{0,30}\bjavascript|javascript (?:is )?(?:disabled|required)",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(r"\s+[|–—·-]\s+[^|–—·]{1,60}$")


def reason(tree: Any, stated: Metadata, html: str, *, asked: str | None, got: str | None) -> str | None:
    """Why a page is no article, as the end of "It is no article: …"; None when it may be one.

    ``tree`` is the parsed ``html``; ``asked`` and ``got`` are the address followed and the one it ended at.
    """
    if _is_front(got) and not _is_front(asked):
        return "the link leads to the site's front page"
    if stated.is_article is not True and _is_list(tree):
        return "the page is a list of articles"
    if sum(map(len, _paragraphs(tree))) >= SHORT:
        return None
    return _of_few_words(text_of(html), _titles(tree, stated), login=_has_password(tree), got=got)


def _of_few_words(everything: str, titles: list[str], *, login: bool, got: str | None) -> str | None:
    """Why a page that shows little is no article."""
    if len("".join(everything.split())) < NOTHING or (len(everything) < SHORT and _NEEDS.search(everything)):
        return "the page shows no text"
    if any(map(_ERROR.fullmatch, titles)):
        return "the page says that there is nothing to be found or shown"
    if login and (_is_login(got) or any(map(_LOGIN.fullmatch, titles))):
        return "the page asks for a login"
    return None


def _titles(tree: Any, stated: Metadata) -> list[str]:
    """The page's title and first headings, also without the site's name behind a stroke."""
    found = [_text(element) for tag in ("title", "h1", "h2") for element in list(tree.iter(tag))[:2]]
    titles = [title for title in (*found, stated.title or "") if 0 < len(title) <= LONGEST_TITLE]
    return titles + [_TITLE_TAIL.sub("", title) for title in titles]


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _paragraphs(tree: Any) -> list[str]:
    return [text for element in tree.iter("p") if len(text := _text(element)) >= TELLING]


def _has_password(tree: Any) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in tree.iter("input"))


def _is_login(address: str | None) -> bool:
    return bool(
        re.search(r"/(?:log-?in|sign-?in|sso|auth|account|register)\b", canonical(address) or "", re.IGNORECASE)
    )


def _is_front(address: str | None) -> bool:
    """Whether an address is its site's root; that of no page is none."""
    parts = urlsplit(canonical(address) or "")
    return bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def _is_list(tree: Any) -> bool:
    """Whether headings that are links stand on the page, and nowhere a text of several paragraphs."""
    linked = sum((h.find(".//a") is not None or _inside_link(h)) for tag in ("h2", "h3", "h4") for h in tree.iter(tag))
    if linked < LINKED_TITLES:
        return False
    runs: dict[Any, int] = {}
    for element in tree.iter("p"):
        text = _text(element)
        links = sum(len(_text(link)) for link in element.iter("a"))
        if len(text) >= TELLING and links * 2 < len(text):
            parent = element.getparent()
            runs[parent] = runs.get(parent, 0) + len(text)
    return max(runs.values(), default=0) < OWN_TEXT


def _inside_link(element: Any) -> bool:
    return any(ancestor.tag == "a" for ancestor in element.iterancestors())
