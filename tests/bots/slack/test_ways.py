"""A kick gets to its asker, whatever Slack refuses."""

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from bots.slack import api_errors, blocks
from bots.slack.api import TRIES, Api
from tests import ports
from tests.bots.slack import office as offices
from tests.bots.slack.office import BOT, BOT_TOKEN, TEAM, Office, PublicFiles
from tests.core.library.shop import Shop
from tests.fakes.slack.world import SCOPES


def scopes(office: Office, *without: str) -> None:
    token = office.world.tokens[BOT_TOKEN]
    office.world.tokens[BOT_TOKEN] = replace(token, scopes=SCOPES - set(without))


async def kept(office: Office) -> int:
    found: int = await office.shop.database.fetchval("SELECT count(*) FROM kickbot.take")
    return found


async def test_a_public_channel_is_joined(office: Office) -> None:
    channel = office.world.channel("random", "public", "UADA")
    await office.ada.command("hit", channel.id)
    await office.settle()
    assert BOT in channel.members
    assert office.cards(channel)


@pytest.mark.parametrize("kind", ["private", "public"])
async def test_where_the_bot_cannot_be_everybody_sees_the_card_and_the_asker_hears_it(
    office: Office, kind: str
) -> None:
    scopes(office, "channels:join")
    channel = office.world.channel("secret", "private" if kind == "private" else "public", "UADA")
    url = await office.ada.command("hit house", channel.id)
    await office.settle()
    [card] = office.cards(channel)
    assert card.buttons["WAV"]["url"].startswith("https://files.example/")
    [line] = office.world.private("UADA")
    assert "`/invite` me" in line.text
    assert "The card is shown here all the same; the sound is sent to you alone." in line.text
    told, sound = office.world.channels["D-UADA"].messages.values()
    assert "which cannot play where you asked for it" in told.text
    assert (sound.file in office.world.files, sound.thread_ts) == (True, told.ts)
    response_url = office.world.hooks[url.partition("/hooks/")[2]]
    assert response_url.left == 3
    assert await office.shop.database.fetchval("SELECT state FROM kickbot.job") == "done"


async def test_four_kicks_need_no_more_uses_than_a_response_url_has(office: Office) -> None:
    channel = office.world.channel("secret", "private", "UADA")
    url = await office.ada.command("hit house count:4", channel.id)
    await office.settle()
    assert len(office.cards(channel)) == 4
    assert len(office.world.channels["D-UADA"].messages) == 8, "four lines, each with its sound"
    assert office.world.hooks[url.partition("/hooks/")[2]].left == 0


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("archived", "This channel is archived"),
        ("restricted", "Only some may post in this channel"),
        ("scope", "I lack the permission `chat:write`"),
        ("stranger", "I am not part of this conversation"),
        ("absent", "`/invite` me"),
    ],
)
async def test_why_the_bot_cannot_post_is_told(office: Office, why: str, reason: str) -> None:
    channel = office.general
    match why:
        case "archived":
            channel.archived = True
        case "restricted":
            channel.restricted = True
        case "scope":
            scopes(office, "chat:write")
        case "stranger":
            channel = office.world.channel("two", "im", "UADA", "UBOB")
        case _:
            channel = office.world.channel("secret", "private", "UADA")
    await office.ada.command("hit", channel.id)
    await office.settle()
    told = office.world.private("UADA")[0].text
    assert reason in told
    assert ("/invite" in told) is (why == "absent")
    assert ("The card is shown here all the same" in told) is (why not in ("archived", "restricted"))
    assert ("You see it all the same." in told) is (why in ("archived", "restricted"))
    assert office.cards(channel), "by the response URL"


async def test_who_mentions_the_bot_where_it_may_not_post_has_the_kick_alone(office: Office) -> None:
    office.general.restricted = True
    await office.ada.mention("hit", office.general.id)
    await office.settle()
    first, second = [message for message in office.world.channels["D-UADA"].messages.values() if not message.file]
    assert "Only some may post in this channel, and I am not among them. I send it to you alone." in first.text
    assert "WAV" in second.buttons


async def test_a_response_url_that_is_used_up_leaves_a_direct_message(office: Office) -> None:
    channel = office.world.channel("secret", "private", "UADA")
    office.world.fail("hook", status=404, times=10)
    await office.ada.command("hit", channel.id)
    await office.settle()
    sent = [message for message in office.world.channels["D-UADA"].messages.values() if "WAV" in message.buttons]
    assert len(sent) == 1


