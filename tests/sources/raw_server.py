"""A real HTTP server on loopback that sends whatever a test gives it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress

SILENCE = b""


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Write a response as bytes; "{port}" in it becomes the server's own."""
    fields = {"Content_Length": len(body), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


@asynccontextmanager
async def serving(talk, host: str = "127.0.0.1", port: int = 0, ssl=None):
    """Let ``talk(reader, writer)`` answer each connection; yields the address."""
    talks: set[asyncio.Task] = set()

    async def answer(reader, writer):
        talks.add(asyncio.current_task())
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            await talk(reader, writer)
        if ssl or writer.transport.get_write_buffer_size() > 0:
            writer.transport.abort()
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()

    listener = await asyncio.start_server(answer, host, port, ssl=ssl)
    async with listener:
        yield f"http://{host}:{listener.sockets[0].getsockname()[1]}"
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


@asynccontextmanager
async def server(*responses: bytes, **where):
    """Answer one request after the other with raw bytes; yields the address and the requests as received."""
    requests: list[str] = []
    left = list(responses)

    async def talk(reader, writer):
        while left:
            requests.append((await reader.readuntil(b"\r\n\r\n")).decode())
            response = left.pop(0)
            if response is SILENCE:
                await asyncio.sleep(5)
            port = writer.get_extra_info("sockname")[1]
            writer.write(response.replace(b"{port}", str(port).encode()))
            await writer.drain()

    async with serving(talk, **where) as url:
        yield url, requests


@asynccontextmanager
async def site(pages: dict[str, bytes], *, seconds: float = 0.0):
    """Serve pages by their path, 404 for others, after some seconds; yields the address and the paths asked for."""
    asked: list[str] = []

    async def talk(reader, writer):
        while True:
            path = (await reader.readuntil(b"\r\n\r\n")).decode().split()[1]
            asked.append(path)
            await asyncio.sleep(seconds)
            response = pages.get(path, reply(status="404 Not Found"))
            if response is SILENCE:
                await asyncio.sleep(5)
            writer.write(response)
            await writer.drain()

    async with serving(talk) as url:
        yield url, asked
