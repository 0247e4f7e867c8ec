"""Other words for the same thing."""

from collections.abc import Mapping
from typing import Final

# fmt: off
ALIASES: Final[Mapping[str, str]] = {
    "bassdrum": "kick", "bd": "kick", "drum": "kick", "kickdrum": "kick", "kicks": "kick", "oneshot": "hit",
    "low": "deep", "boomy": "boom", "subby": "sub", "huge": "big", "massive": "big", "weighty": "heavy", "thick": "fat",
    "tiny": "small", "gentle": "soft", "mellow": "soft", "smooth": "round", "dull": "dark", "muffled": "dark",
    "crisp": "bright", "clicky": "click", "sharp": "snappy", "punch": "punchy", "thud": "thump", "thumpy": "thump",
    "knocking": "knock", "wooden": "woody", "metal-plate": "metallic", "steel": "metallic", "hollow": "scooped",
    "distortion": "distorted", "overdriven": "distorted", "crunch": "crunchy", "fuzz": "fuzzy", "raw": "dirty",
    "grit": "gritty", "bitcrushed": "crushed", "8bit": "crushed", "compressed": "loud", "clipped": "loud",
    "reverb": "wet", "room": "roomy", "rumbling": "rumble", "dead": "dry", "pure": "clean", "hiss": "noisy",
    "vinyl": "dusty", "retro": "vintage", "old": "vintage", "organic": "natural", "live": "acoustic", "laser": "zap",
    "rubber": "bouncy", "hip": "hiphop", "hop": "hiphop", "hip-hop": "hiphop", "bap": "boombap", "lo-fi": "lofi",
    "breakbeat": "jungle", "breaks": "jungle", "ukg": "garage", "psytrance": "psy", "goa": "psy", "techouse": "tech",
    "tr808": "808", "tr-808": "808", "tr909": "909", "tr-909": "909", "tr707": "707", "tr-707": "707", "tr606": "606",
    "tr-606": "606", "cr-78": "cr78", "linndrum": "linn", "lm1": "linn", "lm-1": "linn", "sp-1200": "sp1200",
    "festival": "edm", "bigroom": "edm", "gabba": "gabber", "terror": "speedcore", "dembow": "reggaeton",
    "afrobeat": "afro", "amapiano": "afro", "80s": "synthwave", "phonk": "crushed",
}
