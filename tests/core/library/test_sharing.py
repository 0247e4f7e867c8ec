"""Sharing: shown to everybody in a place, by its owner, until it is taken down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import errors
from core.answers import replies
from core.library.sweeping import Sweeper
from core.people import PlaceSettings
from db.place_settings import PlaceSettingsRows
from db.sweepings import Sweepings
from tests import aging
from tests.bench import sharing
from tests.core.library.shop import Shop, elsewhere
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")
MODERATOR = replace(actor("mod"), moderator=True)


async def test_everybody_in_the_place_sees_what_is_shared_and_nobody_elsewhere(shop: Shop) -> None:
    preset = await shop.saved("ada")
    answer = await shop.say("ada", f"share {preset.name}")
    assert isinstance(answer, replies.Notice)
    assert answer.text == f'"{preset.name}" is shared here now: everybody finds it with "browse".'
    for who in (BOB, elsewhere(BOB, channel="another"), elsewhere(BOB, application="another-bot")):
        [entry] = (await shop.desk.sharing.browse(who)).entries
        assert entry.card.ref == preset.ref
        assert entry.card.maker == "ada"
        assert (entry.mine, entry.saved, entry.shared, entry.operators, entry.saves) == (False, False, True, False, 0)
    assert (await shop.desk.sharing.browse(elsewhere(BOB, id="another"))).entries == ()
    [own] = (await shop.desk.sharing.browse(ADA)).entries
    assert (own.mine, own.saved) == (True, True)


async def test_sharing_again_changes_nothing(shop: Shop) -> None:
    preset = await shop.shared("ada")
    again = await shop.desk.sharing.share(ADA, preset.name)
    assert again.text == f'"{preset.name}" is shared here already.'
    assert len((await shop.desk.sharing.browse(BOB)).entries) == 1


async def test_a_private_conversation_is_no_place_to_share(shop: Shop) -> None:
    alone = elsewhere(ADA, id="", private=True)
    preset = await shop.saved("ada")
    for line in (f"share {preset.name}", f"unshare {preset.name}"):
        with pytest.raises(errors.PrivatePlace):
            await shop.say(alone, line)
    assert (await shop.desk.sharing.browse(alone)).entries == ()


async def test_in_a_private_conversation_within_a_place_one_shares_with_the_place(shop: Shop) -> None:
    alone = elsewhere(ADA, channel="alone", private=True)
    preset = await shop.saved("ada")
    shared = await shop.say(alone, f"share {preset.name}")
    assert isinstance(shared, replies.Notice)
    assert shared.text.startswith(f'"{preset.name}" is shared with your workspace now')
    assert [entry.card.ref for entry in (await shop.desk.sharing.browse(BOB)).entries] == [preset.ref]
    unshared = await shop.say(alone, f"unshare {preset.name}")
    assert unshared == replies.Notice("unshared", f'"{preset.name}" is no longer shared with your workspace.')
    assert (await shop.desk.sharing.browse(BOB)).entries == ()


async def test_what_is_not_ones_own_or_not_there_is_not_shared(shop: Shop) -> None:
    preset = await shop.shared("ada")
    for who, which, error in (
        (BOB, str(preset.ref), errors.NoSuchPreset),
        (actor("nobody"), preset.name, errors.NoSuchPreset),
        (ADA, "no such", errors.NoSuchPreset),
        (ADA, "", errors.NothingNamed),
    ):
        with pytest.raises(error):
            await shop.desk.sharing.share(who, which)


@pytest.mark.parametrize("who", [ADA, MODERATOR])
async def test_the_owner_and_moderators_take_it_down(shop: Shop, who: object) -> None:
    preset = await shop.shared("ada")
    answer = await shop.say(who, f"unshare {preset.name}")  # type: ignore[arg-type]
    assert answer == replies.Notice("unshared", f'"{preset.name}" is no longer shared here.')
    assert (await shop.desk.sharing.browse(BOB)).entries == ()
    if who == ADA:
        answer = await shop.say(ADA, f"unshare {preset.name}")
        assert answer == replies.Notice("unshared", f'"{preset.name}" is not shared here.')


async def test_nobody_else_takes_it_down(shop: Shop) -> None:
    preset = await shop.shared("ada")
    with pytest.raises(errors.NotYourShare):
        await shop.desk.sharing.unshare(BOB, preset.name)
    with pytest.raises(errors.NoSuchPreset):
        await shop.desk.sharing.unshare(elsewhere(MODERATOR, id="another", channel="another"), str(preset.ref))
    with pytest.raises(errors.NothingNamed):
        await shop.desk.sharing.unshare(ADA, "")
    assert len((await shop.desk.sharing.browse(BOB)).entries) == 1


@pytest.mark.parametrize("back", [False, True])
async def test_leaving_a_place_drops_its_shares_and_no_others_in_30_days_unless_it_is_back(
    shop: Shop, back: bool
) -> None:
    preset = await shop.shared("ada")
    await shop.shared("bob")
    await shop.desk.sharing.share(elsewhere(ADA, id="another"), preset.name)
    places, settings = PlaceSettingsRows(shop.database), PlaceSettings(frozenset({"kicks"}), 3)
    for place in ("server", "another"):
        await places.replace("discord", place, settings)
    await shop.desk.sharing.left("discord", "server")
    sweeper = Sweeper(Sweepings(shop.database), shop.files)
    await aging.age(shop.database, timedelta(days=29))
    await sweeper.sweep()
    assert len((await shop.desk.sharing.browse(BOB)).entries) == 2
    if back:
        await shop.desk.sharing.back("discord", ["server", "a third"])
    await aging.age(shop.database, timedelta(days=2))
    await sweeper.sweep()
    left = [settings, settings] if back else [PlaceSettings(), settings]
    assert [await places.find("discord", place) for place in ("server", "another")] == left
    assert len((await shop.desk.sharing.browse(BOB)).entries) == (2 if back else 0)
    assert len((await shop.desk.sharing.browse(elsewhere(BOB, id="another"))).entries) == 1


async def test_saves_count_other_accounts_however_they_come_and_go(shop: Shop) -> None:
    preset = await shop.shared("ada")

    async def saves() -> list[int]:
        return [entry.saves for entry in (await shop.desk.sharing.browse(ADA)).entries]

    copies = [await shop.desk.library.save(actor(name), preset.ref) for name in ("bob", "carol", "dan")]
    assert await saves() == [3]
    await shop.desk.library.unsave(BOB, preset.ref)
    assert await saves() == [2]
    await shop.desk.sharing.share(actor("carol"), str(copies[1].card.ref))
    assert sorted(await saves()) == [2, 2], "the second share counts ada and dan"
    await shop.database.execute(
        "DELETE FROM kickgen_generatedkick WHERE name = $1 AND user_id = $2", preset.sample, await shop.account("dan")
    )
    assert sorted(await saves()) == [1, 1], "the web app has deleted it"
    await shop.database.execute(
        "UPDATE kickbot.saved SET account_id = $1 WHERE account_id = $2",
        await shop.account("erin"),
        await shop.account("carol"),
    )
    assert sorted(await saves()) == [1, 2], "carol's own share counts ada and erin now"


async def test_what_the_operator_shows_everybody_is_browsed_everywhere_and_labelled(shop: Shop) -> None:
    account = await shop.filling.user("operator")
    take = await shop.kick("ada")
    kick = await shop.web_kick(account, "AI: Operator")
    sounding = await shop.filling.preset(account, "deep one", "AI: Operator", operators=True)
    await shop.filling.preset(account, "stock one", "Karl", operators=True)
    await shop.sweeper.sweep()
    page = await shop.desk.sharing.browse(elsewhere(BOB, id="anywhere"))
    assert {entry.card.name for entry in page.entries} == {"deep one", "stock one"}
    assert all(entry.operators and not entry.shared for entry in page.entries)
    assert {entry.card.maker for entry in page.entries} == {"KickWithReverb"}
    by_name = {entry.card.name: entry.card for entry in page.entries}
    assert by_name["stock one"].audio is None
    assert "only the web app has" in by_name["stock one"].remarks[0]
    with pytest.raises(errors.NoSoundHere, match="Karl"):
        await shop.desk.library.save(BOB, by_name["stock one"].ref)
    saved = await shop.desk.library.save(BOB, by_name["deep one"].ref)
    assert saved.card.facts is not None
    assert (await shop.desk.sharing.browse(BOB, "by:kickwithreverb")).entries

    await shop.database.execute("UPDATE presets_preset SET is_shared = false WHERE id = $1", sounding)
    assert [entry.card.name for entry in (await shop.desk.sharing.browse(BOB)).entries] == ["stock one"]
    await shop.sweeper.sweep()
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.share") == 1
    assert (take.ref.kind, kick.kind) == ("take", "kick")


async def test_a_shared_preset_that_the_operator_takes_up_is_not_listed_twice(shop: Shop) -> None:
    preset = await shop.shared("ada")
    await shop.database.execute("UPDATE presets_preset SET is_shared = true")
    for _ in range(2):
        await shop.sweeper.sweep()
        [entry] = (await shop.desk.sharing.browse(BOB)).entries
        assert (entry.card.ref, entry.operators) == (preset.ref, True)


async def test_changes_in_the_web_app_are_found_after_the_next_sweep(shop: Shop) -> None:
    preset = await shop.shared("ada", "deep house")
    other = await shop.web_kick(preset.account, "AI: Other")
    await shop.database.execute(
        "UPDATE presets_preset SET preset_name = 'Brand New', kick_sample = 'AI: Other', updated_at = now()"
    )
    await shop.sweeper.sweep()
    assert [entry.card.name for entry in (await shop.desk.sharing.browse(BOB, "brand")).entries] == ["Brand New"]
    assert (await shop.desk.sharing.browse(BOB, "deep")).entries == ()
    origin = await shop.database.fetchval("SELECT origin FROM kickbot.share")
    assert origin == str(other)


async def test_a_full_page_of_what_is_shared_is_not_hidden_by_what_the_operator_shows(shop: Shop) -> None:
    operator = await shop.filling.user("operator")
    for number in range(3):
        await shop.filling.preset(operator, f"shown {number}", "Arnold", operators=True)
    presets = [await shop.shared("ada") for _ in range(3)]
    await shop.sweeper.sweep()
    page = await shop.desk.sharing.browse(BOB, size=4)
    assert [entry.card.ref for entry in page.entries][:3] == [preset.ref for preset in reversed(presets)]
    assert page.entries[3].operators
    assert page.next is not None
    rest = await shop.desk.sharing.browse(BOB, page.next.rest, size=4)
    assert [entry.operators for entry in rest.entries] == [True, True]


async def test_only_shares_whose_preset_has_changed_are_copied_again(shop: Shop) -> None:
    await sharing.fill(shop.database, 3000, accounts=100)
    await shop.sweeper.sweep()
    before = await versions(shop)
    await shop.database.execute("UPDATE presets_preset SET updated_at = now(), preset_name = 'new' || id WHERE id < 4")
    await shop.database.execute("UPDATE presets_preset SET is_shared = NOT is_shared WHERE id IN (7, 8)")
    await shop.database.execute("UPDATE kickbot.kick_detail SET hz = 60.5 WHERE kick_id IN (1007, 2007)")
    await shop.sweeper.sweep()
    after = await versions(shop)
    changed = {preset for preset in before.keys() | after.keys() if before.get(preset) != after.get(preset)}
    assert changed == {1, 2, 3, 7, 8, 1007, 2007}
    rows = await shop.database.fetch("SELECT preset_id, words, hz, platform FROM kickbot.share WHERE preset_id < 9")
    assert {row["preset_id"]: row["words"][-1] for row in rows if row["preset_id"] < 4} == {
        1: "new1",
        2: "new2",
        3: "new3",
    }
    assert {row["preset_id"]: row["platform"] for row in rows if row["preset_id"] > 6} == {8: "operator"}


async def test_a_batch_of_changed_shares_is_no_larger_than_asked_for(shop: Shop) -> None:
    await sharing.fill(shop.database, 10, accounts=1)
    sweepings = Sweepings(shop.database)
    reached: list[int | None] = [0]
    await shop.sweeper.sweep()
    await shop.database.execute("UPDATE presets_preset SET updated_at = now()")
    for stale in (6, 2, 0):
        after = reached[-1]
        assert after is not None
        reached.append(await sweepings.refresh_shares(4, after))
        assert await shop.database.fetchval(STALE) == stale
    ids = [row["id"] for row in await shop.database.fetch("SELECT id FROM kickbot.share ORDER BY id")]
    assert reached == [0, ids[3], ids[7], None]


async def test_a_sweep_of_many_batches_looks_at_all_shares(shop: Shop) -> None:
    await sharing.fill(shop.database, 300, accounts=10)
    few = replace(shop.sweeper, rows=4)
    await few.sweep()
    assert await shop.database.fetchval(STALE) == 0
    for changed in ("true", "id IN (1, 39, 40, 41, 300)", "false"):
        await shop.database.execute(f"UPDATE presets_preset SET updated_at = now() WHERE {changed}")
        await few.sweep()
        assert await shop.database.fetchval(STALE) == 0


async def test_a_sweep_does_not_go_back_for_what_changes_behind_it(shop: Shop) -> None:
    """Or it would never end where much is changed."""
    await sharing.fill(shop.database, 10, accounts=1)
    await shop.sweeper.sweep()
    await shop.database.execute("UPDATE presets_preset SET updated_at = now()")
    refresh = replace(shop.sweeper, rows=4).steps()["shares"]
    assert await refresh()
    await shop.database.execute("UPDATE presets_preset SET updated_at = now() WHERE id = 1")
    assert [await refresh(), await refresh()] == [True, False]
    assert await shop.database.fetchval(STALE) == 1


async def versions(shop: Shop) -> dict[int, list[str]]:
    """Which version of which row shows each preset: it is another one after each change."""
    found = await shop.database.fetch(
        "SELECT preset_id, array_agg(platform || id || ' ' || xmin ORDER BY id) AS rows FROM kickbot.share GROUP BY 1"
    )
    return {row["preset_id"]: row["rows"] for row in found}


STALE = """
SELECT count(*) FROM kickbot.share s JOIN presets_preset p ON p.id = s.preset_id WHERE s.copied_at <> p.updated_at
"""
