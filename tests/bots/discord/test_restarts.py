"""What becomes of kicks when the process ends, killed or asked to."""

import asyncio
from typing import Any

import pytest
from simcord.backend import serializers

from core.answers import replies
from core.making.studio import Limits
from core.people import Actor, Person, Place
from tests.bots.discord.engines import SlowEngine
from tests.bots.discord.world import Process, World, answer


@pytest.fixture
def parts(parts: Process) -> Process:
    parts.engine = SlowEngine(with_calls=True)
    return parts


class Wordless(SlowEngine):
    """Fails in a way that nobody foresaw when it is first asked for its words."""

    asked = False

    async def vocabulary(self) -> frozenset[str] | None:
        if not self.asked:
            self.asked = True
            raise ValueError("no words")
        return await super().vocabulary()


async def left_alone(world: World) -> None:
    """The leases of a killed process end."""
    await world.parts.database.execute("UPDATE kickbot.job SET lease_until = now() - interval '1 s'")


async def shown(world: World) -> Any:
    """The card of a kick of ada's, in the channel."""
    await world.kick()
    await world.env.advance_time(20)
    return world.posted()[-1]


async def test_a_killed_process_s_kick_is_finished_in_the_same_message(world: World) -> None:
    await world.ada.slash(world.channel, "kick", prompt="hit house")
    await world.env.advance_time(7)
    [placeholder] = world.posted()
    await left_alone(world)
    await world.restart()
    await world.env.advance_time(20)
    [card] = world.posted()
    assert card.id == placeholder.id
    assert "Hz" in card.content
    assert len(card.attachments) == 2
    assert await world.parts.database.fetchval("SELECT used FROM kickbot.usage WHERE subject = 'all'") == 1
    assert len(world.parts.engine.submitted) == 1  # type: ignore[attr-defined]


async def test_all_of_several_are_finished_in_their_messages(world: World) -> None:
    await world.ada.slash(world.channel, "kick", prompt="hit house", count=3)
    placeholders = {message.id for message in world.posted()}
    await left_alone(world)
    await world.restart()
    await world.env.advance_time(20)
    assert len(placeholders) == 3
    assert {message.id for message in world.posted() if message.attachments} == placeholders


async def test_several_are_in_hand_while_their_messages_are_placed(world: World) -> None:
    in_hand, held = world.client.surface.studio.in_hand, []
    world.env.backend.subscribers.append(
        lambda event, payload: held.append(len(in_hand)) if " of 3" in str(payload.get("content")) else None
    )
    await world.ada.slash(world.channel, "kick", prompt="hit house", count=3)
    assert held == [3, 3, 3]


async def test_a_kick_taken_over_after_15_minutes_is_finished_without_the_interaction(world: World) -> None:
    await world.ada.slash(world.channel, "kick", prompt="hit house")
    [placeholder] = world.posted()
    await world.restart()
    world.env.backend.advance_clock(16 * 60)
    await left_alone(world)
    await world.env.advance_time(40)
    [card] = world.posted()
    assert card.id == placeholder.id
    assert "Hz" in card.content


async def test_an_event_that_comes_twice_makes_one_kick(world: World) -> None:
    await world.ada.slash(world.channel, "kick", prompt="hit house")
    heard = next(payload for kind, name, payload in world.env.backend.transcript if name == "INTERACTION_CREATE")
    world.env.backend.emit("INTERACTION_CREATE", heard)
    await world.env.advance_time(20)
    assert len(world.posted()) == 1
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.job") == 1


