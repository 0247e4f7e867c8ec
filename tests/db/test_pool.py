"""How the pool connects: with TLS where the line leaves this machine, and leaving nothing open."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core import errors
from db.postgres import pool
from db.postgres.database import Database
from tests import certificates, pgbouncer


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that a server which gave up root may read."""
    with TemporaryDirectory(prefix="kickbot-tls-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def with_tls(postgres_server: pool.Target, folder: Path) -> Iterator[pool.Target]:
    """The databases through a pooler that speaks TLS only, with a certificate of its own for `localhost`."""
    key, certificate = certificates.make(folder, "localhost")
    key.chmod(0o644)
    lines = ("client_tls_sslmode = require", f"client_tls_key_file = {key}", f"client_tls_cert_file = {certificate}")
    with pgbouncer.in_front_of(postgres_server, *lines) as target:
        yield replace(target, host="localhost", tls=True)


async def answers(target: pool.Target) -> bool:
    async with pool.open_pool(target) as connections:
        return bool(await Database(connections).fetchval("SELECT true"))


async def test_tls_without_a_certificate_at_hand(with_tls: pool.Target) -> None:
    assert await answers(with_tls)
    with pytest.raises(errors.DatabaseUnavailable):
        await answers(replace(with_tls, tls=False))


async def test_tls_with_the_servers_certificate_verified(with_tls: pool.Target, folder: Path) -> None:
    ca = (folder / "localhost.crt").read_text()
    assert await answers(replace(with_tls, ca=ca))
    with pytest.raises(errors.DatabaseUntrusted):
        await answers(replace(with_tls, host="127.0.0.1", ca=ca))
    _, strange = certificates.make(folder, "strange")
    with pytest.raises(errors.DatabaseUntrusted):
        await answers(replace(with_tls, ca=strange.read_text()))


async def test_a_line_that_leaves_this_machine_is_never_plain(pgbouncer: pool.Target) -> None:
    """`0.0.0.0` leads here, and is not this machine's own address by name."""
    assert await answers(pgbouncer)
    with pytest.raises(errors.DatabaseUnavailable):
        await answers(replace(pgbouncer, host="0.0.0.0"))
    assert await answers(replace(pgbouncer, host="0.0.0.0", tls=False))


async def test_no_connection_before_one_is_needed(target: pool.Target, free_port: int) -> None:
    async with pool.open_pool(replace(target, host="127.0.0.1", port=free_port)) as connections:
        assert connections.get_size() == 0


async def test_the_end_waits_for_work(target: pool.Target) -> None:
    async with pool.open_pool(target) as connections:
        working = asyncio.create_task(Database(connections).fetchval("SELECT 'done' FROM pg_sleep(0.2)"))
        await asyncio.sleep(0.05)
    assert await working == "done"


async def test_work_that_comes_after_the_end(target: pool.Target) -> None:
    async with pool.open_pool(target) as connections:
        database = Database(connections)
    with pytest.raises(errors.DatabaseUnavailable):
        await database.fetchval("SELECT 1")


async def test_a_password_is_not_shown() -> None:
    assert "hush" not in repr(pool.Target("h", 1, "n", "u", "hush"))
