"""The VAE's decoder: from a latent to a log-mel spectrogram. Its encoder is needed in training only."""

from torch import Tensor, nn

from gpu.model import layers
from gpu.model.config import Config
from gpu.model.convolutions import Conv, Stretch

MEL_BANDS = 128
MEL_FRAMES = 173
LATENT_SIZE = (8, 11)
WIDTHS = (256, 128, 64, 32)


class Block(nn.Module):
    """Two normalised convolutions, added to their input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.block = nn.Sequential(
            layers.GroupNorm(channels),
            nn.SiLU(),
            Conv(channels, channels, (3, 3)),
            layers.GroupNorm(channels),
            nn.SiLU(),
            Conv(channels, channels, (3, 3)),
        )

    def forward(self, x: Tensor) -> Tensor:
        """`(batch, channels, height, width)`."""
        out: Tensor = x + self.block(x)
        return out


class Decoder(nn.Module):
    """Four doublings of both axes, each after a residual block."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        net: list[nn.Module] = [Conv(config.latent_dim, WIDTHS[0], (1, 1))]
        for width, narrower in zip(WIDTHS, (*WIDTHS[1:], 1), strict=True):
            net += [Block(width), Stretch(width, narrower, (4, 4), stride=2)]
        self.net = nn.Sequential(*net)

    def forward(self, latent: Tensor) -> Tensor:
        """`(batch, latent_dim, 8, 11)` to the log-mel `(batch, 128 bands, 173 frames)`."""
        mel: Tensor = self.net(latent)
        return mel[:, 0, :MEL_BANDS, :MEL_FRAMES]
