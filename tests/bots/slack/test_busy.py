"""A Slack that takes no more requests for now (429): nothing stays "on its way", and nothing is counted as shown."""

import asyncio
from collections.abc import AsyncGenerator

from bots.slack import start
from core.engine import Order, Progress, Rendered
from gpu.synth.engine import SynthEngine
from tests.bots.slack.office import Office

MANY = 1000


class Talkative(SynthEngine):
    """Tells how far it is thirty times."""

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        for _ in range(30):
            await asyncio.sleep(0.05)
            yield Progress("rendering", 1.0)
        async for step in super().updates(order, call_id):
            yield step


async def state(office: Office) -> str:
    found: str = await office.shop.database.fetchval("SELECT state FROM kickbot.job")
    return found


async def test_a_card_that_may_not_be_edited_in_for_now_is_shown_later(office: Office) -> None:
    async with office.process() as here:
        office.world.fail("chat.update", status=429, retry_after=1, times=MANY)
        await office.ada.command("hit house", office.general.id)
        await office.settle()
        assert await state(office) == "made"
        [placeholder] = office.general.messages.values()
        assert "is on its way" in placeholder.text
    await here.studio.release()
    office.world.failures.clear()
    async with office.process():
        await office.until(office.cards)
        await office.settle()
    assert [card.ts for card in office.cards()] == [placeholder.ts]
    assert await state(office) == "done"
    assert not office.world.private("UADA"), "nobody is told of what is done anyway"


async def test_after_the_last_attempt_the_asker_has_the_kick_and_the_placeholder_goes(office: Office) -> None:
    office.world.fail("chat.update", status=429, retry_after=1, times=MANY)
    office.world.fail("chat.delete", status=429, retry_after=1, times=MANY)
    async with office.process() as here:
        await office.ada.command("hit house", office.general.id)
        await office.settle()
        left = "UPDATE kickbot.job SET lease_until = now(), attempts = $1"
        await office.shop.database.execute(left, here.studio.limits.attempts - 1)
        [workspace] = await here.workspaces.all()
        await here.deliveries.take_over(workspace.application)
        await office.settle()
    assert "WAV" in office.world.private("UADA")[-1].buttons
    assert await state(office) == "done"
    office.world.failures.clear()
    async with office.process():
        await office.until(lambda: not office.general.messages)


async def test_after_too_many_requests_no_line_of_progress_is_sent_for_as_long_as_slack_says(office: Office) -> None:
    office.engine = Talkative()
    async with office.process():
        office.world.fail("chat.update", status=429, retry_after=60)
        card = await office.kick()
    assert "WAV" in card.buttons
    assert len(office.world.called("chat.update")) == 2, "one line of progress, and the card"


def test_edits_are_as_far_apart_as_slack_wants_them() -> None:
    assert 5 <= start.Timing().edits <= 8
