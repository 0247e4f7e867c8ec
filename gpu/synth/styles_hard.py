"""Kicks that are distorted on purpose."""

from collections.abc import Mapping
from typing import Final

from gpu.synth.space import Style

# fmt: off
HARD: Final[Mapping[str, Style]] = {
    "hardcore": Style("a distorted drum with a falling tone inside", {
        "pitch_hz": (50, 60), "snap_hz": (250, 600), "drop_hz": (190, 260), "drop_ms": (28, 42), "hold_ms": (80, 130),
        "decay_ms": (240, 320), "accent_db": (1.5, 3), "gate_ms": (320, 400), "shape": (0.4, 0.8), "sub_db": (-8, -3),
        "sub_ms": (300, 420), "click_db": (-10, -4), "mids_db": (4, 7), "mids_hz": (250, 450), "drive_db": (17, 23),
        "bias": (0.2, 0.4), "edge": (0.2, 0.5), "lowpass_hz": (6_000, 9_000), "clip_db": (4, 6),
    }),
    "gabber": Style("Rotterdam: a machine overdriven until its tail is a wall", {
        "pitch_hz": (44, 56), "snap_hz": (60, 180), "drop_hz": (170, 240), "drop_ms": (36, 64), "hold_ms": (130, 230),
        "decay_ms": (260, 340), "accent_db": (0.5, 2), "gate_ms": (310, 450), "shape": (0.7, 1), "sub_db": (-12, -6),
        "sub_ms": (500, 900), "click_db": (-14, -7), "noise_db": (-30, -24), "noise_ms": (200, 320),
        "mids_db": (8, 12), "mids_hz": (300, 700), "drive_db": (28, 33), "bias": (0.35, 0.55), "edge": (0.4, 0.7),
        "bite_db": (2, 5), "lowpass_hz": (6_000, 9_000), "clip_db": (6, 9),
    }),
    "hardstyle": Style("a sharp knock, then a long screaming tail", {
        "pitch_hz": (44, 50), "snap_hz": (900, 1_600), "snap_ms": (6, 9), "drop_hz": (160, 260), "drop_ms": (50, 80),
        "hold_ms": (220, 300), "decay_ms": (240, 320), "accent_db": (4, 6), "accent_ms": (30, 45),
        "gate_ms": (430, 520), "shape": (0.2, 0.5), "sub_db": (-3, 1), "sub_ms": (600, 1_000), "click_db": (-5, 0),
        "knock_db": (-6, -1), "knock_hz": (1_600, 2_400), "knock_ms": (50, 90), "mids_db": (12, 16),
        "mids_hz": (800, 1_200), "drive_db": (22, 27), "bias": (0.1, 0.25), "edge": (0.5, 0.8),
        "lowpass_hz": (10_000, 14_000), "clip_db": (6, 8),
    }),
    "frenchcore": Style("fast and high, the whole tail in the midrange", {
        "pitch_hz": (60, 70), "snap_hz": (400, 900), "drop_hz": (150, 220), "drop_ms": (60, 90),
        "hold_ms": (120, 170), "decay_ms": (180, 240), "accent_db": (0.5, 2), "gate_ms": (210, 260),
        "shape": (0.5, 0.9), "click_db": (-8, -3), "mids_db": (9, 13), "mids_hz": (900, 1_300), "drive_db": (30, 35),
        "bias": (0.1, 0.3), "edge": (0.7, 1), "lowpass_hz": (7_000, 10_000), "highpass_hz": (34, 44),
        "clip_db": (7, 10),
    }),
    "speedcore": Style("a burst: short, high, clipped flat", {
        "pitch_hz": (72, 88), "snap_hz": (500, 1_100), "drop_hz": (200, 300), "drop_ms": (24, 38),
        "hold_ms": (70, 110), "decay_ms": (110, 150), "accent_db": (0, 1), "gate_ms": (125, 165), "shape": (0.8, 1),
        "sub_db": (-40, -30), "click_db": (-6, -1), "mids_db": (6, 10), "mids_hz": (600, 1_000), "drive_db": (34, 38),
        "bias": (0.3, 0.6), "edge": (0.8, 1), "lowpass_hz": (9_000, 13_000), "highpass_hz": (50, 65),
        "clip_db": (9, 13),
    }),
    "industrial": Style("steel, noise and a small concrete room", {
        "pitch_hz": (50, 60), "snap_hz": (150, 400), "drop_hz": (140, 210), "drop_ms": (22, 34),
        "decay_ms": (240, 330), "shape": (0.6, 1), "noise_db": (-17, -12), "noise_ms": (140, 240),
        "noise_low_hz": (250, 600), "modes_db": (-10, -4), "modes_ms": (120, 240), "modes_ratio": (6, 9),
        "drive_db": (16, 22), "bias": (0.3, 0.5), "edge": (0.6, 0.9), "bits": (9.5, 11), "room_db": (-18, -13),
        "room_ms": (180, 320), "room_high_hz": (6_000, 9_000), "clip_db": (4, 7),
    }),
    "rave": Style("a sampled and overdriven machine from the early nineties", {
        "pitch_hz": (56, 64), "snap_hz": (100, 250), "drop_hz": (210, 280), "drop_ms": (20, 28), "hold_ms": (20, 40),
        "decay_ms": (210, 290), "shape": (0.8, 1), "click_db": (-9, -4), "drive_db": (10, 15), "bias": (0.1, 0.3),
        "bits": (9.5, 11), "rate_hz": (18_000, 25_000), "low_db": (-3, -1), "box_db": (1, 3), "room_db": (-17, -12),
        "room_ms": (300, 480), "room_low_hz": (250, 450), "room_high_hz": (6_000, 9_000), "clip_db": (3, 5),
    }),
}
