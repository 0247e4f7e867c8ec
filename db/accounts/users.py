"""Rows of the web app's table of users, made and removed here for accounts of ours."""

from dataclasses import dataclass
from secrets import token_hex, token_urlsafe

import asyncpg

from db.postgres.database import Transaction


@dataclass(frozen=True, slots=True)
class User:
    """An account. `web` is the user name with which somebody can sign in, None where no password is set."""

    id: int
    web: str | None


async def add(transaction: Transaction) -> int:
    """A user without a usable password: Django marks those with `!`."""
    account: int = await transaction.fetchval(ADD, *_nobody("chat"))
    return account


async def held(transaction: Transaction, account: int, other: int) -> list[User]:
    """Those of the two that are there, the older one first; they stay as they are until the transaction ends."""
    return [User(row["id"], row["web"]) for row in await transaction.fetch(HOLD, account, other)]


async def remove(transaction: Transaction, account: int) -> None:
    """Delete the user, to whom nothing of ours belongs any more.

    Where something of the web app's own does (its log of changes, say), there remains a user whom nobody can tell.
    """
    await transaction.execute("SAVEPOINT removal; SET CONSTRAINTS ALL IMMEDIATE")
    try:
        await transaction.execute("DELETE FROM public.auth_user WHERE id = $1", account)
    except asyncpg.IntegrityConstraintViolationError:
        await transaction.execute("ROLLBACK TO SAVEPOINT removal")
        await transaction.execute(BLANK, *_nobody("gone"), account)


def _nobody(kind: str) -> tuple[str, str]:
    """A password that none matches, and a user name."""
    return "!" + token_urlsafe(30), f"{kind}-{token_hex(6)}"


ADD = """
INSERT INTO public.auth_user (password, last_login, is_superuser, username, first_name, last_name, email,
                              is_staff, is_active, date_joined)
VALUES ($1, NULL, false, $2, '', '', '', false, true, now())
RETURNING id
"""

WEB = "CASE WHEN password NOT LIKE '!%' THEN username END"

# Weaker than what deletes: rows that belong to the users may come and go, but no library changes meanwhile.
HOLD = f"SELECT id, {WEB} AS web FROM public.auth_user WHERE id IN ($1, $2) ORDER BY id FOR NO KEY UPDATE"

BLANK = """
UPDATE public.auth_user SET password = $1, username = $2, last_login = NULL, is_superuser = false, first_name = '',
    last_name = '', email = '', is_staff = false, is_active = false
WHERE id = $3
"""
