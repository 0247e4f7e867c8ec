"""The file that a producer gets, and its name."""

import re
from io import BytesIO
from struct import unpack_from

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from core.sound import reading, writing
from tests.core.sound.signals import kick

KICK = kick(seconds=0.3)


def written(title: str = "AI: Günther", comment: str = "hit house seed:42") -> bytes:
    return writing.write(KICK, title=title, comment=comment)


def chunks(wav: bytes) -> dict[bytes, bytes]:
    """The chunks of a RIFF file and of the INFO list in it, read by hand: other programs do not use libsndfile."""
    found, position, end = {}, 12, len(wav)
    while position < end:
        name, size = unpack_from("<4sI", wav, position)
        if name == b"LIST":
            assert wav[position + 8 : position + 12] == b"INFO"
            position += 12
            continue
        found[name] = wav[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
    assert position == end
    return found


def test_it_is_44100_hz_mono_24_bit() -> None:
    with soundfile.SoundFile(BytesIO(written())) as file:
        assert (file.format, file.subtype) == ("WAV", "PCM_24")
        assert (file.samplerate, file.channels, file.frames) == (44_100, 1, KICK.size)
    assert unpack_from("<HHIIHH", chunks(written())[b"fmt "]) == (1, 1, 44_100, 132_300, 3, 24)


def test_every_sample_is_the_nearest_of_24_bits() -> None:
    np.testing.assert_allclose(reading.read(written()), KICK, atol=0.5000001 / 2**23)


def test_silence_stays_silence_and_full_scale_does_not_wrap() -> None:
    loud = np.concatenate((np.zeros(500), [1.0, -1.0, 1.5, -1.5], np.zeros(500)))
    with soundfile.SoundFile(BytesIO(writing.write(loud, title="", comment=""))) as file:
        read = file.read()
    assert not read[:500].any()
    assert not read[504:].any()
    np.testing.assert_allclose(read[500:504], [1, -1, 1, -1], atol=2**-23)


def test_the_same_sound_is_the_same_file() -> None:
    assert written() == written()


def test_title_and_recipe_are_in_the_file_for_everyone_to_read() -> None:
    info = chunks(written())
    assert info[b"INAM"].rstrip(b"\0").decode() == "AI: Günther"
    assert info[b"ICMT"].rstrip(b"\0").decode() == "hit house seed:42"
    assert info[b"IART"].rstrip(b"\0") == b"Kickbot"
    with soundfile.SoundFile(BytesIO(written())) as file:
        assert (file.title, file.comment) == ("AI: Günther", "hit house seed:42")


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("a\0b\r\nc\x1b[2J", "a b c [2J"),
        ("硬い 🥁 kick", "硬い 🥁 kick"),
        ("\ud800half", "half"),
        ("x" * 5000, "x" * 1000),
    ],
)
def test_any_text_can_be_kept(hostile: str, kept: str) -> None:
    assert chunks(written(comment=hostile))[b"ICMT"].rstrip(b"\0").decode() == kept


@given(title=st.text(max_size=50), comment=st.text(max_size=50))
def test_no_text_breaks_the_file(title: str, comment: str) -> None:
    assert reading.read(written(title, comment)).size == KICK.size


@pytest.mark.parametrize(
    ("prompt", "note", "given_name", "expected"),
    [
        ("hit house", "F1", "Burkhard", "kick_hit-house_F1_burkhard.wav"),
        ("hit house", "F#1", "Günther", "kick_hit-house_Fs1_guenther.wav"),
        ("hit, HOUSE!  deep", None, "Bärbel 17", "kick_hit-house-deep_baerbel-17.wav"),
        ("ÄPFEL süß", "A1", "Jörg", "kick_aepfel-suess_A1_joerg.wav"),
        ("u\u0308ber crème brûlée", None, "", "kick_ueber-creme-brulee.wav"),
        ("硬い", "C2", "Uwe", "kick_C2_uwe.wav"),
        ("../../etc/passwd", None, "..\\x", "kick_etc-passwd_x.wav"),
        ("a\0b\n<@everyone>?#%2e", None, "Ida", "kick_a-b-everyone-2e_ida.wav"),
        ("", None, "", "kick.wav"),
        ("deep " * 30, "G1", "Kuno", "kick_deep-deep-deep-deep-deep-deep-deep-deep-deep_G1_kuno.wav"),
        ("x" * 300, None, "Otto", f"kick_{'x' * 48}_otto.wav"),
    ],
)
def test_names_say_what_is_in_the_file(prompt: str, note: str | None, given_name: str, expected: str) -> None:
    assert writing.file_name(prompt, note, given_name) == expected


@given(prompt=st.text(max_size=200), given_name=st.text(max_size=200))
def test_no_prompt_leads_out_of_a_folder_or_a_url(prompt: str, given_name: str) -> None:
    name = writing.file_name(prompt, "F#1", given_name)
    assert re.fullmatch(r"kick(_[a-z0-9-]+)?_Fs1(_[a-z0-9-]+)?\.wav", name)
    assert len(name) <= 120
