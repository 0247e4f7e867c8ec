"""Somebody who listens where a database should be, and asks whoever comes for the password."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

SSL_REQUEST = (80877103).to_bytes(4)
ASK_FOR_CLEARTEXT = b"R" + (8).to_bytes(4) + (3).to_bytes(4)


def refusal(words: str, code: str = "XX000") -> bytes:
    """How a server says that nobody may come in: a `FATAL` error."""
    fields = b"".join(field.encode() + b"\0" for field in ("SFATAL", f"C{code}", f"M{words}")) + b"\0"
    return b"E" + (len(fields) + 4).to_bytes(4) + fields


class Listener:
    """`heard` is all that was sent to it, as it was before encryption; `answer` is what it answers to who comes.

    Without a key it takes plain lines only.
    """

    def __init__(
        self, key: Path | None = None, certificate: Path | None = None, answer: bytes = ASK_FOR_CLEARTEXT
    ) -> None:
        self._answer = answer
        self.heard = b""
        self.port = 0
        self._tls: ssl.SSLContext | None = None
        if key is not None and certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate, key)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Listener"]:
        async with await asyncio.start_server(self._talk, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            yield self

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._listen(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # it went away
        finally:
            writer.close()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await self._message(reader) == SSL_REQUEST:
            writer.write(b"N" if self._tls is None else b"S")
            if self._tls is not None:
                await writer.start_tls(self._tls)
            await self._message(reader)
        writer.write(self._answer)
        while data := await reader.read(1000):
            self.heard += data

    async def _message(self, reader: asyncio.StreamReader) -> bytes:
        """A message without a letter, as the first ones are; without its length."""
        length = int.from_bytes(await reader.readexactly(4))
        message = await reader.readexactly(length - 4)
        self.heard += message
        return message
