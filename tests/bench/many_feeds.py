"""Many publishers in one process, each on an address of its own in 127.0.0.0/8: what the bench of polling polls.

    python many_feeds.py COUNT

prints the port they share. It answers after 50 ms, with 304 to who knows what is there. Told "new" on a line of its own, every
hundredth publisher publishes an article; told "sockets" it prints how many were open at once, and counts anew.
"""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import sys
from contextlib import suppress

LATENCY = 0.05  # seconds
NEWS_OF = 100  # one of so many publishers has something new
FEED = '<rss version="2.0"><channel><title>Desk {k}</title>{items}</channel></rss>'
ITEM = (
    "<item><title>Desk {k} counts boats, part {n}</title><guid>{k}-{n}</guid><link>http://{host}/{n}</link><description>"
    "{told}</description></item>"
)
TOLD = (
    "The harbour office of Sarn counted {n} boats on pier {k}. Its head, Ada Brink, said that {k} of them will leave. "
)


def address(k: int) -> str:
    return f"127.{1 + k // 62_500}.{k // 250 % 250}.{1 + k % 250}"


class Publishers:
    """The publishers, and how many connections to them are open."""

    def __init__(self) -> None:
        self.published = 0
        self.open = self.most = 0

    def answer(self, k: int, asked: bytes) -> bytes:
        news = self.published if k % NEWS_OF == 0 else 0
        tag = f'ETag: "{k}-{news}"'.encode()
        if f'"{k}-{news}"'.encode() in asked:
            return b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n\r\n"
        told = (TOLD.format(k=k, n=n) * 12 for n in range(1, news + 1))
        items = "".join(ITEM.format(k=k, n=n, host=address(k), told=text) for n, text in enumerate(told, 1))
        body = FEED.format(k=k, items=items).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + tag
        return head + f"\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    async def listen(self, k: int, port: int) -> int:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.open += 1
            self.most = max(self.most, self.open)
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    asked = await reader.readuntil(b"\r\n\r\n")
                    await asyncio.sleep(LATENCY)
                    writer.write(self.answer(k, asked))
            self.open -= 1
            writer.close()

        listening = socket.create_server((address(k), port), backlog=8)
        await asyncio.start_server(talk, sock=listening)
        return listening.getsockname()[1]

    def told(self) -> None:
        """Do what the bench says; several lines may come at once, and none when it is gone."""
        lines = os.read(sys.stdin.fileno(), 1_000).decode().split()
        for line in lines:
            if line == "new":
                self.published += 1
            else:
                print(self.most, flush=True)
                self.most = self.open
        if not lines:
            sys.exit()


async def main(count: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    publishers = Publishers()
    port = await publishers.listen(0, 0)
    for k in range(1, count):
        await publishers.listen(k, port)
    asyncio.get_running_loop().add_reader(sys.stdin, publishers.told)
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
