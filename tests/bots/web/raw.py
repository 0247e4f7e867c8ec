"""Requests as no well-behaved client sends them."""

import asyncio
from urllib.parse import urlsplit


async def ask(
    address: str, target: bytes, *headers: bytes, method: bytes = b"GET", host: bytes = b"localhost"
) -> bytes:
    """The whole answer to one request whose target is sent as it is."""
    lines = [method + b" " + target + b" HTTP/1.1", b"Host: " + host, b"Connection: close", *headers]
    return await send(address, b"\r\n".join(lines) + b"\r\n\r\n")


async def send(address: str, request: bytes) -> bytes:
    """The whole answer to `request`, sent as it is."""
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])
