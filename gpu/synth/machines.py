"""Kicks of drum machines, after measurements of the originals where there are any."""

from collections.abc import Mapping
from typing import Final

from gpu.synth.space import Style

# fmt: off
MACHINES: Final[Mapping[str, Style]] = {
    "808": Style("a ringing sine at 50 Hz, struck with a dull click", {
        "pitch_hz": (46.5, 53.5), "snap_hz": (60, 110), "snap_ms": (3.5, 5.5), "drop_hz": (8, 16),
        "drop_ms": (35, 60), "wobble": (0, 0), "attack_ms": (0.5, 1.2), "hold_ms": (1, 4), "decay_ms": (480, 1_700),
        "accent_db": (0, 0), "curve": (0.95, 1.02), "shape": (0, 0), "sub_db": (-60, -60), "click_db": (-30, -16),
        "click_ms": (0.8, 1.6), "click_low_hz": (200, 500), "click_high_hz": (1_500, 6_000), "knock_db": (-44, -38),
        "noise_db": (-54, -48), "modes_db": (-56, -50), "mids_db": (0, 0), "drive_db": (-13, -9), "bias": (0, 0.02),
        "edge": (0, 0), "low_db": (0, 0.5), "box_db": (0, 0), "bite_db": (0, 0), "room_db": (-46, -41),
        "clip_db": (0, 0),
    }),
    "909": Style("a tight triangle that drops from 260 Hz, with a crisp attack", {
        "pitch_hz": (48, 53), "snap_hz": (15, 45), "snap_ms": (6, 9), "drop_hz": (190, 225), "drop_ms": (12, 20),
        "wobble": (0, 0), "attack_ms": (0.5, 1.2), "hold_ms": (6, 26), "decay_ms": (220, 430), "accent_db": (0, 1),
        "curve": (1, 1.1), "shape": (0.85, 1), "sub_db": (-60, -50), "click_db": (-14, -5), "click_ms": (1, 2.2),
        "click_low_hz": (1_400, 2_400), "click_high_hz": (11_000, 15_000), "knock_db": (-44, -38),
        "noise_db": (-32, -26), "noise_ms": (18, 34), "noise_low_hz": (800, 1_400), "noise_high_hz": (6_000, 8_000),
        "modes_db": (-56, -50), "mids_db": (0, 0), "drive_db": (-6, -1), "bias": (0, 0.04), "edge": (0, 0.1),
        "lowpass_hz": (14_000, 17_000), "room_db": (-46, -41), "clip_db": (0, 1.5),
    }),
    "707": Style("eight bits, short and boxy", {
        "pitch_hz": (57, 64), "snap_hz": (40, 90), "drop_hz": (65, 100), "drop_ms": (9, 12), "hold_ms": (5, 14),
        "decay_ms": (150, 220), "curve": (1, 1.1), "shape": (0.2, 0.4), "sub_db": (-60, -50), "click_db": (-12, -7),
        "click_ms": (2, 3.5), "click_low_hz": (900, 1_500), "click_high_hz": (6_000, 9_000), "knock_db": (-16, -11),
        "knock_hz": (800, 1_200), "knock_ms": (14, 22), "noise_db": (-34, -28), "drive_db": (-8, -3),
        "bits": (7.6, 8.4), "rate_hz": (24_000, 26_000), "box_db": (2, 4), "lowpass_hz": (8_000, 10_000),
        "room_db": (-46, -41), "clip_db": (0, 1.5),
    }),
    "606": Style("small and silvery", {
        "pitch_hz": (62, 70), "snap_hz": (40, 90), "drop_hz": (25, 45), "drop_ms": (6, 9), "hold_ms": (1, 4),
        "decay_ms": (120, 180), "curve": (0.9, 1), "shape": (0.1, 0.3), "sub_db": (-60, -50), "click_db": (-11, -6),
        "click_ms": (0.6, 1.2), "click_low_hz": (2_400, 3_600), "click_high_hz": (11_000, 14_000),
        "modes_db": (-24, -18), "modes_ms": (40, 70), "drive_db": (-8, -3), "low_db": (-4, -2),
        "highpass_hz": (44, 58), "room_db": (-46, -41), "clip_db": (0, 1),
    }),
    "cr78": Style("a soft analog thud of the seventies", {
        "pitch_hz": (64, 74), "snap_hz": (10, 20), "drop_hz": (4, 10), "attack_ms": (1.5, 3), "hold_ms": (1, 3),
        "decay_ms": (200, 300), "accent_db": (0, 0), "curve": (0.9, 1), "shape": (0, 0.1), "sub_db": (-60, -50),
        "click_db": (-34, -26), "click_low_hz": (300, 600), "click_high_hz": (1_500, 2_500), "knock_db": (-44, -38),
        "noise_db": (-50, -44), "drive_db": (-10, -5), "lowpass_hz": (2_200, 3_600), "room_db": (-46, -41),
        "clip_db": (0, 0.5),
    }),
    "linn": Style("a real drum on an eight-bit chip: dry, short, snappy", {
        "pitch_hz": (58, 66), "snap_hz": (20, 50), "drop_hz": (110, 140), "drop_ms": (8, 10), "attack_ms": (0.8, 1.6),
        "hold_ms": (2, 8), "decay_ms": (110, 150), "curve": (1, 1.15), "shape": (0, 0.2), "sub_db": (-60, -50),
        "click_db": (-8, -3), "click_ms": (2.5, 4), "click_low_hz": (2_200, 3_400), "click_high_hz": (8_000, 11_000),
        "knock_db": (-15, -10), "knock_hz": (2_200, 3_000), "knock_ms": (9, 14), "noise_db": (-36, -30),
        "modes_db": (-19, -13), "modes_ms": (50, 80), "drive_db": (-8, -3), "bits": (8.2, 9),
        "rate_hz": (26_000, 29_000), "room_db": (-46, -41), "clip_db": (0, 2),
    }),
    "dmx": Style("the knock of early hip-hop and synth-pop", {
        "pitch_hz": (64, 72), "snap_hz": (30, 80), "drop_hz": (70, 100), "drop_ms": (14, 19), "hold_ms": (12, 24),
        "decay_ms": (170, 230), "shape": (0.1, 0.3), "sub_db": (-60, -50), "click_db": (-9, -4), "click_ms": (2, 4),
        "click_low_hz": (1_000, 1_700), "click_high_hz": (5_000, 7_500), "knock_db": (-8, -3), "knock_hz": (340, 460),
        "knock_ms": (50, 80), "noise_db": (-28, -23), "drive_db": (-4, 1), "bits": (8, 8.8),
        "rate_hz": (22_000, 25_000), "box_db": (3, 5), "room_db": (-46, -41), "clip_db": (1, 3),
    }),
    "sp1200": Style("twelve bits, crunching and warm", {
        "pitch_hz": (51, 58), "snap_hz": (90, 200), "drop_hz": (100, 150), "drop_ms": (16, 23),
        "decay_ms": (260, 350), "noise_db": (-30, -25), "noise_ms": (120, 200), "drive_db": (6, 10),
        "bias": (0.1, 0.25), "bits": (8.6, 9.6), "rate_hz": (13_000, 17_000), "low_db": (2, 4),
        "lowpass_hz": (7_500, 10_000), "clip_db": (4, 6),
    }),
    "simmons": Style("hexagonal pads: a long electronic dive with noise on top", {
        "pitch_hz": (50, 58), "snap_hz": (200, 400), "snap_ms": (8, 12), "drop_hz": (140, 220), "drop_ms": (75, 115),
        "hold_ms": (10, 30), "decay_ms": (380, 520), "curve": (0.9, 1.1), "shape": (0.8, 1), "sub_db": (-40, -30),
        "click_db": (-12, -7), "noise_db": (-18, -13), "noise_ms": (90, 160), "noise_low_hz": (900, 1_800),
        "noise_high_hz": (8_000, 11_000), "drive_db": (-2, 3), "room_db": (-50, -40),
    }),
    "modular": Style("patched by hand: ringing overtones and a deep sweep", {
        "pitch_hz": (46, 56), "snap_hz": (250, 600), "snap_ms": (5, 8), "drop_hz": (250, 380), "drop_ms": (36, 54),
        "wobble": (0.002, 0.006), "hold_ms": (20, 45), "decay_ms": (350, 500), "click_db": (-20, -13),
        "modes_db": (-9, -3), "modes_ms": (160, 280), "modes_ratio": (1.9, 3.1), "drive_db": (5, 10),
        "bias": (0.2, 0.4), "room_db": (-50, -42),
    }),
}
