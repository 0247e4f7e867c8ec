"""The waveform in characters."""

import numpy as np
import pytest

from core.sound import terminal
from tests.core.sound.signals import kick, sine


@pytest.mark.parametrize(("width", "height"), [(1, 1), (40, 4), (72, 8), (200, 20)])
def test_it_has_the_size_that_was_asked_for(width: int, height: int) -> None:
    lines = terminal.sketch(kick(), width, height)
    assert [len(line) for line in lines] == [width] * height
    assert all(0x2800 <= ord(sign) <= 0x28FF for line in lines for sign in line)


def test_silence_is_a_line_in_the_middle() -> None:
    assert terminal.sketch(np.zeros(1000), 10, 3) == ["⠀" * 10, "⠤" * 10, "⠀" * 10]


def test_full_scale_fills_the_height() -> None:
    assert terminal.sketch(sine(1000), 4, 2) == ["⣿" * 4, "⣿" * 4]


def test_up_is_up() -> None:
    top, bottom = terminal.sketch(np.full(100, 0.9), 4, 2)
    assert top == "⠉" * 4
    assert bottom == "⠀" * 4


def test_right_is_later() -> None:
    assert terminal.sketch(np.linspace(-1, 1, 1001), 2, 1) == ["⣠⠞"]
    assert terminal.sketch(np.linspace(1, -1, 1001), 2, 1) == ["⠳⣄"]


def test_a_kick_is_tall_at_its_start_and_flat_at_its_end() -> None:
    lines = terminal.sketch(kick(t60=0.3, floor=-100), 40, 6)
    assert all(line[0] != "⠀" for line in lines)
    assert sum(line[-1] != "⠀" for line in lines) == 1
