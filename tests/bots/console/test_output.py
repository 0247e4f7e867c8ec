"""Standard output that is no UTF-8, a pipe that nobody reads, a full disk, or not there at all."""

import asyncio
import json
import os
import re
import signal
from pathlib import Path

import pytest

from tests.bots.console import chatting, terminals

C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
COMMANDS = (("chat", "-c", "help"), ("chat", "--json", "-c", "help"), ("slack-manifest",), ("migrate",), ("--help",))


async def bytes_of(data: Path, typed: bytes, *words: str, **settings: str) -> tuple[int | None, bytes, str]:
    """How `kickbot` ends, and what it writes."""
    process = await asyncio.create_subprocess_exec(
        *chatting.PROGRAM,
        *words,
        env=chatting.environment(data, **settings),
        cwd=data,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(typed)
    return process.returncode, out, err.decode()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp437", "utf-8"])
async def test_every_encoding_shows_a_kick(data: Path, encoding: str) -> None:
    words = ("chat", "--as", "Bärbel É", "-c", "kick hit house")
    status, out, err = await bytes_of(data, b"", *words, PYTHONIOENCODING=encoding)
    assert (status, err) == (0, "")
    card = out.decode(encoding)
    assert f"for {'Barbel E' if encoding == 'ascii' else 'Bärbel É'}\n" in card
    waveform = card.splitlines()[1:5]
    assert all(line.strip() for line in waveform[1:3]), "the waveform is drawn"
    assert "?" not in card
    assert "Hz" in card


async def test_where_the_locale_is_plain_ascii(data: Path) -> None:
    status, out, err = await bytes_of(data, b"", "chat", "-c", "kick hit house", "-c", "kick café", **C)
    assert (status, err) == (1, "")
    assert out.isascii()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
async def test_json_is_whole_in_any_encoding(data: Path, encoding: str) -> None:
    name = "Zoë ⣿"
    words = ("chat", "--json", "--as", name, "-c", "account status", "-c", "kick hit", "-c", "account status")
    status, out, _ = await bytes_of(data, b"", *words, PYTHONIOENCODING=encoding)
    assert status == 0
    assert json.loads(out.decode(encoding).splitlines()[-1])["identities"][0]["name"] == name


async def test_bytes_of_another_encoding_are_read(data: Path) -> None:
    typed = "kick café\nkick hit\n".encode("latin-1") + b"\xff\xfe\n"
    status, out, err = await bytes_of(data, typed, "chat", "--json")
    assert (status, err) == (1, "")
    assert [json.loads(line)["ok"] for line in out.splitlines()][1] is True


@pytest.mark.parametrize("words", COMMANDS)
async def test_a_full_disk_is_told(data: Path, words: tuple[str, ...]) -> None:
    ended = await chatting.kickbot(data, *words, program=("sh", "-c", 'exec "$@" >/dev/full', "sh", *chatting.PROGRAM))
    assert ended.status == 2
    assert ended.err == "kickbot: Standard output takes nothing more: No space left on device.\n"


@pytest.mark.parametrize("words", [*COMMANDS, ("chat", "-c", "kick hit", "-c", "kick hit")])
async def test_a_closed_pipe_ends_it_quietly(data: Path, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = await asyncio.create_subprocess_exec(
        *chatting.PROGRAM,
        *words,
        env=chatting.environment(data),
        cwd=data,
        stdout=writing,
        stderr=asyncio.subprocess.PIPE,
    )
    os.close(writing)
    _, err = await process.communicate()
    assert (process.returncode, err.decode()) == (128 + signal.SIGPIPE, "")
    kicks = (await chatting.kickbot(data, "chat", "--json", "-c", "kicks")).replies[0]["kicks"]
    assert len(kicks) == (1 if "kick hit" in words else 0), "nothing is made that nobody would see"


@pytest.mark.parametrize(
    ("closed", "words", "status", "said"),
    [
        (">&-", "chat -c help", 2, "kickbot: Standard output takes nothing more: it is closed.\n"),
        ("<&-", "chat", 0, ""),
        ("<&-", "chat -c help", 0, ""),
    ],
)
async def test_streams_that_are_not_there(data: Path, closed: str, words: str, status: int, said: str) -> None:
    shell = ("sh", "-c", f'exec "$@" {closed}', "sh")
    ended = await chatting.kickbot(data, *words.split(), program=(*shell, *chatting.PROGRAM))
    assert (ended.status, ended.err) == (status, said)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_terminal_that_is_not_utf_8(data: Path, encoding: str) -> None:
    with terminals.terminal(data, "chat", encoding=encoding) as child:
        child.expect(terminals.PROMPT)
        child.sendline("/kick hit house")
        child.expect(r"seed \d+, synth")
        assert re.search(r"  #[ .:=+*#-]{40}", terminals.shown(child)), "the waveform is drawn"
        child.expect(r"\.wav")
        child.expect(terminals.PROMPT)
        assert terminals.left(child) == 0
