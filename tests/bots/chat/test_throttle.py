"""Progress beside the work: the newest of it, and none of it after the end."""

import asyncio
from dataclasses import dataclass, field

from bots.chat import throttle


@dataclass
class Edits:
    """What was sent. While `stuck`, what is on its way does not arrive."""

    sent: list[str] = field(default_factory=list)
    began: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.free.set()

    async def send(self, text: str) -> None:
        self.began.set()
        await self.free.wait()
        self.sent.append(text)


async def test_the_newest_is_sent_once() -> None:
    edits = Edits()
    async with throttle.throttled(edits.send, 0.01) as told:
        told.tell("1")
        told.tell("2")
        await edits.began.wait()
        await asyncio.sleep(0.05)
        assert edits.sent == ["2"]
        told.tell("3")
        edits.began.clear()
        await edits.began.wait()
    assert edits.sent == ["2", "3"]


async def test_nothing_is_sent_at_once_and_nothing_after_the_end() -> None:
    edits = Edits()
    async with throttle.throttled(edits.send, 30) as told:
        told.tell("1")
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.02)
    assert edits.sent == []
    async with throttle.throttled(edits.send, 0.01) as told:
        pass
    told.tell("2")
    await asyncio.sleep(0.05)
    assert edits.sent == [], "the card stands there by now"


async def test_what_is_on_its_way_arrives_before_the_end() -> None:
    edits = Edits()
    async with throttle.throttled(edits.send, 0.01) as told:
        told.tell("1")
        await edits.began.wait()
        edits.free.clear()
        told.tell("2")
        edits.began.clear()
        await edits.began.wait()
        asyncio.get_running_loop().call_later(0.05, edits.free.set)
    assert edits.sent == ["1", "2"]


async def test_what_does_not_arrive_holds_up_nothing_and_is_told_to_be_late() -> None:
    edits = Edits()
    edits.free.clear()
    async with asyncio.timeout(20):
        async with throttle.throttled(edits.send, 0.01) as told:
            told.tell("1")
            await edits.began.wait()
    assert told.late is not None
    edits.free.set()
    await told.late
    assert edits.sent == ["1"]
    assert told.late is None
