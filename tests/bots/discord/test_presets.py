"""Presets and kicks: browsed in the channel, kept in private, heard and saved in place."""

import pytest
from simcord import MemberActor, ResponseMessage

from tests.bots.discord.world import Process, World, answer

PRESETS = "SELECT preset_name FROM presets_preset ORDER BY id"


async def shared(world: World, prompts: tuple[str, ...], by: MemberActor | None = None) -> list[str]:
    """Somebody's kicks, saved and shared; the presets' names."""
    member = by or world.ada
    for seed, prompt in enumerate(prompts):
        card = await world.kick(member, prompt, seed=seed)
        await member.click(card, label="Save")
    names = [row["preset_name"] for row in await world.parts.database.fetch(PRESETS)][-len(prompts) :]
    for name in names:
        await member.slash(world.channel, "presets share", name=name)
    return names


def buttons(message: ResponseMessage) -> list[tuple[str, str]]:
    """The buttons' emoji and labels, row after row."""
    shown = [one for row in message.components for one in row["components"]]
    return [((one.get("emoji") or {}).get("name", ""), one["label"]) for one in shown]


async def test_browsing_posts_what_is_shared(world: World) -> None:
    names = await shared(world, ("deep 808", "hit house"))
    page = answer(await world.bob.slash(world.channel, "presets browse"))
    assert not page.ephemeral
    heading, first, second = page.content.splitlines()
    assert heading == "**Presets shared here**"
    assert first.startswith(f"1\\. **{names[1]}** · by ada · ")
    assert second.startswith(f"2\\. **{names[0]}** · by ada · ")
    assert "Hz" in first
    assert buttons(page) == [("▶️", "1"), ("▶️", "2"), ("💾", "1"), ("💾", "2")]


async def test_an_entry_is_heard_in_the_channel_and_saved_in_place(world: World) -> None:
    [name] = await shared(world, ("deep 808",))
    page = answer(await world.bob.slash(world.channel, "presets browse"))
    heard = answer(await world.bob.click(page, custom_id="p:show preset:1"))
    assert not heard.ephemeral
    assert f"**{name}**" in heard.content
    assert [one.filename.rpartition(".")[2] for one in heard.attachments] == ["wav", "png"]
    kept = answer(await world.bob.click(page, custom_id="t:save preset:1"))
    assert kept.ephemeral
    assert "Saved as your preset" in kept.content
    assert len(await world.parts.database.fetch(PRESETS)) == 2


class TestTakingDown:
    async def heard(self, world: World) -> ResponseMessage:
        """A preset of ada's that bob has had posted."""
        [name] = await shared(world, ("deep 808",))
        for message in world.posted():
            await world.moderator().delete(message)
        return answer(await world.bob.slash(world.channel, "presets show", name=name))

    async def test_whoever_has_had_a_preset_posted_takes_it_down_by_a_button(self, world: World) -> None:
        heard = await self.heard(world)
        refused = answer(await world.member("cleo").click(heard, label="Delete"))
        assert "Only the one" in refused.content
        assert len(world.posted()) == 1
        told = answer(await world.bob.click(heard, label="Delete"))
        assert "is taken down" in told.content
        assert world.posted() == []
        assert len(await world.parts.database.fetch(PRESETS)) == 1

    async def test_whoever_has_had_a_preset_posted_takes_it_down_by_a_cross(self, world: World) -> None:
        heard = await self.heard(world)
        await world.member("cleo").react(heard, "❌")
        assert len(world.posted()) == 1
        await world.bob.react(heard, "❌")
        assert not [message for message in world.posted() if message.attachments]

    async def test_whoever_has_had_a_list_posted_takes_it_down_by_a_cross(self, world: World) -> None:
        page = answer(await world.bob.slash(world.channel, "presets browse"))
        await world.ada.react(page, "❌")
        assert len(world.posted()) == 1
        await world.bob.react(page, "❌")
        assert world.posted() == []


async def test_what_is_posted_is_saved_by_reaction_too(world: World) -> None:
    await shared(world, ("deep 808",))
    page = answer(await world.bob.slash(world.channel, "presets browse"))
    heard = answer(await world.bob.click(page, custom_id="p:show preset:1"))
    assert [str(one.emoji) for one in heard.message.reactions] == ["💾"]
    await world.bob.react(heard, "💾")
    assert len(await world.parts.database.fetch(PRESETS)) == 2


