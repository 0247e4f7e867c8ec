"""💾 and ❌ below cards: heard without any memory of the message, and cheap where they mean nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from simcord import Env, MemberActor

from bots.discord.client import RECONCILED_EVERY
from bots.discord.save_counts import EDITED_EVERY
from db.postgres import pool
from db.postgres.database import Database
from tests import wire
from tests.bots.discord.world import SAVE, Process, World, answer, prepared

PRESETS = "SELECT count(*) FROM presets_preset"


def told(world: World, member: MemberActor | None = None) -> list[str]:
    """What the bot has said to somebody directly, bob if nobody else."""
    return [message.content for message in (member or world.bob).user.dm_channel.history()]


def beside(world: World) -> list[str]:
    """What the bot has said in the channel beside cards."""
    return [message.content for message in world.posted() if not message.attachments]


def last_line(world: World) -> str:
    """The last line of the one card in the channel."""
    [card] = world.posted()
    line: str = card.content.splitlines()[-1]
    return line


async def test_a_reaction_saves_for_whoever_reacts_and_the_card_says_so(world: World) -> None:
    card = await world.kick()
    await world.bob.react(card, SAVE)
    assert await world.parts.database.fetchval(PRESETS) == 1
    assert last_line(world) == "-# saved by 1"
    assert told(world) == []


async def test_a_kick_of_somebodys_library_is_saved_where_it_is_shown(world: World) -> None:
    await world.ada.react(await world.kick(), SAVE)
    number = await world.parts.database.fetchval("SELECT max(id) FROM kickgen_generatedkick")
    shown = answer(await world.ada.slash(world.channel, "presets show", name=f"kick:{number}"))
    await world.bob.react(shown, SAVE)
    owners = await world.parts.database.fetchval("SELECT count(DISTINCT user_id) FROM presets_preset")
    assert owners == 2


async def test_six_who_react_at_once_make_one_number_and_no_message(world: World) -> None:
    card = await world.kick()
    before = world.requests("PATCH")
    for number in range(6):
        await world.member(f"fan {number}").react(card, SAVE)
    assert world.requests("PATCH") == before + 1, "at once, and not again so soon"
    await world.env.advance_time(EDITED_EVERY)
    assert world.requests("PATCH") == before + 2
    assert last_line(world) == "-# saved by 6"
    [shown] = world.posted()
    assert len(shown.attachments) == 2
    assert [button.label for row in shown.components for button in row.children] == ["Save", "Again", "Delete"]
    await world.env.advance_time(10 * EDITED_EVERY)
    assert world.requests("PATCH") == before + 2


async def test_a_save_by_the_button_counts_too(world: World) -> None:
    card = await world.kick()
    await world.bob.react(card, SAVE)
    await world.env.advance_time(EDITED_EVERY)
    assert answer(await world.ada.click(card, label="Save")).ephemeral
    await world.env.advance_time(EDITED_EVERY)
    assert last_line(world) == "-# saved by 2"


async def test_a_card_that_cannot_be_edited_is_saved_from_all_the_same(world: World) -> None:
    card = await world.kick()
    world.env.inject_error("PATCH", "*", status=403, code=50013, message="no", times=None)
    await world.bob.react(card, SAVE)
    assert await world.parts.database.fetchval(PRESETS) == 1


async def test_somebody_who_takes_no_direct_messages_is_not_told(world: World) -> None:
    card = await world.kick()
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, message="no", times=None)
    await world.ada.react(card, "❌")
    assert world.posted() == []
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 0


async def test_taking_it_away_undoes_that(world: World) -> None:
    card = await world.kick()
    await world.bob.react(card, SAVE)
    await world.bob.unreact(card, SAVE)
    await world.env.advance_time(EDITED_EVERY)
    assert "saved by" not in last_line(world)
    assert told(world) == []
    assert await world.parts.database.fetchval(PRESETS) == 0


async def test_taking_it_away_leaves_what_was_shared_since(world: World) -> None:
    card = await world.kick()
    await world.bob.react(card, SAVE)
    name = await world.parts.database.fetchval("SELECT preset_name FROM presets_preset")
    await world.bob.slash(world.channel, "presets share", name=name)
    await world.bob.unreact(card, SAVE)
    assert "stays, because" in told(world)[-1]
    assert await world.parts.database.fetchval(PRESETS) == 1


async def test_it_works_on_messages_from_before_the_start(world: World) -> None:
    await world.kick()
    await world.restart()
    await world.bob.react(world.posted()[0], SAVE)
    assert await world.parts.database.fetchval(PRESETS) == 1


async def test_it_works_in_a_direct_message(world: World) -> None:
    result = await world.ada.user.slash("kick", prompt="hit house")
    await world.ada.user.set_reaction(result.response, SAVE, reacted=True)
    assert await world.parts.database.fetchval(PRESETS) == 1


async def test_a_cross_by_the_asker_deletes(world: World) -> None:
    card = await world.kick()
    await world.ada.react(card, "❌")
    assert [line for line in told(world, world.ada) if "is deleted" in line]
    assert beside(world) == []
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 0
    assert not [message for message in world.posted() if message.attachments]


async def test_a_cross_by_somebody_else_does_nothing(world: World) -> None:
    card = await world.kick()
    await world.bob.react(card, "❌")
    assert told(world) == []
    assert len(world.posted()) == 1


async def test_a_cross_by_a_moderator_takes_the_card_down(world: World) -> None:
    card = await world.kick()
    await world.moderator().react(card, "❌")
    assert not [message for message in world.posted() if message.attachments]
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 1


async def test_a_cross_asks_first_where_presets_use_it(world: World) -> None:
    card = await world.kick()
    await world.ada.click(card, label="Save")
    await world.ada.react(card, "❌")
    assert beside(world) == [], "nobody else is asked"
    [question] = world.ada.user.dm_channel.history()
    assert "would go too" in question.content
    await world.ada.user.click(question, label="Delete both")
    [answered] = world.ada.user.dm_channel.history()
    assert (answered.id, answered.components) == (question.id, [])
    assert "is deleted" in answered.content
    assert world.posted() == []
    assert await world.parts.database.fetchval(PRESETS) == 0


class TestWhenItCannotBeDone:
    async def test_whoever_reacts_below_a_card_is_told(self, world: World) -> None:
        card = await world.kick()
        await world.parts.database.execute("ALTER TABLE kickbot.message RENAME TO away")
        for emoji in (SAVE, "❌"):
            await world.bob.react(card, emoji)
        await world.bob.unreact(card, SAVE)
        assert ["Something went wrong" in line for line in told(world)] == [True, True]

    async def test_somebody_whose_name_is_not_told_is_told_so(self, world: World) -> None:
        result = await world.ada.user.slash("kick", prompt="hit house")
        world.env.inject_error("GET", "/users/*", status=404, code=10013, message="Unknown User")
        await world.ada.user.set_reaction(result.response, SAVE, reacted=True)
        assert "Something went wrong" in world.ada.user.dm_channel.history()[-1].content


class TestInAThread:
    async def test_reactions_save_and_delete_there(self, world: World) -> None:
        thread = await world.thread()
        card = answer(await world.ada.slash(thread, "kick", prompt="hit house"))
        await world.bob.react(card, SAVE)
        assert await world.parts.database.fetchval(PRESETS) == 1
        await world.ada.react(card, "❌")
        assert not [message for message in world.posted(thread) if message.attachments]

    async def test_saves_from_while_the_bot_was_down_count_there(self, world: World) -> None:
        thread = await world.thread()
        card = answer(await world.ada.slash(thread, "kick", prompt="hit house"))
        await world.while_down(lambda: world.env.backend.add_reaction(thread.id, card.id, SAVE, world.bob.id))
        assert await world.parts.database.fetchval(PRESETS) == 1


class TestWhatReactionsCost:
    @pytest.fixture
    async def counted_world(self, target: pool.Target) -> AsyncIterator[tuple[World, wire.Count]]:
        """A world whose database counts what it is asked."""
        async with wire.counted(target) as (relayed, count), pool.open_pool(relayed) as connections:
            parts = Process(Database(connections))
            env = Env(parts.client(), shard_count=1)
            await env.start()
            yield await prepared(parts, env), count
            await env.shutdown()
            env.raise_errors()

    async def test_what_means_nothing_costs_no_query(self, counted_world: tuple[World, wire.Count]) -> None:
        world, count = counted_world
        card = await world.kick()
        chat = await world.ada.send(world.channel, "nice one")
        robot = world.guild.add_member(world.env.create_user("robot", bot=True))
        count.reset()
        await world.bob.react(card, "👍")
        await world.bob.react(chat, SAVE)
        await world.bob.react(chat, "❌")
        await robot.react(card, SAVE)
        await world.bob.unreact(card, "👍")
        assert count.statements == []

    async def test_taking_a_disk_away_elsewhere_costs_one(self, counted_world: tuple[World, wire.Count]) -> None:
        world, count = counted_world
        chat = await world.ada.send(world.channel, "nice one")
        await world.bob.react(chat, SAVE)
        count.reset()
        await world.bob.unreact(chat, SAVE)
        assert len(count.statements) == 1


class TestReconciling:
    async def test_saves_from_while_the_bot_was_down_count(self, world: World) -> None:
        card = await world.kick()
        await world.kick(prompt="deep 808")
        await world.while_down(lambda: world.env.backend.add_reaction(card.channel_id, card.id, SAVE, world.bob.id))
        assert await world.parts.database.fetchval(PRESETS) == 1
        assert beside(world) == []

    async def test_cards_that_are_gone_or_out_of_reach_are_passed_over(self, world: World) -> None:
        first, second = [await world.kick() for _ in range(2)]
        await world.moderator().delete(first)
        await world.while_down(lambda: world.env.backend.add_reaction(second.channel_id, second.id, SAVE, world.bob.id))
        assert await world.parts.database.fetchval(PRESETS) == 1

    async def test_what_was_missed_between_sessions_is_read_once_and_no_more_than_once_a_minute(
        self, world: World
    ) -> None:
        card = await world.kick()
        feeds = list(world.env.backend.subscribers)
        world.env.backend.subscribers.clear()
        world.env.backend.add_reaction(card.channel_id, card.id, SAVE, world.bob.id)
        world.env.backend.subscribers.extend(feeds)
        read = f"/channels/{card.channel_id}/messages"
        for _ in range(3):
            world.client.dispatch("shard_ready", 0)
            await asyncio.sleep(0.02)
        before = world.requests("GET", read)
        for _ in range(3):
            await world.env.advance_time(RECONCILED_EVERY)
            assert world.requests("GET", read) <= before + 1
        assert await world.parts.database.fetchval(PRESETS) == 1

    async def test_what_was_deleted_since_does_not_come_back(self, world: World) -> None:
        card = await world.kick()
        await world.bob.react(card, SAVE)
        await world.parts.database.execute("DELETE FROM presets_preset")
        await world.restart()
        assert await world.parts.database.fetchval(PRESETS) == 0

    async def test_what_was_read_once_and_deleted_since_does_not_come_back(self, world: World) -> None:
        card = await world.kick()
        await world.while_down(lambda: world.env.backend.add_reaction(card.channel_id, card.id, SAVE, world.bob.id))
        assert await world.parts.database.fetchval(PRESETS) == 1
        await world.parts.database.execute("DELETE FROM presets_preset")
        await world.restart()
        assert await world.parts.database.fetchval(PRESETS) == 0

    async def test_somebody_who_is_forgotten_is_not_enrolled_again(self, world: World) -> None:
        card = await world.kick()
        await world.bob.react(card, SAVE)
        question = answer(await world.bob.slash(world.channel, "account forget"))
        await world.bob.click(question, label="Delete all of it")
        await world.restart()
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.identity") == 1

    async def test_one_that_was_taken_away_and_put_back_meanwhile_counts(self, world: World) -> None:
        card = await world.kick()
        await world.bob.react(card, SAVE)
        await world.bob.unreact(card, SAVE)
        await world.while_down(lambda: world.env.backend.add_reaction(card.channel_id, card.id, SAVE, world.bob.id))
        assert await world.parts.database.fetchval(PRESETS) == 1

    async def test_somebody_who_was_told_why_it_was_refused_is_not_given_it_later(self, world: World) -> None:
        world.parts.keep = 0
        await world.restart()
        await world.kick()
        await world.bob.react(world.posted()[0], SAVE)
        assert "0 kicks" in told(world)[-1]
        world.parts.keep = 30
        await world.restart()
        assert await world.parts.database.fetchval(PRESETS) == 0

    async def test_saves_that_were_taken_away_meanwhile_are_taken_back(self, world: World) -> None:
        card = await world.kick()
        for member in (world.ada, world.bob, world.member("cleo")):
            await member.react(card, SAVE)
        backend = world.env.backend
        await world.while_down(lambda: backend.remove_reaction(card.channel_id, card.id, SAVE, world.bob.id))
        owners = {row["user_id"] for row in await world.parts.database.fetch("SELECT user_id FROM presets_preset")}
        assert len(owners) == 2
        await world.while_down(lambda: backend.add_reaction(card.channel_id, card.id, SAVE, world.bob.id))
        assert await world.parts.database.fetchval(PRESETS) == 3

    async def test_what_was_saved_by_a_button_stays_where_no_disk_stands(self, world: World) -> None:
        card = await world.kick()
        await world.bob.click(card, label="Save")
        await world.restart()
        assert await world.parts.database.fetchval(PRESETS) == 1

    async def test_a_cross_of_the_asker_meanwhile_deletes(self, world: World) -> None:
        card = await world.kick()
        backend = world.env.backend
        await world.while_down(lambda: backend.add_reaction(card.channel_id, card.id, "❌", world.bob.id))
        assert len(world.posted()) == 1, "it is not his"
        await world.while_down(lambda: backend.add_reaction(card.channel_id, card.id, "❌", world.ada.id))
        assert world.posted() == []
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 0

    async def test_a_cross_of_a_moderator_meanwhile_takes_the_card_down(self, world: World) -> None:
        card, mo = await world.kick(), world.moderator()
        await world.while_down(lambda: world.env.backend.add_reaction(card.channel_id, card.id, "❌", mo.id))
        assert world.posted() == []
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 1

    async def test_a_cross_meanwhile_where_presets_use_the_kick_asks_directly_and_once(self, world: World) -> None:
        card = await world.kick()
        await world.ada.click(card, label="Save")
        await world.while_down(lambda: world.env.backend.add_reaction(card.channel_id, card.id, "❌", world.ada.id))
        await world.restart()
        [question] = world.ada.user.dm_channel.history()
        assert "would go too" in question.content
        await world.ada.user.click(question, label="Delete both")
        assert world.posted() == []

    async def test_cards_of_one_channel_are_read_by_one_request(self, world: World) -> None:
        cards = [await world.kick() for _ in range(4)]
        await world.moderator().delete(cards[1])
        before = world.requests("GET")
        backend = world.env.backend
        await world.while_down(lambda: backend.add_reaction(cards[2].channel_id, cards[2].id, SAVE, world.bob.id))
        paths = [one.path for one in world.env.http_requests if one.method == "GET"][before:]
        assert [path for path in paths if "reactions" not in path and path.startswith("/channels/")] == [
            f"/channels/{world.channel.id}/messages"
        ]
        assert await world.parts.database.fetchval(PRESETS) == 1

    async def test_a_card_a_hundred_messages_back_is_found(self, world: World) -> None:
        card = await world.kick()
        for number in range(120):
            await world.ada.send(world.channel, str(number))
        await world.kick()
        await world.while_down(lambda: world.env.backend.add_reaction(card.channel_id, card.id, SAVE, world.bob.id))
        assert await world.parts.database.fetchval(PRESETS) == 1

    async def test_what_is_out_of_reach_is_not_asked_for(self, world: World) -> None:
        elsewhere = world.guild.create_text_channel("closed")
        await world.ada.slash(elsewhere, "kick", prompt="hit house")
        world.payloads.installed_by_user = True
        await world.kick()
        world.payloads.installed_by_user = False
        world.hide(elsewhere)
        before = len(world.env.http_requests)
        await world.restart()
        await world.env.settle()
        assert [one.path for one in world.env.http_requests[before:] if one.path.startswith("/channels/")] == []


class TestTwoShards:
    async def test_what_happened_while_one_was_away_is_read_when_it_is_back(self, parts: Process) -> None:
        env = Env(parts.client(), shard_count=2)
        await env.start()
        world = await prepared(parts, env)
        card = await world.kick()
        shard = (world.guild.id >> 22) % 2
        away = world.client.get_shard(shard)
        assert away is not None
        await away.disconnect()
        env.backend.add_reaction(card.channel_id, card.id, SAVE, world.bob.id)
        await env.settle()
        assert await parts.database.fetchval(PRESETS) == 0
        await away.reconnect()
        await env.advance_time(RECONCILED_EVERY + 1)
        assert await parts.database.fetchval(PRESETS) == 1
        await env.shutdown()
        env.raise_errors()
