"""Timing of stages, also where they run on a GPU behind Python's back."""

from time import perf_counter

import torch


class Stopwatch:
    """Started when made."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._since = self._now()

    def lap(self) -> float:
        """Seconds since the last lap, once the device has finished its work."""
        since, self._since = self._since, self._now()
        return self._since - since

    def _now(self) -> float:
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
        return perf_counter()
