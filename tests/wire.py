"""Relays between clients and PostgreSQL: one counts what goes over the wire, one keeps answers waiting."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from db.postgres import pool

BOUNDARIES = ("BEGIN", "COMMIT", "ROLLBACK")

Hear = Callable[[bytes], Awaitable[None] | None]


@dataclass
class Count:
    """What clients have sent since the last `reset`, connecting left out.

    `statements` are those that were run, `boundaries` the BEGIN, COMMIT and ROLLBACK among them, kept apart; `trips`
    are the times that a client had to wait for an answer.
    """

    statements: list[str] = field(default_factory=list)
    boundaries: list[str] = field(default_factory=list)
    trips: int = 0

    def reset(self) -> None:
        self.statements.clear()
        self.boundaries.clear()
        self.trips = 0

    def ran(self, sql: str) -> None:
        (self.boundaries if sql.startswith(BOUNDARIES) else self.statements).append(sql)


class Conversation:
    """One client's: cuts its bytes into messages (a letter, four bytes of length, a body) and counts them."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self._buffer = b""
        self._greeted = False
        self._answered = False
        self._parsed = ""

    def hear_client(self, data: bytes) -> None:
        self._buffer += data
        if not self._greeted:  # the first message has no letter
            self._buffer = self._buffer[int.from_bytes(self._buffer[:4]) :]
            self._greeted = True
            return
        while len(self._buffer) >= 5 and len(self._buffer) > (length := int.from_bytes(self._buffer[1:5])):
            self._hear_message(self._buffer[:1], self._buffer[5 : length + 1])
            self._buffer = self._buffer[length + 1 :]

    def hear_server(self, data: bytes) -> None:
        self._answered = True

    def _hear_message(self, letter: bytes, body: bytes) -> None:
        if self._answered and letter != b"X":  # nobody waits for the answer to a good-bye
            self._count.trips += 1
            self._answered = False
        if letter == b"Q":
            self._count.ran(body.rstrip(b"\0").decode())
        elif letter == b"P":
            self._parsed = body.split(b"\0")[1].decode()
        elif letter == b"E":
            self._count.ran(self._parsed)


@asynccontextmanager
async def counted(target: pool.Target) -> AsyncIterator[tuple[pool.Target, Count]]:
    """The database `target` by way of a port of this machine, and the count of what goes through it."""
    count = Count()

    def hearing() -> tuple[Hear, Hear]:
        talk = Conversation(count)
        return talk.hear_client, talk.hear_server

    async with _relayed(target, hearing) as relay:
        yield relay, count


@asynccontextmanager
async def kept_waiting(target: pool.Target, answering: Callable[[], Awaitable[None]]) -> AsyncIterator[pool.Target]:
    """The database `target` by way of a port of this machine; each answer waits for `answering` to end.

    Where that raises a `ConnectionError`, the answer is lost and the line is cut.
    """

    async with _relayed(target, lambda: (lambda _: None, lambda _: answering())) as relay:
        yield relay


@asynccontextmanager
async def _relayed(target: pool.Target, hearing: Callable[[], tuple[Hear, Hear]]) -> AsyncIterator[pool.Target]:
    """A port that leads to `target`; for each client, `hearing` gives what hears the client and what the server."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hear_client, hear_server = hearing()
        from_server, to_server = await connect(target)
        await asyncio.gather(_pass(reader, to_server, hear_client), _pass(from_server, writer, hear_server))

    async with await asyncio.start_server(converse, "127.0.0.1", 0) as server:
        yield replace(target, host="127.0.0.1", port=server.sockets[0].getsockname()[1])


async def connect(target: pool.Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the server of `target`, on which nothing is said yet."""
    if target.host.startswith("/"):
        return await asyncio.open_unix_connection(f"{target.host}/.s.PGSQL.{target.port}")
    return await asyncio.open_connection(target.host, target.port)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hear: Hear) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            if waiting := hear(data):
                await waiting
            writer.write(data)
            await writer.drain()
    writer.close()
