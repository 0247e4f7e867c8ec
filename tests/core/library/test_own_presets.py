"""Presets: listed, shown, renamed, deleted."""

import pytest

from core import errors
from core.answers import commands, replies
from core.people import Actor, Person, Place
from tests.core.library.shop import Shop, elsewhere
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")


async def test_mine_are_listed_the_newest_first_with_where_they_stand(shop: Shop) -> None:
    first, second = await shop.saved("ada", "deep house"), await shop.shared("ada", "808")
    await shop.desk.library.save(BOB, second.ref)
    page = await shop.desk.presets.mine(ADA)
    assert [entry.card.ref for entry in page.entries] == [second.ref, first.ref]
    assert [(entry.shared, entry.saves, entry.mine) for entry in page.entries] == [(True, 1, True), (False, 0, True)]
    assert (page.next, page.back) == (None, None)
    assert [entry.card.name for entry in (await shop.desk.presets.mine(BOB)).entries] == [second.name]
    assert (await shop.desk.presets.mine(actor("nobody"))).entries == ()


async def test_mine_a_page_at_a_time(shop: Shop) -> None:
    account = await shop.account("ada")
    for number in range(7):
        await shop.filling.preset(account, f"preset {number}", "Arnold")
    names, page = [], await shop.desk.presets.mine(ADA, size=3)
    names += [entry.card.name for entry in page.entries]
    while page.next:
        page = await shop.desk.presets.mine(ADA, page.next.rest, size=3)
        names += [entry.card.name for entry in page.entries]
    assert names == [f"preset {number}" for number in reversed(range(7))]
    assert page.back is not None
    page = await shop.desk.presets.mine(ADA, page.back.rest, size=3)
    assert [entry.card.name for entry in page.entries] == ["preset 3", "preset 2", "preset 1"]
    with pytest.raises(errors.UnknownFilter):
        await shop.desk.presets.mine(ADA, "note:F")


async def test_one_is_shown_to_its_owner_and_where_it_is_shared(shop: Shop) -> None:
    preset = await shop.saved("ada")
    for which in (preset.name, preset.name.upper(), str(preset.ref)):
        shown = await shop.desk.presets.show(ADA, which)
        assert shown.entry.card.audio is not None
        assert shown.entry.card.ref == preset.ref
        with pytest.raises(errors.NoSuchPreset):
            await shop.desk.presets.show(BOB, which)
    await shop.desk.sharing.share(ADA, preset.name)
    shown = await shop.desk.presets.show(BOB, preset.name)
    assert (shown.entry.mine, shown.entry.shared, shown.entry.card.maker) == (False, True, "ada")
    with pytest.raises(errors.NoSuchPreset):
        await shop.desk.presets.show(elsewhere(BOB, id="elsewhere", channel="elsewhere"), preset.name)
    for nothing, error in (("", errors.NothingNamed), ("take:1", errors.NoSuchPreset), ("x", errors.NoSuchPreset)):
        with pytest.raises(error):
            await shop.desk.presets.show(ADA, nothing)


async def test_what_was_shown_in_a_channel_is_seen_and_saved_there(shop: Shop) -> None:
    preset = await shop.saved("ada")
    shown = await shop.desk.presets.show(ADA, preset.name)
    await shop.showing.posted(ADA, "posted", shown.entry.card.ref)
    assert (await shop.desk.presets.show(BOB, str(preset.ref))).entry.card.ref == preset.ref
    assert (await shop.desk.library.save_named(BOB, "")).card.name == preset.name
    with pytest.raises(errors.NoSuchPreset):
        await shop.desk.presets.show(elsewhere(BOB, channel="another"), str(preset.ref))


async def test_a_stock_kick_of_the_web_app_sounds_there_only_and_the_card_says_so(shop: Shop) -> None:
    account = await shop.account("ada")
    for sample, why in (("Günther", "only the web app has"), ("AI: Gone", "is not here")):
        await shop.filling.preset(account, f"on {sample[:2]}", sample)
        card = (await shop.desk.presets.show(ADA, f"on {sample[:2]}")).entry.card
        assert (card.audio, card.facts, card.tone, card.kick) == (None, None, "", sample)
        assert why in card.remarks[0]


async def test_renaming(shop: Shop) -> None:
    preset = await shop.shared("ada", "deep house")
    answer = await shop.say("ada", f"rename {preset.name},  The  big one ")
    assert answer == replies.Notice("renamed", f'"{preset.name}" is called "The big one" now.')
    changed = await shop.preset(preset.ref)
    assert (changed.name, changed.created) == ("The big one", preset.created)
    assert changed.updated == shop.moment
    found = await shop.desk.sharing.browse(BOB, "big")
    assert [entry.card.ref for entry in found.entries] == [preset.ref]
    assert (await shop.desk.sharing.browse(BOB, preset.name.split()[-1])).entries == ()
    assert len((await shop.desk.sharing.browse(BOB, "deep house")).entries) == 1, "the prompt's words still find it"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("größter Böller!", "groesster Boeller"),
        ("x" * 33, "x" * 32),
        ("", "my kick"),
        ("!?", "my kick"),
        ("a_b", "a b"),
    ],
)
async def test_a_name_that_is_refused_gets_one_that_would_do(shop: Shop, name: str, suggestion: str) -> None:
    preset = await shop.saved("ada")
    with pytest.raises(errors.BadPresetName) as refusal:
        await shop.desk.presets.rename(ADA, str(preset.ref), name)
    assert refusal.value.facts["suggestion"] == suggestion
    await shop.desk.presets.rename(ADA, str(preset.ref), suggestion)


