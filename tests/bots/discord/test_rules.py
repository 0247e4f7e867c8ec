"""What those who manage a server set for it."""

import pytest
from simcord import MemberActor, SetupError

from tests.bots.discord.world import World, answer


@pytest.fixture
def admin(world: World) -> MemberActor:
    return world.moderator(manage_guild=True)


async def test_kickbot_answers_only_where_it_is_allowed(world: World, admin: MemberActor) -> None:
    other = world.guild.create_text_channel("talk")
    done = answer(await admin.slash(world.channel, "kicksettings allow", channel=world.channel))
    assert done.ephemeral
    assert f"answers in <#{world.channel.id}>" in done.content
    assert (await world.kick()).attachments
    for command, options in (("kick", {"prompt": "hit house"}), ("presets browse", {})):
        result = await world.ada.slash(other, command, **options)
        [told] = result.followups
        assert told.ephemeral
        assert "does not answer in this channel" in told.content
    assert world.posted(other) == []


async def test_a_thread_belongs_to_its_channel(world: World, admin: MemberActor) -> None:
    thread = await world.thread()
    await admin.slash(world.channel, "kicksettings allow", channel=world.channel)
    assert answer(await world.ada.slash(thread, "kick", prompt="hit house")).attachments


async def test_the_list_is_lifted(world: World, admin: MemberActor) -> None:
    other = world.guild.create_text_channel("talk")
    await admin.slash(world.channel, "kicksettings allow", channel=other)
    assert "every channel" in answer(await admin.slash(world.channel, "kicksettings everywhere")).content
    assert (await world.kick()).attachments
    await admin.slash(world.channel, "kicksettings allow", channel=other)
    assert "every channel" in answer(await admin.slash(world.channel, "kicksettings disallow", channel=other)).content


async def test_all_together_make_so_many_a_day(world: World, admin: MemberActor) -> None:
    assert "2 a day, all together" in answer(await admin.slash(world.channel, "kicksettings limit", kicks=2)).content
    await world.kick(world.ada)
    await world.kick(world.bob)
    refused = await world.ada.slash(world.channel, "kick", prompt="hit house")
    assert "which an admin has set as the limit" in refused.followups[0].content
    assert "2 a day" in answer(await admin.slash(world.channel, "kicksettings show")).content
    await admin.slash(world.channel, "kicksettings limit")
    assert (await world.kick()).attachments


async def test_it_is_shown_to_those_who_manage_the_server_and_refused_to_others(world: World) -> None:
    with pytest.raises(SetupError, match="not visible"):
        await world.moderator().slash(world.channel, "kicksettings show")
    command = world.env.backend.find_command("kicksettings", world.guild.id, type=1)
    assert command is not None
    world.guild.set_command_permissions(int(command["id"]), {world.bob: True})
    refused = answer(await world.bob.slash(world.channel, "kicksettings limit", kicks=1))
    assert "Only an admin of this place can set that" in refused.content
