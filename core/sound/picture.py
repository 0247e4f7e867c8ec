"""The picture of a sound for a chat: a card of its own, so that it looks the same on dark and on light themes."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from core.sound import waveform
from core.sound.measuring import Facts
from core.sound.samples import SAMPLE_RATE, FloatArray, count

WIDTH, HEIGHT, RADIUS = 800, 240, 18
LEFT, TOP, RIGHT, BOTTOM = 28, 66, 772, 204
BASELINE = 46

LIT, UNLIT = (30, 32, 41), (17, 18, 24)
BRIGHT, CLEAR, PALE, DIM = (245, 245, 247), (225, 226, 232), (150, 154, 168), (140, 144, 158)
ZERO, MAJOR, MINOR = (255, 255, 255, 28), (255, 255, 255, 26), (255, 255, 255, 12)


def draw(samples: FloatArray, facts: Facts) -> bytes:
    """A PNG of 800 by 240 pixels with transparent corners: pitch, length, levels, the waveform while it is heard."""
    heard = samples[: max(count(facts.seconds * 1.1), count(0.1))]
    card = _card()
    pen = ImageDraw.Draw(card, "RGBA")
    _draw_times(pen, heard.size / SAMPLE_RATE)
    _draw_pitch(pen, facts)
    _draw_levels(pen, facts)
    painted = waveform.paint(heard, RIGHT - LEFT, BOTTOM - TOP)
    card.paste(painted, (LEFT, TOP), painted)
    card.putalpha(_corners())
    buffer = BytesIO()
    card.save(buffer, "PNG")
    return buffer.getvalue()


def _card() -> Image.Image:
    column = np.linspace(LIT, UNLIT, HEIGHT)[:, None]
    return Image.fromarray(np.tile(np.rint(column).astype(np.uint8), (1, WIDTH, 1)))


def _corners() -> Image.Image:
    """What is seen of the card. Pillow draws hard edges: they are drawn four times as large and made smaller."""
    large = Image.new("L", (4 * WIDTH, 4 * HEIGHT))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, 4 * WIDTH - 1, 4 * HEIGHT - 1), 4 * RADIUS, fill=255)
    return large.reduce(4)


def _draw_times(pen: ImageDraw.ImageDraw, seconds: float) -> None:
    """A line each 100 ms, and as many numbers as there is room for."""
    font = ImageFont.load_default(13)
    each = next(each for each in (1, 2, 5, 10, 20, 50) if seconds * 10 / each <= 9)
    for tenth in range(int(seconds * 10) + 1):
        x = LEFT + (RIGHT - LEFT) * tenth / 10 / seconds
        pen.line([(x, TOP), (x, BOTTOM)], fill=MINOR if tenth % each else MAJOR)
        if tenth % each == 0 and x < RIGHT - 24:
            pen.text((x, BOTTOM + 7), f"{tenth * 100}" if tenth else "0 ms", font=font, fill=DIM, anchor="lt")
    pen.line([(LEFT, (TOP + BOTTOM) / 2), (RIGHT, (TOP + BOTTOM) / 2)], fill=ZERO)


def _draw_pitch(pen: ImageDraw.ImageDraw, facts: Facts) -> None:
    font = ImageFont.load_default(18)
    if facts.hz is None or facts.note is None or facts.cents is None:
        pen.text((LEFT, BASELINE), "unpitched", font=font, fill=PALE, anchor="ls")
        return
    large = ImageFont.load_default(34)
    pen.text((LEFT, BASELINE), facts.note, font=large, fill=BRIGHT, anchor="ls")
    x = LEFT + large.getlength(facts.note) + 12
    pen.text((x, BASELINE), f"{facts.hz:.1f} Hz  {facts.cents:+d} ct", font=font, fill=PALE, anchor="ls")


def _draw_levels(pen: ImageDraw.ImageDraw, facts: Facts) -> None:
    font, small = ImageFont.load_default(18), ImageFont.load_default(13)
    x: float = RIGHT
    for value, unit in ((f"{facts.lufs:.1f}", "LUFS"), (f"{facts.peak_db:.1f}", "dBFS"), (f"{facts.seconds:.2f}", "s")):
        pen.text((x, BASELINE), unit, font=small, fill=PALE, anchor="rs")
        x -= small.getlength(unit) + 5
        pen.text((x, BASELINE), value, font=font, fill=CLEAR, anchor="rs")
        x -= font.getlength(value) + 22
