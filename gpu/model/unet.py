"""The U-Net that predicts the noise in a latent.

The conditioning enters only as one added vector in each residual block. Those vectors depend on time and prompt but
not on the latent, so a sampler computes them for all of its steps at once (`biases`) and then calls `denoise`.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from gpu.model import layers
from gpu.model.config import Config
from gpu.model.convolutions import Conv, Stretch

SINUSOIDS = 64
LONGEST_PERIOD = 10_000.0


class Biases(NamedTuple):
    """What the conditioning adds inside each residual block, `(..., batch, channels, 1, 1)`."""

    down1: Tensor
    down2: Tensor
    mid1: Tensor
    mid2: Tensor
    up2: Tensor
    up1: Tensor

    def at(self, step: int) -> "Biases":
        """Those of one step, where the leading axis is steps."""
        return Biases(*(bias[step] for bias in self))


def sinusoids(times: Tensor) -> Tensor:
    """Encode times `(steps,)`, which need not be whole, as `(steps, 64)`: cosines first, then sines."""
    half = SINUSOIDS // 2
    exponents = torch.arange(half, dtype=torch.float32, device=times.device) / half
    angles = times[:, None].float() * torch.exp(-math.log(LONGEST_PERIOD) * exponents)
    return torch.cat([angles.cos(), angles.sin()], dim=1)


class Residual(nn.Module):
    """Two normalised convolutions around the conditioning, added to their input."""

    def __init__(self, channels: int, cond_dim: int) -> None:
        super().__init__()
        self.norm1 = layers.GroupNorm(channels)
        self.conv1 = Conv(channels, channels, (3, 3))
        self.cond_proj = layers.Linear(cond_dim, channels)
        self.norm2 = layers.GroupNorm(channels)
        self.conv2 = Conv(channels, channels, (3, 3))

    def bias(self, cond: Tensor) -> Tensor:
        """`(..., cond_dim)` to `(..., channels, 1, 1)`."""
        projected: Tensor = self.cond_proj(cond)
        return projected[..., None, None]

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`(batch, channels, height, width)` with a bias `(batch, channels, 1, 1)`."""
        hidden = self.conv1(functional.silu(self.norm1(x))) + bias
        out: Tensor = self.conv2(functional.silu(self.norm2(hidden)), plus=x)
        return out


class Attention(nn.Module):
    """Self-attention over positions with one head, added to its input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = layers.GroupNorm(channels)
        self.qkv = Conv(channels, 3 * channels, (1, 1))
        self.out = Conv(channels, channels, (1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """`(batch, channels, height, width)`."""
        batch, channels, height, width = x.shape
        queries, keys, values = self.qkv(self.norm(x)).reshape(batch, 3, channels, height * width).mT.unbind(dim=1)
        mixed = functional.scaled_dot_product_attention(queries, keys, values)
        out: Tensor = self.out(mixed.mT.reshape(batch, channels, height, width), plus=x)
        return out


class UNet(nn.Module):
    """Three resolutions, one residual block on each side of each, attention at the lowest."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        low, middle, high = (config.base_channels * factor for factor in (1, 2, 4))
        self.time_mlp = nn.Sequential(
            layers.Linear(SINUSOIDS, config.cond_dim), nn.SiLU(), layers.Linear(config.cond_dim, config.cond_dim)
        )
        self.down_in = Conv(config.latent_dim, low, (3, 3))
        self.down1 = Residual(low, config.cond_dim)
        self.down_conv1 = Conv(low, middle, (3, 3), stride=2)
        self.down2 = Residual(middle, config.cond_dim)
        self.down_conv2 = Conv(middle, high, (3, 3), stride=2)
        self.mid1 = Residual(high, config.cond_dim)
        self.mid_attn = Attention(high)
        self.mid2 = Residual(high, config.cond_dim)
        self.up_conv2 = Stretch(high, middle, (4, 4), stride=2)
        self.up2 = Residual(high, config.cond_dim)
        self.up_reduce2 = Conv(high, middle, (1, 1))
        self.up_conv1 = Stretch(middle, low, (4, 4), stride=2)
        self.up1 = Residual(middle, config.cond_dim)
        self.up_reduce1 = Conv(middle, low, (1, 1))
        self.out_norm = layers.GroupNorm(low)
        self.out_conv = Conv(low, config.latent_dim, (3, 3))

    def forward(self, latent: Tensor, time: Tensor, words: Tensor) -> Tensor:
        """The noise in `latent (batch, latent_dim, 8, 11)` at `time (1,)`, given `words (batch, cond_dim)`."""
        return self.denoise(latent, self.biases(time, words).at(0))

    def biases(self, times: Tensor, words: Tensor) -> Biases:
        """For every time `(steps,)` and every row of `words (batch, cond_dim)`; the leading axis is steps."""
        cond = self.time_mlp(sinusoids(times))[:, None] + words[None]
        blocks = (self.down1, self.down2, self.mid1, self.mid2, self.up2, self.up1)
        return Biases(*(block.bias(cond) for block in blocks))

    def denoise(self, latent: Tensor, biases: Biases) -> Tensor:
        """The noise in `latent (batch, latent_dim, 8, 11)`, same shape."""
        fine = self.down1(self.down_in(latent), biases.down1)
        coarse = self.down2(self.down_conv1(fine), biases.down2)
        x = self.mid1(self.down_conv2(coarse), biases.mid1)
        x = self.mid2(self.mid_attn(x), biases.mid2)
        x = self.up_reduce2(self.up2(_join(self.up_conv2(x), coarse), biases.up2))
        x = self.up_reduce1(self.up1(_join(self.up_conv1(x), fine), biases.up1))
        noise: Tensor = self.out_conv(functional.silu(self.out_norm(x)))
        return noise


def _join(upsampled: Tensor, skip: Tensor) -> Tensor:
    """Odd sizes grow by one on their way down and up again, hence the crop."""
    height, width = skip.shape[2:]
    return torch.cat([upsampled[:, :, :height, :width], skip], dim=1)
