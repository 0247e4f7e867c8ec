"""The model's weights on their way between a file and a network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from gpu.model.config import Config
from gpu.model.errors import BadCheckpoint
from gpu.model.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Everything that inference needs: float32 tensors under the network's parameter names, checked.

    `vocabulary` is in the order of the embedding's rows, `revision` the commit of the published model.
    """

    config: Config
    vocabulary: tuple[str, ...]
    revision: str
    tensors: Mapping[str, Tensor]

    def network(self) -> Network:
        """A network on these tensors, not copied."""
        return Network.filled(self.config, len(self.vocabulary), self.tensors)


def shapes(config: Config, words: int) -> dict[str, torch.Size]:
    """Name and shape of every parameter of the network."""
    return {name: tensor.shape for name, tensor in Network.outline(config, words).state_dict().items()}


def taken(file: Path, found: Mapping[str, object], expected: Mapping[str, torch.Size]) -> Iterator[tuple[str, Tensor]]:
    """The `expected` tensors out of `found`, in float32; raises `BadCheckpoint` where one is not what it must be."""
    if unknown := found.keys() - expected.keys():
        raise BadCheckpoint(file=file, problem=f"holds {min(unknown)}, for which this model has no place")
    for name, shape in expected.items():
        tensor = found.get(name)
        if tensor is None:
            raise BadCheckpoint(file=file, problem=f"lacks {name}")
        if not isinstance(tensor, Tensor) or tensor.layout is not torch.strided or tensor.device.type != "cpu":
            raise BadCheckpoint(file=file, problem=f"holds no plain tensor as {name}")
        if tensor.shape != shape:
            raise BadCheckpoint(file=file, problem=f"has {name} as {tuple(tensor.shape)} instead of {tuple(shape)}")
        if not tensor.is_floating_point():
            raise BadCheckpoint(file=file, problem=f"has {name} in {tensor.dtype} instead of real numbers")
        if not tensor.sum().isfinite():
            raise BadCheckpoint(file=file, problem=f"has numbers in {name} that are not finite")
        yield name, tensor.detach().float()


def vocabulary(file: Path, found: object) -> tuple[str, ...]:
    """The list of keywords, distinct lower-case words; raises `BadCheckpoint`."""
    words = found if isinstance(found, list) else []
    plain = [word for word in words if isinstance(word, str) and word.lower().split() == [word]]
    if not plain or len(set(plain)) != len(words):
        raise BadCheckpoint(file=file, problem="holds no list of distinct lower-case keywords")
    return tuple(plain)


def configuration(file: Path, found: Mapping[str, object]) -> Config:
    """The configuration; raises `BadCheckpoint`."""
    try:
        return Config.from_values(found)
    except ValueError as error:
        raise BadCheckpoint(file=file, problem=str(error)) from error
