"""Keeping a container of the worker awake, so that a kick comes at once; it costs money as long as it lasts."""

from dataclasses import dataclass
from typing import Protocol


class Scaler(Protocol):
    """What decides how many containers stay awake without work."""

    async def keep_containers(self, containers: int) -> None:
        """Have at least so many stay. Raises `errors.EngineRefused`."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Modal's, in dollars a second, as its price page had them on 2026-07-01: a T4, a CPU core, a GiB of memory."""

    gpu: float = 0.000164
    core: float = 0.0000131
    gib: float = 0.00000222


@dataclass(frozen=True, slots=True)
class Container:
    """What the worker's container is billed for beside its GPU."""

    cores: float = 1
    gib: float = 2


def cost(hours: float, prices: Prices | None = None, container: Container | None = None) -> float:
    """Dollars for one container kept awake for so long; an estimate, before free credits and taxes."""
    prices, container = prices or Prices(), container or Container()
    return hours * 3600 * (prices.gpu + prices.core * container.cores + prices.gib * container.gib)


@dataclass(frozen=True, slots=True)
class Warmer:
    """Warms and cools the deployed worker. A new deployment cools it too."""

    scaler: Scaler

    async def warm(self) -> None:
        """Keep one container awake until `cool`. Raises `errors.EngineRefused`."""
        await self.scaler.keep_containers(1)

    async def cool(self) -> None:
        """Let the last container go when it has had no work for a while. Raises `errors.EngineRefused`."""
        await self.scaler.keep_containers(0)
