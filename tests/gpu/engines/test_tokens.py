"""Modal's own file, as `modal token new` writes it."""

from pathlib import Path

import pytest

from core import errors
from gpu.engines.tokens import Tokens, kept_in

TWO = """
[work]
token_id = "ak-work"
token_secret = "as-work"

[home]
token_id = "ak-home"
token_secret = "as-home"
active = true
"""


@pytest.mark.parametrize(
    ("content", "profile", "tokens"),
    [
        (TWO, None, Tokens("ak-home", "as-home")),
        (TWO, "work", Tokens("ak-work", "as-work")),
        (TWO, "nobody", None),
        ('[default]\ntoken_id = "ak-1"\ntoken_secret = "as-1"', None, Tokens("ak-1", "as-1")),
        ('[default]\ntoken_id = "ak-1"', None, None),
        ('default = "what"', None, None),
        ("", None, None),
    ],
)
def test_the_active_profile_s_tokens_are_read(
    tmp_path: Path, content: str, profile: str | None, tokens: Tokens | None
) -> None:
    file = tmp_path / "modal.toml"
    file.write_text(content)
    assert kept_in(file, profile) == tokens


def test_no_file_is_no_token(tmp_path: Path) -> None:
    assert kept_in(tmp_path / "modal.toml") is None


@pytest.mark.parametrize("content", [b"[broken", b"\xff\xfe"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "modal.toml"
    file.write_bytes(content)
    with pytest.raises(errors.BadSetting, match=r"modal\.toml: cannot be read"):
        kept_in(file)


def test_the_secret_is_not_shown() -> None:
    assert "as-1" not in repr(Tokens("ak-1", "as-1"))
