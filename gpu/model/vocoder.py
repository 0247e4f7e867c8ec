"""The vocoder: from a log-mel spectrogram to a waveform, a HiFi-GAN generator (Kong et al. 2020, arXiv 2010.05646)."""

import math

from torch import Tensor, nn
from torch.nn import functional

from gpu.model.convolutions import SLOPE, Conv, Stretch, reach
from gpu.model.vae import MEL_BANDS

WIDTH = 256
KERNEL = 7
STRIDES = (8, 8, 2, 2, 2)
UP_KERNELS = (16, 16, 4, 4, 4)
RESIDUAL_KERNELS = (3, 7, 11)
DILATIONS = (1, 3, 5)
FRAME = math.prod(STRIDES)


class Residual(nn.Module):
    """Pairs of a dilated and a plain convolution, each pair added to its input."""

    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        self.convs1 = nn.ModuleList(Conv(channels, channels, (kernel,), dilation=dilation) for dilation in DILATIONS)
        self.convs2 = nn.ModuleList(Conv(channels, channels, (kernel,)) for _ in DILATIONS)

    def forward(self, x: Tensor) -> Tensor:
        """`(batch, channels, 1, time)`."""
        for dilated, plain in zip(self.convs1, self.convs2, strict=True):
            x = plain(dilated(functional.leaky_relu(x, SLOPE), leaky=True), plus=x)
        return x


class Vocoder(nn.Module):
    """Five upsamplings, 512 samples a frame in all, each followed by the mean of three residual blocks."""

    def __init__(self) -> None:
        super().__init__()
        widths = [WIDTH >> stage for stage in range(len(STRIDES))]
        self.conv_pre = Conv(MEL_BANDS, WIDTH, (KERNEL,))
        self.ups = nn.ModuleList(
            Stretch(width, width // 2, (kernel,), stride=stride)
            for width, kernel, stride in zip(widths, UP_KERNELS, STRIDES, strict=True)
        )
        self.resblocks = nn.ModuleList(Residual(width // 2, kernel) for width in widths for kernel in RESIDUAL_KERNELS)
        self.conv_post = Conv(widths[-1] // 2, 1, (KERNEL,))

    def forward(self, mel: Tensor, samples: int | None = None) -> Tensor:
        """Log-mel `(batch, 128, frames)` to `(batch, 512 * frames)`, each in -1 to 1.

        Where only the first `samples` are asked for, of the input and of each stage no more is computed than they
        depend on.
        """
        frames, *lengths = spans(mel.shape[2] * FRAME if samples is None else samples)
        x = self.conv_pre(mel[:, :, None, :frames])
        blocks = iter(self.resblocks)
        for up, length in zip(self.ups, lengths, strict=True):
            x = up(functional.leaky_relu(x, SLOPE))[..., :length]
            narrow, medium, wide = (next(blocks)(x) for _ in RESIDUAL_KERNELS)
            x = (narrow + medium + wide) / len(RESIDUAL_KERNELS)
        wave: Tensor = self.conv_post(functional.leaky_relu(x, SLOPE)).tanh()
        return wave[:, 0, 0, :samples]


def spans(samples: int) -> list[int]:
    """How many frames, and then how many positions of each stage, the first `samples` samples depend on."""
    widest = max(RESIDUAL_KERNELS)
    block = sum(reach(widest, dilation) + reach(widest) for dilation in DILATIONS)
    positions, stages = samples + reach(KERNEL), list[int]()
    for stride, kernel in zip(reversed(STRIDES), reversed(UP_KERNELS), strict=True):
        stages.append(positions + block)
        positions = (stages[-1] - 1 + (kernel - stride) // 2) // stride + 1
    return [positions + reach(KERNEL), *reversed(stages)]
