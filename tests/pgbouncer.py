"""A PgBouncer in transaction mode in front of a server, as Supabase's pooler is."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from db.postgres import pool
from tests.ports import free_port

CONNECTIONS = 4
"""To the server, for each database: fewer than the clients of most tests, so that they must share."""


def program() -> str | None:
    """Where it is installed, None where it is not; Debian keeps it where only root looks."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


@contextmanager
def in_front_of(server: pool.Target, *settings: str) -> Iterator[pool.Target]:
    """Every database of `server`, through a running PgBouncer; `settings` are further lines of its file."""
    target = replace(server, host="127.0.0.1", port=free_port())
    with tempfile.TemporaryDirectory(prefix="kickbot-pgbouncer-") as folder:
        Path(folder).chmod(0o755)
        file = Path(folder) / "pgbouncer.ini"
        file.write_text("\n".join([_settings(server, target.port), *settings, ""]), encoding="utf-8")
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        with subprocess.Popen([program() or "pgbouncer", "-q", *user, str(file)]) as process:
            try:
                _await_port(target.port)
                yield target
            finally:
                process.terminate()


def _settings(server: pool.Target, port: int) -> str:
    return f"""
[databases]
* = host={server.host} port={server.port} user={server.user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {CONNECTIONS}
max_client_conn = 1000
server_idle_timeout = 5
"""


def _await_port(port: int) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return
