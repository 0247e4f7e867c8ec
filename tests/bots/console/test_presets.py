"""Libraries, presets and sharing by hand: several people in one console."""

from pathlib import Path

from tests.bots.console import chatting


async def test_one_shares_and_another_saves(data: Path) -> None:
    async with chatting.chat(data) as chat:
        kick = await chat.say("/kick hit house")
        saved = await chat.say("save")
        assert (saved["kind"], saved["fresh"]) == ("saved", True)
        preset = saved["preset"]
        assert (preset["kind"], preset["kick"], preset["audioUrl"]) == ("preset", kick["name"], kick["audioUrl"])
        assert (await chat.say("save"))["fresh"] is False
        assert (await chat.say(f"share {preset['name']}"))["kind"] == "shared"

        assert (await chat.say("/as bob"))["text"] == "You speak as bob now."
        page = await chat.say("browse")
        [entry] = page["presets"]
        assert (entry["ref"], entry["maker"], entry["mine"], entry["saved"]) == (preset["ref"], "ada", False, False)
        copy = (await chat.say(f"save {preset['ref']}"))["preset"]
        assert copy["audioUrl"] != preset["audioUrl"]
        assert copy["lufs"] == preset["lufs"]
        kicks = await chat.say("kicks")
        assert [one["name"] for one in kicks["library"]] == [kick["name"]]
        assert (kicks["kicks"], kicks["limit"]) == ([], 30)

        assert (await chat.say(f"rename {copy['ref']}, Bobs own"))["ok"]
        assert [one["name"] for one in (await chat.say("mine"))["presets"]] == ["Bobs own"]
        assert not (await chat.say(f"presets delete {preset['ref']}"))["ok"]

        await chat.say("/as ada")
        assert (await chat.say("browse"))["presets"][0]["saves"] == 1
        question = await chat.say(f"delete {kick['name']}")
        assert question["kind"] == "question"
        assert (await chat.say(question["confirm"]))["kind"] == "deleted"
        assert (await chat.say("browse"))["presets"] == []
        await chat.say("/as bob")
        shown = await chat.say("show Bobs own")
        assert shown["audioUrl"] == copy["audioUrl"], "nobody's deletion takes anything from anybody else"


async def test_pages_are_turned_by_the_line_that_the_page_tells(data: Path) -> None:
    async with chatting.chat(data) as chat:
        for number in range(6):
            await chat.say("/kick hit")
            saved = await chat.say("save")
            await chat.say(f"share {saved['preset']['ref']}")
            assert number < 6
        first = await chat.say("browse sort:newest")
        assert (len(first["presets"]), first["back"]) == (5, None)
        second = await chat.say(first["next"])
        assert (len(second["presets"]), second["next"]) == (1, None)
        assert (await chat.say(second["back"]))["presets"] == first["presets"]


async def test_somebody_else_from_the_command_line(data: Path) -> None:
    made = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit", "-c", "save", "-c", "kicks")
    assert made.replies[2]["library"]
    other = await chatting.kickbot(data, "chat", "--json", "--as", "bob", "-c", "kicks", "-c", "save")
    assert other.replies[0]["library"] == []
    assert other.replies[1]["fresh"], "bob saves what ada was shown last in this console"


async def test_text_for_people(data: Path) -> None:
    typed = "\n".join(
        ["kick hit house", "save", "mine", "share preset:1", "browse", "show preset:1", "kicks", "delete kick:1",
         "unshare preset:1", "presets", "browse note:c9", "/as bob", "mine", "kicks", "browse"]
    )  # fmt: skip
    ended = await chatting.kickbot(data, "chat", typed=typed + "\n")
    assert ended.status == 0, ended.out
    for told in (
        'Saved as your preset "hit house',
        "Presets shared here",
        "Your library, 1 of 30 kicks",
        "would go too: it plays AI: ",
        "Delete both: /delete kick:1 sure:",
        "Nothing that is shared here fits.",
        "You speak as bob now.",
        "You have no presets yet",
        "You have made no kicks yet",
        "Nothing is shared here yet",
    ):
        assert told in ended.out, told


async def test_names_of_others_do_nothing_to_the_terminal(data: Path) -> None:
    typed = "/as \x1b[31meve\nkick hit\nsave\nshare preset:1\n/as bob\nbrowse\n"
    ended = await chatting.kickbot(data, "chat", typed=typed)
    assert "\x1b" not in ended.out
    assert "eve" in ended.out


async def test_whoever_speaks_has_a_name_of_at_most_64_letters(data: Path) -> None:
    typed = f"/as {'a' * 65}\n/as {'b' * 64}\n"
    ended = await chatting.kickbot(data, "chat", "--json", typed=typed)
    assert [reply["kind"] for reply in ended.replies] == ["NameTooLong", "speaker"]
    refused = await chatting.kickbot(data, "chat", "--as", "c" * 65, "-c", "kicks")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "kickbot: A name has at most 64 letters. Nobody else speaks now.\n"
