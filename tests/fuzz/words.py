"""Text as nobody writes it: what is put into it, and how one text becomes another. All of it is our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

LONGEST_RUN = 300_000  # characters of one piece that is said again and again

PROSE = (
    "Foreign minister Ada Berg met her counterpart Jon Vik in Oslo on Monday.", "The two agreed to reopen the ferry line in June.",
    "“We have talked long enough,” Berg said after the meeting.", "Berg was not invited to Bergen, her spokesman said.",
    "The Harbour Council will vote on 12 March at 3 p.m.", "Some 1,200 people were hurt, up from 900 on Sunday.",
    "Skagen Line bought Larvik Ferries for $1.5 billion, according to two people.", "The launch was delayed until Friday because of wind.",
    "Vik, 54, has been the minister since 2019.", "If the quay is repaired, the ferry could sail again next spring.",
    "She denied that she had met him.", "OSLO, March 3 (Wire) — The talks were called off.", "Vik resigned on Tuesday, hours after Berg had quit.",
    "The mayor of Larvik, Eva Lund, sued the Skagen Line over the storm damage.", "He said he would, and she said she might.",
)  # fmt: skip
TIMES = (
    "on the 99th of Smarch", "on 31 February 2026", "on Monday", "two days before", "the day after tomorrow", "between Monday and",
    "from 1 to 40 March", "in 20262026", "at 25:61", "at 12:30:", "12.30.12.30", "1/2/3/4/5", "2026-13-45", "in the 0th century", "since year 0",
    "one hundred million thousand", "twenty-first", "in the last 99999999999999999999 years", "9999999999 days ago", "in 10,000 years",
    "Friday the 13th", "the first Monday in", "a year ago next Thursday", "half past", "quarter to", "noon midnight", "March", "May may", "Q5 2026",
    "٣ مارس ٢٠٢٦", "२०२६", "Ⅻ", "½", "²⁰²⁶", "①", "3rd-4th", "1st.2nd", "12 a.m. p.m.", "the 1990s' 2000s", "Easter Christmas", "fortnight", "ago",
    "UTC+99:99", "0000-00-00T00:00:00Z", "by then until before", "1 000 000", "1,0,0,0", "0.0.0", "-0", "1e400", "∞",
)  # fmt: skip
ODD = (
    "\0", "\x1b[31m", "\x07", "\x7f", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\r", "\ud800", "\udfff", "\ufffe", "\U0010ffff", "\ufeff",
    "\u200b", "\u200d", "\u00ad", "\u2060", "\u034f", "\u202e", "\u202a", "\u2066", "\u2069", "\u200f", "\u061c", "e\u0301", "\u0301" * 40, "Z͑ͫ̓ͪ̂ͫ",
    "👩\u200d👩\u200d👧\u200d👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇳🇴🇳", "👍🏽", "❤️", "İ", "ı", "ß", "ẞ", "ſ", "ŉ", "ǰ", "ﬀ", "ﬃ", "Ω", "K", "Å", "ᾳ", "ΐ", "σς", "ﷺ",
    "中文。", "日本語です！", "한국어", "ไทยไม่มีวรรค", "עברית", "العربية", "हिन्दी", "Ελληνικά", "русский", "ქართული", "𝔄𝔡𝔞", "Ａｄａ", "aͣ",
    "\u3000", "\u00a0", "\u2007", "\u180e", "\u1680", "\t", "  ", "\n", "\n\n", "\r\n",
)  # fmt: skip
SIGNS = (
    "“", "”", "‘", "’", "„", "«", "»", '"', "'", "``", "''", "`", "(", ")", "[", "]", "{", "}", "<", ">", ",", ";", ":", ".", "...", "…", "!", "?",
    "?!", "-", "–", "—", "/", "\\", "|", "||", "*", "**", "_", "~~", "#", "-#", "&", "@", "%", "$", "€", "£", "+", "=", "^", "•", "· ", "▪", "1. ", "(a)",
    " . . . ", "a.b.c.d.", "U.S.", "Mr. ", "e.g. ", "No. ", "'s", "n't", "’’", "—“", ",”", ".’”", "://", "@b.c", "www.", "==", "---", "+++",
)  # fmt: skip
WORDS = (
    "and", "or", "that", "who", "which", "of", "said", "not", "no", "to", "the", "a", "Berg", "Vik", "Ada Berg and", "Jon Vik,", "Oslo", "he", "his", "them",
    "if", "because", "when", "would", "was", "been", "to be", "have had", "buffalo", "Inc.", "Corp", "president of", "the head of the", "told", "met",
    "the man who saw", "he said that", "neither", "nor", "but", "BREAKING", "IF", "AND", "minister", "former", "Mr", "van der", "de", "al-", "O'",
    "percent", "million", "dollars", "people", "killed", "at least", "about", "more than", "between", "million to", "km/h", "°C", "Ph.D.", "Jr.", "III",
)  # fmt: skip
FORGED = (
    "@everyone", "@here", "<@666>", "<@&666>", "<#666>", "</ask:666>", "<t:666:R>", "<:x:666>", "<a:x:666>", "<id:guide>", "||x||", "```x```", "`x`", "**x**", "__x__",
    "[bank](https://evil.example/a)", "https://evil.example/b", "<https://evil.example>", "discord.gg/evil", "# x", "> x", ">>> x", "- x", "1. x", "-# x",
    "\\", "\\\\", "&lt;@666&gt;", "$\\frac{x}{0}$", "$", "$$", "{0}", "{x!r}", "%s", "${x}", "<b>x</b>", "https://evil.example/" + "x" * 600,
)  # fmt: skip
SHAPES = (
    "THE MINISTER MET THE KING IN OSLO ON MONDAY.", "if (x[i] == y[j]) { return f(x, y); }", "1 | 2.5 | 3,000 | Berg\n", "Name\tAge\nAda\t54\n",
    "• Ada Berg met Jon Vik\n", "Go. ", "ab1,", "a", "aA", "x" * 200 + " ", "By Ada Berg\n", "Read more: ", "(Wire) — ", "UPDATE 1-", "Q. Who? A. Me. ",
)  # fmt: skip
_PIECE = re.compile(r"\w+|\s+|[^\w\s]+")
_KINDS = (PROSE, PROSE, TIMES, ODD, SIGNS, WORDS, FORGED, SHAPES)


def piece(rng: Random) -> str:
    """Something to put into a text: now and then very often, or with a number that makes each one another."""
    kind = rng.randrange(12)
    if kind == 0:
        return chr(rng.choice((rng.randrange(0x80), rng.randrange(0x3000), rng.randrange(0x110000))))
    if kind == 1:
        return " ".join(rng.choice(rng.choice(_KINDS)) for _ in range(rng.randrange(2, 9)))
    if kind == 2:
        return rng.choice(("9", "1", "0", "٣", "²")) * rng.choice((3, 30, 5_000))
    return rng.choice(rng.choice(_KINDS))


def many(rng: Random, text: str) -> str:
    """A piece again and again, with or without something between; of some, each time another."""
    most = rng.choice((500, 500, 2_000, 2_000, 2_000, 10_000, 10_000, 40_000, LONGEST_RUN))
    times = min(rng.choice((2, 3, 10, 40, 300, 3_000, 100_000)), most // (len(text) + 1) + 1)
    kind = rng.randrange(5)
    if kind == 0:
        return "".join(f"{text}{number} " for number in range(times))
    if kind == 1:
        return text * times + rng.choice(("", "!", ".", "”", ")")) + piece(rng) * min(times, 100)
    return rng.choice(("", " ", " ", ". ", "\n", "\n\n", ", ", " and ")).join([text] * times)


def mutated(text: str, rng: Random) -> str:
    """Another text made of one: something put in, left out, said again, exchanged, or changed in its letters."""
    parts = _PIECE.findall(text[:LONGEST_RUN]) or [""]
    at, to = rng.randrange(len(parts)), rng.randrange(len(parts))
    kind = rng.randrange(10)
    if kind <= 2:
        parts[at:at] = [piece(rng), rng.choice((" ", " ", "", "\n\n"))]
    elif kind == 3:
        parts[at : at + rng.choice((1, 2, 20))] = []
    elif kind == 4:
        parts[at:at] = [many(rng, piece(rng))]
    elif kind == 5:
        span = parts[at : at + rng.choice((1, 4, 20))]
        parts[at:at] = [many(rng, "".join(span))]
    elif kind == 6:
        parts[at], parts[to] = parts[to], parts[at]
    elif kind == 7:
        parts[at] = rng.choice((str.upper, str.title, str.swapcase, str.casefold))(parts[at])
    elif kind == 8:
        parts[at] = piece(rng)
    else:
        parts[at:at] = [rng.choice(("\x1e", "\n\n")), rng.choice(PROSE), " "]
    return "".join(parts)


def text_of(data: bytes) -> str:
    """Bytes as text; lone surrogates, which JSON can hold, too."""
    return data.decode("utf-8", "surrogatepass" if _holds_surrogates(data) else "replace")


def _holds_surrogates(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def bytes_of(text: str, most: int) -> bytes:
    return text.encode("utf-8", "surrogatepass")[:most]
