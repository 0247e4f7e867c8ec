"""From prompts to kicks."""

import math
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
from torch import Tensor

from gpu.model import archive, convolutions, finish, published, samplers
from gpu.model.errors import BadRequest
from gpu.model.guidance import Guided
from gpu.model.kick import Floats, Generated, Request, Timings
from gpu.model.schedule import Schedule
from gpu.model.stopwatch import Stopwatch
from gpu.model.vae import LATENT_SIZE
from gpu.model.weights import Weights
from gpu.model.words import Words, read

SEEDS = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Words and guidance scale of each kick, and the noise that they start from, `(count, latent_dim, 8, 11)`."""

    words: Sequence[Words]
    scales: Sequence[float]
    start: Tensor


class Pipeline:
    """The whole model on one device. Nothing in it changes once it is made, so threads may share it."""

    def __init__(self, weights: Weights, *, device: str | torch.device = "cpu") -> None:
        self.device = torch.device(device)
        self.revision = weights.revision
        self.vocabulary = weights.vocabulary
        self.config = weights.config
        self._weights = weights
        self._indices = {word: index for index, word in enumerate(weights.vocabulary)}
        self._schedule = Schedule.from_config(weights.config)
        self._network = weights.network()
        convolutions.lay_out(self._network, self.device)

    @classmethod
    def from_published(cls, folder: Path, *, device: str | torch.device = "cpu", revision: str | None = None) -> Self:
        """Read the three published files under `folder/weights`; raises `BadCheckpoint`."""
        return cls(published.read(Path(folder), revision), device=device)

    @classmethod
    def load(cls, path: Path, *, device: str | torch.device = "cpu") -> Self:
        """Read our own model file; raises `BadCheckpoint`."""
        return cls(archive.read(Path(path)), device=device)

    def save(self, path: Path, *, half: bool = False) -> None:
        """Write our own model file, in float32 (47 MB) or in float16 (24 MB)."""
        archive.write(Path(path), self._weights, half=half)

    def generate(
        self,
        prompt: str,
        *,
        seed: int | None = None,
        noise: Floats | None = None,
        steps: int = 50,
        cfg_scale: float = 3.0,
        sampler: str = "ddim",
        count: int = 1,
    ) -> Generated:
        """Make `count` kicks of one prompt: from `seed`, `seed + 1` and so on, or from `noise (count, 4, 8, 11)`.

        With neither the seed is drawn. `sampler` is `ddim` or `dpmpp_2m`. Raises `BadRequest`.
        """
        if noise is None:
            seed = secrets.randbelow(SEEDS) if seed is None else seed
            noise = self._noise(range(seed, seed + count))
        elif seed is not None:
            raise BadRequest(problem="it was given both a seed and the noise")
        words = read(prompt, self._indices)
        batch = _Batch([words] * count, [cfg_scale] * count, self._latent(noise, count))
        samples, timings = self._make(batch, steps, sampler)
        return Generated(samples, words.matched, words.ignored, seed, timings)

    def generate_batch(
        self, requests: Sequence[Request], *, steps: int = 50, sampler: str = "ddim"
    ) -> tuple[Generated, ...]:
        """Make several kicks at once, one for each request and in their order; raises `BadRequest`."""
        words = [read(request.prompt, self._indices) for request in requests]
        start = self._latent(self._noise([request.seed for request in requests]), len(requests))
        batch = _Batch(words, [request.cfg_scale for request in requests], start)
        samples, timings = self._make(batch, steps, sampler)
        return tuple(
            Generated(samples[row : row + 1], words[row].matched, words[row].ignored, request.seed, timings)
            for row, request in enumerate(requests)
        )

    def latents(
        self, prompt: str, *, noise: Floats, steps: int = 50, cfg_scale: float = 3.0, sampler: str = "ddim"
    ) -> Floats:
        """Only the sampling: `noise (count, 4, 8, 11)` to latents of the same shape; raises `BadRequest`."""
        count = len(noise)
        batch = _Batch([read(prompt, self._indices)] * count, [cfg_scale] * count, self._latent(noise, count))
        with self._exact():
            return _array(self._sample(batch, self._encode(batch), steps, sampler))

    def decode(self, latents: Floats) -> Floats:
        """Only the decoding: latents `(count, 4, 8, 11)` to log-mel spectrograms `(count, 128, 173)`."""
        with self._exact():
            return _array(self._network.decoder(self._latent(latents, len(latents))))

    def vocode(self, log_mel: Floats) -> Floats:
        """Only the vocoding: log-mel spectrograms `(count, 128, 173)` to whole waveforms `(count, 88576)`."""
        with self._exact():
            return _array(self._vocode(torch.as_tensor(log_mel, device=self.device)))

    def _make(self, batch: _Batch, steps: int, sampler: str) -> tuple[Floats, Timings]:
        with self._exact():
            watch = Stopwatch(self.device)
            cond = self._encode(batch)
            encoding = watch.lap()
            latent = self._sample(batch, cond, steps, sampler)
            sampling = watch.lap()
            mel = self._network.decoder(latent)
            decoding = watch.lap()
            samples = _array(finish.finish(self._vocode(mel, finish.FADE_END)))
            return samples, Timings(encoding, sampling, decoding, watch.lap())

    def _encode(self, batch: _Batch) -> Tensor:
        """The conditioning `(count + 1, cond_dim)`, the last row being that of an empty prompt."""
        rows = [[self._indices[word] for word in words.matched] for words in batch.words]
        cond: Tensor = self._network.text([*rows, []])
        return cond

    def _sample(self, batch: _Batch, cond: Tensor, steps: int, sampler: str) -> Tensor:
        chosen = samplers.named(sampler)
        if not 1 <= steps <= self._schedule.timesteps:
            raise BadRequest(problem=f"the number of steps must be from 1 to {self._schedule.timesteps}")
        if not all(math.isfinite(scale) for scale in batch.scales):
            raise BadRequest(problem="the guidance scale must be a finite number")
        times = chosen.times(self._schedule, steps)
        predict = Guided(self._network.unet, cond[:-1], cond[-1], batch.scales, times)
        return chosen.run(predict, batch.start, self._schedule.alpha_bar(times).tolist())

    def _vocode(self, mel: Tensor, samples: int | None = None) -> Tensor:
        """A CPU makes one waveform after the other, whose intermediate results just about fit into its caches."""
        batches = mel.unsqueeze(1).unbind() if self.device.type == "cpu" else (mel,)
        return torch.cat([self._network.vocoder(batch, samples) for batch in batches])

    def _noise(self, seeds: Sequence[int]) -> Floats:
        """Drawn from each seed on its own and on the CPU, so that neither batch nor device changes a kick."""
        if any(seed < 0 for seed in seeds):
            raise BadRequest(problem="a seed must not be negative")
        shape = (self.config.latent_dim, *LATENT_SIZE)
        return np.array([np.random.default_rng(seed).standard_normal(shape) for seed in seeds], dtype=np.float32)

    def _latent(self, values: Floats, count: int) -> Tensor:
        shape = (count, self.config.latent_dim, *LATENT_SIZE)
        latent = torch.as_tensor(values, dtype=torch.float32)
        if latent.shape != shape or not count:
            raise BadRequest(problem=f"noise and latents must have the shape {shape} and there must be at least one")
        return latent.to(self.device, memory_format=torch.channels_last)

    @contextmanager
    def _exact(self) -> Iterator[None]:
        """No gradients, and no TF32: it would round convolutions on newer GPUs to ten bits."""
        with ExitStack() as stack:
            stack.enter_context(torch.inference_mode())
            if self.device.type == "cuda":
                stack.enter_context(torch.backends.cudnn.flags(enabled=True, allow_tf32=False))
            yield


def _array(tensor: Tensor) -> Floats:
    array: Floats = tensor.cpu().numpy()
    return array
