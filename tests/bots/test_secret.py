"""The secret: set, or made once and kept."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from bots import settings
from bots.composition import secret_key
from core import errors


def kept_in(folder: Path) -> settings.Settings:
    return settings.Settings(kickbot_data=folder, secret_key=None)


def test_a_set_one_is_used_and_nothing_is_kept(tmp_path: Path) -> None:
    assert secret_key.secret_key(settings.Settings(kickbot_data=tmp_path, secret_key=SecretStr("set"))) == "set"
    assert list(tmp_path.iterdir()) == []


def test_one_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    made = secret_key.secret_key(kept_in(folder))
    assert len(made) == 64
    assert secret_key.secret_key(kept_in(folder)) == made
    [file] = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret_key.secret_key(kept_in(tmp_path / "another")) != made


def test_processes_that_start_at_once_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        made = set(threads.map(lambda _: secret_key.secret_key(kept_in(tmp_path)), range(16)))
    assert len(made) == 1
    assert [file.name for file in tmp_path.iterdir()] == [secret_key.NAME]


def test_one_that_others_may_read_is_closed(tmp_path: Path) -> None:
    file = tmp_path / secret_key.NAME
    file.write_text("kept\n")
    file.chmod(0o644)
    assert secret_key.secret_key(kept_in(tmp_path)) == "kept"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_unusable_one_ends_the_start(tmp_path: Path) -> None:
    (tmp_path / secret_key.NAME).write_text("\n")
    with pytest.raises(errors.BadSetting, match="secret_key is empty"):
        secret_key.secret_key(kept_in(tmp_path))
    with pytest.raises(errors.BadSetting, match=r"KICKBOT_DATA.*cannot be used"):
        secret_key.secret_key(kept_in(tmp_path / secret_key.NAME))
