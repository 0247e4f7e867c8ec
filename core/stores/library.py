"""The port behind which libraries are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from core import errors
from core.kicks import Amounts, Kick, Preset, Sound, Take
from core.messages import Posted
from core.people import Place
from core.refs import Ref
from core.sound.measuring import Facts


@dataclass(frozen=True, slots=True)
class Source:
    """Something that an account may save: a take, a kick, or a preset with its kick.

    `held` tells whether the account's library holds the sound already, `kept` how many kicks it holds.
    """

    what: Take | Kick | Preset
    held: bool
    kept: int

    @property
    def sound(self) -> Sound | None:
        """What sounds; None for a preset whose kick is not here."""
        if isinstance(self.what, Preset):
            return self.what.kick.sound if self.what.kick else None
        return self.what.sound


@dataclass(frozen=True, slots=True)
class Keep:
    """What to put into a library.

    `sound` is as it is to be there, `preset` is the name for its preset; both are numbered where they are taken.
    `kick` is a kick of the library, `take` the account's own take whose file the kick takes over; with neither, the
    file was copied to a path that was set aside. At `limit` kicks nothing more is put in.
    """

    sound: Sound
    url: str
    preset: str
    amounts: Amounts
    limit: int
    kick: int | None = None
    take: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The preset that a save ended in; it is not `fresh` where it was there before."""

    preset: Preset
    fresh: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of a save that was taken back: `because` tells why it stays, `path` is a file that nothing uses."""

    preset: str
    because: Literal["changed", "shown", "used"] | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Doomed:
    """A kick of one account, to be deleted with all that hangs on it: the take and the library's kick are one file.

    `presets` play it and would go along, `operators` are those among them that nobody deletes here.
    """

    name: str
    path: str
    kick: int | None
    take: int | None
    presets: tuple[tuple[int, str], ...]
    operators: tuple[str, ...]

    @property
    def ref(self) -> Ref:
        """What points to it: the library's kick where there is one."""
        return Ref("kick", self.kick) if self.kick is not None else Ref("take", self.take or 0)


class LibraryRows(Protocol):
    """Kicks in libraries and what was saved. Every write of one account waits for the one before it.

    A write raises `errors.AccountGone` where the account was joined with another or forgotten meanwhile.
    """

    async def source(self, account: int, place: Place, ref: Ref) -> Source | None:
        """What `ref` points to, if the account may save it: its own, or what `place` shows."""

    async def named(self, account: int, name: str) -> list[Ref]:
        """The account's own kicks of that name, with or without the names' prefix; for a saved take the kick."""

    async def kicks(self, account: int) -> list[Kick]:
        """All kicks of the account's library, the newest first."""

    async def set_aside(self, account: int, path: str, hours: int) -> None:
        """Note that a file of the account comes to lie at `path`, to be removed in `hours` unless a kick uses it."""

    async def keep(self, account: int, keep: Keep, now: datetime) -> Kept:
        """Put a kick and a preset into the account's library, or find them there; all of it or nothing.

        Raises `errors.LibraryFull`, and `errors.NoSuchTake` where the take or the copied file is gone.
        """

    async def undo(self, account: int, ref: Ref) -> Undone | None:
        """Take the save of what `ref` points to back, if nothing came of it since; None where it is not saved."""

    async def doomed(self, account: int, ref: Ref) -> Doomed | None:
        """What goes when the account's own take or kick is deleted; None where it has no such."""

    async def delete(self, account: int, doomed: Doomed) -> tuple[Posted, ...] | None:
        """Delete all of it and throw the file away; the messages that showed it.

        None where things are no longer as `doomed` tells.
        """

    async def measured(self, account: int, place: Place, ref: Ref, facts: Facts | None) -> bool:
        """Note what was measured of the web app's kick behind `ref`; False where the account may not save that."""

    async def full(self, account: int, limit: int) -> errors.LibraryFull:
        """The refusal of an account that holds `limit` kicks: it names what could go."""
