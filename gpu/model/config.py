"""The numbers that fix the network's widths and its noise schedule."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from gpu.model import layers

LARGEST_WIDTH = 4096
MOST_TIMESTEPS = 100_000


@dataclass(frozen=True, slots=True)
class Config:
    """What inference needs of the training configuration."""

    latent_dim: int
    base_channels: int
    cond_dim: int
    text_embed_dim: int
    timesteps: int
    beta_start: float
    beta_end: float

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> Self:
        """Pick the fields out of what a file says; others are left alone.

        Raises ValueError, its message a predicate about the file, where a field is missing or out of its range.
        """
        if missing := [field.name for field in fields(cls) if field.name not in values]:
            raise ValueError(f"lacks {missing[0]} in its configuration")
        return cls(
            latent_dim=_whole(values, "latent_dim", LARGEST_WIDTH),
            base_channels=_whole(values, "base_channels", LARGEST_WIDTH, multiple_of=layers.GROUPS),
            cond_dim=_whole(values, "cond_dim", LARGEST_WIDTH),
            text_embed_dim=_whole(values, "text_embed_dim", LARGEST_WIDTH),
            timesteps=_whole(values, "timesteps", MOST_TIMESTEPS),
            beta_start=_share(values, "beta_start"),
            beta_end=_share(values, "beta_end"),
        )


def _whole(values: Mapping[str, object], name: str, most: int, multiple_of: int = 1) -> int:
    value = values[name]
    if type(value) is not int or not 0 < value <= most or value % multiple_of:
        raise ValueError(f"has an impossible {name} in its configuration")
    return value


def _share(values: Mapping[str, object], name: str) -> float:
    value = values[name]
    if not isinstance(value, float) or not 0 < value < 1:
        raise ValueError(f"has an impossible {name} in its configuration")
    return value
