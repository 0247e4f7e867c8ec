"""Save, Again, Delete: below cards of any age, pressed by anybody, any number of times."""

import re

from simcord import Env, ResponseMessage

from tests.bots.discord.engines import SlowEngine
from tests.bots.discord.world import Process, World, answer, prepared


async def test_save_puts_it_into_the_library_of_whoever_presses(world: World) -> None:
    card = await world.kick()
    for member in (world.ada, world.bob):
        result = await member.click(card, label="Save")
        assert result.ephemeral
        assert 'Saved as your preset "hit house' in answer(result).content
    assert await world.parts.database.fetchval("SELECT count(DISTINCT user_id) FROM presets_preset") == 2
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickgen_generatedkick") == 2


async def test_a_double_click_saves_once(world: World) -> None:
    card = await world.kick()
    for _ in range(2):
        result = await world.bob.click(card, label="Save")
    assert "already" in answer(result).content
    assert await world.parts.database.fetchval("SELECT count(*) FROM presets_preset") == 1


async def test_two_clicks_at_once_save_once(world: World) -> None:
    card = await world.kick()
    await world.click_at_once(world.bob, card, "t:save take:1", times=3)
    assert await world.parts.database.fetchval("SELECT count(*) FROM presets_preset") == 1
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickgen_generatedkick") == 1


async def test_again_makes_one_more_from_the_same_words(world: World) -> None:
    card = await world.kick(prompt="deep 808")
    result = await world.bob.click(card, label="Again")
    assert not result.ephemeral
    assert "deep 808" in answer(result).content
    assert "for bob" in answer(result).content
    assert len(world.posted()) == 2


async def test_buttons_work_after_a_restart(world: World) -> None:
    card = await world.kick()
    await world.restart()
    [message] = world.posted()
    assert 'Saved as your preset "' in answer(await world.bob.click(message, label="Save")).content
    assert len(answer(await world.bob.click(message, label="Again")).attachments) == 2
    assert "is deleted" in answer(await world.ada.click(message, label="Delete")).content
    assert card.id not in {one.id for one in world.posted()}


async def test_delete_takes_the_kick_its_file_and_its_card(world: World) -> None:
    card = await world.kick()
    result = await world.ada.click(card, label="Delete")
    assert result.ephemeral
    assert "is deleted: its file and all" in answer(result).content
    assert world.posted() == []
    assert world.parts.files.objects == {}  # type: ignore[attr-defined]


async def test_delete_is_for_whoever_asked(world: World) -> None:
    card = await world.kick()
    result = await world.bob.click(card, label="Delete")
    assert "Only the one who made this kick" in answer(result).content
    assert len(world.posted()) == 1


async def test_a_moderator_takes_the_card_down_and_leaves_the_kick(world: World) -> None:
    card = await world.kick()
    result = await world.moderator().click(card, label="Delete")
    assert "taken down" in answer(result).content
    assert world.posted() == []
    assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 1


async def test_delete_asks_first_where_presets_use_it(world: World) -> None:
    card = await world.kick()
    await world.ada.click(card, label="Save")
    question = answer(await world.ada.click(card, label="Delete"))
    assert "would go too" in question.content
    assert len(world.posted()) == 1
    answered = await world.ada.click(question, label="Delete both")
    assert "is deleted" in answer(answered).content
    assert world.posted() == []
    assert await world.parts.database.fetchval("SELECT count(*) FROM presets_preset") == 0


class TestAQuestionThatIsAgreedTo:
    async def asked(self, world: World) -> ResponseMessage:
        """Whether to delete ada's kick with its preset."""
        card = await world.kick()
        await world.ada.click(card, label="Save")
        return answer(await world.ada.click(card, label="Delete"))

    async def test_its_answer_takes_its_place(self, world: World) -> None:
        question = await self.asked(world)
        requests = world.requests("PATCH", "/messages/@original")
        answered = answer(await world.ada.click(question, label="Delete both"))
        assert (answered.id, answered.ephemeral) == (question.id, True)
        assert "is deleted" in question.content
        assert question.components == []
        assert world.requests("PATCH", "/messages/@original") == requests + 1

    async def test_it_stays_where_it_could_not_be_done(self, world: World) -> None:
        question = await self.asked(world)
        before = question.content
        await world.parts.database.execute("ALTER TABLE presets_preset RENAME TO away")
        refused = await world.ada.click(question, label="Delete both")
        assert [told.ephemeral for told in refused.followups] == [True]
        assert question.content == before
        await world.parts.database.execute("ALTER TABLE away RENAME TO presets_preset")
        await world.ada.click(question, label="Delete both")
        assert "is deleted" in question.content

    async def test_one_that_an_older_version_has_asked_still_works(self, world: World) -> None:
        question = await self.asked(world)
        stored = world.env.backend.get_message(question.channel_id, question.id)
        [button] = stored.components[0]["components"]
        button["custom_id"] = re.sub("^a:", "t:", button["custom_id"])
        answered = answer(await world.ada.click(question, label="Delete both"))
        assert answered.ephemeral
        assert "is deleted" in answered.content
        assert await world.parts.database.fetchval("SELECT count(*) FROM presets_preset") == 0


async def test_a_button_below_what_is_gone_says_so(world: World) -> None:
    card = await world.kick()
    await world.parts.database.execute("DELETE FROM kickbot.take")
    for label in ("Save", "Again", "Delete"):
        result = await world.bob.click(card, label=label)
        told = answer(result) if result.ephemeral else result.followups[0]
        assert told.ephemeral
        assert "no such kick" in told.content


class TestAgainWhileOneIsMade:
    async def test_it_refuses_until_that_one_is_there(self, parts: Process, env: Env) -> None:
        world = await prepared(parts, env)
        card = await world.kick()
        parts.engine = SlowEngine(states=("rendering",))
        await world.restart()
        card = world.posted()[0]
        await world.ada.click(card, label="Again")
        second = await world.ada.click(card, label="Again")
        assert "on its way already" in second.followups[0].content
        assert second.response is None
        await env.advance_time(7)
        assert len(world.posted()) == 2
        assert await parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 2


async def test_no_view_is_kept_in_memory(world: World) -> None:
    await world.kick()
    assert not world.client.persistent_views
