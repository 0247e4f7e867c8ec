"""Link codes, kept as marks that tell nothing of the code."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from core import errors
from core.accounts import link_codes
from core.identities import Identity, Platforms
from db.accounts import identities
from db.postgres.database import Database, Transaction

GOOD_FOR = timedelta(minutes=link_codes.MINUTES)


@dataclass(frozen=True, slots=True)
class LinkCodes:
    """`core.stores.link_codes.LinkCodes` in PostgreSQL; its methods are documented there."""

    database: Database
    platforms: Platforms

    async def open(self, identity: int, code: bytes) -> datetime:
        expires: datetime = await self.database.repeating.fetchval(OPEN, identity, code, GOOD_FOR)
        return expires

    async def claim(self, identity: int, code: bytes) -> Identity:
        found = await self.database.change(lambda transaction: _claim(transaction, identity, code))
        # Raised when the try is counted for good.
        if found is None:
            raise errors.NoSuchCode(minutes=link_codes.MINUTES)
        return identities.identity(found, self.platforms)


async def _claim(transaction: Transaction, identity: int, code: bytes) -> asyncpg.Record | None:
    """Whose code it is; a wrong one is counted."""
    if await transaction.fetchval(TRIES, identity, GOOD_FOR) >= link_codes.TRIES:
        raise errors.TooManyTries(minutes=link_codes.MINUTES)
    near = await transaction.fetchrow(NEAR, identity, code)
    if near is not None:
        raise errors.OwnCode if near["own"] else errors.SameAccount
    found = await transaction.fetchrow(CLAIM, identity, code)
    if found is None:
        await transaction.execute(COUNT, identity)
    return found


OPEN = """
INSERT INTO kickbot.link_code (identity_id, hash, expires_at) VALUES ($1, $2, now() + $3::interval)
ON CONFLICT (identity_id) DO UPDATE SET hash = $2, expires_at = excluded.expires_at, claimed_by = NULL
RETURNING expires_at
"""

# Two tries of one identity wait here for one another, so that none goes uncounted.
TRIES = """
INSERT INTO kickbot.link_try AS t (identity_id, tries, last_at) VALUES ($1, 0, now())
ON CONFLICT (identity_id) DO UPDATE SET tries = CASE WHEN t.last_at > now() - $2::interval THEN t.tries ELSE 0 END
RETURNING tries
"""

COUNT = "UPDATE kickbot.link_try SET tries = tries + 1, last_at = now() WHERE identity_id = $1"

# Entered where it is of no use, it is still good where it was meant to be entered.
NEAR = """
SELECT c.identity_id = mine.id AS own FROM kickbot.link_code c
JOIN kickbot.identity theirs ON theirs.id = c.identity_id
JOIN kickbot.identity mine ON mine.account_id = theirs.account_id
WHERE mine.id = $1 AND c.hash = $2
"""

CLAIM = f"""
WITH claimed AS (
    UPDATE kickbot.link_code SET claimed_by = $1
    WHERE hash = $2 AND expires_at > now() AND (claimed_by IS NULL OR claimed_by = $1)
    RETURNING identity_id
)
SELECT {identities.IDENTITY} FROM kickbot.identity WHERE id IN (SELECT identity_id FROM claimed)
"""
