"""The main job as its user does it: a line in, a kick out, on a machine with no accounts anywhere."""

import asyncio
import io
import os
import signal
from pathlib import Path

import aiohttp
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from PIL import Image

from core.sound import measuring
from tests import ports, unlisted
from tests.bots.console import chatting

FIELDS = {
    "ok", "kind", "text", "id", "name", "prompt", "matched", "ignored", "seed", "engine", "audioUrl", "path", "note",
    "hz", "cents", "seconds", "peakDb", "lufs", "imageUrl",
}  # fmt: skip


async def test_every_url_is_served_and_agrees_with_its_facts(data: Path) -> None:
    async with chatting.chat(data) as chat, aiohttp.ClientSession() as http:
        for line in ("/kick hit house", "kick deep 808 seed:7", "gabber wobble"):
            reply = await chat.say(line)
            assert reply.keys() >= FIELDS
            assert reply["ok"], reply
            async with http.get(reply["audioUrl"]) as answer:
                assert answer.status == 200
                assert answer.headers["Content-Type"] == "audio/wav"
                sound = await answer.read()
            with soundfile.SoundFile(io.BytesIO(sound)) as file:
                assert (file.samplerate, file.channels, file.subtype) == (44100, 1, "PCM_24")
                assert file.title == reply["name"]
                samples = file.read()
            facts = measuring.measure(np.asarray(samples))
            assert facts.peak_db == pytest.approx(reply["peakDb"], abs=0.1)
            assert facts.lufs == pytest.approx(reply["lufs"], abs=0.1)
            assert facts.seconds == pytest.approx(reply["seconds"], abs=0.02)
            assert facts.note == reply["note"]
            async with http.get(reply["imageUrl"]) as answer:
                assert answer.headers["Content-Type"] == "image/png"
                picture = Image.open(io.BytesIO(await answer.read()))
            assert picture.width > picture.height > 100
        assert reply["ignored"] == ["wobble"]
        kicks = (await chat.say("kicks"))["kicks"]
        assert [kick["prompt"] for kick in kicks] == ["gabber wobble", "deep 808", "hit house"]


async def test_a_restart_finds_everything_again_and_a_seed_makes_the_same_sound(data: Path) -> None:
    async with chatting.chat(data) as chat:
        first = await chat.say("/kick hit house seed:42")
    async with chatting.chat(data) as chat, aiohttp.ClientSession() as http:
        [found] = (await chat.say("kicks"))["kicks"]
        assert (found["id"], found["name"], found["path"]) == (first["id"], first["name"], first["path"])
        assert await chat.say(f"kicks {found['ref']}") == found
        again = await chat.say("/kick hit house seed:42")
        one, other = [await samples(http, kick["audioUrl"]) for kick in (found, again)]
        np.testing.assert_array_equal(one, other)


async def samples(http: aiohttp.ClientSession, url: str) -> NDArray[np.float64]:
    """The samples of the WAV that is served there."""
    async with http.get(url) as answer:
        read, _ = soundfile.read(io.BytesIO(await answer.read()))
    return np.asarray(read)


async def test_lines_of_the_command_line(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "/kick hit house", "-c", "words")
    assert ended.status == 0, ended.err
    kick, words = ended.replies
    assert kick["kind"] == "kick"
    assert {"hit", "house", "808"} <= set(words["words"])


async def test_the_status_tells_when_one_fails(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "xyzzy", "-c", "kick hit")
    assert ended.status == 1
    refusal, kick = ended.replies
    assert not refusal["ok"]
    assert refusal["kind"] == "NoKnownWord"
    assert "xyzzy" in refusal["text"]
    assert kick["ok"]


