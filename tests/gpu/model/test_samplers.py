"""Samplers on a distribution whose noise is known exactly: a mixture of Gaussians in the latent's 352 dimensions."""

import numpy as np
import pytest
import torch
from torch import Tensor

from gpu.model import samplers
from gpu.model.config import Config
from gpu.model.errors import BadRequest
from gpu.model.schedule import Schedule

DIMENSIONS = 352
CONFIG = Config(
    latent_dim=4, base_channels=64, cond_dim=256, text_embed_dim=64, timesteps=1000, beta_start=1e-4, beta_end=0.02
)


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return Schedule.from_config(CONFIG)


class Mixture:
    """Sixty equal Gaussians whose means lie in a plane of eight dimensions, of variance 1 in all."""

    def __init__(self) -> None:
        random = torch.Generator().manual_seed(1)
        plane = torch.randn(8, DIMENSIONS, generator=random, dtype=torch.float64) / 8**0.5
        self.means = torch.randn(60, 8, generator=random, dtype=torch.float64) @ plane * 0.75**0.5
        self.variance = 0.25

    def noise(self, x: Tensor, alpha_bar: float) -> Tensor:
        """The expected noise in `x (batch, 352)`, which is the score times minus the noise's deviation."""
        variance = alpha_bar * self.variance + 1 - alpha_bar
        means = alpha_bar**0.5 * self.means
        weights = torch.softmax(-(torch.cdist(x, means) ** 2) / (2 * variance), dim=1)
        noise: Tensor = (1 - alpha_bar) ** 0.5 * (x - weights @ means) / variance
        return noise


def solve(name: str, schedule: Schedule, steps: int, noise: Tensor) -> Tensor:
    sampler = samplers.named(name)
    alpha_bar = schedule.alpha_bar(sampler.times(schedule, steps)).tolist()
    return sampler.run(lambda x, step: Mixture().noise(x, alpha_bar[step]), noise, alpha_bar)


def test_dpm_solver_in_12_steps_is_as_close_to_the_solution_as_ddim_in_50(schedule: Schedule) -> None:
    noise = torch.randn(100, DIMENSIONS, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    exact = solve("ddim", schedule, 1000, noise)

    def error(name: str, steps: int) -> float:
        distance = (solve(name, schedule, steps, noise) - exact).norm(dim=1) / exact.norm(dim=1)
        return float(distance.median())

    assert error("dpmpp_2m", 12) < error("ddim", 50) < 0.04
    assert error("dpmpp_2m", 50) < error("dpmpp_2m", 20) < error("dpmpp_2m", 10) < error("ddim", 20)


def test_the_times_of_ddim_are_every_kth(schedule: Schedule) -> None:
    assert samplers.named("ddim").times(schedule, 50).tolist() == list(range(999, 18, -20))
    assert samplers.named("ddim").times(schedule, 3).tolist() == [999, 666, 333]
    assert samplers.named("ddim").times(schedule, 700).tolist() == list(range(999, 299, -1))


@pytest.mark.parametrize("steps", [1, 2, 12])
def test_the_times_of_dpm_solver_are_even_in_log_snr(schedule: Schedule, steps: int) -> None:
    times = samplers.named("dpmpp_2m").times(schedule, steps)
    assert len(times) == steps
    assert times[0] == pytest.approx(999)
    log_snr = torch.logit(schedule.alpha_bar(times)).diff()
    assert log_snr.tolist() == pytest.approx([log_snr.mean().item()] * (steps - 1))


def test_the_schedule_is_that_of_training(schedule: Schedule) -> None:
    reference = np.cumprod(1 - np.linspace(1e-4, 0.02, 1000))
    np.testing.assert_allclose(schedule.alpha_bar(torch.arange(1000)), reference, rtol=1e-9)


def test_times_and_their_shares_of_signal_are_inverse(schedule: Schedule) -> None:
    times = torch.tensor([0, 0.5, 10, 333.3, 998.9, 999], dtype=torch.float64)
    torch.testing.assert_close(schedule.times(schedule.alpha_bar(times)), times)


def test_a_sampler_that_there_is_not() -> None:
    with pytest.raises(BadRequest, match="no sampler called 'euler'"):
        samplers.named("euler")
