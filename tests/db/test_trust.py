"""A database elsewhere has to prove that it is the one meant before it is told a password."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core import errors
from db.postgres import pool, program
from db.postgres.database import Database
from tests import certificates, other_postgres, ports, postgres
from tests.fakes.postgres_server import Listener

PASSWORD = "hunter2"
RULES = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\nhostnossl all all 127.0.0.1/32 password\n"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that a server which runs as another user may enter."""
    with TemporaryDirectory(prefix="kickbot-trust-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[tuple[pool.Target, pool.Target]]:
    """A PostgreSQL that speaks TLS: by its socket, and as one comes to it from elsewhere, by the name `localhost`."""
    if other_postgres.programs("15") is None:
        pytest.skip("PostgreSQL 15 is not installed, and the embedded one speaks no TLS")
    certificate(folder, "localhost")
    (folder / "rules").write_text(RULES)
    port = str(ports.free_port())
    settings = {"listen_addresses": "127.0.0.1", "port": port, "hba_file": str(folder / "rules"), **tls(folder)}
    with other_postgres.running("15", folder, settings) as server:
        here = replace(server.target, port=int(port))
        elsewhere = replace(here, host="localhost", password=PASSWORD, tls=True)
        yield here, elsewhere


@pytest.fixture
async def elsewhere(server: tuple[pool.Target, pool.Target], folder: Path) -> pool.Target:
    """The server with its right certificate; not yet with an authority."""
    here, elsewhere = server
    await postgres.run(here, f"ALTER ROLE postgres PASSWORD '{PASSWORD}'")
    await shows(here, folder)
    return elsewhere


def certificate(folder: Path, name: str, valid: timedelta = timedelta(days=1)) -> str:
    """A certificate for the host `name`, with its key where the server may read it, as PEM text."""
    key, made = certificates.make(folder, name, valid)
    user = program.server_user(folder)
    if user is not None:
        os.chown(key, user.pw_uid, user.pw_gid)
    key.chmod(0o600)
    return made.read_text()


def tls(folder: Path, name: str = "localhost") -> dict[str, str]:
    return {"ssl": "on", "ssl_cert_file": f"{folder}/{name}.crt", "ssl_key_file": f"{folder}/{name}.key"}


async def shows(here: pool.Target, folder: Path, name: str = "localhost") -> None:
    """From now on the server shows that certificate."""
    for setting, value in tls(folder, name).items():
        await postgres.run(here, f"ALTER SYSTEM SET {setting} = '{value}'")
    await postgres.run(here, "SELECT pg_reload_conf()")
    while await postgres.ask(here, "SELECT current_setting('ssl_cert_file')") != f"{folder}/{name}.crt":
        pass


async def encrypted(target: pool.Target) -> bool:
    async with pool.open_pool(target) as connections:
        return bool(await Database(connections).fetchval("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))


def authority(folder: Path, name: str = "localhost") -> str:
    return (folder / f"{name}.crt").read_text()


async def test_the_right_server_is_trusted(elsewhere: pool.Target, folder: Path) -> None:
    assert await encrypted(replace(elsewhere, tls=None, ca=authority(folder))), "though `localhost` needs none"
    both = certificate(folder, "strange") + authority(folder)
    assert await encrypted(replace(elsewhere, ca=both))


async def test_one_of_another_authority_is_not(elsewhere: pool.Target, folder: Path) -> None:
    with pytest.raises(errors.DatabaseUntrusted, match="not from an authority in DB_SSL_CA") as refused:
        await encrypted(replace(elsewhere, ca=certificate(folder, "strange")))
    assert refused.value.detail.startswith(f"DB_SSL_CA: localhost:{elsewhere.port} was told no password, as ")
    with pytest.raises(errors.DatabaseUntrusted, match="not from an authority in DB_SSL_CA"):
        await encrypted(replace(elsewhere, ca=pool.SYSTEM))


async def test_one_of_another_name_is_not(
    server: tuple[pool.Target, pool.Target], elsewhere: pool.Target, folder: Path
) -> None:
    with pytest.raises(errors.DatabaseUntrusted, match="for another host than DB_HOST") as refused:
        await encrypted(replace(elsewhere, host="127.0.0.1", ca=authority(folder)))
    assert refused.value.detail.startswith("DB_HOST: 127.0.0.1:")
    other = certificate(folder, "elsewhere")
    await shows(server[0], folder, "elsewhere")
    with pytest.raises(errors.DatabaseUntrusted, match="for another host than DB_HOST"):
        await encrypted(replace(elsewhere, ca=other))


async def test_one_whose_certificate_has_expired_is_not(
    server: tuple[pool.Target, pool.Target], elsewhere: pool.Target, folder: Path
) -> None:
    (folder / "expired").mkdir(mode=0o755, exist_ok=True)
    old = certificate(folder / "expired", "localhost", timedelta(minutes=-1))
    await shows(server[0], folder / "expired")
    with pytest.raises(errors.DatabaseUntrusted, match="has expired") as refused:
        await encrypted(replace(elsewhere, ca=old))
    assert "Look at this machine's clock" in refused.value.detail


async def test_one_that_takes_plain_lines_only_is_not(
    server: tuple[pool.Target, pool.Target], elsewhere: pool.Target, folder: Path
) -> None:
    await postgres.run(server[0], "ALTER SYSTEM SET ssl = off")
    await postgres.run(server[0], "SELECT pg_reload_conf()")
    while await postgres.ask(server[0], "SELECT current_setting('ssl')") != "off":
        pass
    assert not await encrypted(replace(elsewhere, tls=False)), "by itself it would take the password"
    for ca in (None, authority(folder), pool.SYSTEM):
        with pytest.raises(errors.DatabaseUntrusted, match="takes no encrypted connections") as refused:
            await encrypted(replace(elsewhere, ca=ca))
        assert refused.value.detail.startswith("DB_HOST or DB_PORT: ")


@pytest.mark.parametrize("kind", ["strange", "elsewhere", "expired", "plain"])
async def test_nobody_else_is_told_the_password(folder: Path, kind: str) -> None:
    place = folder / f"listener-{kind}"
    place.mkdir()
    name = "elsewhere" if kind == "elsewhere" else "localhost"
    shown = certificates.make(place, name, timedelta(minutes=-1) if kind == "expired" else timedelta(days=1))
    trusted = certificates.make(folder, "trusted")[1] if kind == "strange" else shown[1]
    async with Listener(*(() if kind == "plain" else shown)).listening() as listener:
        target = pool.Target("localhost", listener.port, "postgres", "postgres", PASSWORD, True, trusted.read_text())
        with pytest.raises(errors.DatabaseUntrusted) as refused:
            await encrypted(target)
        assert PASSWORD not in str(refused.value) + refused.value.detail
        assert PASSWORD.encode() not in listener.heard
        assert b"postgres" not in listener.heard, "not even who asks"


async def test_whoever_listens_is_told_the_password_where_nothing_is_verified(folder: Path) -> None:
    """Which is what a start without `DB_SSL_CA` warns of."""
    (folder / "anybody").mkdir()
    async with Listener(*certificates.make(folder / "anybody", "anybody")).listening() as listener:
        target = pool.Target("localhost", listener.port, "postgres", "postgres", PASSWORD, True)
        with pytest.raises(errors.DatabaseUnavailable):
            async with pool.open_pool(target, seconds=1) as connections:
                await Database(connections, patience=1).fetchval("SELECT 1")
        assert PASSWORD.encode() in listener.heard
