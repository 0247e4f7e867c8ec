"""Accounts as a whole: looked at, joined, parted, forgotten."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from core import days, errors
from core.accounts import link_codes
from core.accounts.keys import Keys
from core.identities import Identity, Notification, Platforms
from core.jobs import account_subject
from core.people import WEB, Person
from core.stores.accounts import Gone, Holdings, Merged, Words, no_words
from db import kick_rows, usage
from db.accounts import forgetting, identities, notifications, users
from db.accounts.merging import Merging
from db.postgres.database import Database, Transaction

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class AccountRows:
    """`core.stores.accounts.AccountRows` in PostgreSQL; its methods are documented there."""

    database: Database
    keys: Keys
    platforms: Platforms

    async def identity(self, person: Person) -> Identity | None:
        found = await self.database.fetchrow(IDENTITY, person.platform, person.realm, person.id)
        return identities.identity(found, self.platforms) if found else None

    async def holdings(self, account: int, now: datetime) -> Holdings:
        found = await self.database.fetchrow(HOLDINGS, account, account_subject(account), days.day(now))
        return Holdings(
            identities=await identities.of_account(self.database, self.platforms, account), **dict(found or {})
        )

    async def made_before_leaving(self, person: Person, now: datetime) -> int:
        made: int | None = await self.database.fetchval(LEFT, self.keys.leaver(person), days.day(now))
        return made or 0

    async def merge(self, account: int, identity: int, other: int, now: datetime, words: Words = no_words) -> Merged:
        async def merge(transaction: Transaction) -> Merged:
            merged = await _merge(transaction, self.platforms, account, identity, other, now=now)
            return replace(merged, notifications=await notifications.add(transaction, words(merged.identities)))

        return await self._alone(merge)

    async def unlink(
        self, account: int, identity: int, now: datetime, words: Words = no_words
    ) -> tuple[Notification, ...]:
        async def unlink(transaction: Transaction) -> tuple[Notification, ...]:
            held = await _unlink(transaction, self.platforms, account, identity, now)
            return await notifications.add(transaction, words(tuple(held)))

        return await self._alone(unlink)

    async def forget(self, account: int, *, with_web: bool, words: Words = no_words) -> Gone:
        async def forget(transaction: Transaction) -> Gone:
            held, [user] = await _hold(transaction, self.platforms, account)
            leavers = [self.keys.leaver(one.person) for one in held]
            going = forgetting.Forgetting(transaction, account, leavers)
            gone = await going.chat()
            if with_web or user.web is None:
                gone = replace(gone, paths=gone.paths + await going.rest())
            return replace(gone, notifications=await notifications.add(transaction, words(tuple(held))))

        return await self._alone(forget)

    async def _alone(self, change: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run a change of whose account an identity has, in a transaction in which no other such change runs."""

        async def alone(transaction: Transaction) -> Result:
            await identities.turn(transaction)
            return await change(transaction)

        return await self.database.change(alone)


async def _hold(
    transaction: Transaction, platforms: Platforms, account: int, other: int | None = None
) -> tuple[list[Identity], list[users.User]]:
    """Hold one account or two, identities before users as whoever files a job does. Raises `errors.AccountGone`."""
    other = account if other is None else other
    held = await identities.held(transaction, platforms, account, other)
    found = await users.held(transaction, account, other)
    if {user.id for user in found} != {account, other} or {one.account for one in held} != {account, other}:
        raise errors.AccountGone
    return held, found


async def _merge(
    transaction: Transaction, platforms: Platforms, account: int, identity: int, other: int, *, now: datetime
) -> Merged:
    theirs = await transaction.fetchval(CLAIMED, identity, other)
    if theirs is None:
        raise errors.NoSuchCode(minutes=link_codes.MINUTES)
    if theirs == account:
        raise errors.SameAccount
    held, found = await _hold(transaction, platforms, account, theirs)
    if identity not in [one.id for one in held if one.account == account]:
        raise errors.AccountGone
    into, gone = _survivor(found, held)
    renamed = await Merging(transaction, gone.id, into.id, now).merge()
    await users.remove(transaction, gone.id)
    await transaction.execute("DELETE FROM kickbot.link_code WHERE identity_id = $1", other)
    return Merged(await identities.of_account(transaction, platforms, into.id), renamed, notifications=())


def _survivor(found: list[users.User], held: list[Identity]) -> tuple[users.User, users.User]:
    """Who stays and who goes: the one with a web login stays, else the older one.

    Whoever has been here from the web app can sign in there, with a password or without.
    """
    older, younger = found
    on_the_web = {one.account for one in held if one.person.platform == WEB}
    on_the_web.update(user.id for user in found if user.web is not None)
    if len(on_the_web) == 2:
        raise errors.TwoWebLogins
    return (younger, older) if younger.id in on_the_web else (older, younger)


async def _unlink(
    transaction: Transaction, platforms: Platforms, account: int, identity: int, now: datetime
) -> list[Identity]:
    """Unlink it; all of the account as they were."""
    held, [user] = await _hold(transaction, platforms, account)
    leaver = next((one for one in held if one.id == identity), None)
    if leaver is None:
        raise errors.AccountGone
    if leaver.person.platform == WEB:
        raise errors.WebStays
    if len(held) == 1 and user.web is None:
        raise errors.LastIdentity
    fresh, today = await users.add(transaction), days.day(now)
    # Leaving an account is no way to make more kicks in a day.
    await usage.hold_jobs(transaction, account)
    await usage.hold(transaction, account, today)
    await usage.carry(transaction, account_subject(account), account_subject(fresh), today)
    await transaction.execute(MOVE, identity, fresh)
    await transaction.execute(VOID_CODES, identity)
    return held


IDENTITY = f"""
SELECT {identities.IDENTITY} FROM kickbot.identity WHERE platform = $1 AND realm = $2 AND external_id = $3
"""

HOLDINGS = f"""
SELECT
    (SELECT {users.WEB} FROM public.auth_user WHERE id = $1) AS web,
    (SELECT count(*) FROM kickbot.take WHERE account_id = $1) AS takes,
    {kick_rows.KEPT} AS kicks,
    (SELECT count(*) FROM public.presets_preset WHERE user_id = $1) AS presets,
    (SELECT count(*) FROM public.presets_preset WHERE user_id = $1 AND is_shared) AS operators,
    (SELECT count(*) FROM kickbot.share WHERE account_id = $1 AND platform <> 'operator') AS shares,
    (SELECT count(*) FROM ({forgetting.MESSAGES}) AS shown) AS messages,
    {usage.used("$2", "$3")} AS made
"""

LEFT = "SELECT used FROM kickbot.usage WHERE subject = $1 AND day = $2"

CLAIMED = """
SELECT i.account_id FROM kickbot.link_code c JOIN kickbot.identity i ON i.id = c.identity_id
WHERE c.claimed_by = $1 AND c.identity_id = $2 AND c.expires_at > now()
"""

MOVE = "UPDATE kickbot.identity SET account_id = $2 WHERE id = $1"

VOID_CODES = "DELETE FROM kickbot.link_code WHERE identity_id = $1 OR claimed_by = $1"
