"""Kicks that somebody plays with a foot."""

from collections.abc import Mapping
from typing import Final

from gpu.synth.space import Style

# fmt: off
LIVE: Final[Mapping[str, Style]] = {
    "acoustic": Style("a real drum: felt beater, skin, shell and a little room", {
        "pitch_hz": (50, 66), "snap_hz": (10, 20), "snap_ms": (3, 6), "drop_hz": (20, 45), "drop_ms": (9, 18),
        "attack_ms": (3, 6.5), "hold_ms": (2, 8), "decay_ms": (220, 420), "accent_db": (1, 3), "curve": (0.8, 1),
        "shape": (0, 0.1), "sub_db": (-60, -50), "click_db": (-17, -10), "click_ms": (3, 6),
        "click_low_hz": (450, 900), "click_high_hz": (6_000, 9_000), "knock_db": (-18, -12),
        "knock_hz": (2_000, 3_200), "knock_ms": (4, 7), "noise_db": (-34, -27), "noise_ms": (110, 200),
        "noise_low_hz": (180, 400), "noise_high_hz": (5_000, 8_000), "modes_db": (-15, -8), "modes_ms": (110, 220),
        "drive_db": (-14, -8), "bias": (0, 0.05), "edge": (0, 0), "room_db": (-27, -21), "room_ms": (200, 350),
        "room_low_hz": (110, 220), "room_high_hz": (3_500, 6_500), "clip_db": (0, 1),
    }),
    "rock": Style("a big close drum in a live room", {
        "pitch_hz": (54, 63), "snap_hz": (10, 25), "drop_hz": (30, 50), "drop_ms": (10, 17), "attack_ms": (2, 3.5),
        "hold_ms": (4, 12), "decay_ms": (240, 340), "curve": (0.85, 1.05), "shape": (0, 0.15), "sub_db": (-40, -30),
        "click_db": (-8, -3), "click_ms": (4, 6), "click_low_hz": (900, 1_800), "click_high_hz": (7_000, 10_000),
        "knock_db": (-15, -9), "knock_hz": (2_400, 3_600), "knock_ms": (5, 8), "noise_db": (-28, -22),
        "noise_ms": (140, 230), "noise_low_hz": (200, 500), "modes_db": (-9, -4), "modes_ms": (130, 220),
        "drive_db": (-4, 1), "box_db": (-6, -3), "bite_db": (3, 5), "room_db": (-17, -12), "room_ms": (320, 520),
        "room_low_hz": (90, 180), "room_high_hz": (5_000, 8_000), "clip_db": (3, 5),
    }),
    "metal": Style("triggered: all click and low end, nothing between", {
        "pitch_hz": (57, 65), "snap_hz": (15, 40), "drop_hz": (35, 60), "drop_ms": (8, 13), "attack_ms": (0.8, 1.6),
        "hold_ms": (4, 10), "decay_ms": (150, 210), "shape": (0, 0.15), "sub_db": (-40, -30), "click_db": (0, 4),
        "click_ms": (3, 5), "click_low_hz": (3_800, 5_500), "click_high_hz": (9_000, 12_000), "knock_db": (-5, 0),
        "knock_hz": (3_600, 4_600), "knock_ms": (9, 14), "noise_db": (-28, -22), "noise_ms": (120, 200),
        "noise_low_hz": (250, 600), "modes_db": (-16, -10), "modes_ms": (70, 120), "drive_db": (0, 4),
        "low_db": (2, 4), "box_db": (-11, -8), "bite_db": (4, 7), "room_db": (-26, -20), "room_ms": (200, 320),
        "room_high_hz": (5_000, 8_000), "clip_db": (5, 7),
    }),
    "jazz": Style("small, open and ringing, struck softly", {
        "pitch_hz": (68, 82), "snap_hz": (10, 15), "drop_hz": (10, 22), "drop_ms": (12, 20), "attack_ms": (5, 8),
        "hold_ms": (2, 6), "decay_ms": (480, 750), "curve": (0.75, 0.9), "shape": (0, 0.05), "sub_db": (-60, -50),
        "click_db": (-27, -20), "click_ms": (4, 7), "click_low_hz": (600, 1_200), "click_high_hz": (3_000, 4_500),
        "noise_db": (-36, -30), "noise_ms": (200, 350), "modes_db": (-8, -3), "modes_ms": (320, 560),
        "drive_db": (-16, -12), "edge": (0, 0), "lowpass_hz": (4_500, 7_000), "room_db": (-24, -19),
        "room_ms": (350, 550), "room_low_hz": (120, 240), "room_high_hz": (3_500, 6_000), "clip_db": (0, 0.5),
    }),
    "funk": Style("dry, stuffed with a blanket, up front", {
        "pitch_hz": (66, 76), "snap_hz": (10, 25), "drop_hz": (30, 55), "drop_ms": (7, 11), "attack_ms": (1.5, 3),
        "hold_ms": (2, 6), "decay_ms": (100, 150), "curve": (0.9, 1.1), "shape": (0, 0.1), "sub_db": (-60, -50),
        "click_db": (-14, -9), "click_ms": (3, 5), "click_low_hz": (900, 1_500), "click_high_hz": (3_500, 5_500),
        "knock_db": (-12, -7), "knock_hz": (450, 700), "knock_ms": (20, 34), "noise_db": (-31, -25),
        "noise_ms": (70, 120), "noise_low_hz": (200, 450), "modes_db": (-12, -7), "modes_ms": (45, 75),
        "drive_db": (-4, 1), "low_db": (-1, 1), "box_db": (2, 4), "room_db": (-36, -30), "clip_db": (1, 3),
    }),
    "pop": Style("a polished drum with an electronic heart", {
        "pitch_hz": (56, 62), "snap_hz": (120, 280), "drop_hz": (95, 140), "drop_ms": (18, 24), "attack_ms": (0.5, 1),
        "hold_ms": (20, 36), "decay_ms": (210, 280), "curve": (1.1, 1.3), "click_db": (-7, -3), "click_ms": (2, 4),
        "click_low_hz": (2_400, 3_600), "knock_db": (-20, -15), "knock_hz": (2_600, 3_600), "knock_ms": (9, 14),
        "noise_db": (-34, -28), "modes_db": (-24, -18), "modes_ms": (80, 130), "box_db": (-6, -4), "bite_db": (3, 5),
        "room_db": (-28, -23), "room_ms": (220, 340), "clip_db": (4, 6),
    }),
    "synthwave": Style("the eighties: a drum computer in a gated hall", {
        "pitch_hz": (54, 61), "snap_hz": (150, 350), "drop_hz": (110, 160), "drop_ms": (16, 24), "hold_ms": (12, 26),
        "decay_ms": (200, 280), "gate_ms": (230, 300), "click_db": (-10, -5), "knock_db": (-19, -14),
        "knock_hz": (1_500, 2_200), "noise_db": (-24, -19), "noise_ms": (140, 220), "bits": (11, 12),
        "room_db": (-9, -5), "room_ms": (600, 900), "room_low_hz": (200, 350), "room_high_hz": (5_000, 8_000),
        "clip_db": (2, 4),
    }),
}
