"""The model as it is published: three training checkpoints, a seventh of whose bytes inference needs."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor

from gpu.model import unpickle, weights
from gpu.model.errors import BadCheckpoint

DIFFUSION = "weights/diffusion_step_100000.pt"
VAE = "weights/vae_epoch_100.pt"
VOCODER = "weights/vocoder_epoch_50.pt"
FILES = (DIFFUSION, VAE, VOCODER)

MAGNITUDE = "parametrizations.weight.original0"
DIRECTION = "parametrizations.weight.original1"

Shapes = Mapping[str, torch.Size]
Value = TypeVar("Value")


def read(folder: Path, revision: str | None = None) -> weights.Weights:
    """Read the three files under `folder`; raises `BadCheckpoint`.

    Without a `revision` it is the folder's name where that is a commit, as in the hub's cache, else `local`.
    """
    file = folder / DIFFUSION
    checkpoint = unpickle.load(file)
    settings = checkpoint.get("config")
    if not isinstance(settings, unpickle.Settings):
        raise BadCheckpoint(file=file, problem="lacks config")
    config = weights.configuration(file, settings.fields)
    vocabulary = weights.vocabulary(file, checkpoint.get("vocab"))
    expected = weights.shapes(config, len(vocabulary))
    unet = weights.taken(file, _state(file, checkpoint, "ema_state_dict"), _part("unet.", expected))
    text = weights.taken(file, _state(file, checkpoint, "text_enc_state_dict"), _part("text.", expected))
    return weights.Weights(
        config=config,
        vocabulary=vocabulary,
        revision=revision or _commit(folder),
        tensors={
            **{f"unet.{name}": tensor for name, tensor in unet},
            **{f"text.{name}": tensor for name, tensor in text},
            **{f"decoder.{name}": tensor for name, tensor in _decoder(folder / VAE, _part("decoder.", expected))},
            **{f"vocoder.{name}": tensor for name, tensor in _vocoder(folder / VOCODER, _part("vocoder.", expected))},
        },
    )


def _decoder(file: Path, expected: Shapes) -> Iterator[tuple[str, Tensor]]:
    state = _state(file, unpickle.load(file), "model_state_dict")
    return weights.taken(file, _part("decoder.", state), expected)


def _vocoder(file: Path, expected: Shapes) -> Iterator[tuple[str, Tensor]]:
    """Fold the weight norm (Salimans and Kingma 2016, arXiv 1602.07868): a magnitude and a direction a row."""
    parametrized = {name: shape for name, shape in expected.items() if not name.endswith("weight")}
    for name, shape in expected.items():
        if name.endswith("weight"):
            parametrized[_beside(name, MAGNITUDE)] = torch.Size([shape[0], 1, 1])
            parametrized[_beside(name, DIRECTION)] = shape
    found = dict(weights.taken(file, _state(file, unpickle.load(file), "generator"), parametrized))
    for name in expected:
        if name in found:
            yield name, found[name]
        else:
            direction = found[_beside(name, DIRECTION)]
            norm = torch.linalg.vector_norm(direction, dim=(1, 2), keepdim=True)
            yield name, direction * (found[_beside(name, MAGNITUDE)] / norm)


def _beside(name: str, parametrization: str) -> str:
    return name.removesuffix("weight") + parametrization


def _state(file: Path, checkpoint: Mapping[str, object], key: str) -> dict[str, object]:
    state = checkpoint.get(key)
    if not isinstance(state, dict):
        raise BadCheckpoint(file=file, problem=f"lacks {key}")
    return {str(name): value for name, value in state.items()}


def _part(prefix: str, names: Mapping[str, Value]) -> dict[str, Value]:
    return {name.removeprefix(prefix): value for name, value in names.items() if name.startswith(prefix)}


def _commit(folder: Path) -> str:
    name = folder.resolve().name
    return name if re.fullmatch(r"[0-9a-f]{40}", name) else "local"
