"""Pages that stand before an article: consent asked first, or payment after the beginning.

A wall is judged by what is left without it: a notice over a full article is none, and an article *about* paywalls or cookies
tells news in its other sentences.
"""

from __future__ import annotations

import re

from briefs.models import Extent
from briefs.sources.furniture import is_furniture, is_subscribers_door, is_wall
from briefs.sources.markup import text_of

SHORT = 1_200  # characters of prose; below it a page that is marked as paid shows its beginning alone
MIDDLING = 2_000  # up to it a wall may stand under a long beginning
LONG = 3_000  # characters of prose that no publisher gives away before a wall
LARGEST = 500_000  # characters of a page that are looked through for a wall's sentences
CONSENT_SHARE = 0.5  # of a page's characters, from which it speaks of nothing but consent
CONSENT_LENGTH = 8_000  # characters; the longest lists of purposes and partners are on pages of their own
OTHER, OTHER_WITH_PLATFORM = 400, 1_200  # characters of anything else that stand on a consent page

# What consent platforms put into a page: OneTrust, Usercentrics, Didomi, Sourcepoint, Quantcast, Cookiebot, TrustArc, Google.
_PLATFORMS = re.compile(
    r"onetrust|usercentrics|didomi|sp_message|sourcepoint|privacy-mgmt|qc-cmp|quantcast|cookiebot|trustarc|consensu\.org"
    r"|consent\.(?:google|yahoo|youtube)|consentmanager|cmpbox|iubenda|funding-?choices|fc-consent|borlabs|cookieyes"
    r"|collectconsent|consent-?(?:wall|page|form|gate)|gdpr-?(?:wall|gate|page)|privacy-?(?:wall|gate)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent(?:s|ing)?\b|personal data|personali[sz]ed (?:ads|content|advertising)|\bGDPR\b|our (?:\d+ )?partners"
    r"|privacy (?:policy|settings|cent(?:er|re)|choices|options)|data (?:processing|protection)|legitimate interest|tracking"
    r"|\b(?:accept|reject|agree|disagree|manage)(?: and \w+)?(?: all| options| settings| preferences| choices)?$"
    r"|\bvendors?\b|\bpurposes?\b|geolocation|\bads?\b|advertis(?:ing|ement)|audience|measure"
    r"|Datenschutz|Einwilligung|zustimmen|akzeptieren|personenbezogen|Werbung und Tracking"
    r"|données personnelles|consentement|confidentialité|(?:tout )?(?:accepter|refuser)|continuer sans"
    r"|datos personales|consentimiento|privacidad|aceptar|rechazar|dati personali|consenso|privacidade|toestemming|gegevens",
    re.IGNORECASE,
)
# What a page says to its reader about itself: an article on cookie law does not speak so.
_ADDRESSED = re.compile(
    r"\b(?:we|our|us) (?:and our|value|care|use|need|ask|and|partners|process|store)\b|\b(?:I|you) (?:agree|accept|consent)\b"
    r"|\b(?:your|you) (?:privacy|choices?|consent|data|device|preferences|can (?:change|withdraw|manage|accept|reject))\b"
    r"|before you continue|by (?:clicking|selecting|continuing)|click (?:on )?[\"“']?(?:accept|agree|manage|reject)"
    r"|^(?:accept|reject|agree|manage|more options|customi[sz]e)\b|Ihre? (?:Privatsphäre|Einwilligung|Daten|Zustimmung)|\bwir (?:und|verwenden|nutzen|benötigen)\b"
    r"|\bnous (?:et|utilisons)\b|\bvo(?:tre|s) (?:vie privée|consentement|données|choix)\b|\bnosotros\b|\b(?:su|tu) (?:privacidad|consentimiento)\b"
    r"|\bnoi e\b|\bla tua privacy\b|\bwij en\b|\buw (?:privacy|toestemming)\b",
    re.IGNORECASE | re.MULTILINE,
)
_UNPAID = re.compile(r"[\"']isAccessibleForFree[\"']\s*(?::|\s+content\s*=)\s*[\"']?false\b", re.IGNORECASE)
_FREE = re.compile(r"[\"']isAccessibleForFree[\"']\s*(?::|\s+content\s*=)\s*[\"']?true\b", re.IGNORECASE)
_LOCKED = re.compile(r"<meta\b[^<>]{0,80}article:content_tier[^<>]{0,40}content=[\"']locked", re.IGNORECASE)
# Names that publishing systems give to what asks for payment, in the attributes of an element that is shown.
_MARKED = re.compile(
    r"(?<![a-z])(?:pay-?wall|reg-?wall|piano-|tp-(?:modal|container)|subscriber-only|subscription-(?:wall|required|prompt)|subscribe-wall"
    r"|premium-(?:wall|overlay|offer)|metered?-(?:wall|gate)|article-gate|content-gate|locked-content|meteredcontent|barrier-page)",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"<(?:div|section|aside|article|form|p|main|span|dialog)\s([^<>]{1,600})", re.IGNORECASE)
