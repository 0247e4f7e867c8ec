"""A relay between clients and PostgreSQL that cuts the line at the worst moment: when something is done, unanswered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from db.postgres import pool
from tests import wire


@dataclass
class Cuts:
    """What the relay is to do to its clients; nothing, until a test says so.

    The next `times` statements that contain `sql` (such as `COMMIT`) are passed on, and when the server has answered,
    the client's connection is cut instead; with `unsent` it is cut before they are passed on. `away` refuses who comes
    new; with `leaving` that begins at the next cut. While `silent` the end of a server's connection is not told to the
    client, but its last words are.
    """

    sql: str = ""
    times: int = 0
    unsent: bool = False
    away: bool = False
    leaving: bool = False
    silent: bool = False
    made: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def answers(self, sql: str, times: int = 1, *, leaving: bool = False) -> None:
        """Lose the answers to the next `times` statements that contain `sql`."""
        self.sql, self.times, self.unsent, self.leaving = sql, times, False, leaving

    def questions(self, sql: str, times: int = 1, *, leaving: bool = False) -> None:
        """Lose the next `times` statements that contain `sql` themselves."""
        self.sql, self.times, self.unsent, self.leaving = sql, times, True, leaving


@dataclass
class _Ears(wire.Count):
    """Hears what one client runs, and whether that dooms it."""

    cuts: Cuts = field(default_factory=Cuts)
    doomed: bool = False

    def ran(self, sql: str) -> None:
        if self.cuts.times and self.cuts.sql in sql:
            self.cuts.times -= 1
            self.cuts.made += 1
            self.cuts.away = self.cuts.away or self.cuts.leaving
            self.doomed = True


@asynccontextmanager
async def relayed(target: pool.Target) -> AsyncIterator[tuple[pool.Target, Cuts]]:
    """The database `target` by way of a port of this machine, and what to do to those who come that way."""
    cuts = Cuts()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if cuts.away:
            writer.close()
            return
        ears = _Ears(cuts=cuts)
        from_server, to_server = await wire.connect(target)
        await asyncio.gather(_ask(reader, to_server, writer, ears), _answer(from_server, writer, to_server, ears))

    async with await asyncio.start_server(converse, "127.0.0.1", 0) as server:
        yield replace(target, host="127.0.0.1", port=server.sockets[0].getsockname()[1]), cuts
        cuts.over.set()


async def _ask(
    reader: asyncio.StreamReader, server: asyncio.StreamWriter, client: asyncio.StreamWriter, ears: _Ears
) -> None:
    talk = wire.Conversation(ears)
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            talk.hear_client(data)
            if ears.doomed and ears.cuts.unsent:
                client.close()
                break
            server.write(data)
            await server.drain()
    server.close()


async def _answer(
    reader: asyncio.StreamReader, client: asyncio.StreamWriter, server: asyncio.StreamWriter, ears: _Ears
) -> None:
    with suppress(ConnectionError):
        while (data := await reader.read(65536)) and not ears.doomed:
            client.write(data)
            await client.drain()
    if ears.cuts.silent:
        await ears.cuts.over.wait()
    client.close()
    server.close()