async def test_a_name_that_is_taken_gets_a_free_one(shop: Shop) -> None:
    one, other = await shop.saved("ada"), await shop.saved("ada")
    await shop.desk.presets.rename(ADA, str(one.ref), "the one")
    with pytest.raises(errors.NameTaken) as refusal:
        await shop.desk.presets.rename(ADA, str(other.ref), "The One")
    assert refusal.value.facts["suggestion"] == "The One 2"
    await shop.desk.presets.rename(ADA, str(one.ref), "The ONE")
    assert (await shop.preset(one.ref)).name == "The ONE", "its own old name is not in the way"


async def test_a_preset_goes_and_its_kick_stays(shop: Shop) -> None:
    preset = await shop.saved("ada")
    shown = await shop.desk.presets.show(ADA, preset.name)
    await shop.showing.posted(ADA, "posted", shown.entry.card.ref)
    deleted = await shop.say("ada", f"presets delete {preset.name}")
    assert isinstance(deleted, replies.Deleted)
    assert [posted.message for posted in deleted.posted] == ["posted"]
    assert deleted.text == (
        f'Your preset "{preset.name}" is deleted. Its kick {preset.sample} is still in your library.'
    )
    assert (await shop.desk.library.kicks(ADA)).kept == 1


async def test_one_that_is_shared_is_asked_about_first(shop: Shop) -> None:
    preset = await shop.shared("ada")
    await shop.desk.sharing.share(elsewhere(ADA, id="another"), preset.name)
    question = await shop.desk.presets.delete(ADA, preset.name)
    assert isinstance(question, replies.Question)
    assert question.text == f'"{preset.name}" is shared in 2 places and would go there too.'
    assert isinstance(await shop.desk.answer(ADA, question.confirm), replies.Deleted)
    assert (await shop.desk.sharing.browse(BOB)).entries == ()


async def test_nobody_changes_anothers(shop: Shop) -> None:
    preset = await shop.shared("ada")
    await shop.saved("bob")
    for who in (BOB, actor("nobody")):
        for line in (f"rename {preset.ref}, x", f"presets delete {preset.ref}", f"share {preset.ref}"):
            with pytest.raises(errors.NoSuchPreset):
                await shop.desk.answer(who, commands.parse(line))
    assert await shop.preset(preset.ref) == preset


async def test_nobody_changes_what_the_operator_shows(shop: Shop) -> None:
    preset = await shop.saved("ada")
    await shop.database.execute("UPDATE presets_preset SET is_shared = true")
    for line in (
        f"rename {preset.ref}, x",
        f"presets delete {preset.ref}",
        f"share {preset.ref}",
        f"unshare {preset.ref}",
    ):
        for who in ("ada", "bob"):
            with pytest.raises(errors.OperatorsPreset):
                await shop.say(who, line)
    assert not await shop.presets.rename(preset.account, preset.id, "x", shop.moment)
    assert await shop.presets.delete(preset.account, preset.id) is None


async def test_names_are_completed_from_ones_own(shop: Shop) -> None:
    account = await shop.account("ada")
    for name in ("deep one", "one deep", "two", "100%"):
        await shop.filling.preset(account, name, "Arnold")
    assert await shop.desk.presets.complete(ADA, "DEEP") == ["deep one", "one deep"]
    assert await shop.desk.presets.complete(ADA, "%") == ["100%"]
    assert await shop.desk.presets.complete(ADA, "", 2) == ["100%", "deep one"]
    assert await shop.desk.presets.complete(BOB, "deep") == []


@pytest.mark.parametrize("which", ["show a\x00b", "save \x00b", "delete a\x00", "share \ud800", "rename \x00, b"])
async def test_what_no_name_can_hold_finds_nothing(shop: Shop, which: str) -> None:
    await shop.saved("ada")
    with pytest.raises((errors.NoSuchPreset, errors.NoSuchTake)):
        await shop.say("ada", which)
    assert await shop.desk.presets.complete(ADA, "\x00house") != []


async def test_renaming_takes_a_comma(shop: Shop) -> None:
    preset = await shop.saved("ada")
    with pytest.raises(errors.NothingNamed, match="rename NAME, NEW NAME"):
        await shop.say("ada", f"rename {preset.name} better")


async def test_who_made_it_is_told_where_they_are_known_and_nowhere_else(shop: Shop) -> None:
    preset = await shop.saved("ada")
    account = await shop.account("ada")
    for realm, name in (("acme", "Ada Lovelace"), ("secret", "Countess")):
        person = Person("slack", realm, f"U-{name}", name)
        await shop.people.enrol(person)
        await shop.database.execute(
            "UPDATE kickbot.identity SET account_id = $1 WHERE display_name = $2", account, name
        )
    await shop.database.execute("UPDATE auth_user SET username = 'ada@example.org' WHERE id = $1", account)
    makers = {}
    for team in ("acme", "secret", "third"):
        there = Actor(Person("slack", team, "U1", "bob"), Place("slack-bot", "slack", id=team, channel="general"))
        await shop.database.execute(
            "INSERT INTO kickbot.message (application, channel, message, preset_id) VALUES ($1, $2, $3, $4)",
            *("slack-bot", "general", team, preset.id),
        )
        makers[team] = (await shop.desk.presets.show(there, str(preset.ref))).entry.card.maker
    assert makers == {"acme": "Ada Lovelace", "secret": "Countess", "third": "somebody"}
    assert (await shop.desk.presets.show(elsewhere(ADA, id=""), preset.name)).entry.card.maker == "ada"
