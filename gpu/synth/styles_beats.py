"""Kicks of broken beats: hip-hop and what came of it, and the fast ones."""

from collections.abc import Mapping
from typing import Final

from gpu.synth.space import Style

# fmt: off
BEATS: Final[Mapping[str, Style]] = {
    "hiphop": Style("heavy and dull, out of an old sampler", {
        "pitch_hz": (45, 52), "snap_hz": (120, 260), "drop_hz": (140, 190), "drop_ms": (16, 20), "hold_ms": (15, 30),
        "decay_ms": (400, 560), "curve": (0.9, 1), "click_db": (-19, -13), "click_low_hz": (800, 1_500),
        "click_high_hz": (4_000, 6_500), "knock_db": (-20, -14), "knock_hz": (320, 500), "knock_ms": (40, 70),
        "noise_db": (-38, -32), "drive_db": (2, 6), "bits": (11.5, 13), "rate_hz": (26_000, 32_000), "low_db": (1, 3),
        "lowpass_hz": (5_000, 8_000), "clip_db": (2, 4),
    }),
    "boombap": Style("a dusty break, chopped and knocking", {
        "pitch_hz": (56, 64), "snap_hz": (80, 180), "drop_hz": (70, 110), "drop_ms": (13, 18),
        "attack_ms": (0.8, 1.6), "hold_ms": (10, 20), "decay_ms": (210, 290), "curve": (0.9, 1.1),
        "knock_db": (-10, -5), "knock_hz": (340, 480), "knock_ms": (40, 70), "noise_db": (-25, -19),
        "noise_ms": (150, 260), "noise_low_hz": (600, 1_200), "noise_high_hz": (5_000, 7_000), "drive_db": (4, 8),
        "bits": (9, 10.5), "rate_hz": (17_000, 22_000), "box_db": (1, 3), "lowpass_hz": (5_000, 7_000),
        "room_db": (-28, -22), "clip_db": (3, 5),
    }),
    "lofi": Style("worn tape through a small speaker", {
        "pitch_hz": (52, 60), "snap_hz": (40, 100), "drop_hz": (60, 100), "drop_ms": (15, 22), "wobble": (0.01, 0.02),
        "attack_ms": (2, 4), "decay_ms": (220, 320), "click_db": (-20, -14), "noise_db": (-27, -21),
        "noise_ms": (200, 350), "drive_db": (3, 7), "bias": (0.2, 0.4), "bits": (7.5, 9), "rate_hz": (9_000, 13_000),
        "low_db": (-3, -1), "box_db": (2, 4), "lowpass_hz": (1_600, 2_600), "highpass_hz": (38, 50),
    }),
    "trap": Style("a long tuned low tone behind a small click", {
        "pitch_hz": (39, 50), "snap_hz": (90, 180), "snap_ms": (3, 5), "drop_hz": (45, 110), "drop_ms": (15, 25),
        "hold_ms": (60, 140), "decay_ms": (1_000, 2_000), "curve": (1, 1.15), "shape": (0, 0.3), "sub_db": (-6, -1),
        "sub_ms": (1_100, 1_700), "click_db": (-17, -7), "click_ms": (0.8, 1.6), "click_low_hz": (2_500, 4_000),
        "drive_db": (2, 10), "bias": (0.05, 0.2), "room_db": (-46, -41), "clip_db": (2, 4),
    }),
    "drill": Style("lower still, gliding down", {
        "pitch_hz": (36, 42), "snap_hz": (60, 140), "drop_hz": (55, 100), "drop_ms": (90, 150), "hold_ms": (100, 200),
        "decay_ms": (1_000, 1_500), "curve": (1.1, 1.3), "shape": (0.4, 0.8), "sub_db": (-6, -1),
        "sub_ms": (900, 1_400), "click_db": (-22, -15), "drive_db": (9, 13), "bias": (0.1, 0.25),
        "lowpass_hz": (3_500, 6_000), "clip_db": (3, 6),
    }),
    "dnb": Style("short and high, made to cut through a bass line", {
        "pitch_hz": (62, 80), "snap_hz": (800, 1_900), "snap_ms": (2.4, 3.4), "drop_hz": (140, 240),
        "drop_ms": (10, 15), "hold_ms": (20, 34), "decay_ms": (110, 175), "curve": (1.3, 1.6), "sub_db": (-40, -30),
        "click_db": (-7, 1), "click_ms": (1.5, 3), "click_low_hz": (2_800, 4_200), "click_high_hz": (13_000, 16_000),
        "knock_db": (-16, -10), "knock_hz": (190, 260), "knock_ms": (30, 50), "drive_db": (5, 9),
        "highpass_hz": (36, 44), "clip_db": (6, 8),
    }),
    "jungle": Style("cut from a drummer's break and pitched up", {
        "pitch_hz": (66, 78), "snap_hz": (30, 70), "drop_hz": (35, 60), "drop_ms": (10, 15), "attack_ms": (1, 2),
        "hold_ms": (4, 12), "decay_ms": (140, 200), "curve": (0.8, 1), "sub_db": (-40, -30), "click_db": (-12, -7),
        "knock_db": (-18, -12), "knock_hz": (400, 700), "noise_db": (-22, -16), "noise_ms": (90, 170),
        "noise_high_hz": (7_000, 9_500), "modes_db": (-16, -10), "modes_ms": (60, 110), "drive_db": (4, 8),
        "bits": (10, 11.5), "rate_hz": (20_000, 26_000), "lowpass_hz": (7_000, 10_000), "highpass_hz": (36, 46),
        "room_db": (-22, -17), "room_ms": (120, 220),
    }),
    "dubstep": Style("a hard chest punch with room for the wobble", {
        "pitch_hz": (54, 60), "snap_hz": (1_000, 2_000), "drop_hz": (220, 290), "drop_ms": (20, 27),
        "hold_ms": (60, 85), "decay_ms": (170, 230), "curve": (1.6, 2), "click_db": (-6, -1), "knock_db": (-9, -4),
        "knock_hz": (180, 250), "knock_ms": (60, 100), "drive_db": (10, 14), "edge": (0.3, 0.6), "box_db": (0, 2),
        "room_db": (-46, -41), "clip_db": (7, 9),
    }),
    "grime": Style("square and cold, eight bits of menace", {
        "pitch_hz": (43, 49), "snap_hz": (40, 100), "drop_hz": (60, 110), "drop_ms": (25, 38), "hold_ms": (60, 100),
        "decay_ms": (280, 380), "shape": (0.9, 1), "sub_db": (-10, -5), "click_db": (-22, -16), "drive_db": (13, 17),
        "bias": (0, 0.05), "edge": (0.7, 1), "bits": (8, 9.5), "rate_hz": (14_000, 19_000),
        "lowpass_hz": (3_500, 5_500),
    }),
    "dub": Style("dark and slow, echoing away", {
        "pitch_hz": (44, 50), "snap_hz": (20, 50), "drop_hz": (60, 95), "drop_ms": (15, 22), "attack_ms": (1.5, 3),
        "decay_ms": (330, 460), "sub_db": (-9, -5), "click_db": (-28, -20), "noise_db": (-50, -42),
        "drive_db": (1, 4), "lowpass_hz": (1_500, 2_400), "room_db": (-16, -11), "room_ms": (700, 1_100),
        "room_low_hz": (120, 220), "room_high_hz": (1_000, 1_700),
    }),
    "reggaeton": Style("dembow: a firm round thud with a loud front", {
        "pitch_hz": (60, 68), "snap_hz": (350, 650), "drop_hz": (85, 125), "drop_ms": (16, 22), "hold_ms": (40, 65),
        "decay_ms": (190, 250), "curve": (1.2, 1.5), "shape": (0.3, 0.6), "click_db": (-9, -4),
        "click_low_hz": (900, 1_600), "click_high_hz": (5_000, 7_500), "drive_db": (3, 6), "low_db": (3, 5),
        "box_db": (-2, 0), "clip_db": (5, 7),
    }),
    "afro": Style("a tuned hand drum under the kick", {
        "pitch_hz": (60, 70), "snap_hz": (20, 50), "drop_hz": (45, 75), "drop_ms": (18, 26), "attack_ms": (1, 2),
        "hold_ms": (15, 30), "decay_ms": (280, 380), "curve": (0.9, 1.1), "shape": (0, 0.2), "sub_db": (-30, -22),
        "click_db": (-22, -16), "click_low_hz": (600, 1_100), "click_high_hz": (2_500, 4_000), "knock_db": (-14, -9),
        "knock_hz": (330, 470), "knock_ms": (60, 100), "modes_db": (-10, -5), "modes_ms": (180, 280),
        "drive_db": (-6, -1), "lowpass_hz": (4_500, 7_000), "room_db": (-30, -24),
    }),
}
