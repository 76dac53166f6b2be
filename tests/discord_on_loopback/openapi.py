"""What Discord's own description of its HTTP interface says of a request or an answer.

The description (``../shared/discord/openapi.json``) is read in place; where it is absent nothing is judged. Of JSON Schema
2020-12 only what that file uses is understood. Where it says ``oneOf``, one that fits or more are taken: its alternatives
often differ only in what they leave open.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
_INTEGERS = {"int32": 2**31, "int64": 2**63}
_KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": (int, float),
}
_DISCORDPY_SENDS_INTEGERS = {
    "message_id",
    "channel_id",
    "guild_id",
    "recipient_id",
    "users",
    "roles",
}  # snowflakes, which Discord takes


class Description:
    """Discord's description. Each judgement is a list of sentences, empty for what is right."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._routes = [(_pattern(path), path) for path in sorted(document["paths"], key=_specific)]

    def request(self, method: str, path: str, body: object) -> list[str]:
        """Judge what a client sends to a path below the interface's base."""
        operation = self._operation(method, path)
        if operation is None:
            return [f"Discord has no {method} {path}"]
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return [f"{method} {path} takes no body"] if body is not None else []
        return self.problems(schema, _as_strings(body), "body")

    def answer(self, method: str, path: str, status: int, body: object) -> list[str]:
        """Judge an answer; one of trouble behind Discord's door (500 and more) is nowhere described."""
        operation = self._operation(method, path)
        if operation is None or status >= 500:
            return []
        responses = operation["responses"]
        found = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        if found is None:
            return [f"{method} {path} does not answer {status}"]
        schema = self._resolved(found).get("content", {}).get("application/json", {}).get("schema")
        return self.problems(schema, body, "answer") if schema else []

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        for pattern, name in self._routes:
            operation = self._document["paths"][name].get(method.lower())
            if operation and pattern.fullmatch(path):
                return operation
        return None

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            found: Any = self._document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def problems(self, schema: Any, value: object, at: str) -> list[str]:
        """Return what is wrong with a value, at most a few sentences."""
        schema = self._resolved(schema)
        found = [*_typed(schema, value, at), *_bounded(schema, value, at)]
        if found:
            return found
        for part in schema.get("allOf", ()):
            found += self.problems(part, value, at)
        for choice in ("oneOf", "anyOf"):
            if choice in schema:
                meant = [part for part in schema[choice] if value is None or part.get("type") != "null"]
                found += min((self.problems(part, value, at) for part in meant), key=partial(_far, at))
        if isinstance(value, dict):
            found += self._of_object(schema, value, at)
        elif isinstance(value, list) and "items" in schema:
            found += [
                problem
                for n, each in enumerate(value)
                for problem in self.problems(schema["items"], each, f"{at}[{n}]")
            ]
        return found

    def _of_object(self, schema: dict[str, Any], value: dict[str, Any], at: str) -> list[str]:
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        found = [f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, each in value.items():
            if name in known:
                found += self.problems(known[name], each, f"{at}.{name}")
            elif others is False:
                found.append(f"{at}: {name} is unknown")
            elif isinstance(others, dict):
                found += self.problems(others, each, f"{at}.{name}")
        return found


@lru_cache(maxsize=1)
def description() -> Description | None:
    """Read Discord's description; None where it is not at hand."""
    if not DESCRIPTION.exists():
        return None
    return Description(json.loads(DESCRIPTION.read_text(encoding="utf-8")))


def _far(at: str, problems: list[str]) -> tuple[bool, int]:
    """How far an alternative is from what was meant: one of another type is the farthest."""
    return any(each.startswith((f"{at}: ", f"{at}.type: ")) and "missing" not in each for each in problems), len(
        problems
    )


def _typed(schema: dict[str, Any], value: object, at: str) -> list[str]:
    if "type" in schema:
        kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if not any(_is(kind, value) for kind in kinds):
            return [f"{at}: {value!r:.60} is no {' or '.join(kinds)}"]
    if "const" in schema and value != schema["const"]:
        return [f"{at}: {value!r:.60} is not {schema['const']!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r:.60} is none of those allowed"]
    return []


def _is(kind: str, value: object) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS[kind])


def _bounded(schema: dict[str, Any], value: object, at: str) -> list[str]:
    if isinstance(value, str):
        long, pattern = len(value), schema.get("pattern")
        broken = pattern is not None and not re.search(pattern, value)
        wrong = broken or not schema.get("minLength", 0) <= long <= schema.get("maxLength", long)
    elif isinstance(value, list):
        twice = schema.get("uniqueItems") and len({json.dumps(each, sort_keys=True) for each in value}) < len(value)
        wrong = twice or not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
    elif isinstance(value, dict):
        wrong = not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        most = _INTEGERS.get(schema.get("format", ""), float("inf"))
        wrong = not schema.get("minimum", -most) <= value <= schema.get("maximum", most)
    else:
        wrong = False
    return [f"{at}: {value!r:.60} is out of bounds"] if wrong else []


def _as_strings(value: Any) -> Any:
    """Turn the snowflakes that discord.py sends as integers into strings; Discord takes both."""
    if isinstance(value, list):
        return [_as_strings(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _numbers_as_strings(each) if name in _DISCORDPY_SENDS_INTEGERS else _as_strings(each)
        for name, each in value.items()
    }


def _numbers_as_strings(value: Any) -> Any:
    if isinstance(value, list):
        return [_numbers_as_strings(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)))


def _specific(path: str) -> int:
    """Paths with fewer blanks first: /messages/@original before /messages/{message_id}."""
    return path.count("{")
