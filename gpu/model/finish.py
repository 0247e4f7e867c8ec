"""The last touch on a waveform: length, level and tail as the published model sets them."""

import torch
from torch import Tensor

SAMPLE_RATE = 44_100
LENGTH = 2 * SAMPLE_RATE
FADE_START = SAMPLE_RATE
FADE_END = SAMPLE_RATE * 7 // 4
PEAK = 0.95


def finish(wave: Tensor) -> Tensor:
    """Scale `(batch, samples)` to a peak of 0.95, fade from 1.0 s to 1.75 s, cut or pad to `(batch, 88200)`.

    What comes after 1.75 s is silent in any case, so a shorter `wave` of 77,175 samples is as good as a whole one
    unless its peak came later than that.
    """
    wave = wave[:, :LENGTH]
    peak = wave.abs().amax(dim=1, keepdim=True)
    finished = wave.new_zeros(len(wave), LENGTH)
    heard = wave[:, :FADE_END]
    finished[:, : heard.shape[1]] = heard * torch.where(peak > 0, PEAK / peak, 0.0)
    finished[:, FADE_START:FADE_END] *= torch.linspace(1, 0, FADE_END - FADE_START, device=wave.device) ** 3
    return finished
