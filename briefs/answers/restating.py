"""What was asked, as the clause that "none of my articles says" can take: "when Duffy visited Moscow"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

LONGEST = 30  # words; a longer question is not said again
_IRREGULAR = {
    "be": "was", "have": "had", "do": "did", "go": "went", "say": "said", "make": "made", "get": "got", "take": "took",
    "come": "came", "see": "saw", "know": "knew", "give": "gave", "find": "found", "think": "thought", "tell": "told",
    "become": "became", "show": "showed", "leave": "left", "feel": "felt", "bring": "brought", "begin": "began",
    "keep": "kept", "hold": "held", "write": "wrote", "stand": "stood", "hear": "heard", "mean": "meant", "meet": "met",
    "run": "ran", "pay": "paid", "sit": "sat", "speak": "spoke", "lead": "led", "grow": "grew", "lose": "lost",
    "fall": "fell", "send": "sent", "build": "built", "understand": "understood", "draw": "drew", "break": "broke",
    "spend": "spent", "rise": "rose", "drive": "drove", "buy": "bought", "wear": "wore", "choose": "chose", "win": "won",
    "fly": "flew", "steal": "stole", "shoot": "shot", "sell": "sold", "strike": "struck", "sink": "sank", "catch": "caught",
    "teach": "taught", "fight": "fought", "throw": "threw", "sing": "sang", "swear": "swore", "eat": "ate", "drink": "drank",
    "sleep": "slept", "swim": "swam", "ride": "rode", "hide": "hid", "seek": "sought", "sign": "signed", "blow": "blew",
    "withdraw": "withdrew", "overtake": "overtook", "undergo": "underwent", "forbid": "forbade", "forget": "forgot",
    "forgive": "forgave", "freeze": "froze", "shake": "shook", "wake": "woke", "tear": "tore", "bear": "bore", "bite": "bit",
    "flee": "fled", "feed": "fed", "breed": "bred", "bleed": "bled", "light": "lit", "slide": "slid", "shrink": "shrank",
    "spin": "spun", "stick": "stuck", "sweep": "swept", "swing": "swung", "deal": "dealt", "dig": "dug", "hang": "hung",
    "lay": "laid", "lend": "lent", "bend": "bent", "lie": "lay", "spring": "sprang", "bind": "bound", "beat": "beat",
    "cut": "cut", "put": "put", "let": "let", "set": "set", "hit": "hit", "hurt": "hurt", "cost": "cost", "quit": "quit",
    "shut": "shut", "split": "split", "spread": "spread", "read": "read", "bet": "bet", "cast": "cast", "burst": "burst",
    "broadcast": "broadcast", "forecast": "forecast", "rid": "rid", "shed": "shed", "bid": "bid", "admit": "admitted",
    "commit": "committed", "permit": "permitted", "submit": "submitted", "omit": "omitted", "transmit": "transmitted",
    "refer": "referred", "prefer": "preferred", "defer": "deferred", "transfer": "transferred", "occur": "occurred",
    "incur": "incurred", "regret": "regretted", "compel": "compelled", "expel": "expelled", "control": "controlled",
    "patrol": "patrolled", "equip": "equipped",
}  # fmt: skip
_PAST = frozenset({"did", "was", "were", "has", "have", "had"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_VOWELS = "aeiou"


def indirect(doc: Doc) -> str | None:
    """The question as a clause; None when its words do not stand as a question's do."""
    tokens = [t for t in doc if not t.is_space]
    while tokens and (tokens[-1].is_punct or tokens[-1].lower_ == "please"):
        tokens.pop()
    if not 2 <= len(tokens) <= LONGEST or any(t.lower_ in {"i", "you", "n't", "?", "me", "we"} for t in tokens):
        return None
    aux = next((k for k, t in enumerate(tokens) if _helps(t)), None)
    if aux is None:
        return _joined(tokens) if tokens[0].tag_ in {"WP", "WRB", "WDT", "WP$"} and _tells(tokens) else None
    asked, rest = tokens[:aux], tokens[aux + 1 :]
    if asked and not any(t.tag_ in {"WP", "WRB", "WDT", "WP$"} for t in asked):
        return None
    subject = _subject(tokens[aux], rest)
    if subject:
        whole = _until_predicate(tokens[aux], subject) if len(subject) == len(rest) else len(subject)
        return _turned(asked, tokens[aux], rest[:whole], rest[whole:])
    asks_subject = bool(rest) and (
        rest[0].pos_ in {"VERB", "AUX", "ADV", "ADJ", "ADP", "PART"} or _names_one(asked, tokens[aux])
    )
    return _joined(tokens) if asked and tokens[aux].lemma_ != "do" and asks_subject else None