async def test_pages_are_turned_in_place_also_after_a_restart(world: World) -> None:
    await shared(world, ("hit house",) * 7)
    page = answer(await world.bob.slash(world.channel, "presets browse"))
    assert len(page.content.splitlines()) == 6
    first = page.content
    await world.restart()
    message = next(one for one in world.posted() if one.id == page.id)
    await world.bob.click(message, label="Next")
    turned = next(one for one in world.posted() if one.id == page.id)
    assert len(turned.content.splitlines()) == 3
    await world.bob.click(turned, label="Back")
    assert next(one for one in world.posted() if one.id == page.id).content == first


async def test_others_turn_pages_of_their_own(world: World) -> None:
    await shared(world, ("hit house",) * 7)
    page = answer(await world.bob.slash(world.channel, "presets browse"))
    first = page.content
    own = answer(await world.ada.click(page, label="Next"))
    assert own.ephemeral
    assert len(own.content.splitlines()) == 3
    assert next(one for one in world.posted() if one.id == page.id).content == first
    back = await world.ada.click(own, label="Back")
    assert not back.followups
    assert own.content == first


async def test_filters_of_all_kinds_go_along_when_pages_are_turned(world: World) -> None:
    await shared(world, ("deep 808", *("hit house",) * 6))
    options = {"words": "house", "longest": 5.0, "maker": "ada", "sort": "saves"}
    page = answer(await world.bob.slash(world.channel, "presets browse", **options))
    assert "808" not in page.content
    await world.bob.click(page, label="Next")
    turned = next(one for one in world.posted() if one.id == page.id)
    assert len(turned.content.splitlines()) == 2
    assert "hit house" in turned.content


async def test_a_filter_that_cannot_be_is_answered_privately_at_once(world: World) -> None:
    refused = answer(await world.bob.slash(world.channel, "presets browse", note="H"))
    assert refused.ephemeral
    assert "a note is F" in refused.content
    assert world.posted() == []


async def test_nothing_shared_says_how_to_share(world: World) -> None:
    page = answer(await world.bob.slash(world.channel, "presets browse"))
    assert "/presets share" in page.content
    assert buttons(page) == []


async def test_mine_is_private_and_shares_and_deletes_in_place(world: World) -> None:
    [name] = await shared(world, ("deep 808",))
    mine = answer(await world.ada.slash(world.channel, "presets mine"))
    assert mine.ephemeral
    assert name in mine.content
    assert "shared here" in mine.content
    assert buttons(mine) == [("▶️", "1"), ("", "Unshare 1"), ("🗑️", "1")]
    heard = answer(await world.ada.click(mine, custom_id="t:show preset:1"))
    assert heard.ephemeral
    assert len(heard.attachments) == 2
    assert "no longer shared" in answer(await world.ada.click(mine, label="Unshare 1")).content
    assert "is deleted" in answer(await world.ada.click(mine, custom_id="t:presets delete preset:1")).content
    assert await world.parts.database.fetch(PRESETS) == []


async def test_show_posts_and_rename_renames(world: World) -> None:
    [name] = await shared(world, ("deep 808",))
    renamed = answer(await world.ada.slash(world.channel, "presets rename", name=name, new_name="My boom"))
    assert renamed.ephemeral
    assert 'is called "My boom" now' in renamed.content
    shown = answer(await world.ada.slash(world.channel, "presets show", name="My boom"))
    assert not shown.ephemeral
    assert "**My boom**" in shown.content
    assert len(shown.attachments) == 2


async def test_a_name_that_will_not_do_gets_a_suggestion(world: World) -> None:
    [name] = await shared(world, ("deep 808",))
    refused = answer(await world.ada.slash(world.channel, "presets rename", name=name, new_name="bööm!"))
    assert '"boeoem" would do' in refused.content


async def test_names_are_completed_from_ones_own(world: World) -> None:
    [name] = await shared(world, ("deep 808",))
    offered = await world.ada.autocomplete(world.channel, "presets show", "name", "deep")
    assert [choice["value"] for choice in offered] == [name]
    assert await world.bob.autocomplete(world.channel, "presets rename", "name", "deep") == []


