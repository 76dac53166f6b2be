"""Fragments and commands as full questions: "date of the first flight?", "list who met X", "only senator who voted no"."""

from __future__ import annotations

import re

from briefs.answers.lexicon import AGENT_NOUNS, AUXILIARIES, WH
from briefs.language.words import word_set

_WH = "who|whom|whose|what|which|when|where|why|how"
_COMMAND = re.compile(
    r"^(?:list|name|give|find|show|identify|tell|state|get)(?:\s+(?:me|us))?(?:\s+all)?(?:\s+of)?\s+"
    rf"(?P<rest>(?:the|all|every|each|everyone|everybody|people|those|any|a|{_WH})\b.*|\w+s\s+(?:who|that|which)\b.*)$",
    re.IGNORECASE,
)
_EVERYONE = re.compile(
    r"^(?:everyone|everybody|anyone|anybody|people|those|the people)\s+(?:who|that)\s+", re.IGNORECASE
)
_CLEFT = re.compile(
    r"^(?:(?:who|what|which)\s+(?:is|are|was|were)\s+)?(?:(?:the|an?)\s+)?(?P<noun>(?:[\w'’-]+\s+){1,4}?)(?:that|who|which)\s+"
    r"(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_SLOT_OF = (
    (re.compile(r"^(?:the\s+)?reasons?\s+(?:for|behind|of)\s+", re.IGNORECASE), "what is the reason for "),
    (re.compile(r"^(?:the\s+)?reasons?\s+(?:why\s+|that\s+)?(?=\w)", re.IGNORECASE), "why "),
    (re.compile(r"^(?:the\s+)?(?:location|place|venue|site|whereabouts)\s+of\s+", re.IGNORECASE), "where is "),
    (re.compile(r"^(?:the\s+)?(?=next\s+\w)(?!next\s+(?:steps?|moves?)\b)", re.IGNORECASE), "when is the "),
    (
        re.compile(r"^(?:the\s+)?(?P<event>\w[\w\s'’-]*?)\s+(?:location|venue|whereabouts)$", re.IGNORECASE),
        r"where does the \g<event> take place",
    ),
    (
        re.compile(
            r"^(?:the\s+)?(?:(?:total|exact|official)\s+)?(?:number|amount)\s+of\s+(?!days|months|years)", re.IGNORECASE
        ),
        "how many ",
    ),
)
_MEASURE_OF = re.compile(
    r"^(?P<asks>what(?:['’]?s|\s+is|\s+was)\s+)?(?:the\s+)?(?P<noun>(?:(?:death|transfer|ticket|final|total|exact|current|voter)\s+)?(?:toll|turnout|attendance|fee|price|cost|score|"
    r"magnitude|salary|population|profit|revenue|ransom|budget|capacity|depth|height|temperature))\s+"
    r"(?!(?:of|in|at|for|on|by|from|per|to|is|was|are|were|after|before|and|so|now)\b)(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\s(?:v|vs|versus)\b\.?\s", re.IGNORECASE)
