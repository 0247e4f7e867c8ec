"""A storm of one's own: `python -m tests.chaos SEED [KILLS]` tells what happened, and what is wrong."""

import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from db.postgres import pool
from tests import pgbouncer, postgres
from tests.chaos import storm


async def main(server: pool.Target, pooler: pool.Target, seed: int, kills: int = 10) -> int:
    """Whether nothing was wrong, as an exit status."""
    with tempfile.TemporaryDirectory(prefix="kickbot-chaos-") as folder:
        async with postgres.new_database(server) as target:
            pooled = replace(pooler, name=target.name)
            async with storm.brewing(seed, target, pooled, Path(folder) / "files") as here:
                await here.blow(kills)
                print(await here.tale())
                wrong = await here.broken()
                print("\n".join(wrong) or "nothing is wrong")
                return 1 if wrong else 0


if __name__ == "__main__":
    with postgres.server() as server, pgbouncer.in_front_of(server) as pooler:
        sys.exit(asyncio.run(main(server, pooler, *map(int, sys.argv[1:]))))
