"""The model behind a thread of its own: kicks asked for from anywhere, made in batches."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from gpu.batching import Batcher
from gpu.model.errors import BadRequest
from gpu.model.kick import Generated, Request

LONGEST_PROMPT = 1000
SEEDS = 2**31


class Model(Protocol):
    """What of `gpu.pipeline.Pipeline` is needed to make kicks."""

    @property
    def vocabulary(self) -> Collection[str]:
        """The words that steer the sound, lower-case."""

    @property
    def revision(self) -> str:
        """The commit that the weights were published with."""

    def generate_batch(self, requests: Sequence[Request], *, steps: int, sampler: str) -> Sequence[Generated]:
        """A kick for each request, all in one batch."""


@dataclass(frozen=True, slots=True)
class Kick:
    """One kick to make; those with the same steps and sampler may share a batch.

    A request that no batch can make is refused here, with `BadRequest`, so that it never delays its neighbours.
    """

    request: Request
    steps: int
    sampler: str

    def __post_init__(self) -> None:
        """Check what a caller over the network may have got wrong."""
        prompt, seed, scale = self.request.prompt, self.request.seed, self.request.cfg_scale
        if not isinstance(prompt, str) or len(prompt) > LONGEST_PROMPT:
            raise BadRequest(problem=f"a prompt is a text of at most {LONGEST_PROMPT} characters")
        if type(seed) is not int or not 0 <= seed < SEEDS:
            raise BadRequest(problem=f"a seed is a whole number from 0 to {SEEDS - 1}")
        if not isinstance(scale, int | float) or not math.isfinite(scale):
            raise BadRequest(problem="the guidance scale is a finite number")
        if type(self.steps) is not int or self.steps < 1:
            raise BadRequest(problem="the number of steps is a whole number from 1 up")
        if not isinstance(self.sampler, str):
            raise BadRequest(problem="the sampler is the name of one")


def kicks_of(model: Model, *, most: int, limit: int | None = None) -> Batcher[Kick, Generated]:
    """Have `model` make kicks, at most `most` at once, while at most `limit` wait."""

    def run(kicks: Sequence[Kick]) -> Sequence[Generated]:
        first = kicks[0]
        return model.generate_batch([kick.request for kick in kicks], steps=first.steps, sampler=first.sampler)

    return Batcher(run, most=most, limit=limit, together=lambda kick: (kick.steps, kick.sampler))
