"""Level, fade and length of the finished sound."""

import pytest
import torch

from gpu.model.finish import finish


def test_the_peak_is_scaled_and_the_fade_is_cubic_between_1_and_1_75_seconds() -> None:
    finished = finish(torch.full((1, 88_576), -0.5))[0]
    assert finished.shape == (88_200,)
    assert finished[:44_100].tolist() == pytest.approx([-0.95] * 44_100)
    assert finished[44_100 + 16_537].item() == pytest.approx(-0.95 / 8, rel=1e-3)
    assert finished[77_174:].abs().max() == 0
    assert finished[77_173] != 0


def test_each_kick_of_a_batch_has_its_own_peak() -> None:
    wave = torch.zeros(3, 88_576)
    wave[0, 10], wave[1, 20] = 0.01, -0.7
    finished = finish(wave)
    assert finished.abs().amax(dim=1).tolist() == pytest.approx([0.95, 0.95, 0])
    assert finished[0, 10] > 0 > finished[1, 20]


@pytest.mark.parametrize("samples", [100, 77_175, 88_200, 100_000])
def test_whatever_the_length_was_it_becomes_two_seconds(samples: int) -> None:
    finished = finish(torch.ones(2, samples))
    assert finished.shape == (2, 88_200)
    assert finished[:, : min(samples, 44_100)].min() == pytest.approx(0.95)
    assert finished[:, samples:].abs().sum() == 0
