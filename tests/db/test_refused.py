"""What an operator is told where a setting of the database is wrong: by PostgreSQL and by PgBouncer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core import errors
from db.postgres import pool
from db.postgres.database import Database
from tests import other_postgres, pgbouncer, postgres

PASSWORD = "hunter2"
RULES = """
local all peered peer
host all unwanted 127.0.0.1/32 reject
host all plain 127.0.0.1/32 password
host all postgres,app,late,stranger,nobody,ghost 127.0.0.1/32 scram-sha-256
"""
ROLES = f"""
CREATE ROLE app LOGIN PASSWORD '{PASSWORD}';
CREATE ROLE plain LOGIN PASSWORD '{PASSWORD}';
CREATE ROLE late PASSWORD '{PASSWORD}';
CREATE ROLE peered LOGIN;
CREATE ROLE unwanted LOGIN;
CREATE ROLE unknown_here LOGIN;
"""
SETUP = (
    ROLES,
    "CREATE DATABASE closed ALLOW_CONNECTIONS false",
    "CREATE DATABASE private",
    "REVOKE CONNECT ON DATABASE private FROM PUBLIC",
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that servers which run as another user may enter."""
    with TemporaryDirectory(prefix="kickbot-refused-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def socket(folder: Path) -> Iterator[pool.Target]:
    """A PostgreSQL that asks for passwords, by its socket, where it asks for none."""
    if other_postgres.programs("15") is None:
        pytest.skip("PostgreSQL 15 is not installed")
    with other_postgres.over_tcp(folder, RULES, SETUP) as target:
        yield target


@pytest.fixture
def server(socket: pool.Target) -> pool.Target:
    """The server as one comes to it over a network, with everything set right."""
    return replace(socket, host="127.0.0.1", user="app", password=PASSWORD)


@pytest.fixture(scope="module", params=["plain", "md5", "scram-sha-256"])
def pooler(request: pytest.FixtureRequest, socket: pool.Target, folder: Path) -> Iterator[pool.Target]:
    """A PgBouncer that asks for passwords in that way, with everything set right."""
    if pgbouncer.program() is None:
        pytest.skip("pgbouncer is not installed")
    (folder / "users").write_text(f'"app" "{PASSWORD}"\n')
    lines = (f"auth_type = {request.param}", f"auth_file = {folder}/users")
    with pgbouncer.in_front_of(socket, *lines) as target:
        yield replace(target, user="app", password=PASSWORD)


async def told(target: pool.Target, kind: type[errors.DatabaseUnavailable] = errors.DatabaseRefused) -> str:
    """What is told of a database that cannot be entered; in no form does that hold the password."""
    async with pool.open_pool(target) as connections:
        with pytest.raises(kind) as raised:
            await Database(connections).fetchval("SELECT 1")
    for said in (str(raised.value), repr(raised.value), raised.value.detail):
        assert PASSWORD not in said
        assert "\n" not in said
    if target.password:
        assert target.password not in repr(raised.value)
    return raised.value.detail


async def answers(target: pool.Target) -> bool:
    async with pool.open_pool(target) as connections:
        return bool(await Database(connections).fetchval("SELECT true"))


async def test_what_is_set_right_works(server: pool.Target, pooler: pool.Target) -> None:
    assert await answers(server)
    assert await answers(pooler)


@pytest.mark.parametrize("wrong", ["hunter3", PASSWORD.upper(), "pä ss'w\"ord", ""])
async def test_a_password(server: pool.Target, pooler: pool.Target, wrong: str) -> None:
    said = await told(replace(server, password=wrong))
    where = f"127.0.0.1:{server.port}"
    assert said.startswith(
        f'DB_PASSWORD or DB_USER: {where} answers: password authentication failed for user "app". One of the two'
    )
    assert "Project Settings > Database" in said
    said = await told(replace(pooler, password=wrong))
    assert said.startswith(f"DB_PASSWORD or DB_USER: 127.0.0.1:{pooler.port} answers: ")


@pytest.mark.parametrize("wrong", ["stranger", "nobody", "ghost"])
async def test_a_user_who_is_asked_for_a_password(server: pool.Target, pooler: pool.Target, wrong: str) -> None:
    """Servers keep back that there is no such user."""
    said = await told(replace(server, user=wrong))
    assert said.startswith("DB_PASSWORD or DB_USER: ")
    assert f'"{wrong}"' in said
    assert (await told(replace(pooler, user=wrong))).startswith("DB_PASSWORD or DB_USER: ")


@pytest.mark.parametrize("wrong", ["stranger", "Postgres", "postgres.ref"])
async def test_a_user_who_is_known_without_a_password(socket: pool.Target, wrong: str) -> None:
    said = await told(replace(socket, user=wrong))
    assert said.startswith(f'DB_USER: {socket.host}/.s.PGSQL.{socket.port} answers: role "{wrong}" does not exist. ')


@pytest.mark.parametrize("wrong", ["nothing", "Postgres", "postgres "])
async def test_a_database(server: pool.Target, pooler: pool.Target, wrong: str) -> None:
    for target in (server, pooler):
        said = await told(replace(target, name=wrong))
        assert said.startswith(f'DB_NAME: 127.0.0.1:{target.port} answers: database "{wrong}" does not exist. ')


@pytest.mark.parametrize(
    ("user", "name", "said"),
    [
        ("app", "closed", 'DB_NAME: .* answers: database "closed" is not currently accepting connections'),
        ("app", "private", 'DB_NAME or DB_USER: .* answers: permission denied for database "private"'),
        ("late", "postgres", 'DB_USER: .* answers: role "late" is not permitted to log in'),
        ("unwanted", "postgres", r"DB_USER or DB_NAME: .* answers: pg_hba\.conf rejects connection for host"),
        ("unknown_here", "postgres", r"DB_USER or DB_NAME: .* answers: no pg_hba\.conf entry for host"),
    ],
)
async def test_a_user_who_may_not_enter(server: pool.Target, user: str, name: str, said: str) -> None:
    assert re.match(said, await told(replace(server, user=user, name=name)))


async def test_a_user_whose_name_the_machine_has_to_prove(socket: pool.Target) -> None:
    said = await told(replace(socket, user="peered"))
    assert (
        'answers: Peer authentication failed for user "peered". By its pg_hba.conf the server asks for no pass' in said
    )


async def test_a_pooler_that_is_full(socket: pool.Target) -> None:
    with pgbouncer.in_front_of(socket, "max_client_conn = 0") as target:
        said = await told(target, errors.DatabaseUnavailable)
    assert said.startswith(f"127.0.0.1:{target.port} answers: no more connections allowed (max_client_conn). ")
    assert "Nothing is set wrong" in said


async def test_a_pooler_whose_server_is_silent(socket: pool.Target, free_port: int) -> None:
    """PgBouncer lets its clients wait for that."""
    with pgbouncer.in_front_of(replace(socket, port=free_port)) as target:
        said = await told(target, errors.DatabaseUnavailable)
    assert said.startswith(f"DB_HOST or DB_PORT: 127.0.0.1:{target.port} does not answer in time. ")
    assert "a pooler is also silent while it waits for a server" in said


async def test_a_password_that_was_changed_meanwhile(server: pool.Target, socket: pool.Target) -> None:
    """What is in use goes on; the next connection is refused, and that is told as at a start."""
    async with pool.open_pool(server, size=1) as connections:
        database = Database(connections)
        assert await database.fetchval("SELECT 1") == 1
        await postgres.run(socket, "ALTER ROLE app PASSWORD 'another'")
        try:
            assert await database.fetchval("SELECT 1") == 1
            await postgres.run(socket, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'")
            with pytest.raises(errors.DatabaseRefused) as raised:
                await database.fetchval("SELECT 1")
        finally:
            await postgres.run(socket, f"ALTER ROLE app PASSWORD '{PASSWORD}'")
    assert raised.value.detail.startswith("DB_PASSWORD or DB_USER: ")
