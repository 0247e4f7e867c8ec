"""The engine as the rest of Kickbot sees it."""

import asyncio
import hashlib
import io
import os
import subprocess
import sys

import pytest
import soundfile

from core import engine as port
from gpu.synth import engine, words

PROMPTS = ("hit house", "long 808", "crushed gabber", "big jazz", "metallic industrial")
SCRIPT = f"from tests.gpu.synth.test_engine import digest; print(digest({PROMPTS}))"


def digest(prompts: tuple[str, ...]) -> str:
    kicks = (engine.make(port.Order(prompt, 2**31 - 1)).audio for prompt in prompts)
    return hashlib.sha256(b"".join(kicks)).hexdigest()


async def play(order: port.Order) -> list[port.Progress | port.Rendered]:
    maker: port.Engine = engine.SynthEngine()
    call_id = await maker.submit(order)
    assert call_id is None
    return [update async for update in maker.updates(order, call_id)]


async def test_an_order_is_rendered() -> None:
    progress, rendered = await play(port.Order("Hit, purple HOUSE", 42))
    assert isinstance(progress, port.Progress)
    assert progress.state == "rendering"
    assert isinstance(rendered, port.Rendered)
    assert (rendered.engine, rendered.revision, rendered.seed) == ("synth", engine.REVISION, 42)
    assert (rendered.matched, rendered.ignored) == (("hit", "house"), ("purple",))
    assert (rendered.steps, rendered.guidance) == (None, None)


async def test_the_sound_is_a_wav_of_24_bits() -> None:
    _, rendered = await play(port.Order("hit house", 1))
    assert isinstance(rendered, port.Rendered)
    about = soundfile.info(io.BytesIO(rendered.audio))
    assert (about.format, about.subtype, about.samplerate, about.channels) == ("WAV", "PCM_24", 44_100, 1)
    assert 0.2 < about.duration <= 2


@pytest.mark.parametrize("prompt", ["", "purple elephant", "  ,, "])
async def test_a_prompt_of_unknown_words_is_a_kick_too(prompt: str) -> None:
    _, rendered = await play(port.Order(prompt, 1))
    assert isinstance(rendered, port.Rendered)
    assert rendered.matched == ()
    assert len(rendered.audio) > 10_000


async def test_the_vocabulary_is_what_steers() -> None:
    assert await engine.SynthEngine().vocabulary() == words.vocabulary()


async def test_calling_off_changes_nothing() -> None:
    maker = engine.SynthEngine()
    order = port.Order("909", 5)
    await maker.cancel(None)
    *_, rendered = [update async for update in maker.updates(order, None)]
    await maker.cancel(None)
    assert rendered == engine.make(order)


async def test_the_event_loop_goes_on_while_kicks_are_made() -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    turning = asyncio.create_task(turn())
    sounds = await asyncio.gather(*(play(port.Order("long trap", seed)) for seed in range(4)))
    turning.cancel()
    assert len({update[-1] for update in sounds}) == 4
    assert turns > 50


def test_another_process_makes_the_same_bytes() -> None:
    """Whatever strings hash to there, and with none of the newer vector instructions."""
    other = os.environ | {"PYTHONHASHSEED": "1", "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4"}
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT]
    run = subprocess.run(command, env=other, capture_output=True, check=True, text=True)
    assert run.stdout.strip() == digest(PROMPTS)


def test_the_revision_stands_for_this_sound() -> None:
    """When this fails on purpose, the sound has changed: raise the revision and put the new numbers here."""
    sound, _ = soundfile.read(io.BytesIO(engine.make(port.Order("hit house", 42)).audio))
    assert engine.REVISION == "synth-1"
    numbers = [0.4042, -0.2027, -0.6525, 0.6553, 0.1172, -0.1316, 0.0593, 0.4579, 0.585, 0.0799]
    assert sound[100:6_100:600].tolist() == pytest.approx(numbers, abs=1e-4)
