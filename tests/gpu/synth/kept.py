"""What the words of the synthesiser mean and how some kicks sound, to tell when either has changed.

After a change that is meant, raise `engine.REVISION` and run `python -m tests.gpu.synth.kept`.
"""

import json
from dataclasses import asdict
from pathlib import Path
from zlib import crc32

import numpy as np

from core.engine import Order
from core.sound import preparing
from gpu.synth import engine, words
from gpu.synth.aliases import ALIASES
from gpu.synth.characters import CHARACTERS
from gpu.synth.plain import PLAIN
from gpu.synth.recipe import scales
from gpu.synth.render import render

FILE = Path(__file__).with_name(f"{engine.REVISION}.json")
PROMPTS = (
    "kick",
    "hit house",
    "deep long 808 distorted",
    "crushed gabber",
    "big jazz wet",
    "metallic industrial",
    "rumble techno",
    "fuzzy noisy snappy",
    "gated 909 airy",
    "woody lofi scooped",
)
SEED, WINDOWS = 2**31 - 1, 24


def meanings() -> dict[str, str]:
    """A checksum of what stands behind each word, behind none, and behind each number of a recipe."""
    found: dict[str, object] = {"(plain)": sorted(PLAIN.items()), "(scales)": sorted(map(repr, scales().items()))}
    found |= {word: sorted(style.box.items()) for word, style in words.styles().items()}
    found |= {word: sorted(character.step.items()) for word, character in CHARACTERS.items()}
    found |= ALIASES
    return {word: f"{crc32(repr(meaning).encode()):08x}" for word, meaning in sorted(found.items())}


def loudness(prompt: str) -> list[float]:
    """How the prompt's kick rises and falls: the root mean square of each of its parts, and its length in seconds."""
    sound = render(words.recipe(words.read(prompt).matched, SEED), SEED)
    parts = [float(np.sqrt(np.mean(part**2))) for part in np.array_split(sound, WINDOWS)]
    return [round(value, 5) for value in (*parts, len(sound) / 44_100)]


def facts(prompt: str) -> dict[str, float | str | None]:
    """What a card says of the prompt's kick."""
    audio = engine.make(Order(prompt, SEED)).audio
    measured = asdict(preparing.prepare(audio, preparing.Label(title="", prompt=prompt, seed=SEED)).facts)
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in measured.items()}


if __name__ == "__main__":
    kept: dict[str, object] = {"meanings": meanings(), "loudness": {prompt: loudness(prompt) for prompt in PROMPTS}}
    kept["facts"] = {prompt: facts(prompt) for prompt in PROMPTS}
    FILE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
