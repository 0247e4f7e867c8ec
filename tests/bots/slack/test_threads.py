"""What is asked for in a thread is answered there, and nothing else is."""

from bots.slack import blocks
from tests.bots.slack.office import BOT, Office


async def test_a_card_with_its_sound_below_starts_no_thread_for_what_is_asked_on_it(office: Office) -> None:
    card = await office.kick()
    assert office.world.told(card)["thread_ts"] == card.ts
    await office.bob.press(card, "🔁 Again")
    await office.settle()
    _, again = office.cards()
    assert again.thread_ts is None
    await office.bob.shortcut(card, "save_kick")
    await office.settle()
    assert office.world.private("UBOB")[-1].thread_ts is None


async def test_again_in_a_thread_stays_in_it(office: Office) -> None:
    top = await office.kick()
    await office.ada.mention("deep 808", office.general.id, thread=top.ts)
    await office.settle()
    await office.bob.press(office.cards()[-1], "🔁 Again")
    await office.settle()
    assert [card.thread_ts for card in office.cards()] == [None, top.ts, top.ts]


async def test_what_only_one_person_is_told_stays_in_the_thread(office: Office) -> None:
    top = await office.kick()
    await office.ada.mention("kicks", office.general.id, thread=top.ts)
    await office.settle()
    told = office.world.private("UADA")[-1]
    assert told.thread_ts == top.ts
    await office.ada.press(told, "💾 Save")
    await office.settle()
    saved = office.world.private("UADA")[-1]
    assert saved.text.startswith("Saved")
    assert saved.thread_ts == top.ts


async def test_a_response_url_answers_everybody_in_the_thread(office: Office) -> None:
    top = await office.kick()
    await office.surface.post.answer(
        office.world.hook(office.general.id, "UADA", BOT), blocks.text_message("a page"), public=True, thread=top.ts
    )
    assert [message.thread_ts for message in office.general.messages.values() if message.text == "a page"] == [top.ts]