async def test_a_token_that_was_revoked_leaves_the_response_url(office: Office) -> None:
    token = office.world.tokens.pop(BOT_TOKEN)
    await office.ada.command("hit", office.general.id)
    await office.settle()
    [card] = office.cards()
    assert "WAV" in card.buttons
    assert await kept(office) == 1
    office.world.tokens[BOT_TOKEN] = token


async def test_too_many_requests_are_waited_for(office: Office) -> None:
    office.world.fail("chat.update", status=429, retry_after=1)
    card = await office.kick()
    assert "WAV" in card.buttons


@pytest.mark.parametrize("method", ["chat.update", "files.getUploadURLExternal", "files.info"])
async def test_trouble_at_slack_is_sat_out(office: Office, method: str) -> None:
    office.world.fail(method, status=503, times=2)
    card = await office.kick()
    assert "WAV" in card.buttons
    assert [file.message is not None for file in office.world.files.values()] == [True]


async def test_a_message_whose_answer_is_lost_is_not_posted_again(office: Office) -> None:
    office.world.fail("chat.postMessage", status=503, lost=True)
    place = (await office.surface.post.workspace(TEAM)).place(office.general.id)
    with pytest.raises(api_errors.FAILURES):
        await office.surface.post.post(place, blocks.text_message("once"))
    assert [message.text for message in office.general.messages.values()] == ["once"]


async def test_a_kick_without_a_placeholder_is_posted_all_the_same(office: Office) -> None:
    office.world.fail("chat.postMessage", status=503)
    card = await office.kick()
    assert not card.versions
    assert not office.world.private("UADA")


async def test_a_message_that_never_left_is_tried_again() -> None:
    attempts: list[str] = []

    async def attempted(_: object, __: object, begun: aiohttp.TraceRequestStartParams) -> None:
        attempts.append(begun.url.path)

    tracing = aiohttp.TraceConfig()
    tracing.on_request_start.append(attempted)
    async with aiohttp.ClientSession(trace_configs=[tracing]) as session:
        nobody = Api(session, f"http://127.0.0.1:{ports.free_port()}/api/")
        with pytest.raises(aiohttp.ClientConnectorError):
            await nobody.client("xoxb-1").chat_postMessage(channel="C1", text="hello")
    assert attempts == ["/api/chat.postMessage"] * TRIES


async def test_a_name_that_slack_does_not_tell_keeps_no_kick_waiting(office: Office) -> None:
    office.world.fail("users.info", hangs=True)
    async with asyncio.timeout(10):
        card = await office.kick()
    assert "for ada" in card.everything


async def test_where_a_placeholder_was_deleted_the_asker_is_told_where_the_kick_is(office: Office) -> None:
    office.world.fail("chat.update", "message_not_found", times=5)
    await office.ada.command("hit", office.general.id)
    await office.settle()
    assert not office.cards()
    assert "https://files.example/" in office.world.private("UADA")[-1].text
    assert await kept(office) == 1


@pytest.mark.parametrize("scope", ["files:write", "files:read", "reactions:write", "users:read"])
async def test_a_missing_scope_costs_what_it_is_for_and_alarms_nobody(office: Office, scope: str) -> None:
    scopes(office, scope)
    card = await office.kick()
    assert "WAV" in card.buttons
    assert not office.world.private("UADA")


async def test_a_file_that_slack_never_shares_leaves_the_link(office: Office) -> None:
    office.world.shares_after = None
    card = await office.kick()
    assert "WAV" in card.buttons
    assert not office.world.private("UADA")


@pytest.mark.parametrize("host", ["down.example", "10.0.0.7", "kick.local"])
async def test_a_picture_that_slack_cannot_load_is_left_out(shop: Shop, host: str) -> None:
    shop.files = PublicFiles(host=host)
    shop.studio = shop.another()
    shop.open()
    async with offices.office(shop) as office:
        card = await office.kick()
    assert ("WAV" in card.buttons) is (host == "down.example")
    assert all(block["type"] != "image" for block in card.blocks)


@pytest.mark.parametrize("refusal", ["edit_window_closed", "cant_update_message"])
async def test_a_placeholder_that_can_be_edited_no_more_is_replaced(office: Office, refusal: str) -> None:
    office.world.fail("chat.update", refusal, times=50)
    await office.ada.command("hit house", office.general.id)
    await office.settle()
    [card] = office.cards()
    [sound] = [file.message.ts for file in office.world.files.values() if file.message]
    assert office.general.messages.keys() == {card.ts, sound}, "the placeholder is gone"
    assert not office.world.private("UADA"), "nobody is told that a message was removed"
