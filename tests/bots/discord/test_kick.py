"""`/kick`: from the command to the card."""

import io

import discord
import numpy as np
import pytest
import soundfile
from PIL import Image
from simcord import Env, SetupError

from core.making import prompts
from core.making.studio import Limits
from db.postgres import pool
from db.postgres.database import Database
from tests import wire
from tests.bots.discord.engines import SlowEngine
from tests.bots.discord.world import SAVE, Process, World, answer, prepared


async def test_a_kick_is_posted_with_its_sound_and_picture(world: World) -> None:
    card = await world.kick(prompt="hit house florb", seed=42)
    assert not card.ephemeral
    title, facts, origin, *remarks = card.content.splitlines()
    assert title.startswith("**AI: ")
    assert title.endswith(" · hit house")
    assert card.content.count("florb") == 1
    assert all(unit in facts for unit in ("Hz", " s ", "dBFS", "LUFS"))
    assert origin.startswith("-# seed 42, synth · for ada · [WAV](<")
    assert [line for line in remarks if "florb" in line]
    assert [one.description for one in card.attachments] == [None, f"Waveform of {title.split('**')[1]}"]
    sound, picture = [await one.read() for one in card.attachments]
    assert soundfile.info(io.BytesIO(sound)).subtype == "PCM_24"
    assert Image.open(io.BytesIO(picture)).format == "PNG"


async def test_the_card_has_its_buttons_and_its_reaction(world: World) -> None:
    await world.kick()
    [message] = world.posted()
    assert [button.label for row in message.components for button in row.children] == ["Save", "Again", "Delete"]
    assert [str(reaction.emoji) for reaction in message.reactions] == [SAVE]


async def test_no_address_of_discords_storage_is_kept(world: World) -> None:
    await world.kick()
    async with world.parts.database.transaction() as rows:
        for table in ("take", "job", "message"):
            kept = " ".join(str(dict(row)) for row in await rows.fetch(f"SELECT * FROM kickbot.{table}"))
            assert kept
            assert "cdn." not in kept


async def test_the_same_seed_makes_the_same_sound(world: World) -> None:
    first, second = [await world.kick(prompt="deep 808", seed=7) for _ in range(2)]
    sounds = [soundfile.read(io.BytesIO(await one.attachments[0].read()))[0] for one in (first, second)]
    assert np.array_equal(*sounds)


async def test_count_makes_that_many_cards(world: World) -> None:
    result = await world.ada.slash(world.channel, "kick", prompt="hit house", count=3, seed=5)
    cards = [card for card in (result.response, *result.followups) if card]
    seeds = sorted(card.content.splitlines()[2].split(",")[0] for card in cards)
    assert seeds == ["-# seed 5", "-# seed 6", "-# seed 7"]
    assert len({card.attachments[0].filename for card in cards}) == 3


async def test_nothing_is_asked_of_the_database_before_the_acknowledgement(world: World) -> None:
    await world.parts.database.execute("ALTER TABLE kickbot.job RENAME TO elsewhere")
    result = await world.ada.slash(world.channel, "kick", prompt="hit house")
    assert result.acknowledged
    [told] = result.followups
    assert told.ephemeral
    assert "Something went wrong" in told.content
    assert not world.posted()


@pytest.mark.parametrize("prompt", ["florb wibble", "deep seeds:5", "deep seed:x"])
async def test_a_prompt_that_cannot_work_is_answered_at_once_and_privately(world: World, prompt: str) -> None:
    result = await world.ada.slash(world.channel, "kick", prompt=prompt)
    assert result.response is not None
    assert result.ephemeral
    assert "othing was made" in answer(result).content
    assert not world.posted()
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.job") == 0


async def test_a_prompt_is_required_and_has_at_most_100_characters(world: World) -> None:
    for options in ({}, {"prompt": "a" * 101}):
        with pytest.raises(SetupError):
            await world.ada.slash(world.channel, "kick", **options)


async def test_the_last_word_is_completed_and_what_stands_before_it_kept(world: World) -> None:
    offered = [choice["value"] for choice in await world.ada.autocomplete(world.channel, "kick", "prompt", "deep ho")]
    assert "deep house" in offered
    assert all(choice.startswith("deep ") for choice in offered)
    assert all(prompts.parse(choice) for choice in offered)
    assert len(await world.ada.autocomplete(world.channel, "kick", "prompt", "")) == 25


async def test_it_works_in_a_thread_and_belongs_to_its_channel(world: World) -> None:
    thread = await world.thread()
    result = await world.ada.slash(thread, "kick", prompt="hit house")
    assert result.response is not None
    assert answer(result).attachments
    job = await world.parts.database.fetchrow("SELECT * FROM kickbot.job")
    assert job is not None
    assert (job["channel"], job["thread"]) == (str(world.channel.id), str(thread.id))


async def test_it_works_in_a_direct_message(world: World) -> None:
    result = await world.ada.user.slash("kick", prompt="hit house")
    assert len(answer(result).attachments) == 2
    job = await world.parts.database.fetchrow("SELECT * FROM kickbot.job")
    assert job is not None
    assert job["private"]


