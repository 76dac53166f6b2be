"""What stands among an article's prose and tells no news: small print, captions, promotion, words to the reader, lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)|\(\([^)]*\)\)"
)
_SCORES = re.compile(r"(?<![\w-])\d{1,3}\s?[-–:]\s?\d{1,3}(?![\w-])")
_LETTERS = re.compile(r"[^\W\d_]+")
LISTED = 4  # scores or semicolons, from which a sentence is a list
LEAST_LOWER = 0.25  # share of words in lower case, below which it is a heading or a list of names

_ROMAN_BEFORE = r"(?<!World War )(?<!War )(?<!Type )(?<!Phase )(?<!Part )(?<!Class )(?<!Elizabeth )(?<!Division )"
# What a sentence may be, the words without one of which it is not, and how it is then told.
_NOTICES: Mapping[str, tuple[frozenset[str], re.Pattern[str]]] = {
    "promotion": (
        word_set(
            "subscribe signup sign newsletter newsletters click read follow download cookies terms rights advertising advertisement watch tuned blog inbox information details story visit breaking tickets lesen lire à lea leggi leia lees читайте http https www"
        ),
        re.compile(
            r"\b(?:subscribe|sign[ -]up (?:for|to|here|now|today)|newsletters?\b.{0,40}\b(?:inbox|sign|free|daily|weekly|deliver)|"
            r"(?:our|daily|free) newsletter|click (?:here|on|the)|read (?:more|the full|next|also)|follow (?:us|him|her|me|along|\S* ?@)|"
            r"download (?:our|the) app|cookies (?:policy|to|on)|terms of (?:use|service)|all rights reserved|advertising feature|advertisement\W*$|"
            r"watch (?:the|this|our|more) (?:video|clip|live|full)|stay tuned|follow live|live blog|(?:in|to) your inbox|"
            r"(?:for )?more (?:information|details|on this story)[, ].{0,30}\b(?:visit|see|call|go to|click)|visit (?:our|the) (?:website|site|page)|"
            r"breaking news alerts|tickets (?:are on sale|cost|are available)|lesen sie (?:auch|mehr)|lire aussi|à lire|lea también|leggi anche|"
            r"leia (?:também|mais)|lees ook|читайте также)\b|https?://|\bwww\.",
            re.IGNORECASE,
        ),
    ),
    "a caption": (
        word_set(
            "photo photos photograph photographs image images picture pictures pictured copyright file filed credit credits caption video left right above below centre center undated handout combination screengrab screen seen shown l"
        ),
        re.compile(
            r"\bphoto(?:graph)?s? (?:by|courtesy|credit)|\b(?:getty|ap|afp|reuters|file) (?:images?|photos?)\b|\bcopyright\b|"
            r"\(?\bfile(?:d)? (?:photo|picture|image)|\b(?:pictured|image credit|photo credit)\b\s*[:,(]|^\W*(?:pictured|photo|image|video|caption|"
            r"picture|credit)s?\s*:|^\W*pictured\b|\b(?:from )?left to right\b|\bin (?:this (?:image|photo|picture|screen\s?grab|video)|"
            r"th(?:is|e) (?:undated|file|handout|combination) \w+)|\bis (?:seen|shown|pictured) (?:here|above|below|in (?:this|a (?:file|handout)))|"
            r"\((?:pictured|left|right|above|below|centre|center|l|from left)\)",
            re.IGNORECASE,
        ),
    ),
    "an editor's note": (
        word_set(
            "contributed contributing reporting writing edited editing writer reporter editor correspondent columnist version developing check published reprinted views opinions read listen continues scroll correction clarification note"
        ),
        re.compile(
            r"\b(?:contributed to this|contributed reporting|reporting by|writing by|edited by|editing by|is an? (?:(?:staff|senior|freelance|"
            r"political|contributing|former) )?(?:\w+ )?(?:writer|reporter|editor|correspondent|columnist) (?:who|of|for|at|with|on|based)|(?:this|an earlier version of th(?:is|e)) (?:story|article|"
            r"post|report|piece|version)\b|editor.s note|this is a developing story|check back|was (?:originally|first) published (?:on|in|by)|"
            r"reprinted|the views expressed|opinions expressed|read (?:or share )?this story|listen to this|story continues|scroll down)\b|"
            r"^\W*(?:correction|clarification|note)\b\s*:",
            re.IGNORECASE,
        ),
    ),
    "words to the reader": (
        word_set(
            "you your yours see watch read listen check click scroll tap join email e mail follow share tell send let learn find here remember imagine note meet"
        ),
        re.compile(
            r"\b(?:you|your|yours|you.re|you.ll|you.ve)\b|^\W*(?:see|watch|read|listen|check|click|scroll|tap|join|email|e-mail|follow|"
            r"share|tell us|send us|let us|learn more|find out|here.s|here are|remember|imagine|note that|meet the)\b|"
            r"\b(?:appear|see|more|available|posted|found|viewed?|visible|archived|seen)\b.{0,30}\bhere\b",
            re.IGNORECASE,
        ),
    ),
    "the writer's own voice": (
        word_set("i we our my myself ourselves us"),
        re.compile(
            rf"{_ROMAN_BEFORE}\bI(?:['’](?:m|ve|d|ll))?\b(?![.\-])|^\W*(?:We|Our|My)\b|\b(?:we|our|my|myself|ourselves|us)\b"
        ),
    ),
}


def notice(text: str) -> str | None:
    """What a sentence is instead of news, in a few words; None: it may be news."""
    own = unquoted(text)
    words = set(_LETTERS.findall(own.lower()))
    told = (what for what, (signs, pattern) in _NOTICES.items() if not signs.isdisjoint(words) and pattern.search(own))
    found = "copyright" if "©" in own else next(told, None)
    return found or ("a list or heading" if _listed(own) else None)


def unquoted(text: str) -> str:
    """The text with what it quotes blotted out, character for character."""
    return _QUOTED.sub(lambda quoted: "·" * len(quoted[0]), text)


def _listed(text: str) -> bool:
    """Whether a text of Latin letters is a row of results, names or capitals."""
    parts = [word for word in text.split() if word[:1].isalpha()]
    if len(_SCORES.findall(text)) >= LISTED or text.count(";") >= LISTED:
        return True
    return len(parts) > LISTED and text.isascii() and sum(map(str.islower, parts)) / len(parts) < LEAST_LOWER
