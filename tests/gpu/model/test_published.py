"""Reading the three published files: what may be wrong with what they hold."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from gpu.model import published
from gpu.model.errors import BadCheckpoint
from tests.gpu.model import stand_in
from tests.gpu.model.published import Checkpoint, Training

MILLIONS = {"unet": 5.905, "text": 0.019, "decoder": 2.260, "vocoder": 3.650}  # the vocoder folded
UNET = (published.DIFFUSION, "ema_state_dict")
TEXT = (published.DIFFUSION, "text_enc_state_dict")
VAE = (published.VAE, "model_state_dict")
VOCODER = (published.VOCODER, "generator")
CONV = "conv_pre.parametrizations.weight"


@pytest.fixture
def problem(published_folder: Path, tmp_path: Path) -> Callable[[str, Callable[[Checkpoint], Any]], str]:
    """What is said of the three files when one of them was changed."""

    def read(name: str, change: Callable[[Checkpoint], Any]) -> str:
        (tmp_path / "weights").mkdir()
        for other in set(published.FILES) - {name}:
            (tmp_path / other).symlink_to(published_folder / other)
        Training(changes={name: change}).write_one(tmp_path, name)
        with pytest.raises(BadCheckpoint) as caught:
            published.read(tmp_path)
        assert str(tmp_path / name) in str(caught.value)
        return str(caught.value)

    return read


def test_configuration_vocabulary_and_every_parameter_are_read(published_folder: Path) -> None:
    weights = published.read(published_folder)
    assert (weights.config.latent_dim, weights.config.timesteps, weights.config.beta_end) == (4, 1000, 0.02)
    assert weights.vocabulary == tuple(stand_in.manifest().vocabulary)
    assert weights.revision == "local"
    sizes = {part: sum(t.numel() for n, t in weights.tensors.items() if n.startswith(part)) for part in MILLIONS}
    assert {part: round(size / 1e6, 3) for part, size in sizes.items()} == MILLIONS


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (published.DIFFUSION, lambda c: c.pop("ema_state_dict"), "lacks ema_state_dict"),
        (published.DIFFUSION, lambda c: c.pop("text_enc_state_dict"), "lacks text_enc_state_dict"),
        (published.DIFFUSION, lambda c: c.pop("config"), "lacks config"),
        (published.DIFFUSION, lambda c: c.pop("vocab"), "no list of distinct lower-case keywords"),
        (published.DIFFUSION, lambda c: c["vocab"].append("hit"), "no list of distinct lower-case keywords"),
        (published.DIFFUSION, lambda c: c["vocab"].append(909), "no list of distinct lower-case keywords"),
        (
            published.DIFFUSION,
            lambda c: c["vocab"].append("new"),
            "has embedding.weight as (30, 64) instead of (31, 64)",
        ),
        (published.VAE, lambda c: c.pop("model_state_dict"), "lacks model_state_dict"),
        (published.VOCODER, lambda c: c.pop("generator"), "lacks generator"),
        (published.VOCODER, lambda c: c.update(generator=[1, 2]), "lacks generator"),
    ],
)
def test_a_missing_or_wrong_entry(
    problem: Callable[..., str], name: str, change: Callable[[Checkpoint], Any], says: str
) -> None:
    assert says in problem(name, change)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("latent_dim", 8, "instead of (64, 8, 3, 3)"),
        ("base_channels", 10**9, "impossible base_channels"),
        ("base_channels", 60, "impossible base_channels"),
        ("base_channels", 4096, "instead of"),
        ("timesteps", 0, "impossible timesteps"),
        ("timesteps", True, "impossible timesteps"),
        ("beta_end", float("nan"), "impossible beta_end"),
        ("beta_start", "1e-4", "impossible beta_start"),
    ],
)
def test_an_impossible_configuration(problem: Callable[..., str], field: str, value: object, says: str) -> None:
    assert says in problem(published.DIFFUSION, lambda c: setattr(c["config"], field, value))


def test_a_configuration_without_a_field(problem: Callable[..., str]) -> None:
    assert "lacks beta_end" in problem(published.DIFFUSION, lambda c: delattr(c["config"], "beta_end"))


@pytest.mark.parametrize(
    ("part", "parameter", "value", "says"),
    [
        (UNET, "down_in.bias", None, "lacks down_in.bias"),
        (UNET, "extra.bias", torch.zeros(3), "holds extra.bias"),
        (UNET, "down_in.bias", torch.zeros(3), "has down_in.bias as (3,) instead"),
        (UNET, "down_in.bias", torch.zeros(64).long(), "in torch.int64 instead"),
        (UNET, "down_in.bias", torch.full((64,), torch.nan), "not finite"),
        (UNET, "down_in.bias", [0.0] * 64, "holds no plain tensor as down_in.bias"),
        (UNET, "down_in.bias", torch.zeros(64).to_sparse(), "holds no plain tensor"),
        (UNET, "down_in.bias", torch.zeros(64, device="meta"), "no plain tensor"),
        (TEXT, "proj.bias", None, "lacks proj.bias"),
        (VAE, "decoder.net.8.bias", None, "lacks net.8.bias"),
        (VOCODER, f"{CONV}.original0", None, f"lacks {CONV}.original0"),
        (VOCODER, f"{CONV}.original1", torch.zeros(256, 128, 3), "instead of (256, 128, 7)"),
    ],
)
def test_a_missing_or_wrong_tensor(
    problem: Callable[..., str], part: tuple[str, str], parameter: str, value: object, says: str
) -> None:
    name, state = part

    def change(checkpoint: Checkpoint) -> None:
        checkpoint[state] = {**checkpoint[state], parameter: value}
        if value is None:
            del checkpoint[state][parameter]

    assert says in problem(name, change)


def test_weights_in_half_precision_are_read_as_float32(published_folder: Path, tmp_path: Path) -> None:
    def change(checkpoint: Checkpoint) -> None:
        checkpoint["ema_state_dict"] = {name: t.half() for name, t in checkpoint["ema_state_dict"].items()}

    Training(changes={published.DIFFUSION: change}).write(tmp_path)
    ours, exact = published.read(tmp_path).tensors, published.read(published_folder).tensors
    assert all(tensor.dtype is torch.float32 for tensor in ours.values())
    torch.testing.assert_close(ours["unet.mid1.conv1.weight"], exact["unet.mid1.conv1.weight"], rtol=1e-3, atol=1e-4)


def test_a_file_that_is_not_there(published_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / published.DIFFUSION).symlink_to(published_folder / published.DIFFUSION)
    with pytest.raises(BadCheckpoint, match=f"{published.VAE} cannot be used: it does not exist"):
        published.read(tmp_path)


def test_the_folder_of_a_snapshot_names_the_commit(published_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / ("cd" * 20)
    copy.mkdir()
    (copy / "weights").symlink_to(published_folder / "weights")
    assert published.read(copy).revision == "cd" * 20
    assert published.read(copy, "v2").revision == "v2"
