"""A PostgreSQL of our own for a machine without one: it starts with its first user and stops with its last.

Three locks on files, which the kernel drops with the process that holds them, keep this right when processes share
a folder or are killed. `turn.lock`: one process at a time starts or stops. `users.lock`: shared by all users, so the
one who gets it alone is the last. `server.lock`: handed down to the server and held as long as one of its processes
lives, so a number in a stale `postmaster.pid` that belongs to somebody else by now fools nobody.
"""

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from core import errors
from db.postgres import cluster, pool, program, supervising

START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Membership:
    """One user of a server; `users` is the descriptor that holds its share of the users' lock.

    `settings` are those with which it starts the server.
    """

    server: cluster.Cluster
    users: int
    target: pool.Target
    settings: Mapping[str, str] = field(default_factory=dict)


@asynccontextmanager
async def embedded(folder: Path, settings: Mapping[str, str] | None = None) -> AsyncIterator[pool.Target]:
    """A running server whose data lie in `folder`, or as root where `program.home` says.

    One that dies is started again when the next connection is made. `settings` go into `postgresql.conf` when this
    process is the one that starts it. Raises `errors.DatabaseUnusable`.
    """
    joining = asyncio.create_task(asyncio.to_thread(join, folder, settings))
    supervisor = supervising.Supervisor(lambda: revive(joining.result()))
    try:
        membership = await asyncio.shield(joining)
        yield replace(membership.target, connect=supervisor.connect)
    finally:
        # A cancelled start goes on in its thread; left alone it would leave a server that nobody stops.
        await asyncio.wait({joining})
        await supervisor.close()
        if joining.exception() is None:
            await asyncio.to_thread(leave, joining.result())


def join(folder: Path, settings: Mapping[str, str] | None = None) -> Membership:
    """Use the server of `folder`, started if need be (blocks for about a second). As `embedded`."""
    server = cluster.Cluster(program.home(folder))
    with _trouble_told(server):
        server.make_home()
        with _turn(server):
            users = _open(server, "users.lock")
            try:
                fcntl.flock(users, fcntl.LOCK_SH)
                sockets, _ = _started(server, settings or {})
            except BaseException:
                os.close(users)
                raise
    return Membership(server, users, pool.Target(str(sockets), cluster.PORT, "postgres", "postgres"), settings or {})


def revive(membership: Membership) -> tuple[Path, bool]:
    """Start the server again where it is gone (blocks); the folder of its socket, and whether this call started it.

    Of processes that find it gone at once one starts it. Raises `errors.DatabaseUnusable`.
    """
    with _trouble_told(membership.server), _turn(membership.server):
        return _started(membership.server, membership.settings)


def leave(membership: Membership) -> None:
    """Use it no more; the last one stops it (blocks until it has stopped)."""
    with _turn(membership.server):
        try:
            if _taken(membership.users) and not _gone(membership.server):
                membership.server.stop()
        finally:
            os.close(membership.users)


@contextmanager
def _trouble_told(server: cluster.Cluster) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = ": ".join(str(part) for part in (error.strerror or error, error.filename) if part)
        raise errors.DatabaseUnusable(folder=server.home, problem=problem) from error


def _gone(server: cluster.Cluster) -> bool:
    """Whether no process of the server lives."""
    lock = _open(server, "server.lock")
    try:
        return _taken(lock)
    finally:
        os.close(lock)


def _started(server: cluster.Cluster, settings: Mapping[str, str]) -> tuple[Path, bool]:
    """The folder of the socket of the running server, and whether this call started it.

    One that another process left starting or stopping is awaited.
    """
    lock = _open(server, "server.lock")
    try:
        end = time.monotonic() + START_SECONDS
        while not _taken(lock):
            if sockets := server.ready():
                return sockets, False
            if time.monotonic() > end:
                raise errors.DatabaseUnusable(folder=server.home, problem="it neither starts nor stops")
            time.sleep(0.02)
        return server.start(settings, lock), True
    finally:
        os.close(lock)


@contextmanager
def _turn(server: cluster.Cluster) -> Iterator[None]:
    descriptor = _open(server, "turn.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _open(server: cluster.Cluster, name: str) -> int:
    return os.open(server.home / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _taken(descriptor: int) -> bool:
    """Whether the lock is ours alone now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
