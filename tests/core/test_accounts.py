"""Accounts over several platforms: joined by a code, parted, looked at, forgotten, kicks being made meanwhile."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from core import errors, files
from core.accounts import link_codes
from core.accounts.accounts import Accounts
from core.identities import Notification
from core.people import Actor
from tests.core.accounts import ADA, ADA_L, EVE, MARY, accounts_of, linked, sweeper
from tests.core.conftest import Workshop, take
from tests.core.people import KEYS, SERVER
from tests.db.filling import Filling


@pytest.fixture
def service(workshop: Workshop) -> Accounts:
    return accounts_of(workshop)


async def with_web_login(workshop: Workshop, who: Actor, name: str) -> None:
    """As if the account of `who` had a web login."""
    account = await workshop.people.enrol(who.person)
    await workshop.database.execute(
        "UPDATE auth_user SET username = $2, password = 'pbkdf2_sha256$1$s$h' WHERE id = $1", account, name
    )


async def test_two_platforms_become_one_account(workshop: Workshop, service: Accounts) -> None:
    made = [await workshop.kick("ada"), (await take(workshop.studio, (await workshop.order(ADA_L))[0]))]
    code = await service.link(ADA)
    written = await workshop.database.fetchval("SELECT now()")
    assert timedelta(minutes=9) < code.expires - written <= timedelta(minutes=10)

    claim = await service.claim(ADA_L, code.code.lower())
    assert (claim.mine.label, claim.theirs.label) == ("ada.l on Slack", "ada on Discord")
    assert "ada.l on Slack and ada on Discord would become one account" in claim.text
    assert made[0].account != made[1].account

    done = await service.confirm(ADA_L, claim.theirs.id)
    assert {one.person for one in done.identities} == {ADA.person, ADA_L.person}
    assert done.text.startswith("ada.l on Slack and ada on Discord share one account now.")
    for who in (ADA, ADA_L):
        account = await workshop.people.account(who.person)
        assert account == made[0].account
        assert [one.id for one in await workshop.takes.recent(account, 9)] == [made[1].id, made[0].id]
    assert (await service.status(ADA)).holdings.made == 2


async def test_everybody_of_the_account_is_told_but_who_asked(workshop: Workshop, service: Accounts) -> None:
    await linked(service, ADA, ADA_L)
    code = await service.link(EVE)
    claim = await service.claim(ADA, code.code)
    done = await service.confirm(ADA, claim.theirs.id)
    assert {notification.to.person for notification in done.notifications} == {ADA_L.person, EVE.person}
    assert "ada on Discord and eve on Discord share one Kickbot account now" in done.notifications[0].text
    parted = await service.unlink(EVE, "ada.l")
    told = {notification.to.person: notification.text for notification in parted.notifications}
    assert told.keys() == {ADA_L.person, ADA.person}
    assert told[ADA.person].startswith("ada.l on Slack has left the Kickbot account")
    assert told[ADA_L.person].startswith("eve on Discord has parted you from the Kickbot account")


async def test_a_code_is_good_once(service: Accounts) -> None:
    code = await service.link(ADA)
    claim = await service.claim(ADA_L, code.code)
    await service.confirm(ADA_L, claim.theirs.id)
    with pytest.raises(errors.NoSuchCode):
        await service.confirm(ADA_L, claim.theirs.id)
    with pytest.raises(errors.NoSuchCode):
        await service.claim(EVE, code.code)


async def test_only_who_entered_it_confirms(service: Accounts) -> None:
    code = await service.link(ADA)
    claim = await service.claim(ADA_L, code.code)
    for other in (EVE, ADA):
        with pytest.raises(errors.NoSuchCode):
            await service.confirm(other, claim.theirs.id)
    await service.link(ADA)
    with pytest.raises(errors.NoSuchCode):
        await service.confirm(ADA_L, claim.theirs.id)


async def test_a_confirmation_that_comes_late_is_refused(workshop: Workshop, service: Accounts) -> None:
    code = await service.link(ADA)
    claim = await service.claim(ADA_L, code.code)
    await workshop.pass_time(minutes=link_codes.MINUTES)
    with pytest.raises(errors.NoSuchCode):
        await service.confirm(ADA_L, claim.theirs.id)


async def test_refusals_say_what_is_the_matter(workshop: Workshop, service: Accounts) -> None:
    code = await service.link(ADA)
    with pytest.raises(errors.OwnCode, match="your own code"):
        await service.claim(ADA, code.code)
    with pytest.raises(errors.NoSuchCode, match="older than 10 minutes"):
        await service.claim(ADA_L, "nonsense")
    await linked(service, ADA, ADA_L)
    code = await service.link(ADA)
    with pytest.raises(errors.SameAccount):
        await service.claim(ADA_L, code.code)
    await with_web_login(workshop, ADA, "ada")
    await with_web_login(workshop, EVE, "eve")
    with pytest.raises(errors.TwoWebLogins):
        await service.claim(EVE, code.code)


async def test_an_account_of_both_orders_may_be_entered(workshop: Workshop, service: Accounts) -> None:
    await workshop.people.enrol(ADA.person)
    await with_web_login(workshop, ADA_L, "ada")
    both = await service.link(ADA), await service.link(ADA_L)
    claims = await service.claim(ADA_L, both[0].code), await service.claim(ADA, both[1].code)
    await service.confirm(ADA_L, claims[0].theirs.id)
    with pytest.raises(errors.SameAccount):
        await service.confirm(ADA, claims[1].theirs.id)
    assert (await service.status(ADA)).holdings.web == "ada"


async def test_codes_and_marks_are_in_no_log_and_no_error(
    workshop: Workshop, service: Accounts, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = await service.link(ADA)
    told = [repr(await service.claim(ADA_L, code.code))]
    for typed in ("WRONGONE", *["ZZZZ-ZZZZ"] * link_codes.TRIES, code.code):
        with pytest.raises(errors.KickbotError) as refused:
            await service.claim(EVE, typed)
        told.append(f"{refused.value} {refused.value.detail} {refused.value.facts}")
    await service.forget(ADA, (await service.leaving(ADA)).mine.id)
    said = " ".join([caplog.text, repr(service), *told])
    plain = link_codes.read(code.code)
    for secret in (code.code, plain, KEYS.code(plain).hex(), KEYS.leaver(ADA.person), "ZZZZ", "WRONGONE"):
        assert secret not in said


async def test_a_status_tells_what_there_is(workshop: Workshop, service: Accounts) -> None:
    nothing = await service.status(ADA)
    assert (nothing.mine, nothing.holdings.made, nothing.holdings.identities) == (None, 0, ())
    assert await workshop.people.account(ADA.person) is None
    await workshop.kick("ada")
    await linked(service, ADA, ADA_L)
    text = (await service.status(ADA_L)).text
    assert "1 kick of 10 made today; the count starts again at 05:00 UTC." in text
    assert "0 kicks of 30 in the library, 0 presets, 0 shares, 1 recent kick." in text
    assert "This account belongs to ada on Discord and ada.l on Slack (you)." in text


@pytest.mark.parametrize("which", ["", "ADA.L", "slack", "ada.l on slack", "number"])
async def test_somebody_is_unlinked_by_any_of_their_names(service: Accounts, which: str) -> None:
    await linked(service, ADA, ADA_L)
    number = next(one.id for one in (await service.status(ADA)).holdings.identities if one.person == ADA_L.person)
    parted = await service.unlink(ADA_L if which == "" else ADA, str(number) if which == "number" else which)
    assert parted.identity.person == ADA_L.person
    assert (await service.status(ADA_L)).holdings.identities[0].account != parted.identity.account


async def test_a_name_that_means_two_or_nobody_is_asked_for_again(service: Accounts) -> None:
    await linked(service, ADA, ADA_L)
    await linked(service, ADA, MARY)
    identities = (await service.status(ADA)).holdings.identities
    for which in ("slack", "bob", "0"):
        with pytest.raises(errors.NoSuchIdentity) as refused:
            await service.unlink(ADA, which)
        assert all(f"{one.label} ({one.id})" in str(refused.value) for one in identities)
    with pytest.raises(errors.NothingKept):
        await service.unlink(EVE, "slack")


async def test_forgetting_says_exactly_what_goes(workshop: Workshop, service: Accounts) -> None:
    rows = Filling(workshop.database)
    made = [await workshop.kick("ada") for _ in range(2)]
    account = made[0].account
    await rows.kick(account, "AI: Anke")
    for name in ("one", "two"):
        await rows.preset(account, name, "AI: Anke")
    await linked(service, ADA, ADA_L)
    text = (await service.leaving(ADA)).text
    assert text.startswith(
        "This deletes for good, files included: 2 recent kicks, 1 library kick, 2 presets, what is kept of 2 messages "
        "in channels and what is kept of ada on Discord (you) and ada.l on Slack. What others"
    )
    assert "web login" not in text
    await with_web_login(workshop, ADA, "ada1815")
    chat, everything = (await service.leaving(ADA)).text, (await service.leaving(ADA, with_web=True)).text
    assert "library kick" not in chat
    assert 'Your web login "ada1815" stays, with 1 kick and 2 presets' in chat
    assert "1 library kick, 2 presets" in everything
    assert 'The web login "ada1815" goes too' in everything
    await workshop.database.execute("UPDATE presets_preset SET is_shared = true WHERE preset_name = 'two'")
    everything = (await service.leaving(ADA, with_web=True)).text
    assert "1 library kick, 1 preset," in everything
    assert "What operators show to everybody stays, with nobody's name on it: 1 preset." in everything


async def test_who_is_forgotten_leaves_no_file_and_comes_back_with_todays_count(
    workshop: Workshop, service: Accounts
) -> None:
    mine, hers = await workshop.kick("ada"), await workshop.kick("eve")
    await linked(service, ADA, ADA_L)
    asked = await service.leaving(ADA)
    done = await service.forget(ADA, asked.mine.id)
    assert set(workshop.files.objects) == {hers.path, files.picture_path(hers.path)}
    assert {notification.to.person for notification in done.notifications} == {ADA_L.person}
    assert [one.message for one in done.posted] == ["message-1"]
    assert (await service.status(ADA)).holdings.made == 1
    [job] = await workshop.order(ADA)
    await take(workshop.studio, job)
    assert (await service.status(ADA)).holdings.made == 2
    assert (await service.status(ADA_L)).holdings.made == 1
    assert mine.account not in (job.account, hers.account)


async def test_files_that_cannot_be_removed_now_are_removed_later(workshop: Workshop, service: Accounts) -> None:
    await workshop.kick("ada")
    asked = await service.leaving(ADA)
    workshop.files.broken = True
    done = await service.forget(ADA, asked.mine.id)
    assert "The files of 1 kick could not be removed yet" in done.text
    assert len(workshop.files.objects) == 2
    workshop.files.broken = False
    await sweeper(workshop).sweep()
    assert workshop.files.objects == {}


async def test_nobody_waits_for_storage_that_does_not_answer(workshop: Workshop) -> None:
    workshop.patience = 0.2
    service = accounts_of(workshop)
    for _ in range(8):
        await workshop.kick("ada")
    workshop.files.hangs = True
    asked = await service.leaving(ADA)
    async with asyncio.timeout(30):
        done = await service.forget(ADA, asked.mine.id)
    assert workshop.files.removals == 1
    assert "You are forgotten here. The files of 8 kicks could not be removed yet" in done.text
    assert (await service.status(ADA)).mine is None
    workshop.files.hangs = False
    await sweeper(workshop).sweep()
    assert workshop.files.objects == {}


async def test_todays_count_outlives_who_is_forgotten_by_a_clock_that_is_wrong(
    workshop: Workshop, service: Accounts
) -> None:
    for _ in range(3):
        await workshop.kick("ada")
    ahead = replace(service, clock=lambda: workshop.moment + timedelta(days=100))
    await ahead.forget(ADA, (await service.leaving(ADA)).mine.id)
    assert (await service.status(ADA)).holdings.made == 3
    await workshop.kick("ada")
    assert (await service.status(ADA)).holdings.made == 4


async def test_one_file_that_stays_keeps_no_other(workshop: Workshop, service: Accounts) -> None:
    made = [await workshop.kick("ada") for _ in range(3)]
    workshop.files.stuck.add(made[1].path)
    done = await service.forget(ADA, (await service.leaving(ADA)).mine.id)
    assert "The files of 1 kick could not be removed yet" in done.text
    assert set(workshop.files.objects) == {made[1].path, files.picture_path(made[1].path)}
    trash = await workshop.database.fetch("SELECT path FROM kickbot.trash")
    assert [row["path"] for row in trash] == [made[1].path]


async def test_forgetting_leaves_the_trash_of_others_to_the_sweeper(workshop: Workshop, service: Accounts) -> None:
    hers = "9/00000000-0000-4000-8000-000000000001.wav"
    await workshop.database.execute("INSERT INTO kickbot.trash VALUES ($1, '-infinity')", hers)
    workshop.files.objects[hers] = b"sound"
    await workshop.kick("ada")
    done = await service.forget(ADA, (await service.leaving(ADA)).mine.id)
    assert done.text == "You are forgotten here. If you come back, you start with an empty account."
    assert set(workshop.files.objects) == {hers}


async def test_nobody_else_confirms_to_be_forgotten(workshop: Workshop, service: Accounts) -> None:
    await workshop.kick("ada")
    await workshop.kick("eve")
    asked = await service.leaving(ADA)
    with pytest.raises(errors.NotTheAsked):
        await service.forget(EVE, asked.mine.id)
    with pytest.raises(errors.NothingKept):
        await service.forget(MARY, asked.mine.id)
    assert (await service.status(ADA)).holdings.takes == (await service.status(EVE)).holdings.takes == 1


async def test_a_web_login_goes_only_when_it_is_said(workshop: Workshop, service: Accounts) -> None:
    await with_web_login(workshop, ADA, "ada")
    done = await service.forget(ADA, (await service.leaving(ADA)).mine.id)
    assert 'Your web login "ada" is as it was.' in done.text
    assert await workshop.database.fetchval("SELECT username FROM auth_user") == "ada"
    await workshop.people.enrol(ADA.person)
    await with_web_login(workshop, EVE, "eve")
    done = await service.forget(EVE, (await service.leaving(EVE)).mine.id, with_web=True)
    assert "as it was" not in done.text
    assert await workshop.database.fetchval("SELECT count(*) FROM auth_user WHERE username = 'eve'") == 0


async def test_a_letter_knows_to_whom_it_goes(service: Accounts) -> None:
    code = await service.link(ADA)
    claim = await service.claim(ADA_L, code.code)
    [notification] = (await service.confirm(ADA_L, claim.theirs.id)).notifications
    assert isinstance(notification, Notification)
    assert (notification.to.person.platform, notification.to.person.id) == (SERVER.platform, "id-ada")
