"""What the tests of the engines have in common."""

from contextlib import aclosing

from core.engine import Engine, Order, Progress, Rendered
from gpu.modal_engine.following import Timeouts

AUDIO = b"RIFF" + bytes(350_000)
ORDER = Order("hit house zzz", 7)
PATIENT = Timeouts(connect=20, result=60, look=0.2, figures=5, words=20)
HURRIED = Timeouts(connect=1, result=2, look=0.2, figures=0.5, words=1)


def kick(**changes: object) -> dict[str, object]:
    """An answer of `generate`."""
    answer = {"audio": AUDIO, "matched": ["hit", "house"], "ignored": ["zzz"], "seed": 7}
    return answer | {"revision": "abc123", "timings": {"diffusion": 0.5}} | changes


async def follow(engine: Engine, call_id: str | None) -> list[Progress | Rendered]:
    """Everything that the engine tells of the call."""
    async with aclosing(engine.updates(ORDER, call_id)) as steps:
        return [step async for step in steps]


async def make(engine: Engine) -> Rendered:
    """The kick that the engine makes of an order."""
    rendered = (await follow(engine, await engine.submit(ORDER)))[-1]
    assert isinstance(rendered, Rendered)
    return rendered
