"""Stand-in weights for the published checkpoints, and what the reference pipeline computed from them.

The published weights cannot be had on every machine. These are rebuilt bit for bit from the parameters' names alone;
`golden.npz` holds the reference's results for the cases that `manifest.json` lists.
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Case:
    """One run of the reference. Its results are stored under names that start with `index`."""

    index: int
    prompt: str
    noise_seed: int
    steps: int
    cfg_scale: float

    @property
    def noise(self) -> Floats:
        """What the run started from, `(1, 4, 8, 11)`."""
        return np.random.default_rng(self.noise_seed).standard_normal((1, 4, 8, 11)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The published model's keywords and the shape of every parameter, by part: unet, text, vae, vocoder."""

    vocabulary: list[str]
    cases: tuple[Case, ...]
    shapes: dict[str, dict[str, list[int]]]


def manifest() -> Manifest:
    """Read `manifest.json`."""
    content = json.loads((DATA / "manifest.json").read_text())
    cases = tuple(Case(index, **case) for index, case in enumerate(content["cases"]))
    return Manifest(content["vocabulary"], cases, content["state_dict_shapes"])


def golden() -> dict[str, Floats]:
    """Read `golden.npz`."""
    with np.load(DATA / "golden.npz") as arrays:
        return dict(arrays)


def fill(part: str, shapes: dict[str, list[int]], salt: str = "") -> dict[str, Floats]:
    """Weights for one part, by parameter name."""
    return {name: _value(f"{salt}{part}.{name}", name, shape) for name, shape in shapes.items()}


def _value(key: str, name: str, shape: list[int]) -> Floats:
    normal = np.random.default_rng(zlib.crc32(key.encode())).standard_normal(tuple(shape)).astype(np.float32)
    if name.endswith("original0"):  # weight-norm magnitudes
        value = 0.75 * (1 + 0.1 * normal)
    elif len(shape) >= 2:  # convolution, linear and embedding matrices
        value = normal / np.sqrt(np.prod(shape[1:], dtype=np.float32))
    elif name.endswith("bias"):
        value = 0.02 * normal
    elif name == "null_embedding":
        value = normal
    else:  # normalisation gains
        value = 1 + 0.1 * normal
    return value.astype(np.float32)
