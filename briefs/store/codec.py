"""The frozen dataclasses of ``briefs.models`` as compact bytes, and back.

Records are kept by column: a tuple of a hundred mentions is one list of starts, one of ends, one of forms, and each entity
they name stands once. That reads several times quicker than a hundred records, and packs to a fraction of their size.
What a field holds is read from its type hint, once per type. A column that holds only its field's default is left out,
and a missing column takes the default, so a dataclass may gain fields with defaults and old records still read.
"""

from __future__ import annotations

import json
import sys
import types
import zlib
from collections import deque
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

from briefs.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

COMPRESSION = 3  # of 9: half the time of zlib's default for a few per cent more bytes


def pack(value: object) -> bytes:
    """Return a dataclass as compressed JSON."""
    return zlib.compress(dumps(type(value), (value,)).encode("ascii"), COMPRESSION)


def unpack(cls: type[T], packed: bytes) -> T:
    """Return the dataclass that ``pack`` was given. Raises StoreError where the bytes are damaged."""
    try:
        return loads(cls, zlib.decompress(packed), 1)[0]
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"A stored {cls.__name__.lower()} is damaged and cannot be read.") from error


def unpack_field(cls: type, name: str, packed: bytes) -> Any:
    """Return one field of the dataclass that ``pack`` was given, without making the others. Raises StoreError like ``unpack``."""
    try:
        return next(iter(_record(cls).field(name, json.loads(zlib.decompress(packed)))))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"A stored {cls.__name__.lower()} is damaged and cannot be read.") from error


def pack_text(text: str) -> bytes:
    """Return compressed text."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), COMPRESSION)


def unpack_text(packed: bytes) -> str:
    """Return the text that ``pack_text`` was given. Raises StoreError where the bytes are damaged."""
    try:
        return zlib.decompress(packed).decode("utf-8", "surrogatepass")
    except (zlib.error, ValueError) as error:
        raise StoreError("A stored text is damaged and cannot be read.") from error


def dumps(cls: type[T], values: Sequence[T]) -> str:
    """Return dataclasses of one type as JSON; only ASCII, so that a lone surrogate survives too."""
    return json.dumps(_column(cls).encode(values), separators=(",", ":"))


def loads(cls: type[T], text: str | bytes, count: int) -> tuple[T, ...]:
    """Return the dataclasses that ``dumps`` was given; ``count`` is how many they were."""
    return tuple(_column(cls).decode(json.loads(text), count))


class Column(Protocol):
    """How the values of one type, in a row, become JSON's own types and come back."""

    def encode(self, values: Sequence[Any]) -> Any:
        """Return what JSON can hold."""
        ...

    def decode(self, stored: Any, count: int) -> Iterable[Any]:
        """Return the ``count`` values that ``encode`` was given, as a list where they are not all one."""
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """Strings and numbers as they are; where all are one, it stands once and in no list."""

    write: Callable[[Any], Any] | None = None  # for values that JSON does not know: times, enumerations
    read: Callable[[Any], Any] | None = None

    def encode(self, values: Sequence[Any]) -> Any:
        written = values if self.write is None else [self.write(value) for value in values]
        if len(values) > 1 and len(set(written)) == 1 and len(set(map(type, written))) == 1:
            return written[0]
        return list(written)

    def decode(self, stored: Any, count: int) -> Iterable[Any]:
        if isinstance(stored, list):
            return stored if self.read is None else list(map(self.read, stored))
        return repeat(stored if self.read is None else self.read(stored), count)


@dataclass(frozen=True, slots=True)
class Maybe:
    """``X | None``: the places of the Nones, and the rest as a column."""

    present: Column

    def encode(self, values: Sequence[Any]) -> Any:
        absent = [place for place, value in enumerate(values) if value is None]
        return [absent, self.present.encode([value for value in values if value is not None])]

    def decode(self, stored: Any, count: int) -> Iterable[Any]:
        absent, rest = stored
        values = list(self.present.decode(rest, count - len(absent)))
        for place in absent:
            values.insert(place, None)
        return values


@dataclass(frozen=True, slots=True)
class Many:
    """``tuple[X, ...]``: how long each is, and all that they hold as one column."""

    each: Column

    def encode(self, values: Sequence[Any]) -> Any:
        return [[len(value) for value in values], self.each.encode([one for value in values for one in value])]

    def decode(self, stored: Any, count: int) -> Iterable[Any]:  # noqa: ARG002 - the lengths say how many
        lengths, rest = stored
        flat = iter(self.each.decode(rest, sum(lengths)))
        return [tuple(islice(flat, length)) for length in lengths]


