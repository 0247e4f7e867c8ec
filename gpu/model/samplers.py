"""Samplers: from noise to a latent in few calls of a network that predicts the noise.

A sampler chooses the times at which it asks, and steps through them. All share one signature and are chosen by name.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gpu.model.errors import BadRequest
from gpu.model.schedule import Schedule

# Given a latent and the number of the step: the noise in it, same shape.
Predict = Callable[[Tensor, int], Tensor]


@dataclass(frozen=True, slots=True)
class Sampler:
    """`times(schedule, steps)` falls from the noisiest; `run(predict, noise, alpha_bar at those times)` is a latent."""

    times: Callable[[Schedule, int], Tensor]
    run: Callable[[Predict, Tensor, Sequence[float]], Tensor]


def named(name: str) -> Sampler:
    """`ddim` or `dpmpp_2m`; raises `BadRequest` for any other name."""
    match name:
        case "ddim":
            return Sampler(_every_kth, ddim)
        case "dpmpp_2m":
            return Sampler(_even_in_log_snr, dpmpp_2m)
        case _:
            raise BadRequest(problem=f"there is no sampler called {name!r}; there are ddim and dpmpp_2m")


def _every_kth(schedule: Schedule, steps: int) -> Tensor:
    stride = schedule.timesteps // steps
    return schedule.timesteps - 1 - stride * torch.arange(steps)


def ddim(predict: Predict, noise: Tensor, alpha_bar: Sequence[float]) -> Tensor:
    """DDIM without added noise (Song et al. 2020, arXiv 2010.02502, equation 12 with sigma 0)."""
    x = noise
    for step, (now, then) in enumerate(zip(alpha_bar, [*alpha_bar[1:], 1.0], strict=True)):
        eps = predict(x, step)
        signal = (x - math.sqrt(1 - now) * eps) / math.sqrt(now)
        x = math.sqrt(then) * signal + math.sqrt(1 - then) * eps
    return x


def _even_in_log_snr(schedule: Schedule, steps: int) -> Tensor:
    """Evenly spaced log signal-to-noise ratios, as the paper of DPM-Solver++ advises for few steps.

    The last time is a hundredth of the schedule: on mixtures of Gaussians with their exact score 10 to 12 steps came
    closest to the exact solution when they ended there rather than at 0.
    """
    ends = schedule.alpha_bar(torch.tensor([schedule.timesteps - 1, schedule.timesteps // 100]))
    noisy, clean = torch.logit(ends).tolist()
    return schedule.times(torch.linspace(noisy, clean, steps, dtype=torch.float64).sigmoid())


def dpmpp_2m(predict: Predict, noise: Tensor, alpha_bar: Sequence[float]) -> Tensor:
    """DPM-Solver++ (2M), second order with one call a step (Lu et al. 2022, arXiv 2211.01095, algorithm 2).

    The last step, whose half log signal-to-noise ratio would be infinite, is the first-order one: the signal itself.
    """
    x, previous = noise, None
    lambdas = [0.5 * math.log(share / (1 - share)) for share in alpha_bar]
    for step, now in enumerate(alpha_bar):
        signal = (x - math.sqrt(1 - now) * predict(x, step)) / math.sqrt(now)
        if step + 1 == len(alpha_bar):
            return signal
        then, width = alpha_bar[step + 1], lambdas[step + 1] - lambdas[step]
        ahead = signal
        if previous is not None:
            ratio = width / (lambdas[step] - lambdas[step - 1])
            ahead = signal + 0.5 * ratio * (signal - previous)
        x = math.sqrt((1 - then) / (1 - now)) * x - math.sqrt(then) * math.expm1(-width) * ahead
        previous = signal
    return x
