"""The files of an embedded PostgreSQL server, and its start and stop."""

import logging
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR

from core import errors
from db.postgres import program, server_log

VERSION = "18"
PORT = 5432  # of a Unix socket: only a part of its name
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 103  # bytes of a socket's path that every system takes
LOG_BYTES = 1_000_000

UNLISTED_SAID = "could not look up effective user ID"
UNLISTED = "PostgreSQL makes one only for a user who has an entry in /etc/passwd: run Kickbot as one, or add an entry"
ANEW = "put it back, or move that folder away to begin with an empty database"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The server of `home`. Everything of the server's own lies in `home/server`, which nobody else may enter."""

    home: Path

    @property
    def server(self) -> Path:
        return self.home / "server"

    @property
    def data(self) -> Path:
        return self.server / "data"

    def make_home(self) -> None:
        """Make the folders that lead to the server's; for root those where the server's user may enter."""
        mode = 0o700 if program.server_user(self.home) is None else 0o755
        for folder in reversed((self.home, *self.home.parents)):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(mode)

    def start(self, settings: Mapping[str, str], lock: int) -> Path:
        """Start the server, which then holds the descriptor `lock`; the folder of its socket, once it is ready.

        Nobody else may be starting it, and it must not run. Raises `errors.DatabaseUnusable`.
        """
        programs = program.find(self.home)
        self._make_server(programs)
        if not self.data.exists():
            self._create(programs)
        self._check_version()
        folder = self._socket_folder()
        self._configure(folder, settings)
        # Left by a server that was killed; whatever runs under its number by now would keep ours from starting.
        for stale in (self.data / "postmaster.pid", folder / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)
        self._launch(programs, lock)
        return folder

    def _launch(self, programs: program.Program, lock: int) -> None:
        written = server_log.ServerLog(self.server / "log")
        words = ("start", "-D", "data", "-l", written.path.name, "-w", "-t", "60")
        try:
            programs.run("pg_ctl", *words, folder=self.server, keep=(lock,))
        except subprocess.CalledProcessError as error:
            said = written.trouble()
            why = f", see {written.path}: {said}" if said else f": {_in_a_line(error.stderr)}"
            raise errors.DatabaseUnusable(folder=self.home, problem=f"PostgreSQL does not start{why}") from error

    def stop(self) -> None:
        """Stop the server: running transactions are rolled back, everything committed is on disk."""
        words = ("stop", "-D", "data", "-m", "fast", "-w", "-t", "60")
        try:
            program.find(self.home).run("pg_ctl", *words, folder=self.server)
        except subprocess.CalledProcessError as error:
            log.warning("PostgreSQL in %s did not stop, the next start copes with that: %s", self.home, error.stderr)

    def ready(self) -> Path | None:
        """Where the socket of the running server is, None when it takes no connections (yet, or any more)."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return None
        if len(lines) < 8 or lines[7].strip() != "ready" or not _listens(Path(lines[4]) / SOCKET):
            return None
        return Path(lines[4])

    def _make_server(self, programs: program.Program) -> None:
        self.server.mkdir(0o700, exist_ok=True)
        if programs.user is not None:
            os.chown(self.server, programs.user.pw_uid, programs.user.pw_gid)

    def _create(self, programs: program.Program) -> None:
        """Make an empty cluster, under another name until it is whole."""
        unfinished = self.server / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        words = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin")
        try:
            programs.run("initdb", "-D", unfinished.name, *words, "--locale=C.UTF-8", folder=self.server)
        except subprocess.CalledProcessError as error:
            said = _in_a_line(error.stderr)
            problem = UNLISTED if UNLISTED_SAID in said else "PostgreSQL cannot make it"
            raise errors.DatabaseUnusable(folder=self.home, problem=f"{problem} ({said})") from error
        unfinished.rename(self.data)

    def _check_version(self) -> None:
        file = self.data / "PG_VERSION"
        try:
            version = file.read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            problem = f"{file} is missing, so {self.data} is no database of PostgreSQL, or not all of one; {ANEW}"
            raise errors.DatabaseUnusable(folder=self.home, problem=problem) from None
        if not version.isdecimal():
            raise errors.DatabaseUnusable(folder=self.home, problem=f"{file} holds no version; {ANEW}")
        if version != VERSION:
            raise errors.DatabaseUnusable(
                folder=self.home, problem=f"it was made by PostgreSQL {version}, this is PostgreSQL {VERSION}"
            )

    def _configure(self, sockets: Path, settings: Mapping[str, str]) -> None:
        """Write all of `postgresql.conf`. Trust needs no password: nobody else may enter the socket's folder."""
        wanted = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "32MB",
            "timezone": "UTC",
            "log_checkpoints": "off",
            **settings,
        }
        lines = ["{} = '{}'".format(name, value.replace("'", "''")) for name, value in wanted.items()]
        (self.data / "postgresql.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
        written = self.server / "log"
        if written.exists() and written.stat().st_size > LOG_BYTES:
            written.replace(written.with_suffix(".old"))

    def _socket_folder(self) -> Path:
        """The server's own folder, or one with a short name where the socket's path would get too long."""
        if len(os.fsencode(self.server / SOCKET)) <= LONGEST_SOCKET:
            return self.server
        short = Path(tempfile.gettempdir()) / f"kickbot-{sha256(os.fsencode(self.server)).hexdigest()[:12]}"
        owner = self.server.stat()
        if not short.exists():
            short.mkdir(0o700)
            os.chown(short, owner.st_uid, owner.st_gid)
        found = short.lstat()
        if not S_ISDIR(found.st_mode) or found.st_uid != owner.st_uid or found.st_mode & 0o077:
            raise errors.DatabaseUnusable(folder=self.home, problem=f"{short} belongs to somebody else")
        return short


def _listens(path: Path) -> bool:
    """Whether somebody listens: the children of a server that was killed may outlive it, as may what it wrote."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


def _in_a_line(said: str) -> str:
    return " ".join(said.split())
