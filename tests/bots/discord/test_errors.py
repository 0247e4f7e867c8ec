"""What Discord refuses: the kick is kept, and somebody says where it is."""

import pytest
from simcord.backend import errors

from tests.bots.discord.engines import SlowEngine
from tests.bots.discord.world import Process, World, answer

WEBHOOK_EDIT = "/webhooks/*/messages/*"
POSTS = "/channels/*/messages"
EDITS = "/channels/*/messages/*"

TAKES = "SELECT count(*) FROM kickbot.take"
LEFT_PLACES = "SELECT count(*) FROM kickbot.departure"
OPEN = "SELECT count(*) FROM kickbot.job WHERE state <> 'done'"


async def kept(world: World) -> None:
    """The kick is made and closed, and its maker finds it."""
    assert await world.parts.database.fetchval(TAKES) == 1
    assert await world.parts.database.fetchval(OPEN) == 0
    found = (await world.ada.slash(world.channel, "kicks")).response
    assert found is not None
    assert "hit house" in found.content


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_works_later_is_tried_again(world: World, status: int) -> None:
    world.env.inject_error("PATCH", WEBHOOK_EDIT, status=status, times=1)
    card = await world.kick()
    assert len(card.attachments) == 2
    await kept(world)


async def test_an_answer_that_stays_impossible_is_edited_as_a_message(world: World) -> None:
    world.env.inject_error("PATCH", WEBHOOK_EDIT, status=404, code=10015, message="Unknown Webhook", times=None)
    card = await world.kick()
    assert len(card.attachments) == 2
    assert len(world.posted()) == 1
    await world.env.settle()
    assert await world.parts.database.fetchval(OPEN) == 0


async def test_a_card_that_can_only_be_posted_anew_is_posted_once(world: World) -> None:
    world.env.inject_error("PATCH", "*", status=403, code=50013, message="Missing Permissions", times=None)
    world.payloads.lost.append(("POST", "/channels/{channel_id}/messages"))
    await world.kick()
    cards = [message for message in world.posted() if message.attachments]
    assert len(cards) == 1
    assert world.payloads.repeated == 1
    nonces = [one.json.get("nonce") for one in world.env.http_requests if one.method == "POST" and one.json]
    assert [nonce for nonce in nonces if nonce and nonce.startswith("kick-")]


async def test_while_discord_is_out_of_order_it_is_left_to_the_next_try(world: World) -> None:
    world.env.inject_error("PATCH", "*", status=503, times=None)
    world.env.inject_error("POST", POSTS, status=503, times=None)
    await world.ada.slash(world.channel, "kick", prompt="hit house")
    await world.env.advance_time(60)
    assert await world.parts.database.fetchval("SELECT state FROM kickbot.job") == "made"
    world.env.backend.faults.clear()
    await world.parts.database.execute("UPDATE kickbot.job SET lease_until = now() - interval '1 s'")
    await world.env.advance_time(20)
    [card] = world.posted()
    assert len(card.attachments) == 2
    assert await world.parts.database.fetchval(TAKES) == 1
    assert await world.parts.database.fetchval(OPEN) == 0


async def test_without_the_right_to_attach_the_link_is_left(world: World) -> None:
    refuse_files(world)
    card = await world.kick()
    assert card.attachments == []
    assert "[WAV](<" in card.content
    await kept(world)


async def test_a_file_above_the_limit_is_left_out(world: World) -> None:
    world.payloads.limit = 100_000
    card = await world.kick(prompt="deep 808", seed=7)
    assert [one.filename.rpartition(".")[2] for one in card.attachments] == ["png"]
    assert "[WAV](<" in card.content


async def test_in_a_channel_that_is_closed_to_the_bot_it_comes_by_a_direct_message(world: World) -> None:
    world.env.inject_error("PATCH", "*", status=403, code=50013, message="Missing Permissions", times=None)
    world.close_channel()
    await world.ada.slash(world.channel, "kick", prompt="hit house")
    [notification] = world.ada.user.dm_channel.history()
    assert notification.content.startswith("This kick could not be posted")
    assert len(notification.attachments) == 2
    assert await world.parts.database.fetchval(OPEN) == 0


