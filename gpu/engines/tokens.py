"""Modal's tokens, as its own command line keeps them."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import errors


@dataclass(frozen=True, slots=True)
class Tokens:
    """What stands for a workspace; the secret is never shown."""

    token_id: str
    token_secret: str = field(repr=False)


def kept_in(file: Path, profile: str | None = None) -> Tokens | None:
    """The tokens in Modal's own file (`~/.modal.toml`): of `profile`, else of the active one, else of `default`.

    None where there is no such file, or no token in it. Raises `errors.BadSetting` where it is no such file.
    """
    try:
        profiles = tomllib.loads(file.read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise errors.BadSetting(name=str(file), problem="cannot be read; `modal token new` writes it anew") from error
    chosen = profiles.get(profile or _active(profiles), {})
    if not isinstance(chosen, dict) or not (chosen.get("token_id") and chosen.get("token_secret")):
        return None
    return Tokens(str(chosen["token_id"]), str(chosen["token_secret"]))


def _active(profiles: dict[str, Any]) -> str:
    marked = [name for name, values in profiles.items() if isinstance(values, dict) and values.get("active") is True]
    return marked[0] if marked else "default"
