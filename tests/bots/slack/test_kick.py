"""`/kickdrum hit house` in a channel, from the request to the sound that plays in its thread."""

import asyncio
import io

import soundfile

from tests.bots.slack.office import BOT, Office


async def test_a_kick_is_posted_with_its_sound_in_its_thread(either: Office) -> None:
    card = await either.kick(text="deep 808 seed:7")
    assert card.user == BOT
    assert card.versions[0].startswith("🥁 *deep 808*")
    assert "AI: " in card.text
    assert "dBFS" in card.text
    assert "seed 7, synth" in card.everything
    assert "for ada" in card.everything
    assert list(card.buttons) == ["💾 Save", "🔁 Again", "🗑️ Delete", "WAV"]
    [picture] = [block for block in card.blocks if block["type"] == "image"]
    assert picture["image_url"].endswith(".png")
    assert card.reactions == {"floppy_disk": [BOT]}

    [file] = either.world.files.values()
    assert file.message is not None
    assert file.message.thread_ts == card.ts
    assert file.name.startswith("kick_deep-808_")
    sound = soundfile.info(io.BytesIO(file.data))
    assert (sound.samplerate, sound.channels, sound.subtype) == (44100, 1, "PCM_24")
    rows = await either.shop.database.fetch("SELECT message FROM kickbot.message ORDER BY message")
    assert [row["message"] for row in rows] == sorted([card.ts, file.message.ts, file.id])


async def test_the_files_id_is_kept_before_the_upload_completes(office: Office) -> None:
    office.world.fail("files.completeUploadExternal", "internal_error")
    card = await office.kick()
    [file] = office.world.files.values()
    rows = await office.shop.database.fetch("SELECT message FROM kickbot.message")
    assert {row["message"] for row in rows} == {card.ts, file.id}


async def test_any_name_of_the_command_will_do(office: Office) -> None:
    for name in ("/kick", "/kickdrum", "/drum"):
        await office.ada.command("hit", office.general.id, command=name)
    await office.settle()
    assert len(office.cards()) == 3


async def test_several_at_once_each_have_a_message(office: Office) -> None:
    await office.ada.command("hit house seed:5 count:3", office.general.id)
    await office.settle()
    assert sorted(word for card in office.cards() for word in ("seed 5", "seed 6", "seed 7") if word in card.everything)
    assert len(office.cards()) == 3


async def test_a_mention_is_answered_in_its_thread(either: Office) -> None:
    question = await either.kick()
    await either.bob.mention("deep 808", either.general.id, thread=question.ts)
    await either.settle()
    [card] = [message for message in either.cards() if message.thread_ts == question.ts]
    assert "for bob" in card.everything
    sounds = [file.message for file in either.world.files.values() if file.message]
    assert [sound.thread_ts for sound in sounds] == [question.ts, question.ts]


async def test_a_message_to_the_bot_alone_needs_no_command(office: Office) -> None:
    alone = office.world.channel("ada", "im", "UADA", BOT)
    await office.ada.write("hit house", alone.id)
    await office.settle()
    [card] = office.cards(alone)
    assert "🔁 Again" in card.buttons
    await office.ada.write("edited", alone.id, subtype="message_changed")
    await office.ada.write("hit house", alone.id, bot_id="B1")
    await office.ada.write("hit house", office.general.id, channel_type="channel")
    await office.settle()
    assert len(office.cards(alone)) == 1
    assert not office.cards()


async def test_an_event_that_is_told_four_times_makes_one_kick(either: Office) -> None:
    ada = either.ada
    ada.times = 4
    await ada.command("hit house", either.general.id)
    await ada.mention("hit house", either.general.id)
    await either.settle()
    assert len(either.cards()) == 2
    assert len(either.world.files) == 2


async def test_again_makes_one_more_of_the_same_words_and_only_one_at_a_time(office: Office) -> None:
    card = await office.kick(text="deep 808")
    bob = office.bob
    bob.times = 3
    await bob.press(card, "🔁 Again")
    await office.settle()
    first, second = office.cards()
    assert "deep 808" in second.everything
    assert "for bob" in second.everything
    assert first.ts != second.ts


async def test_again_is_refused_while_the_first_one_is_on_its_way(office: Office) -> None:
    card = await office.kick()
    await asyncio.gather(*(office.bob.press(card, "🔁 Again") for _ in range(4)))
    await office.settle()
    told = [message.text for message in office.world.private("UBOB")]
    assert len(office.cards()) + len(told) == 5
    assert all("on its way already" in text for text in told)


async def test_an_edited_mention_is_no_new_one(office: Office) -> None:
    event = {"type": "app_mention", "user": "UADA", "text": f"<@{BOT}> hit", "channel": office.general.id, "ts": "1.1"}
    await office.ada.event({**event, "edited": {"user": "UADA", "ts": "2.0"}})
    await office.settle()
    assert not office.general.messages


async def test_text_of_people_pings_nobody_and_is_read_as_they_typed_it(office: Office) -> None:
    office.world.person("UADA", "<!channel> & co")
    await office.ada.command("hit &lt;!here&gt; to&lt;!here&gt;all <@UBOB|bob> R&amp;B", office.general.id)
    await office.settle()
    [card] = office.cards()
    assert "for &lt;!channel&gt; &amp; co" in card.everything
    assert "here&gt;all" not in card.everything
    assert "mentions do nothing here" in card.everything
    assert "r&amp;b" in card.everything
    for message in office.general.messages.values():
        assert "<!" not in message.everything
        assert "<@" not in message.everything


async def test_a_refusal_is_for_the_askers_eyes_only(either: Office) -> None:
    await either.ada.command("xyzzy", either.general.id)
    await either.ada.mention("seed:1 seed:2 hit", either.general.id)
    await either.settle()
    assert not either.general.messages
    told = [message.text for message in either.world.private("UADA")]
    assert len(told) == 2
    assert any("xyzzy" in text for text in told)


async def test_a_limit_takes_the_placeholder_away_again(office: Office) -> None:
    await office.bob.command("admin limit 1", office.general.id)
    await office.settle()
    await office.kick()
    await office.ada.command("hit", office.general.id)
    await office.settle()
    assert len(office.general.messages) == 2, "a card and its sound"
    [refusal] = office.world.private("UADA")
    assert "as the limit" in refusal.text


async def test_a_file_without_words_asks_for_no_kick(office: Office) -> None:
    direct = office.world.channel("-UADA", "im", "UADA", BOT)
    files = [{"id": "F9", "name": "snare.wav"}]
    await office.ada.write("", direct.id, subtype="file_share", files=files)
    await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.job") == 0
    await office.ada.write("hit house", direct.id, subtype="file_share", files=files)
    await office.settle()
    assert len(office.cards(direct)) == 1
