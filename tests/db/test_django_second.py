"""Kickbot's migrations first and Django's second, by the commands that README tells."""

import asyncio
import os
import re
import sys
from pathlib import Path

import asyncpg

from db.postgres import pool, program
from db.postgres.database import Database
from tests import web_app
from tests.db.filling import Filling, everything, household
from tests.db.test_django import django
from tests.db.test_shared_tables import COLUMNS, CONSTRAINTS, INDEXES, make_with_django

README = Path(__file__).parents[2] / "README.md"
TABLES = "SELECT array_agg(tablename::text ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'"
RIGHTS = "SELECT codename FROM auth_permission ORDER BY 1"


def told() -> str:
    """The commands."""
    [block] = (block for block in re.findall(r"(?: {6}.*\n)+", README.read_text("utf-8")) if "manage.py" in block)
    return str(block)


async def run(target: pool.Target, commands: str) -> None:
    """Run them as a shell does, stopping at the first that fails; where the web app's `manage.py` lies."""
    paths = [Path(sys.executable).parent, program.package() / "pginstall18" / "bin", os.defpath]
    where = {"PGHOST": target.host, "PGPORT": str(target.port), "PGDATABASE": target.name, "PGUSER": target.user}
    process = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", commands),
        cwd=web_app.__path__[0],
        env=where | {"PATH": ":".join(map(str, paths)), "PYTHONPATH": str(README.parent)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, out.decode()


async def described(database: Database) -> list[asyncpg.Record]:
    """All tables but ours."""
    tables = await database.fetchval(TABLES)
    return [row for question in (COLUMNS, CONSTRAINTS, INDEXES) for row in await database.fetch(question, tables)]


async def test_django_comes_second(database: Database, target: pool.Target, empty_target: pool.Target) -> None:
    await household(Filling(database), "ada", web="ada")
    before = await everything(database)
    await run(target, told())
    assert await everything(database) == before, "no row was touched"

    await asyncio.to_thread(make_with_django, empty_target)
    async with pool.open_pool(empty_target) as connections:
        first = Database(connections)
        assert await described(database) == await described(first)
        assert await database.fetch(RIGHTS) == await first.fetch(RIGHTS)

    await django(target, "fill")
    names = {user["username"] for user in (await django(target, "read"))["users"]}
    assert names == {"ada", "webber", "operator"}