async def test_where_there_is_no_way_at_all_the_kick_is_kept(world: World) -> None:
    world.env.inject_error("PATCH", "*", status=403, code=50013, message="no", times=None)
    world.env.inject_error("POST", POSTS, status=403, code=50013, message="no", times=None)
    await world.ada.slash(world.channel, "kick", prompt="hit house")
    world.env.backend.faults.clear()
    await kept(world)


async def test_where_nothing_else_is_allowed_the_asker_alone_sees_it_and_no_placeholder_stays(world: World) -> None:
    world.env.inject_error("PATCH", "*", status=403, code=50013, message="no", times=None)
    world.env.inject_error("POST", POSTS, status=403, code=50013, message="no", times=None)
    result = await world.ada.slash(world.channel, "kick", prompt="hit house")
    handed = result.followups[-1]
    assert handed.ephemeral
    assert handed.content.startswith("This kick could not be posted where you asked for it")
    assert world.posted() == []


async def test_a_refusal_is_told_and_leaves_no_placeholder_where_that_cannot_be_edited(world: World) -> None:
    await world.parts.database.execute("ALTER TABLE kickbot.job RENAME TO elsewhere")
    world.env.inject_error("PATCH", "*", status=403, code=50013, message="no", times=None)
    result = await world.ada.slash(world.channel, "kick", prompt="hit house")
    told = result.followups[-1]
    assert told.ephemeral
    assert "Something went wrong" in told.content
    assert world.posted() == []


async def test_a_kick_of_the_longest_prompt_with_words_unknown_to_it_is_shown(world: World) -> None:
    unknown = [f"{letter}{other}" for letter in "qxz" for other in "bcdfghjklmnpqrstvwxz"]
    prompt = "808 " + " ".join(unknown[:32])
    assert len(prompt) == 99
    card = await world.kick(prompt=prompt)
    assert len(card.attachments) == 2
    assert len(card.content) <= 1800


class TestWhatFollowsACard:
    """Once it is shown, nothing takes it back."""

    async def test_a_thread_whose_channel_the_session_was_not_told_of(self, world: World) -> None:
        thread = await world.thread()
        world.forget_channel()
        await world.ada.slash(thread, "kick", prompt="hit house")
        [card] = world.posted(thread)
        assert len(card.attachments) == 2
        await world.env.settle()
        assert await world.parts.database.fetchval(OPEN) == 0

    async def test_a_preset_that_cannot_be_noted(self, world: World) -> None:
        await world.ada.click(await world.kick(), label="Save")
        name = await world.parts.database.fetchval("SELECT preset_name FROM presets_preset")
        await world.parts.database.execute("ALTER TABLE kickbot.message RENAME COLUMN thread TO elsewhere")
        result = await world.ada.slash(world.channel, "presets show", name=name)
        assert name in answer(result).content
        assert result.followups == []


async def test_the_files_being_out_of_reach_leaves_the_link(world: World) -> None:
    files = world.parts.files
    store = files.store

    async def stored_then_broken(path: str, data: bytes) -> None:
        await store(path, data)
        if path.endswith(".png"):
            files.broken = True  # type: ignore[attr-defined]

    files.store = stored_then_broken  # type: ignore[method-assign]
    card = await world.kick()
    assert card.attachments == []
    assert "[WAV](<" in card.content


async def test_what_goes_wrong_after_the_making_leaves_the_kick_and_says_where_it_is(world: World) -> None:
    async def unexpected(path: str) -> bytes | None:
        raise RuntimeError(path)

    world.parts.files.fetch = unexpected  # type: ignore[method-assign]
    result = await world.ada.slash(world.channel, "kick", prompt="hit house")
    [told] = result.followups
    assert "Something went wrong" in told.content
    path = await world.parts.database.fetchval("SELECT path FROM kickbot.take")
    link = f"[WAV](<{world.parts.files.url(path)}>)"
    assert told.content.endswith(f"is kept: you find it with /kicks, and here is its sound: {link}")
    assert world.posted() == []
    await kept(world)


