"""Unpacking a body as it arrives: never more than asked for at one time, and only what was asked for."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from zlib import _Decompress


class Unpacker:
    """Unpacks the pieces of one body. Raises httpx.DecodingError for an encoding nobody asked for."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding.strip().lower()
        self._inner: _Decompress | None = None
        if self._encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise httpx.DecodingError(f"unknown content encoding {encoding!r}")

    @property
    def _plain(self) -> bool:
        return self._encoding in {"", "identity"}

    def unpack(self, piece: bytes, limit: int) -> bytes:
        """Return what a piece holds, at most ``limit`` bytes of it (more than 0). Raises zlib.error."""
        if self._plain or not piece:
            return piece
        if self._inner is None:
            self._inner = zlib.decompressobj(self._window(piece[0]))
        if self._inner.eof:  # what follows is rubbish, and kept would cost memory
            return b""
        return self._inner.decompress(piece, limit)

    def finish(self) -> None:
        """Check that the body is whole. Raises zlib.error."""
        if self._inner is not None and not self._inner.eof:
            raise zlib.error("the packed body ends too early")

    def _window(self, first: int) -> int:
        """Servers send "deflate" with or without the zlib header it should have."""
        if self._encoding != "deflate":
            return zlib.MAX_WBITS | 16
        return zlib.MAX_WBITS if first & 0x0F == 8 else -zlib.MAX_WBITS
