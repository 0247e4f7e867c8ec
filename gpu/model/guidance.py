"""Classifier-free guidance (Ho and Salimans 2022, arXiv 2207.12598): both of its passes in one batch."""

from collections.abc import Sequence

import torch
from torch import Tensor

from gpu.model.unet import UNet


class Guided:
    """Predicts the noise in a batch of kicks, step by step.

    `words` is `(batch, cond_dim)`, `nothing` the conditioning `(cond_dim,)` of an empty prompt, `scales` one number for
    each kick and `times (steps,)`. A scale of 1 or less means the conditional prediction alone; the unconditional
    pass is left out where that holds for the whole batch.
    """

    def __init__(self, unet: UNet, words: Tensor, nothing: Tensor, scales: Sequence[float], times: Tensor) -> None:
        self._unet = unet
        self._guided = any(scale > 1 for scale in scales)
        rows = torch.cat([words, nothing.expand_as(words)]) if self._guided else words
        self._biases = unet.biases(times.to(words), rows)
        self._scales = torch.tensor(scales, device=words.device).clamp(min=1)[:, None, None, None]

    def __call__(self, latent: Tensor, step: int) -> Tensor:
        """The noise in `latent (batch, latent_dim, 8, 11)` at the time of `step`, same shape."""
        biases = self._biases.at(step)
        if not self._guided:
            return self._unet.denoise(latent, biases)
        towards, away = self._unet.denoise(torch.cat([latent, latent]), biases).chunk(2)
        return torch.lerp(away, towards, self._scales)
