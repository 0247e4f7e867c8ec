"""Sounds in files with a good name, where somebody wants them."""

import asyncio
import re
from pathlib import Path

import pytest
import soundfile

from bots.console import saving
from core import errors
from tests.bots.console import chatting

NAME = "kick_hit-house_F1_burkhard.wav"
GOOD = re.compile(r"kick_hit-house_([A-G]s?\d_)?[a-z]+\.wav")


def content(file: str) -> bytes:
    """What the file holds."""
    return Path(file).read_bytes()


async def test_a_line_prints_the_path_of_a_file_that_stays(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "-c", "/kick hit house", "-c", "kicks", "-c", "show take:1")
    assert "http" not in ended.out, "nobody serves it any more"
    [path] = set(re.findall(r"/\S+\.wav", ended.out))
    assert soundfile.info(path).samplerate == 44100
    assert GOOD.search(ended.out)


async def test_programs_are_told_it_too(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "/kick hit house")
    [kick] = ended.replies
    assert (kick["audioUrl"], kick["imageUrl"]) == (None, None)
    assert kick["file"] == f"{data}/files/{kick['path']}"
    assert soundfile.info(kick["file"]).samplerate == 44100
    assert GOOD.fullmatch(kick["fileName"])


async def test_a_link_that_others_serve_is_printed(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "-c", "/kick hit house", PUBLIC_URL="https://kick.example")
    assert "https://kick.example/files/1/" in ended.out


async def test_links_work_while_the_chat_is_open(data: Path) -> None:
    async with chatting.chat(data) as chat:
        kick = await chat.say("/kick hit house")
        assert kick["audioUrl"].startswith("http://localhost:")
        assert soundfile.info(kick["file"]).samplerate == 44100


@pytest.mark.parametrize("typed", [False, True])
async def test_a_folder_gets_each_kick_under_its_good_name(data: Path, typed: bool) -> None:
    folder = data / "my kicks" / "new"
    lines = ("/kick hit house seed:1", "/kick hit house seed:1", "kicks", "show take:1")
    words = [] if typed else [word for line in lines for word in ("-c", line)]
    text = "\n".join(lines) if typed else ""
    ended = await chatting.kickbot(data, "chat", "--save", str(folder), *words, typed=text)
    assert ended.status == 0, ended.err
    files = sorted(folder.iterdir())
    assert len(files) == 2, "the one that is shown again is there already"
    assert all(GOOD.fullmatch(file.name) for file in files)
    assert all(ended.out.count(f"\n  {file}\n") for file in files)
    assert {soundfile.info(str(file)).samplerate for file in files} == {44100}


async def test_json_names_the_file(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "--save", str(data / "out"), "-c", "/kick hit house")
    [kick] = ended.replies
    assert kick["written"] == f"{data}/out/{kick['fileName']}"
    assert content(kick["written"]) == content(kick["file"])


async def test_a_folder_that_cannot_be_is_told_before_anything_is_made(data: Path) -> None:
    (data / "file").write_text("no folder")
    ended = await chatting.kickbot(data, "chat", "--save", f"{data}/file/in", "-c", "/kick hit house")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"kickbot: Nothing was written to {data}/file/in: Not a directory.\n"
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kicks")
    assert ended.replies[0]["kicks"] == []


async def test_a_kick_that_is_not_written_is_a_line_that_has_not_worked(data: Path) -> None:
    folder = data / "out"
    async with chatting.chat(data, "--save", str(folder)) as chat:
        await chat.say("words")
        folder.rmdir()
        folder.write_text("no folder any more")
        refusal = await chat.say("/kick hit house")
        assert (refusal["ok"], refusal["kind"]) == (False, "NotWritten")
        assert refusal["text"] == f"Nothing was written to {folder}: File exists."
        assert (await chat.hear())["ref"] == "take:1", "it is shown all the same"
    assert chat.process.returncode == 1


