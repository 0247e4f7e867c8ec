"""The pool through PgBouncer in transaction mode."""

import asyncio

from db.database import Database


async def test_many_clients_share_few_connections(pooled_database: Database) -> None:
    async def ask(number: int) -> tuple[int, str]:
        async with pooled_database.transaction() as transaction:
            await transaction.execute("SET LOCAL statement_timeout = '5s'")
            value = await transaction.fetchval("SELECT $1::int", number)
        return value, await pooled_database.fetchval("SELECT $1::text", str(number))

    answers = await asyncio.gather(*(ask(number) for number in range(200)))
    assert answers == [(number, str(number)) for number in range(200)]


async def test_nothing_is_left_behind_for_the_next_client(pooled_database: Database, database: Database) -> None:
    assert await database.fetchval("SELECT count(*) FROM kickbot.schema_version") > 0
    assert await pooled_database.fetchval("SHOW statement_timeout") == "0"