async def test_text_for_people_without_a_terminal(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", typed="/kick hit house\nhelp\nkicks\n\x1b[31mkick\n")
    assert ended.status == 1, "the last line is no prompt that anybody knows"
    assert "AI: " in ended.out
    assert "dBFS" in ended.out
    assert "\x1b" not in ended.out, "no control character of a user reaches the terminal"


async def test_demo_makes_a_kick_and_ends_where_there_is_no_terminal(data: Path) -> None:
    (data / ".env").write_text("DB_HOST=nowhere.invalid\n")
    ended = await chatting.kickbot(data, "demo", KICKBOT_ENV_FILE=".env")
    assert ended.status == 0, ended.err
    assert "AI: " in ended.out


async def test_a_kick_is_played_where_a_player_is_found(data: Path) -> None:
    player = data / "afplay"
    player.write_text(f'#!/bin/sh\ncp "$1" {data}/played.wav\n')
    player.chmod(0o755)
    words = ("chat", "--json", "--play", "-c", "kick hit house")
    ended = await chatting.kickbot(data, *words, PATH=f"{data}:{os.environ['PATH']}")
    assert soundfile.info(data / "played.wav").duration == pytest.approx(ended.replies[0]["seconds"], abs=0.5)
    nowhere = await chatting.kickbot(data, *words, PATH="/nowhere")
    assert nowhere.status == 0, "without a player it is shown all the same"


async def test_a_half_set_environment_ends_with_one_sentence(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "-c", "help", DB_HOST="db.example")
    assert ended.status == 2
    assert ended.err.count("\n") == 1
    assert "DB_HOST" in ended.err


async def test_the_daily_limit_is_told(data: Path) -> None:
    words = ("chat", "--json", "-c", "kick hit count:2", "-c", "kick hit")
    ended = await chatting.kickbot(data, *words, KICKBOT_DAILY_LIMIT="2")
    assert [reply["ok"] for reply in ended.replies] == [True, True, False]
    assert ended.replies[2]["text"].startswith("You have made 2 kicks today; the count starts again at 05:00 UTC.")


async def test_a_deleted_kick_is_gone_with_its_files(data: Path) -> None:
    async with chatting.chat(data) as chat, aiohttp.ClientSession() as http:
        kick = await chat.say("/kick hit house")
        assert (await chat.say(f"delete {kick['name']}"))["ok"]
        for url in (kick["audioUrl"], kick["imageUrl"]):
            async with http.get(url) as answer:
                assert answer.status == 404
        assert (await chat.say("kicks"))["kicks"] == []
        assert (await chat.say(f"delete {kick['name']}"))["kind"] == "NoSuchTake"


async def test_a_kick_in_the_making_is_finished_after_a_kill(data: Path) -> None:
    settings = {"KICKBOT_LEASE_SECONDS": "1"}
    async with chatting.chat(data, **settings) as chat:
        await chat.say("help")
        assert chat.process.stdin is not None
        chat.process.stdin.write(b"/kick hit house count:4\n")
        await asyncio.sleep(0.15)
        os.kill(chat.process.pid, signal.SIGKILL)
        await chat.process.wait()
        assert chat.process.stdout is not None
        shown = (await chat.process.stdout.read()).count(b'"kind": "kick"')
    async with chatting.chat(data, **settings) as chat:
        kicks: list[object] = []
        async with asyncio.timeout(20):
            while len(kicks) < 4:
                await asyncio.sleep(0.3)
                reply = await chat.say("kicks")
                kicks = reply.get("kicks", kicks)
    assert len(kicks) == 4
    assert shown <= 4


async def test_run_serves_until_it_is_told_to_stop(data: Path) -> None:
    port = ports.free_port()
    process = await asyncio.create_subprocess_exec(
        *chatting.PROGRAM, "run", env=chatting.environment(data, PORT=str(port)), cwd=data,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while b"Kickbot serves" not in (line := await process.stderr.readline()):
            assert line, "it ended"
    async with aiohttp.ClientSession() as http:
        async with http.get(f"http://localhost:{port}/healthz") as answer:
            assert answer.status == 200
        async with http.get(f"http://localhost:{port}/readyz") as answer:
            assert (await answer.json())["ready"]
    process.terminate()
    assert await process.wait() == 0


async def test_data_below_a_home_folder_are_in_one_place(data: Path) -> None:
    ended = await chatting.kickbot(data, "chat", "-c", "/kick hit house", HOME=str(data), KICKBOT_DATA="~/kb")
    assert ended.status == 0, ended.err
    assert {file.name for file in (data / "kb").iterdir()} >= {"postgres", "files", "secret_key"}
    assert not (data / "~").exists()


def test_a_user_who_is_listed_nowhere_speaks_by_number() -> None:
    """As in a container that was given a user's number, and no name."""
    assert unlisted.output("tests.bots.console.unlisted_user") == f"{unlisted.NUMBER}\n"