class TestOwnersAndModerators:
    async def test_others_neither_rename_nor_delete_nor_unshare(self, world: World) -> None:
        [name] = await shared(world, ("deep 808",))
        for command, options in (
            ("presets rename", {"new_name": "mine now"}),
            ("presets delete", {}),
            ("presets unshare", {}),
        ):
            refused = answer(await world.bob.slash(world.channel, command, name=name, **options))
            assert refused.ephemeral
            assert "is deleted" not in refused.content
        assert [row["preset_name"] for row in await world.parts.database.fetch(PRESETS)] == [name]
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.share") == 1

    async def test_a_moderator_unshares(self, world: World) -> None:
        [name] = await shared(world, ("deep 808",))
        done = answer(await world.moderator().slash(world.channel, "presets unshare", name=name))
        assert "no longer shared here" in done.content
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.share") == 0

    async def test_deleting_what_is_shared_is_asked_about(self, world: World) -> None:
        [name] = await shared(world, ("deep 808",))
        question = answer(await world.ada.slash(world.channel, "presets delete", name=name))
        assert "is shared in 1 place" in question.content
        stranger = await world.bob.slash(world.channel, "presets delete", name=name)
        assert "is deleted" not in answer(stranger).content
        assert "is deleted" in answer(await world.ada.click(question, label="Delete it")).content


class TestKicks:
    async def test_the_library_and_recent_kicks_are_private_and_paged(self, world: World) -> None:
        for seed in range(7):
            card = await world.kick(seed=seed)
        await world.ada.click(card, label="Save")
        page = answer(await world.ada.slash(world.channel, "kicks"))
        assert page.ephemeral
        assert page.content.startswith("**Your kicks** · 1 of 30 in your library, 6 not saved")
        assert len(page.content.splitlines()) == 6
        first = page.content.splitlines()[1:]
        await world.ada.click(page, label="Next")
        second = page.content.splitlines()[1:]
        assert [line.partition("\\.")[0] for line in first + second] == [str(number) for number in range(1, 8)]
        assert len({line.partition("**")[2] for line in first + second}) == 7

    async def test_each_is_heard_saved_and_deleted_in_place(self, world: World) -> None:
        await world.kick()
        page = answer(await world.ada.slash(world.channel, "kicks"))
        heard = answer(await world.ada.click(page, custom_id="t:kicks take:1"))
        assert heard.ephemeral
        assert len(heard.attachments) == 2
        assert "Saved as" in answer(await world.ada.click(page, custom_id="t:save take:1")).content
        await world.ada.click(page, custom_id="t:delete take:1")
        question = answer(await world.ada.click(page, custom_id="t:delete take:1"))
        assert "would go too" in question.content

    async def test_one_whose_sound_cannot_be_looked_up_says_so(self, world: World) -> None:
        await world.kick()
        await world.parts.database.execute("UPDATE kickbot.take SET doubted_at = now()")
        world.parts.files.broken = True  # type: ignore[attr-defined]
        page = answer(await world.ada.slash(world.channel, "kicks"))
        assert "whether its file went too cannot be looked up at the moment" in page.content
        assert buttons(page) == [("🗑️", "1")], "there is nothing to hear or to save"

    async def test_others_see_none_of_it(self, world: World) -> None:
        await world.kick()
        page = answer(await world.bob.slash(world.channel, "kicks"))
        assert "no kicks yet" in page.content
        assert buttons(page) == []


class TestTheAppsMenu:
    async def test_it_saves_the_kick_of_a_card(self, world: World) -> None:
        await world.kick()
        [card] = world.posted()
        saved = answer(await world.bob.context_menu(world.channel, "Save kick as preset", card))
        assert saved.ephemeral
        assert "Saved as your preset" in saved.content

    async def test_it_says_so_where_there_is_none(self, world: World) -> None:
        chat = await world.ada.send(world.channel, "hello")
        refused = answer(await world.bob.context_menu(world.channel, "Save kick as preset", chat))
        assert refused.ephemeral
        assert "no such kick" in refused.content


async def test_sharing_in_a_direct_message_is_refused_with_the_reason(world: World) -> None:
    result = await world.ada.user.slash("kick", prompt="hit house")
    await world.ada.user.click(result.response, label="Save")
    name = await world.parts.database.fetchval("SELECT preset_name FROM presets_preset")
    refused = await world.ada.user.slash("presets share", name=name)
    assert "private conversation" in refused.response.content


class TestAFullLibrary:
    @pytest.fixture
    def parts(self, parts: Process) -> Process:
        parts.keep = 1
        return parts

    async def test_the_answer_names_what_could_go(self, world: World) -> None:
        await world.ada.click(await world.kick(), label="Save")
        refused = answer(await world.ada.click(await world.kick(), label="Save"))
        assert refused.ephemeral
        assert "What could go: AI: " in refused.content
