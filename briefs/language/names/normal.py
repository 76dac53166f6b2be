"""Names in a form in which they can be compared."""

from __future__ import annotations

from functools import lru_cache

from briefs.language.names import words

_FOLDED = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})
# What a country is called besides its name: the same everywhere and at all times.
_SAME: dict[str, str] = {
    "us": "united states",
    "usa": "united states",
    "united states of america": "united states",
    "america": "united states",
    "uk": "united kingdom",
    "great britain": "united kingdom",
    "britain": "united kingdom",
    "eu": "european union",
    "un": "united nations",
    "uae": "united arab emirates",
}


_STATES: dict[str, str] = {  # as newspapers abbreviate them, with a stop
    "ala": "alabama", "ariz": "arizona", "ark": "arkansas", "calif": "california", "colo": "colorado", "conn": "connecticut",
    "del": "delaware", "fla": "florida", "ga": "georgia", "ill": "illinois", "ind": "indiana", "kan": "kansas",
    "ky": "kentucky", "la": "louisiana", "me": "maine", "md": "maryland", "mass": "massachusetts", "mich": "michigan",
    "minn": "minnesota", "miss": "mississippi", "mo": "missouri", "mont": "montana", "neb": "nebraska", "nev": "nevada",
    "nh": "new hampshire", "nj": "new jersey", "nm": "new mexico", "ny": "new york", "nc": "north carolina",
    "nd": "north dakota", "okla": "oklahoma", "ore": "oregon", "pa": "pennsylvania", "ri": "rhode island",
    "sc": "south carolina", "sd": "south dakota", "tenn": "tennessee", "tex": "texas", "vt": "vermont", "va": "virginia",
    "wash": "washington", "wva": "west virginia", "wis": "wisconsin", "wyo": "wyoming",
}  # fmt: skip
_DEMONYM = 5  # letters that a land and its people share: "Russia", "Russian"
UNIONS = frozenset({"european union", "united nations"})
_COUNTRIES = frozenset(_SAME.values()) - UNIONS


def is_country(name: str) -> bool:
    """Tell whether a name is one of a country that has several."""
    return key(name) in _COUNTRIES


@lru_cache(maxsize=16_384)  # 4 MB
def key(name: str) -> str:
    """Fold a name: small letters, plain marks, no article, no stops in abbreviations, no possessive."""
    capitals = name.replace(".", "")
    folded = " ".join(name.translate(_FOLDED).split()).lower().removesuffix("'s").removesuffix("'").strip(" .,;:\"'-")
    folded = folded.removeprefix("the ")
    if "." in folded:
        folded = folded.replace(". ", " ").replace(".", "")
    if folded == "us" and capitals.removeprefix("the ").removeprefix("The ") != "US":
        return folded  # the pronoun
    if name.endswith(".") and name[:1].isupper() and folded in _STATES:
        return _STATES[folded]
    parts = folded.split()
    while len(parts) > 1 and parts[-1].strip(",") in words.COMPANY_FORMS - {"group", "company"}:
        parts.pop()
    folded = " ".join(parts).rstrip(",")
    return _SAME.get(folded, folded)


@lru_cache(maxsize=8_192)  # 3 MB
def person_parts(name: str) -> tuple[str, ...]:
    """Split a person's name into its folded parts, without suffixes and initials in the middle."""
    parts = [part for part in key(name).replace(",", " ").split() if part not in words.SUFFIXES]
    if len(parts) > 2:
        parts = [parts[0], *(part for part in parts[1:-1] if len(part) > 1), parts[-1]]
    return tuple(parts)


def is_junior(name: str) -> bool:
    """Tell whether a name ends in "Jr.": the one ending that tells a son from a father both in the news."""
    return key(name).split()[-1:] == ["jr"]


def acronym(name: str) -> str:
    """Return the initials of the words of a name that are written with a capital: "ISS"."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper()).upper()


def is_acronym(name: str) -> bool:
    """Tell whether a name is written in capitals like an acronym: "OECD", "F.B.I."."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


@lru_cache(maxsize=8_192)  # 4 MB
def stems(word: str) -> frozenset[str]:
    """Fold a word so that "Russia's", "Russia" and "Russian" or "agency" and "agencies" meet in one of its stems."""
    folded = key(word)
    found = {folded, folded.removesuffix("s")}
    if folded.endswith("ies"):
        found.add(folded[:-3] + "y")
    if word[:1].isupper() and len(folded) >= _DEMONYM:
        found.add("~" + folded[:_DEMONYM])
    return frozenset(found)


@lru_cache(maxsize=1024)
def same_office(noun: str) -> frozenset[str]:
    """Return the nouns that name the same office: "chief", "head", "director" and so on."""
    office = words.ABBREVIATED.get(noun.rstrip("."), noun)
    groups = [group for group in words.OFFICES if office in group]
    return frozenset({noun, office}).union(*groups)


def letters(name: str) -> str:
    """Return an acronym in capitals without its stops."""
    return name.replace(".", "").upper()


def abbreviates(short: str, name: str) -> bool:
    """Tell whether the letters of an acronym stand in this order among the initials of a name."""
    initials = iter(acronym(name))
    return all(letter in initials for letter in letters(short))


def distance(one: str, other: str, limit: int) -> int:
    """Count the letters to change, add, drop or swap from one word to another; ``limit`` + 1 stands for more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