_HIDDEN = re.compile(r"<(/?)(?:script|style|noscript|template)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
_BROKEN = re.compile(r"(?:…|\.\.\.|[^\W\d_]|,)[\"'”’\])]*\s*\Z")  # in mid-sentence


def met(html: str, text: str) -> Extent | None:
    """CONSENT or PAYWALL when a page is one: ``html`` is all of it, ``text`` what was found to be its article's."""
    if _is_consent(html, text):
        return Extent.CONSENT
    return Extent.PAYWALL if _is_paywall(html, text) else None


# --------------------------------------------------------------------------------------------------------------- consent
def _is_consent(html: str, text: str) -> bool:
    """Say whether the page speaks to its reader of consent and of hardly anything else."""
    sentences = [found[0].strip() for found in _SENTENCE.finditer(text[: CONSENT_LENGTH + 1])]
    asking = [s for s in sentences if _CONSENT.search(s) or _ADDRESSED.search(s)]
    asked = sum(map(len, asking))
    other = sum(map(len, sentences)) - asked
    if len(text) > CONSENT_LENGTH or asked < CONSENT_SHARE * (asked + other):
        return False
    addressed = sum(bool(_ADDRESSED.search(s)) for s in asking)
    return addressed >= 2 and other <= (OTHER_WITH_PLATFORM if _PLATFORMS.search(html) else OTHER)


# --------------------------------------------------------------------------------------------------------------- payment
def _is_paywall(html: str, text: str) -> bool:
    """Say whether the article breaks off where payment or a registration is asked for."""
    told = "\n\n".join(line for line in text.split("\n") if line.strip() and not is_furniture(line.strip()))
    if len(told) >= LONG:
        return False
    broken = bool(_BROKEN.search(told))
    declared = _is_declared(html)
    marked = _is_marked(html[:LARGEST])
    shown = [line for line in text_of(html[:LARGEST]).split("\n") if line]
    asked = any(is_wall(line) for line in shown)
    if len(told) >= SHORT:
        return (
            broken and (asked or declared or marked)
            if len(told) >= MIDDLING
            else (asked or broken) and (declared or marked)
        )
    return asked or declared or (broken and (marked or any(map(is_subscribers_door, shown))))


def _is_marked(html: str) -> bool:
    """Say whether an element that is shown bears a wall's name; scripts and styles name what they may never show."""
    pieces = _HIDDEN.split(html)  # the text before the first such tag, then for each its stroke and what follows it
    shown = [pieces[0], *(text for stroke, text in zip(pieces[1::2], pieces[2::2], strict=True) if stroke)]
    return any(_MARKED.search(found[1]) for part in shown for found in _ELEMENT.finditer(part))


def _is_declared(html: str) -> bool:
    return bool(_LOCKED.search(html) or (_UNPAID.search(html) and not _FREE.search(html)))
