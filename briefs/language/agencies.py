"""News agencies, whose reports many outlets print: their names, and the credits that name them in a text."""

from __future__ import annotations

import re

WIRES = (
    r"(?:The )?Associated Press|AP|Reuters|Agence France[- ]Presse|AFP|UPI|Bloomberg|Xinhua|TASS|Interfax|dpa|DPA|ANSA|EFE|Kyodo"
    r"|Yonhap|PTI|ANI|IANS|Anadolu|PA Media|Press Association|Canadian Press|AAP|CNN|BBC|NPR|RIA Novosti|PRNewswire|CNA"
)
_HEAD, _FOOT = 600, 300  # characters of a text in which credits stand
_NAME = r"(?P<name>[A-ZÀ-Ý][\w.&’'-]*(?:\s[A-ZÀ-Ý][\w.&’'-]*){0,3})"
_WIRE = rf"(?P<name>{WIRES})(?:\s(?:News|Staff|Brief|Wire|Reports?|News Agency))?"
_DATELINE = re.compile(
    rf"^[A-ZÀ-Ý][^()\n.!?]{{0,60}}(?:\.\s?\d{{1,2}},?)?\s?\({_NAME}\)\s*(?:[-–—―:]|$)", re.MULTILINE
)  # "BRINDLE, Aug. 1 (AP) —"
_BYLINE = re.compile(
    rf"^(?:(?i:By|From|Source|Via|Author|With (?:inputs?|reporting|files) (?:from|by))\s?:?\s+(?:[^\n|,/–—]{{2,50}}\s?[|,/–—]\s?)?)?{_WIRE}\.?$",
    re.MULTILINE,
)
_CREDIT = re.compile(rf"(?:^|\s)(?:[—–-]+\s?|\(|/){_WIRE}[)/]?\.?\s*$", re.MULTILINE)
_ONE_NAME = {
    "associated press": "ap",
    "agence france-presse": "afp",
    "agence france presse": "afp",
    "canadian press": "cp",
    "press association": "pa media",
}


def credited(text: str, author: str | None = None) -> frozenset[str]:
    """The agencies that a text names as its source: in its dateline, its byline or at its end; each under one name."""
    head, foot = text[:_HEAD], text[-_FOOT:]
    found = [*_DATELINE.finditer(head), *_BYLINE.finditer(head), *_BYLINE.finditer(foot), *_CREDIT.finditer(foot)]
    names = {match["name"] for match in found} | set(re.findall(rf"\b(?:{WIRES})\b", author or ""))
    return frozenset(map(_one, names))


def _one(name: str) -> str:
    folded = " ".join(name.lower().split()).removeprefix("the ").rstrip(".")
    return _ONE_NAME.get(folded, folded)