def _names_one(asked: Sequence[Token], aux: Token) -> bool:
    """Whether "who is X" asks, which may be said again as it stands."""
    return len(asked) == 1 and asked[0].lower_ in {"who", "what"} and aux.lemma_.lower() == "be"


def _until_predicate(aux: Token, subject: Sequence[Token]) -> int:
    """How many words are the subject's where the parser took what is said of it for a part: "the debate | supposed to be held"."""
    if aux.lemma_.lower() != "be":
        return len(subject)
    head = next((k for k, t in enumerate(subject) if t.dep_ in _SUBJECTS), len(subject))
    found = (
        k
        for k, t in enumerate(subject)
        if k > head and (t.tag_ in {"VBN", "VBG", "JJ"} or t.lower_ in {"due", "worth"})
    )
    return next(found, len(subject))


def _helps(token: Token) -> bool:
    return (token.lemma_.lower() in {"be", "have", "do"} and token.pos_ in {"AUX", "VERB"}) or token.tag_ == "MD"


def _tells(tokens: Sequence[Token]) -> bool:
    return any(t.pos_ == "VERB" and t.tag_ != "VB" for t in tokens)


def _subject(aux: Token, rest: Sequence[Token]) -> list[Token]:
    """The subject that follows its helping verb; empty when another word does."""
    for verb in (aux, aux.head):
        for child in verb.children:
            if child.dep_ in _SUBJECTS and child.i > aux.i:
                span = sorted(child.subtree, key=lambda t: t.i)
                if rest and span[0].i == rest[0].i and span[-1].i - span[0].i == len(span) - 1:
                    return span
    named = list(takewhile(lambda t: t.text[:1].isupper(), rest))
    behind = rest[len(named)] if named and len(named) < len(rest) else None
    if behind is not None and behind.is_lower and (aux.lemma_.lower() != "be" or behind.tag_.startswith("VB")):
        return named  # "did Olga Brandt visit Lisbon": the parser takes it all for one name
    chunk = next((list(c) for c in aux.doc.noun_chunks if rest and c.start == rest[0].i), [])
    behind = rest[len(chunk)] if len(chunk) < len(rest) else None
    return chunk if behind is not None and behind.pos_ == "VERB" else []


def _turned(asked: Sequence[Token], aux: Token, subject: Sequence[Token], rest: Sequence[Token]) -> str | None:
    words = [_joined(asked) if asked else _opening(aux)]
    if aux.lemma_.lower() != "do":
        if any(t.tag_ == "MD" for t in rest):
            return None  # "what is the first place she will go to": its words do not stand as the parser says
        return " ".join(part for part in (*words, _joined(subject), aux.lower_, _joined(rest)) if part)
    plain = (
        (k, t)
        for k, t in enumerate(rest)
        if t.tag_ in {"VB", "VBP"} or (t == aux.head and t.tag_ not in {"VBG", "VBN"})
    )
    verb = next((k for k, _ in plain), None)
    verb = 0 if verb is None and subject[-1].text[:1].isupper() and rest and rest[0].is_lower else verb
    if verb is None:
        return None
    told = rest[verb].lower_
    if rest[verb].tag_ not in {"VBD", "VBN"} or told == "found":  # "did she visited him"; who "did found it" founded it
        told = _inflected(told, aux.lower_)
    return " ".join(
        part for part in (*words, _joined(subject), _joined(rest[:verb]), told, _joined(rest[verb + 1 :])) if part
    )


def _opening(aux: Token) -> str:
    return "that" if aux.lower_ in _PAST else "whether"


def _inflected(verb: str, aux: str) -> str:
    """A verb's plain form as the helping verb "do" had it: "did visit" is "visited"."""
    if aux == "did":
        return _IRREGULAR.get(verb) or past(verb)
    if aux == "does":
        if verb == "have":
            return "has"
        return verb[:-1] + "ies" if verb[-1:] == "y" and verb[-2:-1] not in _VOWELS else verb + _ending(verb)
    return verb


def _ending(verb: str) -> str:
    return "es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"


def past(verb: str) -> str:
    """The past of a regular verb: "visited", "denied", "stopped"."""
    if verb.endswith("e"):
        return verb + "d"
    if verb[-1:] == "y" and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    short = len(verb) <= 4 and sum(c in _VOWELS for c in verb) == 1
    if short and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS:
        return verb + verb[-1] + "ed"
    return verb + "ed"


def _joined(tokens: Sequence[Token]) -> str:
    """Words as written, the first without the capital of a question's beginning."""
    if not tokens:
        return ""
    text = "".join(t.text_with_ws for t in tokens).strip()
    lowered = tokens[0].i == 0 and tokens[0].pos_ != "PROPN"
    return text[:1].lower() + text[1:] if lowered else text
