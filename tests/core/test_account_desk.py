"""The verbs of `account`: what may stand behind them, and what is asked before."""

import pytest

from core import errors
from core.accounts.commands import AccountDesk
from core.answers import replies
from core.answers.account import Forgotten
from core.answers.commands import Invocation
from tests.core.accounts import ADA, ADA_L, EVE, accounts_of
from tests.core.conftest import Workshop


@pytest.fixture
def desk(workshop: Workshop) -> AccountDesk:
    return AccountDesk(accounts_of(workshop))


async def code(desk: AccountDesk) -> str:
    reply = await desk.link(ADA, "")
    assert replies.notifications(reply) == ()
    return reply.text.partition("Your code is ")[2][:9]


async def asked(desk: AccountDesk) -> replies.Question:
    """What ada.l is asked when she has entered ada's code."""
    question = await desk.link(ADA_L, await code(desk))
    assert isinstance(question, replies.Question)
    return question


async def test_a_code_is_asked_about_before_it_joins(desk: AccountDesk) -> None:
    question = await asked(desk)
    assert question.confirm.verb == "account link"
    done = await desk.link(ADA_L, question.confirm.rest.upper())
    assert "share one account now" in done.text
    assert [notification.to.person for notification in replies.notifications(done)] == [ADA.person]


async def test_an_agreement_to_one_question_is_none_to_another(desk: AccountDesk) -> None:
    first = await asked(desk)
    reply = await desk.link(EVE, "")
    second = await desk.link(ADA_L, reply.text.partition("Your code is ")[2][:9])
    assert isinstance(second, replies.Question)
    assert second.confirm != first.confirm
    assert "eve on Discord" in (await desk.link(ADA_L, second.confirm.rest)).text
    assert "ada on Discord" in (await desk.link(ADA_L, first.confirm.rest)).text


@pytest.mark.parametrize("typed", ["confirm", "confirm 0", "confirm x", "confirm 1 2", "confirm " + "9" * 30])
async def test_what_is_no_confirmation_is_a_wrong_code(desk: AccountDesk, typed: str) -> None:
    await asked(desk)
    with pytest.raises(errors.NoSuchCode):
        await desk.link(ADA_L, typed)


async def test_forgetting_is_asked_about_first(workshop: Workshop, desk: AccountDesk) -> None:
    await workshop.kick("ada")
    await workshop.kick("eve")
    question = await desk.forget(ADA, "")
    assert isinstance(question, replies.Question)
    assert question.confirm.verb == "account forget"
    with pytest.raises(errors.NotYours):
        await desk.forget(EVE, question.confirm.rest)
    done = await desk.forget(ADA, question.confirm.rest)
    assert isinstance(done, Forgotten)
    assert [one.message for one in done.posted] == ["message-1"]
    with pytest.raises(errors.NothingKept):
        await desk.forget(ADA, question.confirm.rest)


async def test_the_web_login_is_asked_about_by_itself(workshop: Workshop, desk: AccountDesk) -> None:
    await workshop.people.enrol(ADA.person)
    await workshop.database.execute("UPDATE auth_user SET password = 'pbkdf2_sha256$1$s$h', username = 'ada1815'")
    chat, web = await desk.forget(ADA, "anything"), await desk.forget(ADA, "WEB")
    assert isinstance(chat, replies.Question)
    assert isinstance(web, replies.Question)
    assert "stays" in chat.text
    assert "goes too" in web.text
    assert web.confirm == Invocation("account forget", f"web {chat.confirm.rest}")
    await desk.forget(ADA, chat.confirm.rest)
    assert await workshop.database.fetchval("SELECT username FROM auth_user") == "ada1815"


async def test_somebody_is_named_or_the_asker_leaves(workshop: Workshop, desk: AccountDesk) -> None:
    question = await asked(desk)
    await desk.link(ADA_L, question.confirm.rest)
    assert (await desk.unlink(ADA, "ada.l")).identity.person == ADA_L.person
    with pytest.raises(errors.LastIdentity):
        await desk.unlink(ADA, "")
    assert (await desk.status(ADA, "")).holdings.identities[0].person == ADA.person