async def test_a_line_of_the_chat_writes_a_file(data: Path) -> None:
    async with chatting.chat(data, HOME=str(data)) as chat:
        assert (await chat.say("/save-file"))["kind"] == "NothingShown"
        kick = await chat.say("/kick hit house")
        name, sound = kick["fileName"], content(kick["file"])
        for line, file in (
            ("/save-file", f"{data}/{name}"),
            ("save-file ~/here", f"{data}/here/{name}"),
            (f"/save-file {kick['ref']}, ./there", f"{data}/there/{name}"),
            (f"/save-file {kick['ref']}", f"{data}/{name}"),
            (f"/save-file {kick['name']}", f"{data}/{name}"),
            (f'/save-file "{data}/with, comma"', f"{data}/with, comma/{name}"),
            (f"/save-file '{data}/a folder/'", f"{data}/a folder/{name}"),
            (f"/save-file {data}/boom.WAV", f"{data}/boom.WAV"),
        ):
            reply = await chat.say(line)
            assert (reply["kind"], reply["text"]) == ("written", f"Written to {file}"), line
            assert content(file) == sound
        assert (await chat.say("/save-file nobody"))["kind"] == "NoSuchTake"
        assert (await chat.say("/save-file take:99"))["kind"] == "NoSuchTake"


async def test_it_writes_what_another_at_this_console_has_made(data: Path) -> None:
    async with chatting.chat(data) as chat:
        kick = await chat.say("/kick hit house")
        await chat.say("/as bob")
        assert (await chat.say("/save-file"))["text"] == f"Written to {data}/{kick['fileName']}"


async def test_nothing_is_overwritten(tmp_path: Path) -> None:
    sounds = [b"one", b"two", b"three"]
    files = [await saving.written(sound, NAME, tmp_path) for sound in (*sounds, *sounds)]
    assert [file.name for file in files[:3]] == [NAME, NAME.replace(".wav", "-2.wav"), NAME.replace(".wav", "-3.wav")]
    assert files[3:] == files[:3], "what is there already is not written again"
    assert [file.read_bytes() for file in files[:3]] == sounds
    with pytest.raises(errors.NotWritten, match="there is another file of that name"):
        await saving.written(b"four", NAME, tmp_path / NAME)
    assert await saving.written(b"one", NAME, tmp_path / NAME) == tmp_path / NAME
    (tmp_path / "link.wav").symlink_to(tmp_path / "nowhere.wav")
    with pytest.raises(errors.NotWritten):
        await saving.written(b"five", NAME, tmp_path / "link.wav")


async def test_three_at_once_write_three_files(tmp_path: Path) -> None:
    files = await asyncio.gather(*(saving.written(bytes([n]) * 100_000, NAME, tmp_path) for n in range(3)))
    assert len(set(files)) == 3
    assert {file.read_bytes() for file in files} == {bytes([n]) * 100_000 for n in range(3)}


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("~nobody-is-called-so/kicks", "there is no such home folder"),
        ("/dev/null/kicks", "Not a directory"),
        ("/proc/kicks", "No such file or directory"),
        ("/" + "x" * 300, "File name too long"),
    ],
)
async def test_what_cannot_be_written_to_is_told(where: str, why: str) -> None:
    with pytest.raises(errors.NotWritten, match=why):
        await saving.written(b"", NAME, Path(where))


@pytest.mark.parametrize("inside", ["", "kick.wav"])
async def test_a_full_disk_leaves_nothing_half_written(inside: str) -> None:
    with pytest.raises(errors.NotWritten):
        await saving.written(b"sound", NAME, Path("/dev/full") / inside)


@pytest.mark.parametrize(
    ("text", "which", "where"),
    [
        ("", "", "."),
        ("take:5", "take:5", "."),
        ("take:5,", "take:5", "."),
        (", ~/kicks", "", "~/kicks"),
        ("~/kicks", "", "~/kicks"),
        (".", "", "."),
        ("kicks/", "", "kicks"),
        ("boom.wav", "", "boom.wav"),
        ("hit house Petra", "hit house Petra", "."),
        ("hit house Petra, out", "hit house Petra", "out"),
        ('take:5, "my kicks"', "take:5", "my kicks"),
        ("/tmp/\x00\x1b", "", "/tmp"),
    ],
)
def test_which_and_where_are_told_apart(text: str, which: str, where: str) -> None:
    assert saving.parted(text) == (which, Path(where))
