"""A kick: what it was made from, what it sounds like, where it lies."""

from dataclasses import dataclass
from datetime import date, datetime

from core import days, files
from core.refs import Ref
from core.sound.measuring import Facts

STOCK = frozenset({"Arnold", "Günther", "Hanz", "Johanson", "Karl"})
"""The kicks that the web app brings along. It alone has their sounds."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """All it takes to make a sound again.

    `matched` and `ignored` are None where the engine does not tell which words it knows, `seed` where it takes none,
    `steps` and `guidance` where it has no such thing.
    """

    prompt: str
    engine: str
    revision: str
    matched: tuple[str, ...] | None
    ignored: tuple[str, ...] | None
    seed: int | None
    steps: int | None
    guidance: float | None

    @property
    def known(self) -> str:
        """The words of the prompt without those that did nothing."""
        return " ".join(word for word in self.prompt.split() if word not in (self.ignored or ()))


@dataclass(frozen=True, slots=True)
class Sound:
    """One account's own copy of a sound: what the kick is called there, where it lies, what is known of it.

    `origin` is what it was first, the same for all copies: a take of ours, or a kick that the web app made. `created`
    is the day on which that counted, of a copy one before it was saved. `recipe` is None for what the web app made.
    `facts` is None until it is `measured`, and stays None for what cannot be.
    """

    account: int
    name: str
    path: str
    origin: Ref
    created: date
    recipe: Recipe | None
    facts: Facts | None
    measured: bool

    @property
    def audible(self) -> bool:
        """Whether it lies where files of ours can lie: what the web app writes may say anything."""
        return files.is_path(self.path)


@dataclass(frozen=True, slots=True)
class Take:
    """A kick just made: playable until it expires. `path` is where its sound lies.

    It is `doubted` since then that the sound is there, as the web app has deleted a kick with the same file.
    """

    id: int
    account: int
    name: str
    path: str
    recipe: Recipe
    facts: Facts
    created: datetime
    expires: datetime
    doubted: datetime | None = None

    @property
    def ref(self) -> Ref:
        """What points to it."""
        return Ref("take", self.id)

    @property
    def sound(self) -> Sound:
        """The sound that it is."""
        day = days.day(self.created)
        return Sound(self.account, self.name, self.path, self.ref, day, self.recipe, self.facts, measured=True)


@dataclass(frozen=True, slots=True)
class Kick:
    """A kick in a library."""

    id: int
    sound: Sound

    @property
    def ref(self) -> Ref:
        """What points to it."""
        return Ref("kick", self.id)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What the web app's synthesiser does with the kick of a preset; as they stand here, its starting values.

    Lengths and effects are shares from 0 to 1, filters Hz, volumes dB, `master_limiter_amt` 1 to 8.
    """

    bpm: int = 140
    kick_len: float = 1
    kick_dist_amt: float = 0
    kick_ott_amt: float = 0
    noise_sample: str = "Black"
    noise_low_pass_freq: float = 7000
    noise_high_pass_freq: float = 30
    noise_volume: float = -70
    reverb_sample: str = "dark"
    reverb_low_pass_freq: float = 7000
    reverb_high_pass_freq: float = 30
    reverb_volume: float = -6
    master_ott_amt: float = 0
    master_dist_amt: float = 0
    master_limiter_amt: float = 1.5


@dataclass(frozen=True, slots=True)
class Preset:
    """A preset. `sample` is the name of its kick; `kick` is None where that is a stock kick or is gone.

    `operators` are shown to everybody, and nobody changes them here.
    """

    id: int
    account: int
    name: str
    sample: str
    kick: Kick | None
    amounts: Amounts
    operators: bool
    created: datetime
    updated: datetime

    @property
    def ref(self) -> Ref:
        """What points to it."""
        return Ref("preset", self.id)
