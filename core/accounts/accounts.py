"""Accounts over several platforms: joined by a code, parted, looked at, forgotten."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from core import days, errors
from core.accounts import link_codes
from core.accounts.keys import Keys
from core.answers.account import Claim, Forgotten, Leaving, LinkCode, Linked, Status, Unlinked
from core.answers.commands import Invocation
from core.identities import Identity, Notification
from core.library.clearing import Clearing
from core.people import Actor
from core.stores.accounts import AccountRows, Holdings
from core.stores.link_codes import LinkCodes
from core.stores.people import People


@dataclass(frozen=True, slots=True)
class Accounts:
    """What people may do with their accounts. Answers are for the asker's eyes only; notifications go to others.

    `daily` is how many kicks an account may make in a day, None for any number, `keep` how many its library may hold.
    """

    people: People
    rows: AccountRows
    codes: LinkCodes
    clearing: Clearing
    keys: Keys
    daily: int | None = 10
    keep: int = 30
    clock: days.Clock = days.now

    async def link(self, actor: Actor) -> LinkCode:
        """A code with which another identity may join the account of `actor`; an earlier one is void."""
        mine, code = await self._enrolled(actor), link_codes.new()
        expires = await self.codes.open(mine.id, self.keys.code(code))
        return LinkCode(link_codes.shown(code), expires)

    async def claim(self, actor: Actor, typed: str) -> Claim:
        """Whom the code would join `actor` with; it happens when `actor` confirms.

        Raises `errors.NoSuchCode`, `errors.TooManyTries`, `errors.OwnCode`, `errors.SameAccount`,
        `errors.TwoWebLogins`.
        """
        mine, now = await self._enrolled(actor), self.clock()
        theirs = await self.codes.claim(mine.id, self.keys.code(link_codes.read(typed)))
        both = [await self.rows.holdings(one.account, now) for one in (mine, theirs)]
        if all(holdings.web is not None for holdings in both):
            raise errors.TwoWebLogins
        return Claim(mine, theirs)

    async def confirm(self, actor: Actor, theirs: int) -> Linked:
        """Join `actor` with the identity `theirs`, whose code `actor` has entered.

        Raises `errors.NoSuchCode`, `errors.SameAccount`, `errors.TwoWebLogins`, `errors.AccountGone`.
        """
        mine = await self.rows.identity(actor.person)
        if mine is None:
            raise errors.NoSuchCode(minutes=link_codes.MINUTES)
        joined = partial(_joined, mine, theirs)
        merged = await self.rows.merge(mine.account, mine.id, theirs, self.clock(), joined)
        other = _with_id(merged.identities, theirs)
        return Linked(mine, other, merged.identities, merged.renamed, merged.notifications)

    async def unlink(self, actor: Actor, which: str = "") -> Unlinked:
        """Part somebody from the account of `actor`: by number, name, platform or label; without one, `actor`.

        Raises `errors.NoSuchIdentity`, `errors.LastIdentity`, `errors.WebStays`, `errors.NothingKept`,
        `errors.AccountGone`.
        """
        mine, now = await self._known(actor), self.clock()
        holdings = await self._holdings(mine, now)
        leaver = _found(holdings.identities, which) if which else mine
        notifications = await self.rows.unlink(mine.account, leaver.id, now, partial(_parted, mine, leaver))
        return Unlinked(leaver, notifications)

    async def status(self, actor: Actor) -> Status:
        """The account of `actor` at a glance. Raises `errors.AccountGone`."""
        mine, now = await self.rows.identity(actor.person), self.clock()
        if mine is not None:
            holdings = await self._holdings(mine, now)
        else:
            made = await self.rows.made_before_leaving(actor.person, now)
            holdings = Holdings(made=made)
        return Status(mine, holdings, self.keep, self.daily, days.turns(now))

    async def leaving(self, actor: Actor, *, with_web: bool = False) -> Leaving:
        """What `forget` would delete. Raises `errors.NothingKept`, `errors.AccountGone`."""
        mine, now = await self._known(actor), self.clock()
        return Leaving(mine, await self._holdings(mine, now), with_web, days.turns(now))

    async def forget(self, actor: Actor, mine: int, *, with_web: bool = False) -> Forgotten:
        """Delete what is kept of `actor`, files included, once they have seen what goes: as the identity `mine`.

        The answer tells of files that could not be removed in a few seconds. A web login with its kicks and presets
        goes only when `with_web` is said. Raises `errors.NotTheAsked` where somebody else was asked,
        `errors.NothingKept`, `errors.AccountGone`.
        """
        leaving = await self.leaving(actor, with_web=with_web)
        if leaving.mine.id != mine:
            raise errors.NotTheAsked
        told = partial(_forgotten, leaving.mine)
        gone = await self.rows.forget(leaving.mine.account, with_web=with_web, words=told)
        left = await self.clearing.clear(gone.posted, gone.paths)
        return Forgotten(leaving, gone.notifications, gone.posted, left)

    async def _enrolled(self, actor: Actor) -> Identity:
        await self.people.enrol(actor.person)
        return await self._known(actor)

    async def _known(self, actor: Actor) -> Identity:
        found = await self.rows.identity(actor.person)
        if found is None:
            raise errors.NothingKept
        return found

    async def _holdings(self, mine: Identity, now: datetime) -> Holdings:
        """What the account of `mine` has. Raises `errors.AccountGone` where that is no longer theirs."""
        holdings = await self.rows.holdings(mine.account, now)
        if mine.id not in [one.id for one in holdings.identities]:
            raise errors.AccountGone
        return holdings


def _joined(mine: Identity, theirs: int, identities: tuple[Identity, ...]) -> tuple[Notification, ...]:
    text = (
        f"{mine.label} and {_with_id(identities, theirs).label} share one Kickbot account now, and it is yours too. If "
        f'you know nothing of this, "{Invocation("account status")}" tells who is in it and '
        f'"{Invocation("account unlink")}" parts somebody from it.'
    )
    return _notifications(identities, mine, text)


def _parted(mine: Identity, leaver: Identity, identities: tuple[Identity, ...]) -> tuple[Notification, ...]:
    others = tuple(one for one in identities if one.id != leaver.id)
    left = f"{leaver.label} has left the Kickbot account that you shared. What was in it stays in it."
    parted = f"{mine.label} has parted you from the Kickbot account that you shared: you start with an empty one."
    return (*_notifications(others, mine, left), *_notifications((leaver,), mine, parted))


def _forgotten(mine: Identity, identities: tuple[Identity, ...]) -> tuple[Notification, ...]:
    return _notifications(identities, mine, f"{mine.label} had the Kickbot account that you shared deleted.")


def _with_id(identities: tuple[Identity, ...], wanted: int) -> Identity:
    return next(one for one in identities if one.id == wanted)


def _notifications(identities: tuple[Identity, ...], asker: Identity, text: str) -> tuple[Notification, ...]:
    return tuple(Notification(one, text) for one in identities if one.id != asker.id)


def _found(identities: tuple[Identity, ...], which: str) -> Identity:
    """The one that `which` means: a number, or what no other is called."""
    typed = which.strip().lower()
    by_number = [one for one in identities if str(one.id) == typed]
    by_name = [one for one in identities if typed in (one.person.name.lower(), one.person.platform, one.label.lower())]
    match by_number or by_name:
        case [found]:
            return found
        case _:
            known = ", ".join(f"{one.label} ({one.id})" for one in identities)
            raise errors.NoSuchIdentity(name=which, known=known)
