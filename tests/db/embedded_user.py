"""A process that uses an embedded database: leaves a mark at first and whenever a line `mark` comes; any other ends it.

Run as `python -m tests.db.embedded_user FOLDER`; for each mark it prints the socket's folder, the server's process id,
and how many marks there are.
"""

import asyncio
import sys
from pathlib import Path

from db.postgres import embedded, pool
from db.postgres.database import Database

MARK = "SELECT pg_advisory_xact_lock(1); CREATE TABLE IF NOT EXISTS mark (); INSERT INTO mark DEFAULT VALUES"


async def main(folder: str) -> None:
    async with embedded.embedded(Path(folder)) as target:
        line = "mark"
        while line.strip() == "mark":
            async with pool.open_pool(target) as connections:
                database = Database(connections)
                await database.execute(MARK)
                marks = await database.fetchval("SELECT count(*) FROM mark")
            print(target.host, server_process(target.host), marks, flush=True)
            line = await asyncio.to_thread(sys.stdin.readline)


def server_process(socket: str) -> str:
    return (Path(socket) / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
