"""The port behind which kicks are made: what is ordered, what is told on the way, what comes back."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """One kick to make. `prompt` is the words as the user wrote them, without options; `seed` is 0 to 2**31 - 1."""

    prompt: str
    seed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an order is. `seconds` have passed since it was submitted."""

    state: Literal["queued", "waking", "rendering"]
    seconds: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished order.

    `audio` is an encoded sound file. `matched` and `ignored` are None, and so is `seed`, where an older worker does
    not tell; `steps` and `guidance` are None where the engine has no such thing.
    """

    audio: bytes
    engine: str
    revision: str
    matched: tuple[str, ...] | None
    ignored: tuple[str, ...] | None
    seed: int | None
    steps: int | None = None
    guidance: float | None = None


class Engine(Protocol):
    """Makes kicks.

    Every method may raise `errors.EngineRefused` (no order was taken: bad token, no such app, unreachable),
    `errors.EngineFailed`, `errors.EngineTimedOut` or `errors.ResultGone` (render again with the same seed).
    """

    @property
    def name(self) -> str:
        """`modal`, `diffusion` or `synth`, as shown on a card."""

    async def vocabulary(self) -> frozenset[str] | None:
        """The words that steer the sound, lower-case; None where they are not known."""

    async def submit(self, order: Order) -> str | None:
        """Hand the order over; the id under which another process may ask for it, None where there is no such id."""

    def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        """Tell of the order's progress; the last value is the `Rendered`."""

    async def cancel(self, call_id: str | None) -> None:
        """Stop the order where that is still possible."""