_BIG_A = re.compile(
    r"^how\s+(?:big|large|high|great|small)\s+(?:of\s+)?an?\s+(?=(?:\w+\s+){1,3}?(?:do|does|did|will|is|was|has|have|had)\b)",
    re.IGNORECASE,
)
_DO_WE_KNOW = re.compile(
    r"[,\s]+(?:do|does|did)\s+(?:we|you|they|anyone|anybody)\s+know(?:\s+(?:yet|now))?$", re.IGNORECASE
)
_AGENT_OF = re.compile(
    rf"^(?:who\s+(?:is|are|was|were)\s+)?(?:the\s+)?(?P<noun>{'|'.join(AGENT_NOUNS)})s?\s+of\s+(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_TRAILING_WH = re.compile(
    rf"^(?P<rest>\w.*?)[\s,:-]+(?P<wh>(?:(?:on|at|in|by|to|for|with|from)\s+)?(?:{_WH})(?:\s+(?:date|day|year|time|exactly|much|many))?)\W*$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"\b(?:many|much)\b", re.IGNORECASE)
_KEPT = word_set("name date day")
_PAST = {
    "win": "won", "found": "founded", "own": "owns", "buy": "bought", "kill": "killed", "write": "wrote", "create": "created",
    "invent": "invented", "produce": "produced", "design": "designed", "make": "made", "host": "hosted", "sponsor": "sponsored",
    "build": "built", "discover": "discovered", "succeed": "succeeded", "publish": "published", "organise": "organised",
    "organize": "organized", "compose": "composed", "paint": "painted", "develop": "developed", "manufacture": "manufactures",
}  # fmt: skip


def rephrased(text: str) -> str:
    """The same question with a question word before and a verb in it; as it is where it has both."""
    plain = text.strip().rstrip("?.! ").strip()
    command = _COMMAND.match(plain)
    if command is not None:
        plain = _EVERYONE.sub("who ", command["rest"])
        if plain == command["rest"] and not re.match(rf"(?:{_WH})\b", plain, re.IGNORECASE):
            plain = re.sub(r"^(?:all\s+)?(?:of\s+)?(?:the\s+|all\s+)?", "the ", plain, count=1, flags=re.IGNORECASE)
    plain = _BIG_A.sub("how much ", _DO_WE_KNOW.sub("", plain))
    plain = _MEASURE_OF.sub(_of_rest, _AGAINST.sub(" against ", plain))
    plain = _of_agent(_fronted(plain))
    if not asks_already(plain):
        for pattern, asked in _SLOT_OF:
            plain = pattern.sub(asked, plain)
    plain = _uncleft(plain)
    return plain if asks_already(plain) else f"what is the {_without_article(plain)}"


def asks_already(plain: str) -> bool:
    """Whether a question word or an auxiliary opens it, or one stands inside with what asks."""
    first, *rest = plain.lower().split() or [""]
    if first in ("if", "whether"):
        return True
    if first.removesuffix("n't") in AUXILIARIES or first in WH:
        return True
    return any(word.strip(",") in WH for word in rest)


def _of_rest(found: re.Match[str]) -> str:
    """What is measured, behind "of": "death toll Lisk valley" is that of the Lisk valley."""
    return f"{found['asks'] or 'what is '}the {found['noun'].lower()} of {found['rest']}"


def _without_article(text: str) -> str:
    return re.sub(r"^the\s+", "", text, flags=re.IGNORECASE)


def _fronted(plain: str) -> str:
    """A question word typed last comes first: "the summit is when", "talks where?"."""
    found = _TRAILING_WH.match(plain)
    if found is None or plain.lower().split()[0] in WH | AUXILIARIES | {"of", "in", "on", "at", "by", "to", "from"}:
        return plain
    rest, wh = found["rest"], found["wh"]
    words = rest.split()
    if words[-1].lower() in AUXILIARIES:
        return f"{wh} {words[-1]} {' '.join(words[:-1])}"
    if wh.lower().split()[-1] in ("who", "whom", "what", "which") or _QUANTITY.search(wh):
        return plain
    return f"{wh} {rest}"


def _of_agent(plain: str) -> str:
    """Ask who won X for "the winner of X"."""
    found = _AGENT_OF.match(plain)
    if found is None:
        return plain
    verb = AGENT_NOUNS[found["noun"].lower()]
    return f"who {_PAST.get(verb, verb)} {found['rest']}"


def _uncleft(plain: str) -> str:
    """Ask which senator, which treaty for "who was the senator who voted no", "the treaty that ended the war"."""
    found = _CLEFT.match(plain)
    if found is None:
        return plain
    noun = found["noun"].strip()
    words = noun.lower().split()
    if words[0] in WH | AUXILIARIES or {"of", "by", "in", "to", "with", "and", "about", "is", "was", "did"} & set(
        words
    ):
        return plain
    if words[-1] in _KEPT or words[-1] in ("person", "one", "people", "man", "woman"):
        return f"who {found['rest']}" if words[-1] not in _KEPT else plain
    return f"which {noun} {found['rest']}"
