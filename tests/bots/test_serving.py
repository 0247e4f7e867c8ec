"""Surfaces are joined and left together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bots.cli import run
from core import errors


@asynccontextmanager
async def surface(told: list[str], name: str, leaving: float = 0.0) -> AsyncIterator[None]:
    """A surface that takes so many seconds to leave."""
    told.append(f"{name} joined")
    yield
    told.append(f"{name} leaves")
    await asyncio.sleep(leaving)
    told.append(f"{name} has left")


@dataclass
class Closed:
    """A surface that cannot be joined."""

    error: Exception

    async def __aenter__(self) -> None:
        raise self.error

    async def __aexit__(self, *_: object) -> None:
        """It was never joined."""


async def test_all_are_left_at_once() -> None:
    told: list[str] = []
    stop = asyncio.Event()
    await run.listen([surface(told, "a", 0.2), surface(told, "b", 0.2)], stop, stop.set)
    assert sorted(told[:2]) == ["a joined", "b joined"]
    assert sorted(told[2:4]) == ["a leaves", "b leaves"], "none waits for the other to have left"


async def test_with_no_surface_it_serves_until_it_is_stopped() -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(run.listen([], stop, lambda: None))
    await asyncio.sleep(0.05)
    assert not running.done()
    stop.set()
    await running


async def test_a_surface_that_cannot_be_joined_ends_all_with_its_sentence() -> None:
    told: list[str] = []
    refusal = errors.BadSetting(name="TOKEN", problem="is refused")
    with pytest.raises(errors.BadSetting, match="TOKEN"):
        await run.listen([surface(told, "a"), Closed(refusal)], asyncio.Event(), lambda: told.append("ready"))
    assert "ready" not in told


async def test_a_fault_is_not_hidden() -> None:
    with pytest.raises(ExceptionGroup):
        await run.listen([Closed(ZeroDivisionError())], asyncio.Event(), lambda: None)
