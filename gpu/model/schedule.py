"""How much of the noise is left at which time: the variance-preserving schedule of training, linear in beta."""

from dataclasses import dataclass

import torch
from torch import Tensor

from gpu.model.config import Config


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """`log_alpha_bar (timesteps,)` is the logarithm of the share of signal power, float64, falling."""

    log_alpha_bar: Tensor

    @classmethod
    def from_config(cls, config: Config) -> "Schedule":
        """The schedule that the network was trained with."""
        betas = torch.linspace(config.beta_start, config.beta_end, config.timesteps, dtype=torch.float64)
        return cls(torch.log1p(-betas).cumsum(dim=0))

    @property
    def timesteps(self) -> int:
        """Number of whole times; the noisiest is the last."""
        return len(self.log_alpha_bar)

    def alpha_bar(self, times: Tensor) -> Tensor:
        """The share of signal power at `times`, which need not be whole, float64."""
        below = times.floor().long().clamp(0, self.timesteps - 1)
        above = (below + 1).clamp(max=self.timesteps - 1)
        return torch.lerp(self.log_alpha_bar[below], self.log_alpha_bar[above], times.double() - below).exp()

    def times(self, alpha_bar: Tensor) -> Tensor:
        """The inverse of `alpha_bar`."""
        wanted, falling = alpha_bar.log(), -self.log_alpha_bar
        above = torch.searchsorted(falling, -wanted).clamp(1, self.timesteps - 1)
        low, high = self.log_alpha_bar[above - 1], self.log_alpha_bar[above]
        return above - 1 + (wanted - low) / (high - low)
