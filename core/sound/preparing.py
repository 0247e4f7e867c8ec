"""The way of an engine's answer to what is stored and shown."""

from dataclasses import dataclass

from core.sound import finishing, measuring, picture, reading, writing
from core.sound.measuring import Facts
from core.sound.samples import FloatArray


@dataclass(frozen=True, slots=True)
class Label:
    """What a file tells of its sound. `seed` is None where the engine takes none."""

    title: str
    prompt: str
    seed: int | None

    @property
    def recipe(self) -> str:
        """The words that make the sound again."""
        return self.prompt if self.seed is None else f"{self.prompt} seed:{self.seed}"


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A finished sound: a WAV file, a PNG of its waveform, its measures, and its samples, shape (n,)."""

    sound: bytes
    picture: bytes
    facts: Facts
    samples: FloatArray


def prepare(audio: bytes, label: Label) -> Prepared:
    """Check, finish, measure, draw and write a sound: some 50 ms of one core, so call it in a thread.

    Raises `errors.BadSound`.
    """
    samples = finishing.finish(reading.read(audio))
    facts = measuring.measure(samples)
    return Prepared(
        sound=writing.write(samples, title=label.title, comment=label.recipe),
        picture=picture.draw(samples, facts),
        facts=facts,
        samples=samples,
    )
