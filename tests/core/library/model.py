"""What libraries, presets and shares are to be, said plainly: sets and dictionaries, and nothing about files or SQL."""

from dataclasses import dataclass, field


@dataclass
class Kick:
    """A kick in a library: the take whose sound it is, and whether it has that take's own file."""

    sound: int
    is_take: bool


@dataclass
class Account:
    """What one account has. Presets are by id, with the id of the kick that they play; `saved` is by take.

    `brought` are the takes whose save brought their kick along.
    """

    number: int
    takes: set[int] = field(default_factory=set)
    kicks: dict[int, Kick] = field(default_factory=dict)
    presets: dict[int, int] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)
    saved: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    brought: set[int] = field(default_factory=set)

    def sound(self, preset: int) -> int:
        """The take whose sound the preset plays."""
        return self.kicks[self.presets[preset]].sound

    def holding(self, sound: int) -> int | None:
        """The kick that is that sound, first of all the one that was saved."""
        if sound in self.saved:
            return self.saved[sound][0]
        return min((number for number, kick in self.kicks.items() if kick.sound == sound), default=None)

    def preset_of(self, kick: int) -> int | None:
        """A preset that plays the kick, first of all the one that its save made."""
        made = next((preset for held, preset in self.saved.values() if held == kick), None)
        playing = [preset for preset, played in self.presets.items() if played == kick]
        return made if made in playing else min(playing, default=None)

    def keep(self, sound: int, kick: int, preset: int, *, own_file: bool) -> None:
        """A new preset, on a new kick where it is not there yet."""
        self.brought -= {sound}
        if kick not in self.kicks:
            self.brought.add(sound)
        self.kicks.setdefault(kick, Kick(sound, own_file))
        self.presets[preset] = kick
        self.saved[sound] = (kick, preset)

    def undo(self, sound: int) -> str:
        """Take the save of a take back; the kind of answer."""
        kick, preset = self.saved.get(sound, (0, None))
        if preset is None:
            return "nothing"
        others = [one for one, played in self.presets.items() if played == kick and one != preset]
        if preset in self.changed | self.shared or others:
            return "kept"
        self.delete_preset(preset)
        if sound in self.brought:
            self.delete_kick(kick)
        else:
            del self.saved[sound]
        return "unsaved"

    def delete_preset(self, preset: int) -> None:
        """Its shares go along, and its kick stays."""
        del self.presets[preset]
        self.shared.discard(preset)
        self.saved = {sound: (kick, None if made == preset else made) for sound, (kick, made) in self.saved.items()}

    def delete_kick(self, kick: int) -> None:
        """The row alone."""
        del self.kicks[kick]
        self.saved = {sound: held for sound, held in self.saved.items() if held[0] != kick}

    def delete_sound(self, *, take: int | None, kick: int | None) -> None:
        """A take, a kick or both, with the presets that play the kick."""
        if kick is not None:
            for preset in [preset for preset, played in self.presets.items() if played == kick]:
                self.delete_preset(preset)
            self.delete_kick(kick)
        self.takes.discard(take or 0)

    def with_the_same_file(self, take: int) -> int | None:
        """The library's kick that has the take's own file."""
        return next((number for number, kick in self.kicks.items() if kick.is_take and kick.sound == take), None)

    def merge(self, other: "Account") -> None:
        """Take all that another account has; what both have saved stays saved as it was here."""
        self.takes |= other.takes
        self.kicks |= other.kicks
        self.presets |= other.presets
        self.changed |= other.changed
        self.shared |= other.shared
        came = {sound for sound in other.brought & other.saved.keys() if sound not in self.saved}
        self.brought = self.brought & self.saved.keys() | came
        self.saved = other.saved | self.saved