@dataclass(frozen=True, slots=True)
class Fixed:
    """``tuple[X, Y]``: one column for each place."""

    places: tuple[Column, ...]

    def encode(self, values: Sequence[Any]) -> Any:
        return [column.encode([value[place] for value in values]) for place, column in enumerate(self.places)]

    def decode(self, stored: Any, count: int) -> Iterable[Any]:
        places = (column.decode(rest, count) for column, rest in zip(self.places, stored, strict=True))
        return list(zip(*places, strict=True))


@dataclass(frozen=True, slots=True)
class Record:
    """A dataclass: a column for each field; with many equal values, each once and a list of which is where.

    Records are made empty and filled column by column: calling a frozen dataclass for each takes four times as long.
    """

    cls: Any
    columns: dict[str, Column]
    defaults: dict[str, Any]
    slots: dict[str, Callable[[Any, Any], None]]  # what sets each field

    def encode(self, values: Sequence[Any]) -> Any:
        places: dict[Any, int] = {}
        for value in values:
            places.setdefault(value, len(places))
        if len(places) * 2 > len(values):
            return self._columns(values)
        return [[places[value] for value in values], len(places), self._columns(list(places))]

    def _columns(self, values: Sequence[Any]) -> dict[str, Any]:
        held = {name: [getattr(value, name) for value in values] for name in self.columns}
        telling = {name: column for name, column in held.items() if any(each != self.defaults[name] for each in column)}
        return {name: self.columns[name].encode(column) for name, column in telling.items()}

    def decode(self, stored: Any, count: int) -> Iterable[Any]:
        if not count:
            return ()
        if isinstance(stored, list):
            places, distinct, rest = stored
            return list(map(self._records(rest, distinct).__getitem__, places))
        return self._records(stored, count)

    def field(self, name: str, stored: dict[str, Any]) -> Iterable[Any]:
        """Return one field of a single record."""
        return self._field(name, stored, 1)

    def _records(self, stored: dict[str, Any], count: int) -> list[Any]:
        made = list(map(object.__new__, repeat(self.cls, count)))
        for name, fill in self.slots.items():
            column = self._field(name, stored, count)
            if isinstance(column, list) and len(column) != count:
                raise ValueError(f"the stored {self.cls.__name__} has {len(column)} for {name}, not {count}")
            deque(map(fill, made, column), maxlen=0)
        return made

    def _field(self, name: str, stored: dict[str, Any], count: int) -> Iterable[Any]:
        if name in stored:
            return self.columns[name].decode(stored[name], count)
        if self.defaults[name] is MISSING:
            raise ValueError(f"the stored {self.cls.__name__} has no {name}")
        return repeat(self.defaults[name], count)


def _find_column(hint: Any) -> Column:
    """Return how values of this type are kept; a type that cannot be is refused when first met."""
    if is_dataclass(hint):
        return _record(hint)
    if hint is datetime:
        return Plain(datetime.isoformat, datetime.fromisoformat)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Plain(_value, {member.value: member for member in hint}.__getitem__)
    if get_origin(hint) is Literal:
        return Plain(read=sys.intern)  # the same few words in every fact: a tenth of what a reading takes
    if hint in (str, int, float, bool):
        return Plain()
    return _container(hint, get_args(hint))


_column: Callable[[Any], Column] = cache(_find_column)


def _container(hint: Any, arguments: tuple[Any, ...]) -> Column:
    if get_origin(hint) in (Union, types.UnionType) and len(arguments) == 2 and arguments[1] is type(None):
        return Maybe(_column(arguments[0]))
    if get_origin(hint) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return Many(_column(arguments[0]))
    if get_origin(hint) is tuple and arguments:
        return Fixed(tuple(map(_column, arguments)))
    raise TypeError(f"{hint!r} cannot be stored")


def _record(cls: Any) -> Record:
    hints = get_type_hints(cls)
    columns = {each.name: _column(hints[each.name]) for each in fields(cls)}
    slots = {name: getattr(cls, name, None) for name in columns}
    if not all(isinstance(slot, types.MemberDescriptorType) for slot in slots.values()):
        raise TypeError(f"{cls.__name__} cannot be stored: it has no slots")
    defaults = {each.name: _default(each) for each in fields(cls)}
    return Record(cls, columns, defaults, {name: slot.__set__ for name, slot in slots.items() if slot is not None})


def _default(each: Field[Any]) -> Any:
    return each.default if each.default_factory is MISSING else each.default_factory()


def _value(member: Enum) -> Any:
    return member.value