class TestDeleting:
    async def test_what_another_process_deletes_is_removed_here(self, world: World) -> None:
        await shown(world)
        elsewhere = world.parts.services()
        who = Actor(Person("discord", "", str(world.ada.id), "ada"), Place("slack:B:T", "slack", "T", "C"))
        [take] = (await elsewhere.library.kicks(who)).takes
        deleted = await elsewhere.library.delete(who, str(take.ref))
        assert isinstance(deleted, replies.Deleted)
        assert "1 message showing what is deleted could not be removed yet" in deleted.text
        assert len(world.posted()) == 1
        await world.env.advance_time(16)
        assert world.posted() == []
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.removal") == 0

    @pytest.mark.parametrize("archived", [False, True])
    async def test_a_card_is_found_in_a_thread_that_went_on_or_was_archived(self, world: World, archived: bool) -> None:
        thread, backend = await world.thread(), world.env.backend
        await world.ada.send(thread, "the last message that the session is told of")
        await world.restart()
        await world.ada.slash(thread, "kick", prompt="hit house")
        await world.env.advance_time(20)
        channel = backend.get_channel(thread.id)
        assert channel.thread_metadata is not None
        channel.thread_metadata.archived = archived
        backend.emit("THREAD_UPDATE", serializers.thread_payload(backend, channel))
        elsewhere = world.parts.services()
        who = Actor(Person("discord", "", str(world.ada.id), "ada"), Place("slack:B:T", "slack", "T", "C"))
        [take] = (await elsewhere.library.kicks(who)).takes
        await elsewhere.library.delete(who, str(take.ref))
        assert len(world.posted(thread)) == 1
        await world.env.advance_time(16)
        assert world.posted(thread) == []

    async def test_a_card_that_could_not_be_removed_is_removed_by_the_next_process(self, world: World) -> None:
        card = await shown(world)
        world.env.inject_error("DELETE", "/channels/*/messages/*", status=500, times=None)
        await world.ada.react(card, "❌")
        await world.env.advance_time(3)
        assert (
            "1 message showing what is deleted could not be removed yet"
            in world.ada.user.dm_channel.history()[-1].content
        )
        world.env.backend.faults.clear()
        await world.restart()
        await world.env.advance_time(1)
        assert not [message for message in world.posted() if message.attachments]

    async def test_a_card_that_may_not_be_removed_stays_and_that_is_said(self, world: World) -> None:
        card = await shown(world)
        world.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=50013, message="no")
        await world.ada.react(card, "❌")
        assert "Kickbot is not allowed to remove 1 message" in world.ada.user.dm_channel.history()[-1].content
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.removal") == 0


async def test_a_letter_that_another_process_has_written_is_sent_here(world: World) -> None:
    accounts = world.parts.services().desk.account.accounts
    ada = Actor(Person("discord", "", str(world.ada.id), "ada"), Place("discord:1", "discord", "1", "1"))
    bob = Actor(Person("slack", "T1", "U1", "bob"), Place("slack:A1:T1", "slack", "T1", "C1"))
    claim = await accounts.claim(bob, (await accounts.link(ada)).code)
    await accounts.confirm(bob, claim.theirs.id)
    await world.restart()
    await world.env.advance_time(16)
    [notification] = world.ada.user.dm_channel.history()
    assert "bob on Slack and ada on Discord share one Kickbot account now" in notification.content
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.letter") == 0


class TestLeaving:
    async def test_what_is_running_is_posted_first(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        leaving = asyncio.create_task(world.client.leave(30))
        await asyncio.sleep(0.05)
        assert not leaving.done()
        await world.env.advance_time(20)
        await leaving
        [card] = world.posted()
        assert len(card.attachments) == 2

    async def test_nothing_new_is_begun_meanwhile(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        leaving = asyncio.create_task(world.client.leave(30))
        await asyncio.sleep(0.05)
        for result in (
            await world.bob.slash(world.channel, "kick", prompt="deep"),
            await world.bob.slash(world.channel, "kicks"),
        ):
            assert result.ephemeral
            assert "being restarted" in answer(result).content
        await world.env.advance_time(20)
        await leaving
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.job") == 1

    async def test_an_answer_that_is_being_given_is_given(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        await world.env.advance_time(20)
        files = world.parts.files
        copy = files.copy

        async def slow(source: str, target: str) -> None:
            await asyncio.sleep(6)
            await copy(source, target)

        files.copy = slow  # type: ignore[method-assign]
        saving = await world.bob.click(world.posted()[0], label="Save")
        leaving = asyncio.create_task(world.client.leave(30))
        await asyncio.sleep(0.05)
        assert not leaving.done()
        await world.env.advance_time(7)
        await leaving
        assert "Saved as your preset" in answer(saving).content

    async def test_what_takes_longer_is_left_to_the_next_process(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        studio = world.client.surface.studio
        await world.client.leave(0.05)
        await studio.release()
        await world.restart()
        await world.env.advance_time(20)
        [card] = world.posted()
        assert len(card.attachments) == 2


class TestLeavingWhenSomethingHasFailed:
    @pytest.fixture
    def parts(self, parts: Process) -> Process:
        parts.engine = Wordless(with_calls=True)
        return parts

    async def test_what_is_running_is_posted_all_the_same(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        leaving = asyncio.create_task(world.client.leave(30))
        await asyncio.sleep(0.05)
        await world.env.advance_time(20)
        await leaving
        [card] = world.posted()
        assert len(card.attachments) == 2


class TestGivenUp:
    @pytest.fixture
    def parts(self, parts: Process) -> Process:
        parts.limits = Limits(attempts=1)
        return parts

    async def test_the_asker_is_told_when_it_cannot_be_finished(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        await left_alone(world)
        await world.restart()
        told = world.posted(viewer=world.ada)
        assert "could not be finished in 1 attempt and" in told[-1].content
        assert world.posted() == []