class TestWhereTheUserHasInstalledIt:
    async def test_it_works_in_a_server_without_the_bot(self, world: World) -> None:
        world.payloads.installed_by_user = True
        world.remove_bot()
        card = await world.kick()
        assert len(card.attachments) == 2

    async def test_in_a_conversation_without_the_bot_nothing_is_asked_that_would_be_refused(self, world: World) -> None:
        world.payloads.installed_by_user = True
        before = len(world.env.http_requests)
        result = await world.ada.user.slash("kick", prompt="hit house")
        assert len(answer(result).attachments) == 2
        assert [request.method for request in world.env.http_requests[before:]] == ["POST", "PATCH"]

    async def test_a_kick_whose_placeholder_could_not_be_posted_is_one_more_answer(self, world: World) -> None:
        """Only the first of several has the answer itself."""
        world.payloads.installed_by_user = True
        world.remove_bot()
        world.env.inject_error("POST", "/webhooks/*/*", status=400, code=50006, message="no", times=1)
        await world.ada.slash(world.channel, "kick", prompt="hit house", count=2)
        await world.env.settle()
        cards = [message for message in world.channel.history() if message.attachments]
        assert len(cards) == 2
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.message") == 2

    async def test_all_commands_are_registered_for_servers_users_and_everywhere(self, world: World) -> None:
        for (name, _), command in world.env.backend.commands[None].items():
            if name != "kicksettings":
                assert sorted(command["integration_types"]) == [0, 1]
                assert sorted(command["contexts"]) == [0, 1, 2]


class TestProgress:
    @pytest.fixture
    def parts(self, parts: Process) -> Process:
        parts.engine = SlowEngine()
        return parts

    async def test_one_message_is_edited_as_the_kick_goes_on(self, world: World) -> None:
        before = len(world.env.http_requests)
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        assert world.env.http_requests[before].json == {"type": 5}, "deferred, before any edit"
        told = []
        for _ in range(3):
            await world.env.advance_time(6)
            told.append(world.posted()[0].content)
        assert "the GPU is waking up, 6 s" in told[0]
        assert "is being made, 12 s" in told[1]
        assert "Hz" in told[2]
        assert len(world.posted()) == 1

    async def test_it_is_edited_at_most_every_two_seconds(self, world: World, parts: Process) -> None:
        engine = parts.engine
        assert isinstance(engine, SlowEngine)
        engine.timing, engine.states = 0.5, ("rendering",) * 24
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        before = world.requests("PATCH")
        for _ in range(23):
            await world.env.advance_time(0.5)
        assert 4 <= world.requests("PATCH") - before <= 6


class TestRefusedLater:
    @pytest.fixture
    def parts(self, parts: Process) -> Process:
        parts.limits = Limits(daily=1)
        return parts

    async def test_the_placeholder_is_removed_and_the_asker_told(self, world: World) -> None:
        await world.kick()
        result = await world.ada.slash(world.channel, "kick", prompt="hit house")
        assert result.response is None
        [told] = result.followups
        assert told.ephemeral
        assert "You have made 1 kick today" in told.content
        assert len(world.posted()) == 1
        assert len(world.posted(viewer=world.bob)) == 1

    async def test_several_are_refused_once(self, world: World) -> None:
        await world.kick()
        result = await world.ada.slash(world.channel, "kick", prompt="hit house", count=4)
        await world.env.settle()
        assert len(world.posted()) == 1
        told = [message for message in world.posted(viewer=world.ada) if "You have made" in message.content]
        assert len(told) == 1
        assert len(result.followups) <= 5


async def test_nobody_is_pinged_and_markup_is_shown_as_text(world: World) -> None:
    nasty = "hit @everyone to@everyone x**b**x x<@1>x x`x`x x~~y~~x x[a](b)x"
    card = await world.kick(prompt=nasty)
    assert "@" not in card.content
    assert "**b**" not in card.content
    assert "[a](b)" not in card.content
    stored = world.env.backend.get_message(card.channel_id, card.id)
    assert (stored.ping_user_ids, stored.ping_role_ids, stored.mention_everyone) == ([], [], False)
    assert stored.allowed_mentions.users == frozenset()
    assert not stored.allowed_mentions.everyone


@pytest.mark.parametrize("prompt", ["hit discord.gg/abc", "hit discord.com/invite/abc x@example.com"])
async def test_no_link_of_a_prompt_is_echoed(parts: Process, env: Env, prompt: str) -> None:
    parts.engine = SlowEngine()
    world = await prepared(parts, env)
    await world.ada.slash(world.channel, "kick", prompt=prompt, count=2)
    for _ in range(4):
        for message in world.posted():
            assert "abc" not in message.content
            assert "example" not in message.content
        await env.advance_time(6)
    cards = [message for message in world.posted() if message.attachments]
    assert len(cards) == 2
    assert "links and mentions do nothing here" in cards[0].content
    assert not [one for card in cards for one in card.attachments if "abc" in one.filename]


async def test_an_invitation_in_somebodys_name_is_shown_as_text(world: World) -> None:
    card = await world.kick(world.member("discord.gg/abc"))
    assert "for discord\\.gg/abc" in card.content


async def test_it_asks_for_no_privileged_intent(world: World) -> None:
    assert world.client.intents == discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)


async def test_one_kick_costs_four_statements_and_three_requests(target: pool.Target) -> None:
    async with wire.counted(target) as (relayed, count), pool.open_pool(relayed) as connections:
        parts = Process(Database(connections))
        env = Env(parts.client(), shard_count=1)
        await env.start()
        world = await prepared(parts, env)
        await world.kick()
        count.reset()
        before = len(env.http_requests)
        await world.kick()
        assert len(count.statements) == 4, count.statements
        assert [request.method for request in env.http_requests[before:]] == ["POST", "PATCH", "PUT"]
        await env.shutdown()
        env.raise_errors()
