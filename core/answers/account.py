"""What people are told about their account. Nothing in it is escaped for any platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.accounts import link_codes
from core.answers.commands import Invocation
from core.identities import Identity, Notification
from core.library.clearing import Left
from core.messages import Posted
from core.sentence import Sentence
from core.stores.accounts import Holdings, Renamed
from core.text import counted


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code in two halves, for nobody's eyes but the asker's."""

    code: str
    expires: datetime

    @property
    def text(self) -> str:
        return (
            f"Your code is {self.code}. On the other platform, enter it within {link_codes.MINUTES} minutes: "
            f'"{Invocation("account link", self.code)}". Show it to nobody: whoever enters it shares your kicks and '
            f"presets."
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A code was entered: these two would share an account. Nothing has happened yet."""

    mine: Identity
    theirs: Identity

    @property
    def text(self) -> str:
        return (
            f"{self.mine.label} and {self.theirs.label} would become one account, with the kicks, presets and daily "
            f"limit of both in common. Go on only if both are you."
        )


@dataclass(frozen=True, slots=True)
class Linked:
    """Two accounts have become one, which all `identities` share now. `notifications` tell it to the others."""

    mine: Identity
    theirs: Identity
    identities: tuple[Identity, ...]
    renamed: tuple[Renamed, ...]
    notifications: tuple[Notification, ...]

    @property
    def text(self) -> str:
        changed = "; ".join(f"{one.old} is called {one.new} now" for one in self.renamed)
        return f"{self.mine.label} and {self.theirs.label} share one account now." + (f" {changed}." if changed else "")


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Somebody has left the account and starts anew with an empty one. `notifications` tell it to the others."""

    identity: Identity
    notifications: tuple[Notification, ...]

    @property
    def text(self) -> str:
        return f"{self.identity.label} has left the account and starts with an empty one. What was in it stays in it."


@dataclass(frozen=True, slots=True)
class Status:
    """An account at a glance. `mine` is None for somebody who has not used Kickbot yet; `again` is when days turn.

    No `daily_limit` means that as many kicks may be made as one likes.
    """

    mine: Identity | None
    holdings: Holdings
    keep_limit: int
    daily_limit: int | None
    again: datetime

    @property
    def text(self) -> str:
        has = self.holdings
        most = "" if self.daily_limit is None else f" of {self.daily_limit}"
        lines = [
            f"{counted(has.made, 'kick')}{most} made today; the count starts again at {self.again:%H:%M} UTC.",
            f"{counted(has.kicks, 'kick')} of {self.keep_limit} in the library, {counted(has.presets, 'preset')}, "
            f"{counted(has.shares, 'share')}, {counted(has.takes, 'recent kick')}.",
        ]
        if has.identities:
            lines.append(f"This account belongs to {listed(has.identities, self.mine)}.")
        if has.web:
            lines.append(f'Its web login is "{has.web}".')
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would be deleted: all of `holdings`, but for a web login's kicks and presets where it is not `with_web`."""

    mine: Identity
    holdings: Holdings
    with_web: bool
    again: datetime

    @property
    def keeps_library(self) -> bool:
        """Whether the account goes on as one of the web app."""
        return self.holdings.web is not None and not self.with_web

    @property
    def text(self) -> str:
        told = " ".join(
            [
                f"This deletes for good, files included: {joined(self._goes())}.",
                *self._operators(),
                *self._web(),
                "What others saved of yours stays theirs.",
                f"Today's count is kept until {self.again:%H:%M} UTC, under a hash that names nobody.",
            ]
        )
        if not self.keeps_library:
            return told
        return Sentence(
            "{told} {/account forget web} deletes the web login with its kicks and presets, too.", told=told
        )

    def _goes(self) -> list[str]:
        has = self.holdings
        library = [] if self.keeps_library else [(has.kicks, "library kick"), (has.presets - has.operators, "preset")]
        counts = [(has.takes, "recent kick"), *library, (has.shares, "share")]
        goes = [counted(number, thing) for number, thing in counts if number]
        if has.messages:
            goes.append(f"what is kept of {counted(has.messages, 'message')} in channels")
        return [*goes, f"what is kept of {listed(has.identities, self.mine)}"]

    def _operators(self) -> list[str]:
        if self.keeps_library or not self.holdings.operators:
            return []
        shown = counted(self.holdings.operators, "preset")
        return [f"What operators show to everybody stays, with nobody's name on it: {shown}."]

    def _web(self) -> list[str]:
        if self.holdings.web is None:
            return []
        if self.with_web:
            return [f'The web login "{self.holdings.web}" goes too: nobody can sign in with it again.']
        return [
            f'Your web login "{self.holdings.web}" stays, with {counted(self.holdings.kicks, "kick")} and '
            f"{counted(self.holdings.presets, 'preset')}."
        ]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """It is deleted, but for what is `left` to be cleared away.

    `notifications` tell it to the others, `posted` are the messages that showed something of it.
    """

    leaving: Leaving
    notifications: tuple[Notification, ...]
    posted: tuple[Posted, ...]
    left: Left

    @property
    def text(self) -> str:
        stays = f'Your web login "{self.leaving.holdings.web}" is as it was.' if self.leaving.keeps_library else ""
        back = "If you come back, you start with an empty account."
        return " ".join(filter(None, ("You are forgotten here.", stays, *self.left.remarks, back)))


def listed(identities: tuple[Identity, ...], me: Identity | None) -> str:
    """ "ada on the console (you) and ada on the web"."""
    alone = len(identities) == 1
    return joined([one.label if alone or me is None or one.id != me.id else f"{one.label} (you)" for one in identities])


def joined(parts: Sequence[str]) -> str:
    """ "one, two and three"."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
