"""Words for qualities: the step that each takes from wherever the styles and the seed have put the kick.

Numbers multiply times, frequencies and ratios, and are added to levels (dB) and shares.
"""

from collections.abc import Mapping
from typing import Final

from gpu.synth.space import Character

# fmt: off
CHARACTERS: Final[Mapping[str, Character]] = {
    "hit": Character("a finished one-shot, its attack up front", {
        "snap_hz": 1.6, "drop_hz": 1.15, "attack_ms": 0.6, "hold_ms": 1.15, "accent_db": 3, "sub_db": 2,
        "click_db": 3, "knock_db": 14, "low_db": 1, "room_db": -4, "clip_db": 1,
    }),
    "deep": Character("a lower tone and a longer body", {
        "pitch_hz": 0.74, "drop_hz": 0.8, "decay_ms": 1.45, "sub_db": 7, "sub_ms": 1.6, "click_db": -4,
        "lowpass_hz": 0.75,
    }),
    "high": Character("a higher tone", {
        "pitch_hz": 1.38, "drop_hz": 1.25, "sub_db": -8, "highpass_hz": 1.5,
    }),
    "sub": Character("a clean low sine and little else", {
        "pitch_hz": 0.9, "snap_hz": 0.5, "sub_db": 16, "sub_ms": 1.5, "click_db": -12, "noise_db": -8, "drive_db": -6,
        "box_db": -6, "lowpass_hz": 0.3,
    }),
    "boom": Character("a swelling low tail", {
        "drop_hz": 0.7, "hold_ms": 1.6, "decay_ms": 1.8, "sub_db": 8, "sub_ms": 2.6, "click_db": -5, "low_db": 4,
    }),
    "long": Character("rings three times as long", {
        "decay_ms": 3.2, "gate_ms": 1.8, "sub_ms": 3.2,
    }),
    "short": Character("over quickly", {
        "hold_ms": 0.5, "decay_ms": 0.42, "sub_ms": 0.4, "noise_ms": 0.6, "modes_ms": 0.6, "room_ms": 0.6,
    }),
    "tight": Character("short, dry and controlled in the lows", {
        "drop_ms": 0.7, "hold_ms": 0.4, "decay_ms": 0.45, "sub_ms": 0.45, "modes_ms": 0.6, "low_db": -2, "box_db": -2,
        "highpass_hz": 1.5, "room_db": -12,
    }),
    "sustained": Character("holds its level before it falls", {
        "hold_ms": 3.4, "accent_db": -3, "curve": 0.6, "drive_db": 2,
    }),
    "punchy": Character("a steeper, louder sweep into the body", {
        "snap_hz": 2.2, "drop_hz": 1.55, "drop_ms": 0.6, "attack_ms": 0.6, "hold_ms": 0.85, "decay_ms": 0.78,
        "accent_db": 3, "click_db": 5,
    }),
    "snappy": Character("a very fast, bright front", {
        "snap_hz": 1.8, "snap_ms": 0.6, "attack_ms": 0.5, "decay_ms": 0.7, "click_db": 8, "click_ms": 0.5,
        "click_low_hz": 1.5, "bite_db": 2,
    }),
    "hard": Character("driven, every part of it pushed forward", {
        "attack_ms": 0.6, "click_db": 4, "mids_db": 3, "drive_db": 20, "bias": 0.1, "edge": 0.35, "clip_db": 3,
    }),
    "soft": Character("a gentle attack and dull highs", {
        "snap_hz": 0.3, "attack_ms": 12, "accent_db": -3, "click_db": -18, "knock_db": -14, "noise_db": -8,
        "drive_db": -7, "edge": -0.3, "lowpass_hz": 0.3, "clip_db": -3,
    }),
    "heavy": Character("weight in the lows, pressed flat", {
        "pitch_hz": 0.92, "hold_ms": 1.5, "sub_db": 6, "drive_db": 5, "low_db": 4, "clip_db": 4,
    }),
    "fat": Character("thick lower mids", {
        "drop_ms": 1.5, "hold_ms": 1.4, "shape": 0.45, "drive_db": 6, "bias": 0.1, "low_db": 2, "box_db": 7,
        "clip_db": 2,
    }),
    "big": Character("larger than its room", {
        "decay_ms": 1.25, "sub_db": 5, "room_db": 19, "room_ms": 3, "room_high_hz": 0.8, "clip_db": 2,
    }),
    "round": Character("no edges: the click folded into the body", {
        "snap_hz": 0.4, "attack_ms": 4, "hold_ms": 1.5, "curve": 0.25, "click_db": -11, "edge": -0.3, "bite_db": -4,
        "lowpass_hz": 0.35,
    }),
    "warm": Character("soft saturation and less treble", {
        "drive_db": 5, "bias": 0.2, "edge": -0.3, "low_db": 2.5, "box_db": 2.5, "bite_db": -3, "lowpass_hz": 0.4,
    }),
    "dark": Character("the highs taken off", {
        "click_db": -4, "noise_db": -6, "bite_db": -6, "lowpass_hz": 0.1,
    }),
    "bright": Character("tilted towards the highs", {
        "click_db": 5, "click_low_hz": 1.3, "click_high_hz": 1.4, "noise_db": 20, "noise_high_hz": 1.5, "low_db": -4,
        "bite_db": 8, "lowpass_hz": 1.5,
    }),
    "clean": Character("no drive, no dirt, no room", {
        "shape": -0.5, "noise_db": -16, "mids_db": -6, "drive_db": -18, "bias": -0.4, "edge": -0.5, "bits": 8,
        "rate_hz": 4, "room_db": -8, "clip_db": -4,
    }),
    "dirty": Character("dust, bias and crumbling bits", {
        "noise_db": 18, "noise_ms": 1.6, "mids_db": 4, "drive_db": 10, "bias": 0.35, "bits": -6,
    }),
    "distorted": Character("clipped into a wall of overtones", {
        "hold_ms": 1.2, "mids_db": 6, "drive_db": 33, "bias": 0.3, "edge": 0.45,
    }),
    "saturated": Character("warm compression of the whole", {
        "hold_ms": 1.1, "drive_db": 13, "bias": 0.25, "edge": -0.4, "bite_db": -1.5, "lowpass_hz": 0.8, "clip_db": 2,
    }),
    "crunchy": Character("biting mid-range overdrive", {
        "mids_db": 11, "mids_hz": 2.8, "drive_db": 12, "edge": 0.6, "bits": -4, "bite_db": 3,
    }),
    "fuzzy": Character("a torn, half-rectified buzz", {
        "noise_db": 6, "drive_db": 17, "bias": 0.65, "edge": 0.3, "lowpass_hz": 0.35,
    }),
    "gritty": Character("coarse sampling under the body", {
        "drive_db": 4, "bits": -9.5, "rate_hz": 0.27,
    }),
    "crushed": Character("a handful of bits on a slow clock", {
        "noise_db": 8, "edge": 0.3, "bits": -10.5, "rate_hz": 0.13,
    }),
    "dry": Character("no room at all", {
        "noise_db": -10, "noise_ms": 0.5, "modes_ms": 0.7, "room_db": -18, "room_ms": 0.5,
    }),
    "wet": Character("in a bright hall", {
        "room_db": 27, "room_ms": 5, "room_high_hz": 1.7,
    }),
    "roomy": Character("close walls around it", {
        "noise_db": 4, "room_db": 27, "room_ms": 1.5, "room_low_hz": 1.5, "room_high_hz": 1.8,
    }),
    "rumble": Character("a dark reverb that rolls on below it", {
        "lowpass_hz": 0.6, "room_db": 32, "room_ms": 5, "room_low_hz": 0.2, "room_high_hz": 0.06,
    }),
    "gated": Character("held, then cut off, room and all", {
        "hold_ms": 2, "curve": 0.4, "gate_ms": 0.055, "room_db": 6,
    }),
    "tape": Character("recorded hot on a worn tape", {
        "wobble": 0.014, "noise_db": 16, "noise_ms": 3, "drive_db": 7, "bias": 0.25, "edge": -0.3, "low_db": 3,
        "bite_db": -2, "lowpass_hz": 0.45,
    }),
    "analog": Character("a drifting oscillator with a triangle's colour", {
        "wobble": 0.006, "hold_ms": 0.7, "shape": 0.5, "click_db": -3, "noise_db": 12, "noise_ms": 0.6, "drive_db": 2,
        "bias": 0.35, "lowpass_hz": 0.7, "room_db": -10,
    }),
    "digital": Character("hard-edged, sampled, without air", {
        "shape": -0.4, "click_db": 4, "drive_db": 3, "edge": 0.6, "bits": -7.5, "rate_hz": 0.55, "room_db": -12,
    }),
    "vintage": Character("an old recording of an old machine", {
        "wobble": 0.004, "hold_ms": 0.7, "decay_ms": 0.8, "noise_db": 10, "drive_db": 3, "bits": -4.5, "rate_hz": 0.6,
        "low_db": -1, "lowpass_hz": 0.4, "highpass_hz": 1.6,
    }),
    "dusty": Character("crackle and hiss around it", {
        "noise_db": 22, "noise_ms": 3.5, "bits": -4, "lowpass_hz": 0.45, "highpass_hz": 1.5,
    }),
    "noisy": Character("a burst of noise over the body", {
        "noise_db": 28, "noise_ms": 1.3,
    }),
    "airy": Character("breath above everything", {
        "noise_db": 20, "noise_ms": 1.8, "noise_low_hz": 6, "noise_high_hz": 2, "low_db": -1, "bite_db": 1,
        "lowpass_hz": 1.4,
    }),
    "click": Character("a louder, sharper click", {
        "click_db": 14, "click_ms": 0.5, "click_low_hz": 1.4, "noise_db": -6,
    }),
    "knock": Character("a hollow knock in the middle", {
        "knock_db": 37, "knock_ms": 4.5,
    }),
    "thump": Character("a dull blow to the chest", {
        "attack_ms": 4, "hold_ms": 0.7, "decay_ms": 0.6, "click_db": -6, "knock_db": 26, "knock_hz": 0.32,
        "knock_ms": 2.4, "lowpass_hz": 0.12,
    }),
    "woody": Character("a struck wooden shell", {
        "snap_hz": 0.7, "decay_ms": 0.8, "knock_db": 32, "knock_hz": 0.8, "knock_ms": 2.5, "modes_db": 49,
        "modes_ms": 1.2, "modes_ratio": 4.5, "lowpass_hz": 0.7,
    }),
    "metallic": Character("clanging inharmonic overtones", {
        "modes_db": 50, "modes_ms": 2.2, "modes_ratio": 11, "bite_db": 4,
    }),
    "natural": Character("skin, shell and air, as of a real drum", {
        "snap_hz": 0.15, "drop_hz": 0.35, "attack_ms": 6, "shape": -0.5, "noise_db": 12, "modes_db": 42,
        "drive_db": -10, "bits": 4, "room_db": 12, "clip_db": -2,
    }),
    "boxy": Character("a cardboard resonance", {
        "knock_db": 6, "knock_hz": 0.6, "low_db": -4, "box_db": 12,
    }),
    "scooped": Character("nothing between the lows and the click", {
        "click_db": 2, "low_db": 2, "box_db": -10, "bite_db": 3,
    }),
    "thin": Character("without weight", {
        "hold_ms": 0.7, "sub_db": -24, "low_db": -10, "highpass_hz": 3.2,
    }),
    "small": Character("a little drum", {
        "pitch_hz": 1.25, "drop_hz": 0.7, "hold_ms": 0.6, "decay_ms": 0.6, "sub_db": -10, "low_db": -3,
        "room_db": -10,
    }),
    "zap": Character("a laser-like dive through the octaves", {
        "snap_hz": 4, "snap_ms": 2.6, "drop_hz": 2.2,
    }),
    "bouncy": Character("rubber: the tone takes its time to fall", {
        "snap_hz": 0.5, "drop_hz": 1.25, "drop_ms": 2.4, "hold_ms": 1.2, "click_db": -5,
    }),
    "loud": Character("limited until nothing stands out", {
        "hold_ms": 1.2, "drive_db": 3, "clip_db": 9,
    }),
    "dynamic": Character("uncompressed: a peak and then a quick fall", {
        "hold_ms": 0.25, "accent_db": 4, "curve": -0.4, "click_db": 2, "drive_db": -5, "clip_db": -4,
    }),
}
