"""With glibc, memory that was let go of goes back and threads share arenas; elsewhere nothing happens, and nothing fails."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys

import psutil
import pytest

from briefs import memory

MEGABYTE = 2**20
with_glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="malloc_trim and mallopt are glibc's")

# Prints the address space in MB that eight threads at work take, their stacks included.
AT_WORK = """
import threading, psutil
{first}
met = threading.Barrier(9)
def work():
    held = bytes(10_000)
    met.wait(), met.wait()
before = psutil.Process().memory_info().vms
for _ in range(8):
    threading.Thread(target=work, daemon=True).start()
met.wait()
print((psutil.Process().memory_info().vms - before) // 2**20)
met.wait()
"""


@with_glibc
def test_memory_that_is_free_before_what_is_held_goes_back():
    held = [bytes([1]) * 2_000 for _ in range(50_000)]  # 100 MB
    del held[:-1]
    before = resident()
    memory.give_back()
    assert before - resident() > 50 * MEGABYTE


def resident() -> int:
    return psutil.Process().memory_info().rss


@with_glibc
def test_many_threads_share_two_arenas():
    few = "from briefs.memory import keep_few_arenas; keep_few_arenas()"
    assert at_work(few) + 200 < at_work("")


def at_work(first: str) -> int:
    command = [sys.executable, "-c", AT_WORK.format(first=first)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("step", [memory.keep_few_arenas, memory.give_back])
@pytest.mark.parametrize(
    "problem", [TypeError("argument of type 'NoneType' is not iterable"), AttributeError("mallopt")]
)
def test_another_system_fails_at_nothing(monkeypatch, step, problem):
    def library(_name):
        raise problem

    monkeypatch.setattr(ctypes, "CDLL", library)
    step()
