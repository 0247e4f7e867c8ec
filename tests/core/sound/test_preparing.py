"""The whole way from an engine's answer to what is stored and shown."""

from io import BytesIO

import numpy as np
import pytest
import soundfile
from PIL import Image

from core import errors
from core.sound import measuring, preparing, reading
from tests.core.sound.signals import encoded, kick

LABEL = preparing.Label(title="AI: Burkhard", prompt="hit house", seed=42)


def test_an_answer_becomes_a_file_a_picture_and_facts() -> None:
    prepared = preparing.prepare(encoded(np.pad(0.6 * kick(43.654, 0.5), (2000, 0)) + 0.05), LABEL)
    assert (prepared.facts.note, prepared.facts.cents) == ("F1", 0)
    assert prepared.facts.peak_db == pytest.approx(-0.45, abs=0.01)
    with soundfile.SoundFile(BytesIO(prepared.sound)) as file:
        assert file.subtype == "PCM_24"
        assert (file.title, file.comment) == ("AI: Burkhard", "hit house seed:42")
    np.testing.assert_allclose(reading.read(prepared.sound), prepared.samples, atol=2**-23)
    with Image.open(BytesIO(prepared.picture)) as image:
        assert image.size == (800, 240)


def test_what_is_written_measures_as_what_was_measured() -> None:
    prepared = preparing.prepare(encoded(kick(61, 0.3, drive=4)), LABEL)
    again = measuring.measure(reading.read(prepared.sound))
    assert (again.note, again.cents) == (prepared.facts.note, prepared.facts.cents)
    assert again.seconds == pytest.approx(prepared.facts.seconds, abs=0.001)
    assert again.lufs == pytest.approx(prepared.facts.lufs, abs=0.001)


def test_the_same_answer_gives_the_same_bytes() -> None:
    first, second = (preparing.prepare(encoded(kick()), LABEL) for _ in range(2))
    assert (first.sound, first.picture, first.facts) == (second.sound, second.picture, second.facts)


def test_where_the_engine_takes_no_seed_the_recipe_is_the_prompt() -> None:
    assert preparing.Label("AI: Uwe", "hit house", None).recipe == "hit house"
    assert preparing.Label("AI: Uwe", "hit house", 0).recipe == "hit house seed:0"


def test_a_bad_answer_is_refused() -> None:
    with pytest.raises(errors.BadSound):
        preparing.prepare(b"Internal Server Error", LABEL)
