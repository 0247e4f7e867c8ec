"""Identities: who speaks, and which account is theirs."""

import asyncpg

from core.identities import Identity, Platforms
from core.people import Person
from db.postgres.database import Statements, Transaction

IDENTITY = "id, account_id, platform, realm, external_id, display_name"


def identity(row: asyncpg.Record, platforms: Platforms) -> Identity:
    """A row with the columns `IDENTITY`."""
    person = Person(row["platform"], row["realm"], row["external_id"], row["display_name"])
    return Identity(row["id"], row["account_id"], person, platforms.platform(person))


async def of_account(statements: Statements, platforms: Platforms, account: int) -> tuple[Identity, ...]:
    """Those of the account, the oldest first."""
    return tuple(identity(row, platforms) for row in await statements.fetch(OF, account))


async def turn(transaction: Transaction) -> None:
    """Wait until no other transaction changes whose account an identity has."""
    await transaction.execute(TURN)


async def held(transaction: Transaction, platforms: Platforms, account: int, other: int) -> list[Identity]:
    """Those of the two accounts; nobody files a job for them until the transaction ends."""
    return [identity(row, platforms) for row in await transaction.fetch(HOLD, account, other)]


OF = f"SELECT {IDENTITY} FROM kickbot.identity WHERE account_id = $1 ORDER BY id"

TURN = "SELECT pg_advisory_xact_lock(hashtextextended('kickbot: whose account an identity has', 0))"

HOLD = f"SELECT {IDENTITY} FROM kickbot.identity WHERE account_id IN ($1, $2) ORDER BY id FOR NO KEY UPDATE"
