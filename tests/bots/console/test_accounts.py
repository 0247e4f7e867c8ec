"""Two people at one console: joined, parted, forgotten, by what they type."""

from pathlib import Path

from tests.bots.console import chatting


async def test_two_become_one_part_and_are_forgotten(data: Path) -> None:
    async with chatting.chat(data) as chat:
        kick = await chat.say("/kick hit house")
        code = await chat.say("account link")
        assert code["code"] in code["text"]
        await chat.say("/as bob")
        assert (await chat.say("kicks"))["kicks"] == []
        question = await chat.say(f"account link {code['code'].lower()}")
        assert question["kind"] == "question"
        assert "bob on the console and ada on the console" in question["text"]
        linked = await chat.say(question["confirm"])
        assert [one["name"] for one in linked["identities"]] == ["ada", "bob"]
        assert [notification["to"]["name"] for notification in linked["notifications"]] == ["ada"]
        assert [one["name"] for one in (await chat.say("kicks"))["kicks"]] == [kick["name"]]

        status = await chat.say("account")
        assert (status["made"], status["dailyLimit"], status["takes"], status["kept"]) == (1, None, 1, 0)
        assert status["me"] == status["identities"][1]["id"]
        assert (await chat.say("account unlink bob"))["identity"]["name"] == "bob"
        assert not (await chat.say("account unlink"))["ok"]

        await chat.say("/as ada")
        question = await chat.say("account forget")
        assert "1 recent kick" in question["text"]
        assert (await chat.say(question["confirm"]))["kind"] == "forgotten"
        assert (await chat.say("account"))["made"] == 1
    assert [file for file in (data / "files").glob("*/*.wav") if file.parent.name.isdigit()] == []


async def test_answers_read_well_in_a_terminal(data: Path) -> None:
    lines = ("/kick hit house", "account status", "account link 2222-2222", "account forget")
    words = [word for line in lines for word in ("-c", line)]
    ended = await chatting.kickbot(data, "chat", *words, KICKBOT_DAILY_LIMIT="10")
    assert "1 kick of 10 made today; the count starts again at 05:00 UTC." in ended.out
    assert "\n  This account belongs to ada on the console.\n" in ended.out
    assert "That code does not work" in ended.out
    assert "Delete all of it: /account forget confirm" in ended.out
    assert ended.err == ""
