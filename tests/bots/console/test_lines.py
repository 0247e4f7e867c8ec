"""Lines as somebody new types them, at a prompt, through a pipe or behind `-c`."""

from importlib import metadata
from pathlib import Path

import pytest

from tests.bots.console import chatting


@pytest.mark.parametrize("leaving", ["exit", "/exit", "QUIT", "  /quit  "])
async def test_leaving_ends_it_wherever_it_stands(data: Path, leaving: str) -> None:
    piped = await chatting.kickbot(data, "chat", "--json", typed=f"words\n{leaving}\nwords\n")
    behind = await chatting.kickbot(data, "chat", "--json", "-c", "words", "-c", leaving, "-c", "words")
    for ended in (piped, behind):
        assert (ended.status, len(ended.replies)) == (0, 1)


async def test_what_is_no_command_is_no_prompt_either(data: Path) -> None:
    typed = "/foo\n/hit house\n/hepl\n/exti\n/sav-file\npresets brows\n"
    ended = await chatting.kickbot(data, "chat", "--json", typed=typed)
    assert ended.status == 1
    assert [reply["kind"] for reply in ended.replies] == ["UnknownCommand", "UnknownCommand", *["MistypedCommand"] * 4]
    assert [reply["text"] for reply in ended.replies] == [
        'There is no command "/foo". /help lists them all.',
        'There is no command "/hit". /help lists them all.',
        'There is no command "/hepl". The nearest is "/help"; /help lists them all.',
        'There is no command "/exti". The nearest is "/exit"; /help lists them all.',
        'There is no command "/sav-file". The nearest is "/save-file"; /help lists them all.',
        'There is no command "presets brows". The nearest is "presets browse"; /help lists them all.',
    ]


async def test_help_tells_what_is_typed_here_alone(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "help", "-c", "/as", "-c", "/as  bob")
    help_, nobody, bob = ended.replies
    told = {one["command"] for one in help_["commands"]}
    assert {"exit", "/as NAME", "/save-file [NAME,] [FOLDER]", "kicks [PAGE]"} <= told
    assert nobody["text"] == 'Say who is to speak, as in "/as ada". Nobody else speaks now.'
    assert bob["text"] == "You speak as bob now."


async def test_punctuation_and_case_do_not_matter(data: Path) -> None:
    lines = ("HOUSE!!! seed:1", "'house' seed:1.", "kick (House) SEED:1")
    ended = await chatting.kickbot(data, "chat", "--json", typed="\n".join(lines))
    assert [(kick["prompt"], kick["matched"], kick["seed"]) for kick in ended.replies] == [("house", ["house"], 1)] * 3


async def test_a_kick_is_shown_again_by_its_ref(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit", "-c", "show take:1", "-c", "kicks take:1")
    made, shown, listed = ended.replies
    assert made["path"] == shown["path"] == listed["path"]
    assert (shown["kind"], shown["ref"]) == ("kick", "take:1")


async def test_more_than_a_page_of_kicks(data: Path) -> None:
    made = await chatting.kickbot(data, "chat", "--json", *["-c", "kick hit count:4"] * 6)
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kicks", "-c", "kicks 2")
    first, second = ended.replies
    assert (first["next"], second["back"], second["next"]) == ("kicks 2", "kicks 1", None)
    assert [kick["ref"] for kick in first["kicks"] + second["kicks"]] == [kick["ref"] for kick in made.replies][::-1]
    text = await chatting.kickbot(data, "chat", "-c", "kicks")
    assert text.out.endswith("  next: /kicks 2\n")


async def test_the_last_one_shown_gets_a_name(data: Path) -> None:
    lines = ("kick hit", "save as mykick", "save other", "save as my other kick")
    ended = await chatting.kickbot(data, "chat", "--json", *[word for line in lines for word in ("-c", line)])
    _, saved, typo, renamed = ended.replies
    assert saved["text"] == 'Saved as your preset "mykick".'
    assert typo["text"] == (
        'Nothing here is called "other". /save keeps the last one shown, /save as other does so under that name.'
    )
    assert renamed["text"] == 'Your preset "mykick" is called "my other kick" now.'


@pytest.mark.parametrize("line", ["", "   "])
async def test_an_empty_line_on_the_command_line_is_an_error(data: Path, line: str) -> None:
    ended = await chatting.kickbot(data, "chat", "-c", "kicks", "-c", line)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == 'kickbot: -c: needs a line to run, as in -c "/kick hit house"\n'


async def test_a_player_that_is_missing_is_told(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "--play", "-c", "kick hit", PATH="/nowhere")
    assert (ended.status, ended.replies[0]["ok"]) == (0, True)
    assert ended.err.startswith("kickbot: nothing is played, as no player is found; one of these would do: afplay, ")


async def test_the_version_is_told(data: Path) -> None:
    ended = await chatting.kickbot(data, "--version")
    assert (ended.status, ended.out) == (0, f"kickbot {metadata.version('kickbot')}\n")


async def test_a_file_of_settings_in_another_encoding_is_told(data: Path) -> None:
    (data / ".env").write_bytes("# Schlüssel\nDEBUG=false\n".encode("latin-1"))
    ended = await chatting.kickbot(data, "chat", "-c", "help", KICKBOT_ENV_FILE=".env")
    assert ended.status == 2
    assert ended.err == f"kickbot: {data}/.env: this file of settings is no UTF-8 text\n"
