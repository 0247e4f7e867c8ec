"""A model that makes sines at once, or when the test lets it."""

import threading
from collections.abc import Sequence

import numpy as np

from gpu.model.kick import Generated, Request, Timings


class FakeModel:
    """Knows three words. It waits at the gate, where it is `open` from the start; the word `broken` breaks it."""

    vocabulary = ("deep", "hit", "house")
    revision = "fake-1"

    def __init__(self, *, gate: bool = True) -> None:
        """Let kicks pass the gate or not."""
        self.batches: list[tuple[list[Request], int, str]] = []
        self.gate = threading.Event()
        self.entered = threading.Event()
        if gate:
            self.gate.set()

    def generate_batch(self, requests: Sequence[Request], *, steps: int, sampler: str) -> list[Generated]:
        """See `gpu.pipeline.Pipeline`."""
        self.batches.append((list(requests), steps, sampler))
        self.entered.set()
        assert self.gate.wait(10)
        if any("broken" in request.prompt for request in requests):
            raise RuntimeError("a word broke the model")
        return [self._generate(request) for request in requests]

    def _generate(self, request: Request) -> Generated:
        words = request.prompt.split()
        matched = tuple(word for word in words if word in self.vocabulary)
        ignored = tuple(word for word in words if word not in self.vocabulary)
        wave = np.sin(2 * np.pi * (50 + request.seed) * np.arange(88_200) / 44_100)
        samples = wave.astype(np.float32)[None]
        return Generated(samples, matched, ignored, request.seed, Timings(0.1, 0.2, 0.3, 0.4))
