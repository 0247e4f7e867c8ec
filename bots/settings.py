"""All settings, read once from the environment and a `.env` file."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bots import setting_formats, setting_groups
from core import errors

EngineName = Literal["auto", "modal", "diffusion", "synth"]

Address = Annotated[str, AfterValidator(setting_formats.address)]
Base = Annotated[str, AfterValidator(setting_formats.base)]
DiscordCommand = Annotated[str, AfterValidator(setting_formats.discord_command)]
Folder = Annotated[Path, AfterValidator(setting_formats.folder)]
Host = Annotated[str, AfterValidator(setting_formats.host)]
Hosts = Annotated[str, AfterValidator(setting_formats.hosts)]
Model = Annotated[str, AfterValidator(setting_formats.model)]
Networks = Annotated[str, AfterValidator(setting_formats.networks)]
Origins = Annotated[str, AfterValidator(setting_formats.origins)]
Revision = Annotated[str, AfterValidator(setting_formats.revision)]
SlackCommand = Annotated[str, AfterValidator(setting_formats.slack_command)]


class Settings(BaseSettings):
    """Kickbot's settings under their names in the environment, in upper case. An empty value is as good as none."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, frozen=True, case_sensitive=False)

    db_host: str | None = None
    db_port: int = Field(6543, ge=1, le=65535)
    db_name: str = "postgres"
    db_user: str | None = None
    db_password: SecretStr | None = None
    db_ssl: Literal["unverified"] | None = None
    db_ssl_ca: str | None = None

    supabase_url: Address | None = None
    supabase_service_key: SecretStr | None = None

    modal_token_id: str | None = None
    modal_token_secret: SecretStr | None = None

    secret_key: SecretStr | None = None
    debug: bool = False
    allowed_hosts: Hosts = "localhost,127.0.0.1"
    cors_allowed_origins: Origins = ""
    host: Host | None = None
    port: int = Field(8000, ge=0, le=65535)
    public_url: Address | None = None
    trusted_proxies: Networks = ""
    log_format: Literal["text", "json"] = "text"

    discord_token: SecretStr | None = None
    discord_command: DiscordCommand = "kick"
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: Base | None = None
    slack_command: SlackCommand = "kickdrum"

    kick_engine: EngineName = "auto"
    kick_fallback: bool = False
    kick_connect_seconds: float = Field(10, gt=0, le=3600)
    kick_result_seconds: float = Field(180, gt=0, le=86_400)
    kick_model: Model = "zhinit/kick-gen-v1"
    kick_model_revision: Revision = "main"

    kickbot_daily_limit: int = Field(10, ge=1, le=10_000)
    kickbot_keep_limit: int = Field(30, ge=1, le=10_000)
    kickbot_global_limit: int = Field(1000, ge=1, le=1_000_000)
    kickbot_take_days: int = Field(90, ge=1, le=36_500)
    kickbot_lease_seconds: float = Field(30, ge=1, le=3600)
    kickbot_data: Folder = Field(
        default_factory=lambda: user_data_path("kickbot", appauthor=False), validate_default=True
    )
    kickbot_files: Folder | None = None

    def listed(self, name: str) -> tuple[str, ...]:
        """The parts of a setting that is a list, parted by commas."""
        return setting_formats.parts(str(getattr(self, name)))

    @property
    def files_folder(self) -> Path:
        """Where files are kept that are in no bucket."""
        return self.kickbot_files or self.kickbot_data / "files"

    @model_validator(mode="after")
    def _whole_groups(self) -> Self:
        fields = type(self).model_fields
        setting_groups.check({name: value for name, value in self if value != fields[name].default})
        return self


def _modal_tokens(file: Path) -> dict[str, object]:
    """The tokens of the active profile in the file that `modal token` writes; none where there is no such file."""
    try:
        profiles = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise errors.BadSetting(name="MODAL_TOKEN_ID", problem=f"{file} cannot be read; mend or remove it") from None
    found = [profile for profile in profiles.values() if isinstance(profile, dict) and "token_id" in profile]
    for profile in sorted(found, key=lambda profile: not profile.get("active", False))[:1]:
        return {
            "modal_token_id": str(profile["token_id"]),
            "modal_token_secret": SecretStr(str(profile.get("token_secret", ""))),
        }
    return {}


class _Located(BaseModel):
    """One of pydantic's findings."""

    model_config = ConfigDict(extra="ignore")

    loc: tuple[str | int, ...]
    msg: str
    ctx: dict[str, Any] = Field(default_factory=dict)


def read(env_file: Path | None, modal_file: Path | None = None) -> Settings:
    """Read the settings, and Modal's tokens from its own file where they are not set.

    Raises `errors.BadSetting` that names the first variable that is wrong, and what is wrong with it; of values only
    hosts, addresses and folders are told.
    """
    try:
        settings = Settings(_env_file=env_file)
        if settings.modal_token_id is None and modal_file is not None:
            return settings.model_copy(update=_modal_tokens(modal_file))
        return settings
    except (OSError, UnicodeDecodeError) as error:
        why = "is no UTF-8 text" if isinstance(error, UnicodeError) else f"cannot be read ({error.strerror})"
        raise errors.BadSetting(name=str(env_file), problem=f"this file of settings {why}") from None
    except ValidationError as error:
        first = _Located.model_validate(error.errors(include_url=False, include_input=False)[0])
        cause = first.ctx.get("error")
        name = cause.name if isinstance(cause, setting_groups.HalfSet) else str(first.loc[0]).upper()
        raise errors.BadSetting(name=name, problem=_problem(name, first)) from None


def _problem(name: str, found: _Located) -> str:
    if cause := found.ctx.get("error"):
        return str(cause)
    return _range(name.lower()) or found.msg[:1].lower() + found.msg[1:]


def _range(name: str) -> str | None:
    """What a number, a switch or a choice may be, None for what is none of these."""
    about = Settings.model_json_schema()["properties"][name]
    if about.get("type") == "boolean":
        return "must be true or false"
    if "enum" in about:
        return f"must be {', '.join(about['enum'][:-1])} or {about['enum'][-1]}"
    if "maximum" not in about:
        return None
    kind = "whole number" if about["type"] == "integer" else "number"
    least = f"from {about['minimum']}" if "minimum" in about else f"above {about['exclusiveMinimum']}, up"
    return f"must be a {kind} {least} to {about['maximum']}"
