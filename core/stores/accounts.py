"""The port behind which accounts are joined, parted and forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.identities import Identity, Notification
from core.messages import Posted
from core.people import Person


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an account has. `messages` are those in channels that show something of it; `made` counts today's kicks.

    `web` is the user name of its web login, None where nobody can sign in with a password. `operators` are those of
    the `presets` that operators show to everybody: these are not deleted here.
    """

    identities: tuple[Identity, ...] = ()
    web: str | None = None
    takes: int = 0
    kicks: int = 0
    presets: int = 0
    operators: int = 0
    shares: int = 0
    messages: int = 0
    made: int = 0


@dataclass(frozen=True, slots=True)
class Renamed:
    """A kick or preset whose name the other account had already."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Two accounts that have become one: all its identities, what changed its name, and whom to notify."""

    identities: tuple[Identity, ...]
    renamed: tuple[Renamed, ...]
    notifications: tuple[Notification, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """What is left of a forgotten account.

    `posted` are the messages that showed something of it, `paths` those of files in the trash.
    """

    posted: tuple[Posted, ...]
    paths: tuple[str, ...]
    notifications: tuple[Notification, ...]


Words = Callable[[tuple[Identity, ...]], tuple[Notification, ...]]
"""What to tell to whom of the identities that a change concerns."""


def no_words(identities: tuple[Identity, ...]) -> tuple[Notification, ...]:
    """Tell nobody."""
    return ()


class AccountRows(Protocol):
    """Accounts as a whole.

    A change raises `errors.AccountGone` where the account was joined with another or forgotten meanwhile. The
    notifications that `words` makes of it are kept with it, to be sent by whoever serves the platform of each.
    """

    async def identity(self, person: Person) -> Identity | None:
        """What is kept of `person`, None where they have not used Kickbot yet."""

    async def holdings(self, account: int, now: datetime) -> Holdings:
        """What the account has now."""

    async def made_before_leaving(self, person: Person, now: datetime) -> int:
        """How many kicks somebody made today who has no account any more."""

    async def merge(self, account: int, identity: int, other: int, now: datetime, words: Words = no_words) -> Merged:
        """Join the account of `identity` with that of `other`, whose code that identity has entered.

        Raises `errors.NoSuchCode` where it has not, or too long ago; `errors.SameAccount`, `errors.TwoWebLogins`.
        """

    async def unlink(
        self, account: int, identity: int, now: datetime, words: Words = no_words
    ) -> tuple[Notification, ...]:
        """Let the account's identity go on with a new empty one; the notifications that tell it.

        Raises `errors.LastIdentity`, `errors.WebStays`.
        """

    async def forget(self, account: int, *, with_web: bool, words: Words = no_words) -> Gone:
        """Delete all that is kept of the account and throw its files away.

        Of an account with a web login that, its kicks and its presets stay, unless it is to go `with_web`.
        """
