"""Inputs that broke a promise, kept: as small as they can be made, each under the name of what it broke."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FINDINGS = Path(__file__).parent / "findings"
LARGEST = 100_000  # bytes of a finding that is kept beside the tests


def keep(folder: Path, kind: str, data: bytes) -> Path:
    """Write an input into a folder, once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind.lower()}-{hashlib.sha256(data).hexdigest()[:10]}"
    path.write_bytes(data)
    return path


def smallest(data: bytes, breaks: Callable[[bytes], bool], *, seconds: float = 30.0) -> bytes:
    """Leave out of an input whatever it breaks its promise without, in ever smaller pieces."""
    until = time.process_time() + seconds
    size = len(data) // 2
    while size and time.process_time() < until:
        at = 0
        while at < len(data) and time.process_time() < until:
            less = data[:at] + data[at + size :]
            if breaks(less):
                data = less
            else:
                at += size
        size //= 2
    return data
