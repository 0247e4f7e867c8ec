"""A prompt: keywords, and options written as `name:value`."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from random import Random

from core import errors

DEFAULT = "hit house"
LONGEST = 100
MOST_AT_ONCE = 4
SEEDS = 2**31
OPTIONS = ("seed", "count")

LEADING_AWAY = re.compile(r"\w\.\w{2,}|://|[@<>#]")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: `prompt` is the words in order, parted by single spaces; no seed means any."""

    prompt: str = DEFAULT
    seed: int | None = None
    count: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """The keywords in order, duplicates kept."""
        return tuple(self.prompt.split())

    def seeds(self, random: Random) -> list[int]:
        """One seed for each kick: from the given one upwards, or `count` different random ones."""
        if self.seed is None:
            return random.sample(range(SEEDS), self.count)
        return [(self.seed + i) % SEEDS for i in range(self.count)]


@dataclass(frozen=True, slots=True)
class Match:
    """The words of a prompt that an engine knows, and those it does not."""

    matched: tuple[str, ...]
    ignored: tuple[str, ...]


def parse(text: str) -> Request:
    """Read a prompt as users write it: "Deep, 808! seed:42 count:2".

    Commas are spaces; case, and punctuation around words, do not matter. Raises `errors.PromptTooLong`,
    `errors.UnknownOption`, `errors.BadOption` or `errors.OptionTwice`.
    """
    clean = "".join(" " if _blank(letter) else letter for letter in unicodedata.normalize("NFC", text))
    if len(" ".join(clean.split())) > LONGEST:
        raise errors.PromptTooLong(longest=LONGEST)
    words: list[str] = []
    options: dict[str, int] = {}
    for word in filter(None, map(_bare, clean.lower().split())):
        name, colon, value = word.partition(":")
        if not (colon and name and value):
            words.append(word)
        elif name not in OPTIONS:
            raise errors.UnknownOption(option=name, known=" and ".join(f"{known}:" for known in OPTIONS))
        elif name in options:
            raise errors.OptionTwice(option=name)
        else:
            options[name] = _number(name, value)
    return Request(" ".join(words) or DEFAULT, options.get("seed"), options.get("count", 1))


def request(text: str, seed: int | None = None, count: int | None = None) -> Request:
    """Read a prompt whose options may stand in fields of their own; a field wins over the same word in the text."""
    read = parse(text)
    return Request(
        read.prompt,
        read.seed if seed is None else _number("seed", str(seed)),
        read.count if count is None else _number("count", str(count)),
    )


def match(request: Request, vocabulary: frozenset[str]) -> Match:
    """Part the words into known and unknown. Raises `errors.NoKnownWord` where none is known."""
    known = tuple(word for word in request.words if word in vocabulary)
    unknown = tuple(word for word in request.words if word not in vocabulary)
    if not known:
        near = list(dict.fromkeys(n for word in unknown for n in nearest(word, vocabulary)))
        raise errors.NoKnownWord(words=", ".join(unknown), try_these=", ".join(near or examples(vocabulary)))
    return Match(known, unknown)


def leads_away(word: str) -> bool:
    """Whether the word is a link, an address or a mention: what we say is to lead nobody there."""
    return LEADING_AWAY.search(word) is not None


def spoken(prompt: str) -> str:
    """The prompt to be shown to others before it is known which words do something."""
    return " ".join(word for word in prompt.split() if not leads_away(word))


def nearest(word: str, vocabulary: frozenset[str]) -> list[str]:
    """Up to three known words that are written much like `word`, nearest first."""
    return get_close_matches(word, sorted(vocabulary), n=3, cutoff=0.6)


def examples(vocabulary: frozenset[str], count: int = 8) -> list[str]:
    """Words to start with: the default prompt's first, then some from all over the vocabulary."""
    start = [word for word in DEFAULT.split() if word in vocabulary]
    others = sorted(vocabulary.difference(start))
    step = max(1, len(others) // max(1, count - len(start)))
    return (start + others[::step])[:count]


def _blank(letter: str) -> bool:
    return letter == "," or letter.isspace() or unicodedata.category(letter).startswith("C")


def _bare(word: str) -> str:
    """The word without punctuation and symbols around it: "house" of "'house'!"."""
    spoken = [place for place, letter in enumerate(word) if unicodedata.category(letter)[0] not in "PS"]
    return word[spoken[0] : spoken[-1] + 1] if spoken else ""


def _number(name: str, value: str) -> int:
    low, high = {"seed": (0, SEEDS - 1), "count": (1, MOST_AT_ONCE)}[name]
    number = int(value) if value.isascii() and value.isdigit() and len(value) <= len(str(SEEDS)) else -1
    if not low <= number <= high:
        raise errors.BadOption(option=name, value=value, low=low, high=high)
    return number
