"""The model against the plain way of running it: as trained, one guidance pass after the other, everything vocoded.

The plain loop runs on the same modules as they come out of the published files, weight norm applied on every call.
Prints ratios and the times of the stages, each the fastest of several runs that alternate between the two.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
import torch
from torch import Tensor
from torch.nn.utils.parametrizations import weight_norm

from gpu.model import archive, published
from gpu.model.convolutions import Convolution
from gpu.model.finish import finish
from gpu.model.network import Network
from gpu.model.schedule import Schedule
from gpu.model.weights import Weights
from gpu.pipeline import Pipeline, Timings
from tests.bench.measuring import tell
from tests.gpu.model import stand_in
from tests.gpu.model.published import Training

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

NOISE = stand_in.manifest().cases[0].noise
WORDS = "hit house"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 350 MB, as published."""
    return Training(full=True).write(tmp_path_factory.mktemp("published"))


@dataclass
class Plain:
    """The reference's way, on our modules."""

    network: Network
    vocabulary: tuple[str, ...]
    schedule: Schedule

    @classmethod
    def of(cls, weights: Weights) -> "Plain":
        network = weights.network()
        for layer in network.vocoder.modules():
            if isinstance(layer, Convolution):
                weight_norm(layer)
        return cls(network, weights.vocabulary, Schedule.from_config(weights.config))

    def generate(self, steps: int = 50, scale: float = 3.0) -> Timings:
        with torch.no_grad():
            began = perf_counter()
            cond, nothing = self.network.text([[self.vocabulary.index(word) for word in WORDS.split()], []])
            encoded = perf_counter()
            latent = self.sample(torch.from_numpy(NOISE), cond[None], nothing[None], steps, scale)
            sampled = perf_counter()
            mel = self.network.decoder(latent)
            decoded = perf_counter()
            finish(self.network.vocoder(mel))
            return Timings(encoded - began, sampled - encoded, decoded - sampled, perf_counter() - decoded)

    def sample(self, x: Tensor, cond: Tensor, nothing: Tensor, steps: int, scale: float) -> Tensor:
        times = 999 - 1000 // steps * torch.arange(steps)
        shares = [*self.schedule.alpha_bar(times).float(), torch.tensor(1.0)]
        for step, time in enumerate(times):
            away, towards = (self.network.unet(x, time[None], words) for words in (nothing, cond))
            eps = away + scale * (towards - away)
            signal = (x - (1 - shares[step]).sqrt() * eps) / shares[step].sqrt()
            x = shares[step + 1].sqrt() * signal + (1 - shares[step + 1]).sqrt() * eps
        return x


def fastest(runs: int, *ways: Callable[[], Timings]) -> list[Timings]:
    """Of each way its fastest run, after one to warm up."""
    times = [[way() for way in ways] for _ in range(runs + 1)][1:]
    return [min(of_one, key=lambda timings: timings.total) for of_one in zip(*times, strict=True)]


@contextmanager
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def stages(timings: Timings) -> str:
    parts = (timings.sampling, timings.decoding, timings.vocoding)
    return "{:7.1f} ms  (sampling {:.1f}, decoding {:.1f}, vocoding {:.1f})".format(
        timings.total * 1000, *(part * 1000 for part in parts)
    )


def test_kicks(folder: Path) -> None:
    plain, ours = Plain.of(published.read(folder)), Pipeline.from_published(folder)

    def kicks(sampler: str, steps: int, count: int = 1) -> Callable[[], Timings]:
        return lambda: ours.generate(WORDS, seed=7, steps=steps, sampler=sampler, count=count).timings

    reference, ddim, four, dpm, four_dpm = fastest(
        7, plain.generate, kicks("ddim", 50), kicks("ddim", 50, 4), kicks("dpmpp_2m", 12), kicks("dpmpp_2m", 12, 4)
    )
    print(f"\n{torch.get_num_threads()} threads, {torch.backends.cpu.get_cpu_capability()}")
    tell("the plain loop, 50 steps of DDIM", stages(reference))
    tell("ours, 50 steps of DDIM", stages(ddim))
    tell("  times as fast", f"{reference.total / ddim.total:7.2f}", "2.5")
    tell("ours, 12 steps of DPM-Solver++", stages(dpm))
    tell("  times as fast", f"{reference.total / dpm.total:7.2f}", "5")
    tell("four kicks at once, 50 steps of DDIM", stages(four))
    tell("  in units of one", f"{four.total / ddim.total:7.2f}", "3.5")
    tell("four kicks at once, 12 steps of DPM-Solver++", stages(four_dpm))
    tell("  in units of one", f"{four_dpm.total / dpm.total:7.2f}")
    with one_thread():
        alone, alone_dpm = fastest(3, kicks("ddim", 50), kicks("dpmpp_2m", 12))
    tell("ours, 50 steps of DDIM, one thread", stages(alone))
    tell("ours, 12 steps of DPM-Solver++, one thread", stages(alone_dpm))


def test_loading(folder: Path, tmp_path: Path) -> None:
    archive.write(tmp_path / "full", published.read(folder))
    archive.write(tmp_path / "half", published.read(folder), half=True)

    def timed(load: Callable[[], object]) -> Callable[[], Timings]:
        def run() -> Timings:
            began = perf_counter()
            load()
            return Timings(perf_counter() - began, 0, 0, 0)

        return run

    whole, mapped, full, half = fastest(
        5,
        timed(lambda: [torch.load(folder / name, map_location="cpu") for name in published.FILES]),
        timed(lambda: Pipeline.from_published(folder)),
        timed(lambda: Pipeline.load(tmp_path / "full")),
        timed(lambda: Pipeline.load(tmp_path / "half")),
    )
    print()
    tell("reading the three published files whole", milliseconds(whole))
    tell("a pipeline from the three, mapped into memory", milliseconds(mapped))
    tell("a pipeline from our file, float32", milliseconds(full))
    tell("  times as fast as reading the three whole", f"{whole.total / full.total:7.2f}", "4")
    tell("  times as fast as from the three, mapped", f"{mapped.total / full.total:7.2f}")
    tell("a pipeline from our file, float16", milliseconds(half))
    tell("  times as fast as reading the three whole", f"{whole.total / half.total:7.2f}")


def milliseconds(timings: Timings) -> str:
    return f"{timings.total * 1000:7.1f} ms"
