"""What an operator is told where nobody answers, or not as a database does, and what stands in no such text."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from core import errors
from db.postgres import diagnosing, pool
from db.postgres.database import Database
from tests.fakes.postgres_server import Listener, refusal

PASSWORD = "hunter2"
POOLER = "aws-0-eu-central-1.pooler.supabase.com"


def at(host: str, port: int = 6543, user: str = "postgres.ref", tls: bool | None = None) -> pool.Target:
    return pool.Target(host, port, "postgres", user, PASSWORD, tls)


async def told(target: pool.Target) -> str:
    async with pool.open_pool(target) as connections:
        with pytest.raises(errors.DatabaseUnavailable) as raised:
            await Database(connections).fetchval("SELECT 1")
    said = raised.value.detail
    assert PASSWORD not in repr(raised.value)
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    "host", ["nowhere.invalid", "aws-0-eu-central-9.pooler.invalid", "a..b", f"{'a' * 70}.invalid"]
)
async def test_a_name_that_does_not_resolve(host: str) -> None:
    assert (await told(at(host))).startswith(f'DB_HOST: the name "{host}" does not resolve (')


@pytest.mark.parametrize(
    "host",
    [
        f"postgresql://postgres:{PASSWORD}@h:6543/postgres",
        "https://ref.supabase.co",
        "localhost:6543",
        "two words",
        "h/",
    ],
)
async def test_what_is_no_name_is_not_repeated(host: str) -> None:
    said = await told(at(host))
    assert said.startswith("DB_HOST: this is no name of a host. Only the name goes there")
    assert host not in said


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
async def test_a_port_where_nobody_listens(host: str, free_port: int) -> None:
    for tls in (True, False):
        said = await told(at(host, free_port, tls=tls))
        assert said.startswith(f"DB_PORT or DB_HOST: nobody listens at {host}:{free_port} (connection refused). ")
        assert "Supabase's transaction pooler at 6543" in said


@pytest.mark.parametrize(
    ("host", "project"), [("db.abcdefgh.supabase.co", "abcdefgh"), ("DB.ref1.supabase.co", "ref1")]
)
@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
        socket.gaierror(socket.EAI_NODATA, "No address associated with hostname"),
        OSError(101, "Connect call failed ('2001:db8::1', 5432, 0, 0)"),
        OSError("Multiple exceptions: [Errno 101] Connect call failed, [Errno 113] Connect call failed"),
        TimeoutError(),
    ],
)
def test_the_projects_own_server_is_reached_over_ipv6_only(host: str, project: str, error: OSError) -> None:
    found = diagnosing.diagnose(error, at(host, 5432))
    assert found.variables == ("DB_HOST",)
    assert host in found.answered
    for word in ("IPv6", "pooler.supabase.com", "DB_PORT=6543", f"DB_USER=postgres.{project}", '"Transaction pooler"'):
        assert word in found.remedy


@pytest.mark.parametrize("numbers", [(111, 99), (99, 111), (101, 111)])
def test_one_address_that_refuses_counts_more_than_others_that_are_not_reached(numbers: tuple[int, int]) -> None:
    first, second = numbers
    error = OSError(f"Multiple exceptions: [Errno {first}] Connect call failed, [Errno {second}] Connect call failed")
    assert "nobody listens at localhost:5433" in str(diagnosing.diagnose(error, at("localhost", 5433)))


async def test_a_host_to_which_there_is_no_way() -> None:
    """An address for documents; a network may also just be silent about it."""
    said = await told(at("2001:db8::1", 6543))
    assert said.startswith("DB_HOST or DB_PORT: ")
    assert "[2001:db8::1]:6543" in said


@pytest.mark.parametrize("port", [5432, 6543, 7])
async def test_the_folder_of_a_socket(port: int) -> None:
    said = await told(at("/nowhere", port))
    assert said.startswith(f"DB_HOST or DB_PORT: /nowhere/.s.PGSQL.{port}: No such file or directory. ")


@asynccontextmanager
async def saying(greeting: bytes) -> AsyncIterator[int]:
    """The port of something that greets whoever comes, and hangs up."""

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(greeting)
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-x\r\n", b"220 mail\r\n", b""])
@pytest.mark.parametrize("tls", [True, False])
async def test_something_else_that_listens_there(greeting: bytes, tls: bool) -> None:
    async with saying(greeting) as port:
        said = await told(at("127.0.0.1", port, tls=tls))
    assert said.startswith(f"DB_HOST or DB_PORT: 127.0.0.1:{port} ")
    assert "something other than PostgreSQL listens there" in said


@pytest.mark.parametrize(
    "error",
    [OSError(24, "Too many open files"), PermissionError(1, "Operation not permitted"), OSError(12, "no memory")],
)
def test_what_this_machine_does_not_let_happen(error: OSError) -> None:
    found = diagnosing.diagnose(error, at(POOLER))
    assert found.variables == ()
    assert found.answered == f"this machine makes no connection to {POOLER}:6543 ({error.strerror})"


async def test_an_error_before_the_line_is_encrypted() -> None:
    """As a PgBouncer that is full gives; asyncpg keeps back what it says, as anybody may have said it."""
    async with saying(refusal(f"no more connections, {PASSWORD}")) as port:
        said = await told(at("127.0.0.1", port, tls=True))
    assert said.startswith(f"127.0.0.1:{port} ended the connection with an error, and before it was encrypted. ")


async def test_who_takes_the_call_and_is_silent() -> None:
    async with Listener(answer=b"").listening() as listener:
        said = await told(at("127.0.0.1", listener.port))
    assert said.startswith(f"DB_HOST or DB_PORT: 127.0.0.1:{listener.port} does not answer in time. ")


SUPAVISOR = {
    "Tenant or user not found": "DB_USER or DB_HOST: ",
    "(ENOTFOUND) tenant/user postgres.ref not found": "DB_USER or DB_HOST: ",
    "(ETENANTNOTFOUND) tenant or user not found": "DB_USER or DB_HOST: ",
    "(EAUTHQUERY) user not found in the database": "DB_USER: ",
    "(ECIRCUITBREAKER) Too many authentication errors": "DB_PASSWORD or DB_USER: ",
    "Circuit breaker open: too many failed attempts to connect to the database": "DB_PASSWORD or DB_USER: ",
    "(EMAXCLIENTSESSION) max clients reached in session mode - max clients are limited to pool_size: 15": "DB_PORT: ",
    "MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size": "DB_PORT: ",
    "Max client connections reached": "127.0.0.1",
    "(EADDRNOTALLOWED) address not in tenant allow_list: {192, 0, 2, 1}": "127.0.0.1",
    "(ESSLREQUIRED) SSL connection is required for user: postgres": "DB_SSL_CA: ",
    "(EUNHEARD) something new": "127.0.0.1",
}


@pytest.mark.parametrize(("words", "about"), SUPAVISOR.items())
async def test_what_supabases_pooler_answers(words: str, about: str) -> None:
    async with Listener(answer=refusal(words)).listening() as listener:
        said = await told(at("127.0.0.1", listener.port))
    assert said.startswith(about)
    assert f"127.0.0.1:{listener.port} answers: {words}. " in said


@pytest.mark.parametrize(
    "words",
    [
        "Tenant or user not found",
        "(ENOIDENTIFIER) no tenant identifier provided (external_id or sni_hostname required)",
        '(EINVALIDUSERINFO) Authentication error, reason: "Invalid format for user or db_name"',
    ],
)
async def test_a_user_without_the_project(words: str) -> None:
    async with Listener(answer=refusal(words)).listening() as listener:
        said = await told(at("127.0.0.1", listener.port, user="postgres"))
    assert said.startswith("DB_USER: ")
    assert "The project is missing in it: at the pooler it is postgres.PROJECT. " in said


def test_a_user_with_the_project_where_it_is_too_much() -> None:
    error = asyncpg.InvalidPasswordError('password authentication failed for user "postgres.ref"')
    found = diagnosing.diagnose(error, at("db.ref.supabase.co", 5432))
    assert found.variables == ("DB_USER",)
    assert "where the user is postgres alone" in found.remedy


@pytest.mark.parametrize(
    ("code", "words", "about"),
    [
        ("28P01", "Passwort-Authentifizierung für Benutzer »app« fehlgeschlagen", "DB_PASSWORD or DB_USER: "),
        ("28000", "keine pg_hba.conf-Regel", "DB_USER or DB_NAME: "),
        ("3D000", "Datenbank »nichts« existiert nicht", "DB_NAME: "),
    ],
)
async def test_a_server_that_speaks_another_language(code: str, words: str, about: str) -> None:
    async with Listener(answer=refusal(words, code)).listening() as listener:
        assert (await told(at("127.0.0.1", listener.port))).startswith(about)


@pytest.mark.parametrize(
    ("words", "repeated"),
    [
        (f"no such user: {PASSWORD}", "no such user: ***"),
        (
            f'database "postgresql://u:{PASSWORD}@h/x" does not exist',
            'database "postgresql://u:***@h/x" does not exist',
        ),
        ('database "postgresql://u:other@h/x" does not exist', 'database "postgresql://u:***@h/x" does not exist'),
        (f"{PASSWORD}\nand {PASSWORD}", "*** and ***"),
        (f"{PASSWORD}0", f"{PASSWORD}0"),
    ],
)
async def test_a_server_that_repeats_the_password(words: str, repeated: str) -> None:
    async with Listener(answer=refusal(words)).listening() as listener:
        found = diagnosing.diagnose(asyncpg.InternalServerError(words), at("127.0.0.1", listener.port))
        assert found.answered == f"127.0.0.1:{listener.port} answers: {repeated}"
        if PASSWORD not in repeated:
            assert repeated in await told(at("127.0.0.1", listener.port))


def test_the_session_poolers_port_is_doubted() -> None:
    doubt = diagnosing.doubt(at(POOLER, 5432))
    assert doubt is not None
    assert str(doubt).startswith(f"DB_PORT: {POOLER}:5432 is Supabase's session pooler, ")
    assert "6543" in doubt.remedy
    for fine in (at(POOLER), at("db.ref.supabase.co", 5432), at("127.0.0.1", 5432), at("/run/postgresql", 5432)):
        assert diagnosing.doubt(fine) is None
