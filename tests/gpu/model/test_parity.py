"""Every stage against what the reference computed from the same weights and the same noise."""

from pathlib import Path

import numpy as np
import pytest
import torch

from gpu.model import published, words
from gpu.model.network import Network
from gpu.pipeline import Pipeline
from tests.gpu.model import stand_in
from tests.gpu.model.stand_in import Case, Floats

TOLERANCE = 1e-3
DEVICES = ["cpu", *(pytest.param("cuda", marks=pytest.mark.gpu) for _ in range(torch.cuda.is_available()))]
CASES = [pytest.param(case, id=case.prompt or "no words") for case in stand_in.manifest().cases]


@pytest.fixture(scope="module")
def golden() -> dict[str, Floats]:
    return stand_in.golden()


@pytest.fixture(scope="module", params=DEVICES)
def model(request: pytest.FixtureRequest, published_folder: Path) -> Pipeline:
    """On every device of this machine: the parameter `cuda` is there only where a CUDA device is."""
    return Pipeline.from_published(published_folder, device=request.param)


def error(ours: Floats, reference: Floats) -> float:
    """The largest difference, relative to the largest value."""
    assert ours.shape == reference.shape
    return float(np.abs(ours - reference).max() / np.abs(reference).max())


@pytest.fixture(scope="module")
def network(published_folder: Path) -> Network:
    """As it comes out of the files, its weights laid out for no device."""
    return published.read(published_folder).network()


@pytest.mark.parametrize("case", CASES)
def test_conditioning_and_noise_at_time_500(network: Network, golden: dict[str, Floats], case: Case) -> None:
    vocabulary = stand_in.manifest().vocabulary
    matched = [vocabulary.index(word) for word in words.read(case.prompt, vocabulary).matched]
    assert matched == golden[f"{case.index}_ids"].tolist()
    with torch.inference_mode():
        cond, nothing = network.text([matched, []])
        eps = network.unet(torch.from_numpy(case.noise), torch.tensor([500]), cond[None])
    assert error(cond[None].numpy(), golden[f"{case.index}_cond"]) < TOLERANCE
    assert error(nothing[None].numpy(), golden["uncond"]) < TOLERANCE
    assert error(eps.numpy(), golden[f"{case.index}_eps_t500"]) < TOLERANCE


@pytest.mark.parametrize("case", CASES)
def test_latent_after_sampling(model: Pipeline, golden: dict[str, Floats], case: Case) -> None:
    ours = model.latents(case.prompt, noise=case.noise, steps=case.steps, cfg_scale=case.cfg_scale)
    assert error(ours, golden[f"{case.index}_latent"]) < TOLERANCE


def test_log_mel_of_the_noise(model: Pipeline, golden: dict[str, Floats]) -> None:
    ours = model.decode(stand_in.manifest().cases[0].noise)
    assert error(ours, golden["0_mel"]) < TOLERANCE


def test_waveform_of_the_log_mel(model: Pipeline, golden: dict[str, Floats]) -> None:
    wave = model.vocode(golden["0_mel"])
    assert wave.shape == (1, 88_576)
    assert error(wave[0, :16_384], golden["0_wav_head"]) < TOLERANCE
    assert error(wave[0, ::64], golden["0_wav_every_64th"]) < TOLERANCE