class TestWhileItIsMade:
    @pytest.fixture
    def parts(self, parts: Process) -> Process:
        parts.engine = SlowEngine()
        return parts

    async def finished(self, world: World) -> None:
        await world.env.advance_time(20)
        assert await world.parts.database.fetchval(OPEN) == 0

    async def test_a_message_that_was_deleted_stays_deleted_and_the_asker_is_told(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        await world.env.advance_time(7)
        await world.moderator().delete(world.posted()[0])
        await self.finished(world)
        assert world.posted() == []
        [told] = world.posted(viewer=world.ada)
        assert told.content.startswith("The message was removed while your kick was made.")
        assert "is kept" in told.content
        assert "/kicks" in told.content

    async def test_an_interaction_that_is_over_is_no_hindrance(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        world.env.backend.advance_clock(16 * 60)
        await self.finished(world)
        [card] = world.posted()
        assert len(card.attachments) == 2

    async def test_the_bot_being_removed_leaves_a_direct_message(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        world.remove_bot()
        world.env.backend.advance_clock(16 * 60)
        await self.finished(world)
        [notification] = world.ada.user.dm_channel.history()
        assert len(notification.attachments) == 2

    async def test_a_thread_that_was_locked_is_no_hindrance_to_the_answer(self, world: World) -> None:
        thread = await world.thread()
        await world.ada.slash(thread, "kick", prompt="hit house")
        metadata = world.env.backend.get_channel(thread.id).thread_metadata
        assert metadata is not None
        metadata.locked = True
        await self.finished(world)
        [card] = world.posted(thread)
        assert len(card.attachments) == 2

    async def test_a_refusal_after_15_minutes_comes_by_a_direct_message(self, world: World) -> None:
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        world.parts.engine.words = frozenset()  # type: ignore[attr-defined]
        world.parts.engine.render = broken  # type: ignore[attr-defined]
        world.env.backend.advance_clock(16 * 60)
        await self.failed(world)
        assert world.posted() == []
        [notification] = world.ada.user.dm_channel.history()
        assert "was not counted" in notification.content

    async def failed(self, world: World) -> None:
        await world.env.advance_time(20)
        assert await world.parts.database.fetchval("SELECT state FROM kickbot.job") == "failed"


async def test_an_unknown_error_is_one_plain_sentence_with_a_number(world: World) -> None:
    await world.parts.database.execute("ALTER TABLE kickbot.place RENAME TO elsewhere")
    result = await world.ada.slash(world.channel, "presets browse")
    [told] = result.followups
    assert told.ephemeral
    assert "Something went wrong that should not have (error " in told.content
    assert world.posted() == []


async def test_shares_wait_for_a_bot_that_is_removed(world: World) -> None:
    card = await world.kick()
    await world.ada.click(card, label="Save")
    name = await world.parts.database.fetchval("SELECT preset_name FROM presets_preset")
    await world.ada.slash(world.channel, "presets share", name=name)
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.share") == 1
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()
    assert await world.parts.database.fetchval(LEFT_PLACES) == 1
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.share") == 1
    await world.restart()
    assert await world.parts.database.fetchval(LEFT_PLACES) == 0, "it is there again"


def broken(order: object) -> bytes:
    return b"no sound at all"


def refuse_files(world: World) -> None:
    """Requests with files are refused, as without the right to attach them."""
    edit = world.env.backend.edit_message

    def refused(channel: int, message: int, fields: dict[str, object]) -> object:
        if fields.get("attachments"):
            raise errors.missing_permissions()
        return edit(channel, message, fields)

    world.env.backend.edit_message = refused  # type: ignore[assignment, method-assign]
