"""How long a procedural kick takes on one core."""

import time

import pytest

from core import engine as port
from gpu.synth import engine
from tests.bench import measuring

SEEDS = range(20)


@pytest.mark.bench
@pytest.mark.parametrize(
    "prompt", ["hit house", "909", "deep long 808 distorted", "acoustic", "gabber", "rumble techno"]
)
def test_a_kick(prompt: str) -> None:
    engine.make(port.Order(prompt, 0))
    times = []
    for seed in SEEDS:
        started = time.perf_counter()
        engine.make(port.Order(prompt, seed))
        times.append(time.perf_counter() - started)
    measuring.tell(f"synth: {prompt}", measuring.percentiles(times), "p50 under 50 ms")
