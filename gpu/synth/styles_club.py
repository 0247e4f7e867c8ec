"""Kicks of the dance floor."""

from collections.abc import Mapping
from typing import Final

from gpu.synth.space import Style

# fmt: off
CLUB: Final[Mapping[str, Style]] = {
    "house": Style("round and warm, a clear click, four to the floor", {
        "pitch_hz": (49, 58), "snap_hz": (600, 1_900), "snap_ms": (3, 4.2), "drop_hz": (140, 190),
        "drop_ms": (27, 44), "attack_ms": (4, 7), "hold_ms": (62, 108), "decay_ms": (290, 360), "accent_db": (3, 5),
        "accent_ms": (12, 22), "curve": (1.6, 1.9), "shape": (0.2, 0.5), "sub_db": (-13, -8), "click_db": (-6, -2),
        "click_ms": (4, 7), "click_low_hz": (1_500, 3_400), "click_high_hz": (10_000, 14_000), "noise_db": (-30, -24),
        "noise_ms": (40, 80), "noise_low_hz": (2_500, 4_500), "noise_high_hz": (10_000, 14_000), "drive_db": (-3, 4),
        "box_db": (-4, -2), "clip_db": (1, 2.5),
    }),
    "club": Style("large, flat and bright, held almost to the next beat", {
        "pitch_hz": (52, 62), "snap_hz": (1_100, 2_200), "snap_ms": (3, 4.2), "drop_hz": (130, 215),
        "drop_ms": (33, 52), "attack_ms": (5, 8), "hold_ms": (110, 150), "decay_ms": (280, 340), "accent_db": (3, 5),
        "accent_ms": (12, 22), "curve": (1.9, 2.3), "sub_db": (-9, -5), "sub_ms": (320, 420), "click_db": (-4, 0),
        "click_ms": (6, 9), "click_low_hz": (2_200, 3_500), "click_high_hz": (12_000, 15_000), "noise_db": (-26, -20),
        "noise_ms": (50, 100), "noise_low_hz": (3_000, 5_000), "noise_high_hz": (11_000, 15_000), "drive_db": (0, 4),
        "box_db": (-5, -3), "clip_db": (1.5, 3.5),
    }),
    "techno": Style("driven and dark, a low rumble behind it", {
        "pitch_hz": (46, 55), "snap_hz": (50, 400), "snap_ms": (3.5, 4.5), "drop_hz": (160, 235), "drop_ms": (26, 33),
        "hold_ms": (20, 60), "decay_ms": (300, 400), "curve": (1, 1.2), "click_db": (-17, -9),
        "click_low_hz": (700, 1_500), "click_high_hz": (4_000, 7_000), "noise_db": (-32, -26), "drive_db": (5, 13),
        "bias": (0.1, 0.3), "lowpass_hz": (5_500, 9_000), "room_db": (-20, -12), "room_ms": (280, 480),
        "room_low_hz": (50, 90), "room_high_hz": (500, 1_000), "clip_db": (3, 5),
    }),
    "tech": Style("tech house: tight, dry, with a pointed click", {
        "pitch_hz": (53, 60), "snap_hz": (500, 1_000), "snap_ms": (2.2, 3), "drop_hz": (170, 230),
        "drop_ms": (17, 23), "hold_ms": (22, 40), "decay_ms": (160, 215), "curve": (1.3, 1.6), "sub_db": (-14, -9),
        "sub_ms": (150, 210), "click_db": (-8, -3), "click_ms": (0.6, 1.3), "click_low_hz": (2_400, 3_800),
        "click_high_hz": (9_000, 13_000), "drive_db": (3, 7), "box_db": (-6, -4), "room_db": (-46, -41),
        "clip_db": (4, 6),
    }),
    "minimal": Style("small, dry and precise", {
        "pitch_hz": (54, 62), "snap_hz": (120, 280), "snap_ms": (2, 3), "drop_hz": (80, 120), "drop_ms": (11, 16),
        "hold_ms": (4, 12), "decay_ms": (110, 170), "curve": (1, 1.2), "shape": (0, 0.15), "sub_db": (-30, -22),
        "sub_ms": (110, 160), "click_db": (-15, -9), "click_ms": (0.4, 0.8), "click_low_hz": (3_000, 5_000),
        "click_high_hz": (9_000, 12_000), "drive_db": (-10, -4), "room_db": (-46, -41), "clip_db": (0, 1),
    }),
    "trance": Style("fast and glossy, all attack and air", {
        "pitch_hz": (50, 56), "snap_hz": (1_600, 2_800), "snap_ms": (3, 4), "drop_hz": (200, 270),
        "drop_ms": (18, 25), "hold_ms": (40, 60), "decay_ms": (210, 270), "curve": (1.4, 1.7), "click_db": (-4, 1),
        "click_ms": (3, 5), "click_low_hz": (3_500, 5_000), "click_high_hz": (13_000, 16_000), "noise_db": (-26, -21),
        "noise_ms": (60, 110), "noise_low_hz": (4_000, 6_500), "noise_high_hz": (13_000, 16_000), "drive_db": (2, 5),
        "box_db": (-7, -5), "lowpass_hz": (15_000, 17_000), "highpass_hz": (26, 32), "clip_db": (4, 6),
    }),
    "psy": Style("psytrance: a steep laser-like sweep, gone before the bass line", {
        "pitch_hz": (48, 54), "snap_hz": (2_200, 3_800), "snap_ms": (2.4, 3.2), "drop_hz": (300, 400),
        "drop_ms": (12, 16), "hold_ms": (15, 26), "decay_ms": (150, 195), "curve": (1.7, 2.1), "shape": (0, 0.15),
        "sub_ms": (140, 190), "click_db": (-9, -4), "click_ms": (0.8, 1.6), "click_low_hz": (3_000, 4_500),
        "click_high_hz": (12_000, 15_000), "drive_db": (-2, 2), "box_db": (-4, -2), "highpass_hz": (28, 34),
        "room_db": (-46, -41), "clip_db": (2, 4),
    }),
    "electro": Style("a drum computer with a hard edge", {
        "pitch_hz": (56, 64), "snap_hz": (90, 200), "snap_ms": (2, 3), "drop_hz": (60, 100), "drop_ms": (10, 15),
        "hold_ms": (15, 30), "decay_ms": (190, 260), "curve": (0.95, 1.1), "shape": (0.8, 1), "sub_db": (-30, -20),
        "click_db": (-12, -7), "knock_db": (-15, -10), "knock_hz": (1_100, 1_600), "knock_ms": (14, 24),
        "drive_db": (6, 10), "edge": (0.4, 0.7),
    }),
    "edm": Style("festival size: long sweep, hard clip, bright hall", {
        "pitch_hz": (47, 53), "snap_hz": (1_800, 3_000), "snap_ms": (3.5, 5), "drop_hz": (230, 320),
        "drop_ms": (34, 48), "hold_ms": (90, 130), "decay_ms": (330, 450), "curve": (1.2, 1.5), "click_db": (-5, 0),
        "click_ms": (3, 5), "click_high_hz": (12_000, 15_000), "drive_db": (9, 13), "edge": (0.2, 0.5),
        "room_db": (-18, -13), "room_ms": (450, 700), "room_low_hz": (250, 400), "room_high_hz": (6_000, 9_000),
        "clip_db": (6, 9),
    }),
    "acid": Style("an old machine pushed into a nasal overdrive", {
        "pitch_hz": (53, 60), "snap_hz": (120, 250), "drop_hz": (170, 225), "drop_ms": (15, 21), "hold_ms": (8, 20),
        "decay_ms": (200, 280), "curve": (0.9, 1.05), "shape": (0.8, 1), "sub_db": (-40, -30), "click_db": (-18, -12),
        "mids_db": (8, 12), "mids_hz": (550, 850), "drive_db": (11, 16), "bias": (0.15, 0.3), "edge": (0.3, 0.5),
        "lowpass_hz": (6_000, 9_000),
    }),
    "garage": Style("two-step: short, woody, skipping", {
        "pitch_hz": (60, 68), "snap_hz": (200, 420), "snap_ms": (2, 3), "drop_hz": (100, 150), "drop_ms": (11, 16),
        "hold_ms": (6, 16), "decay_ms": (150, 210), "curve": (1, 1.2), "sub_db": (-24, -18), "click_db": (-14, -8),
        "knock_db": (-11, -6), "knock_hz": (650, 1_000), "knock_ms": (26, 42), "bits": (12, 13), "box_db": (1, 3),
        "room_db": (-30, -25), "room_ms": (120, 200), "room_high_hz": (5_000, 8_000),
    }),
    "disco": Style("a damped live drum close to the microphone", {
        "pitch_hz": (58, 66), "snap_hz": (12, 25), "drop_hz": (30, 50), "drop_ms": (10, 15), "attack_ms": (2, 4),
        "hold_ms": (3, 10), "decay_ms": (150, 220), "accent_db": (1, 3), "curve": (0.95, 1.15), "shape": (0, 0.1),
        "sub_db": (-40, -30), "click_db": (-16, -10), "click_ms": (3, 5), "click_low_hz": (600, 1_200),
        "click_high_hz": (4_000, 6_000), "knock_db": (-18, -13), "knock_hz": (1_800, 2_600), "knock_ms": (8, 14),
        "noise_db": (-31, -25), "noise_ms": (90, 150), "noise_low_hz": (200, 450), "modes_db": (-13, -7),
        "modes_ms": (60, 100), "drive_db": (-6, -1), "low_db": (2, 4), "box_db": (-7, -5), "room_db": (-28, -22),
        "room_ms": (150, 260), "room_low_hz": (120, 240), "clip_db": (1, 3),
    }),
    "ambient": Style("felt more than heard, in a long dark space", {
        "pitch_hz": (42, 50), "snap_hz": (10, 20), "drop_hz": (15, 35), "attack_ms": (9, 16), "decay_ms": (550, 850),
        "curve": (0.8, 1), "shape": (0, 0.2), "click_db": (-50, -42), "drive_db": (-14, -8), "lowpass_hz": (500, 900),
        "room_db": (-11, -7), "room_ms": (1_000, 1_500), "room_low_hz": (120, 200), "room_high_hz": (900, 1_600),
        "clip_db": (0, 1),
    }),
}
