"""Tokens: which names and values in an address are secrets. Rules of thumb that would rather hide too much."""

from __future__ import annotations

import re

_SECRET_NAME = re.compile(
    r"(?:.*[^a-z])?(?:key|keys|auth|authorization|sig|sign|pass|passwd|pwd|pw|hash|hmac|session|sid|jwt|bearer|credentials?)"
    r"|.*(?:token|secret|password|passphrase|signature|session_?id|(?:api|app|access|auth|feed|rss|user|private)key)",
    re.DOTALL,
)
_PUBLIC_NAME = re.compile(r"(?:channel|playlist)_id|list")  # YouTube's, long and mixed, and everybody's
_CHANNEL = re.compile(r"UC[\w-]{22}")
_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}[0-9]?$")
_UUID_OR_HEX = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{20,})(?![0-9a-z])",
    re.IGNORECASE,
)
_RUNS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")  # of one kind: "iPhone15" has three
_LONG = 20  # shorter values are secrets by their name alone
_RANDOM = 16  # characters in no words, in a long value, make it a token


def is_public_name(name: str) -> bool:
    """Say whether a parameter's value may be shown, however random it looks."""
    return _PUBLIC_NAME.fullmatch(name.lower()) is not None


def is_secret_name(name: str) -> bool:
    """Say whether a parameter's value is a secret by its name."""
    return _SECRET_NAME.fullmatch(name.lower()) is not None


def is_token(text: str) -> bool:
    """Say whether a text is long and not made of words, dates and numbers."""
    text = _EXTENSION.sub("", text)
    if len(text) < _LONG or _CHANNEL.fullmatch(text):
        return False
    if _UUID_OR_HEX.search(text):
        return True
    return sum(len(chunk) for chunk in re.findall(r"[A-Za-z0-9]+", text) if not _is_plain(chunk)) >= _RANDOM


def _is_plain(chunk: str) -> bool:
    """Say whether letters and digits follow one another as in words, names and dates, and not all too often."""
    runs = len(_RUNS.findall(chunk))
    if not chunk.isalpha():
        return (runs < 3 or (runs < 6 and 2 * len(chunk) >= 5 * runs)) and _is_spoken(chunk)
    return (runs < 3 or 2 * len(chunk) >= 7 * runs) and _is_spoken(chunk)


def _is_spoken(chunk: str) -> bool:
    """Say whether many letters have the vowels of words, two in five; of random ones it is one in five."""
    letters = sum(letter.isalpha() for letter in chunk)
    return letters < _RANDOM or 4 * sum(letter in "aeiouyAEIOUY" for letter in chunk) > letters
