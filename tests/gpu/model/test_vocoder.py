"""The vocoder computes no more than it is asked for, and that is unchanged."""

from pathlib import Path

import pytest
import torch

from gpu.model import published
from gpu.model.vocoder import Vocoder, spans


@pytest.fixture(scope="module")
def vocoder(published_folder: Path) -> Vocoder:
    return published.read(published_folder).network().vocoder


@pytest.mark.parametrize("samples", [1, 511, 512, 20_000])
def test_the_first_samples_are_those_of_the_whole(vocoder: Vocoder, samples: int) -> None:
    mel = torch.randn(2, 128, 60, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        whole, part = vocoder(mel), vocoder(mel, samples)
    assert whole.shape == (2, 60 * 512)
    assert part.shape == (2, samples)
    torch.testing.assert_close(part, whole[:, :samples], rtol=0, atol=1e-5)


@pytest.mark.parametrize("samples", [5_000, 6_001])
def test_they_depend_on_the_last_frame_that_is_computed_and_on_none_after(vocoder: Vocoder, samples: int) -> None:
    """In double precision the faintest influence shows, so the spans are neither too short nor too long."""
    vocoder = vocoder.double()
    frames = spans(samples)[0]
    mel = torch.randn(1, 128, 30, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    with torch.inference_mode():
        before = vocoder(mel)[:, :samples]
        after = [vocoder(_changed(mel, frame))[:, :samples] for frame in (frames - 1, frames)]
    vocoder.float()
    assert not torch.equal(after[0], before)
    assert torch.equal(after[1], before)


def _changed(mel: torch.Tensor, frame: int) -> torch.Tensor:
    changed = mel.clone()
    changed[:, :, frame] += 100
    return changed


def test_1_75_seconds_need_164_frames_of_173() -> None:
    assert spans(77_175)[0] == 164
