"""Other words for the same thing."""

from collections.abc import Mapping
from typing import Final

# fmt: off
ALIASES: Final[Mapping[str, str]] = {
    "bassdrum": "kick", "bd": "kick", "drum": "kick", "kickdrum": "kick", "kicks": "kick", "oneshot": "hit",
    "tr808": "808", "tr-808": "808", "808s": "808", "tr909": "909", "tr-909": "909", "tr707": "707", "tr-707": "707",
    "tr606": "606", "tr-606": "606", "cr-78": "cr78", "linndrum": "linn", "lm1": "linn", "lm-1": "linn",
    "sp-1200": "sp1200",
    "dance": "club", "techouse": "tech", "progressive": "trance", "psytrance": "psy", "goa": "psy",
    "electronic": "electro", "festival": "edm", "bigroom": "edm", "ukg": "garage",
    "gabba": "gabber", "rawstyle": "hardstyle", "uptempo": "frenchcore", "terror": "speedcore",
    "hip": "hiphop", "hop": "hiphop", "hip-hop": "hiphop", "bap": "boombap", "lo-fi": "lofi", "phonk": "trap",
    "drumandbass": "dnb", "breakbeat": "jungle", "breaks": "jungle", "dembow": "reggaeton", "afrobeat": "afro",
    "amapiano": "afro",
    "live": "acoustic", "punk": "rock", "soul": "funk", "80s": "synthwave",
    "low": "deep", "bass": "sub", "subby": "sub", "boomy": "boom", "quick": "short",
    "punch": "punchy", "sharp": "snappy", "attack": "snappy", "aggressive": "hard", "gentle": "soft", "mellow": "soft",
    "weighty": "heavy", "powerful": "heavy", "thick": "fat", "huge": "big", "massive": "big", "smooth": "round",
    "dull": "dark", "muffled": "dark", "crisp": "bright", "pure": "clean", "raw": "dirty", "distortion": "distorted",
    "overdriven": "distorted", "tube": "saturated", "crunch": "crunchy", "fuzz": "fuzzy", "grit": "gritty",
    "grainy": "gritty", "bitcrushed": "crushed", "8bit": "crushed", "dead": "dry", "reverb": "wet", "echo": "wet",
    "room": "roomy", "rumbling": "rumble", "retro": "vintage", "old": "vintage", "vinyl": "dusty", "noise": "noisy",
    "hiss": "noisy", "air": "airy", "clicky": "click", "knocking": "knock", "thud": "thump", "thumpy": "thump",
    "wood": "woody", "wooden": "woody", "steel": "metallic", "organic": "natural", "hollow": "scooped", "tiny": "small",
    "laser": "zap", "rubber": "bouncy", "compressed": "loud", "clipped": "loud",
}
