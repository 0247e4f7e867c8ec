"""The files in which settings may stand."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from core import errors

NAME = "KICKBOT_ENV_FILE"
PROJECT = Path(__file__).resolve().parent.parent


class _Named(BaseSettings):
    """What can only be said in the environment: which file to read."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    kickbot_env_file: Path | None = None


def env_file(project: Path = PROJECT) -> Path | None:
    """What `KICKBOT_ENV_FILE` names, else `.env` in the working directory, else in the project's folder.

    None where there is none. Raises `errors.BadSetting` where the one that is named is not there.
    """
    named = _Named().kickbot_env_file
    if named is not None:
        return _there(named)
    folders = [Path.cwd(), *([project] if (project / "pyproject.toml").is_file() else [])]
    return next((folder / ".env" for folder in folders if (folder / ".env").is_file()), None)


def modal_file() -> Path | None:
    """Where `modal token` writes its tokens; None where nobody's home folder is known."""
    try:
        return Path.home() / ".modal.toml"
    except RuntimeError:
        return None


def _there(named: Path) -> Path:
    try:
        file = named.expanduser().absolute()
        if file.is_dir() or not file.exists():
            raise errors.BadSetting(name=NAME, problem=f"there is no file {file}")
    except (OSError, RuntimeError) as error:
        raise errors.BadSetting(name=NAME, problem=f"{named} cannot be read ({error})") from None
    return file
