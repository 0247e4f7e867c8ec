"""Where a kick lies of which nothing is said."""

from typing import Final

from gpu.synth.space import Box

# fmt: off
PLAIN: Final[Box] = {
    "pitch_hz": (49, 55), "snap_hz": (300, 800), "snap_ms": (2.5, 4.5), "drop_hz": (120, 180), "drop_ms": (22, 32),
    "wobble": (0, 0.002), "attack_ms": (0.8, 2), "hold_ms": (35, 60), "decay_ms": (280, 360), "accent_db": (2.5, 4.5),
    "accent_ms": (14, 26), "curve": (1.2, 1.5), "gate_ms": (2_000, 2_000), "shape": (0.2, 0.6), "sub_db": (-18, -11),
    "sub_ms": (260, 380), "click_db": (-16, -9), "click_ms": (2, 4), "click_low_hz": (1_200, 2_400),
    "click_high_hz": (8_000, 12_000), "knock_db": (-34, -28), "knock_hz": (500, 1_000), "knock_ms": (18, 36),
    "noise_db": (-40, -33), "noise_ms": (50, 110), "noise_low_hz": (500, 1_500), "noise_high_hz": (5_000, 9_000),
    "modes_db": (-56, -49), "modes_ms": (70, 160), "modes_ratio": (1, 1), "mids_db": (0, 2), "mids_hz": (200, 450),
    "drive_db": (-4, 3), "bias": (0.02, 0.12), "edge": (0, 0.2), "bits": (16, 16), "rate_hz": (44_100, 44_100),
    "low_db": (0, 1.5), "box_db": (-3, -0.5), "bite_db": (0, 2), "lowpass_hz": (11_000, 15_000),
    "highpass_hz": (20, 24), "room_db": (-36, -30), "room_ms": (90, 200), "room_low_hz": (150, 300),
    "room_high_hz": (2_500, 6_000), "clip_db": (1, 3),
}
