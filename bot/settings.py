"""Everything an operator can set, from the environment and `.env`, with all that is wrong told at once.

`Settings.load()` gives values that can be trusted to have the right form; `for_serve` then says whether they
make a bot that is safe to start. The Bot Framework's own four names are kept, all else is `LAERINGSBOT_…`.
"""

import difflib
import os
from base64 import b64decode
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.certificate import Certificate, Unusable, read_certificate
from bot.values import (
    Case,
    Clock,
    DatabaseUrl,
    Directory,
    Guid,
    Hosts,
    Link,
    Thumbprint,
    Webhook,
    Weeks,
    Zone,
    is_loopback,
)
from domain.evidence import FEWEST_INSTITUTIONS
from domain.municipality import Facts, Filing, Municipality
from domain.quiet import QuietTimes

PREFIX = "LAERINGSBOT_"
KEY_BYTES = 32
LEAST_SECRET = 16
# What people are owed about their data.
FACTS = ("controller", "purpose", "basis", "recipients", "storage", "contact", "dpo")
# Without these, `serve` and `tick` refuse.
REQUIRED = frozenset({"app_id", "tenant_id", *FACTS})
OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"

# Exact hosts, no suffixes: anybody may register a name under trafficmanager.net and be sent the bot's token.
TEAMS_SERVICE_HOSTS = ("smba.trafficmanager.net", "smba.onyx.prod.teams.trafficmanager.net")


class AppType(StrEnum):
    """How the bot proves itself to Microsoft: with a secret or a certificate, or as a managed identity with neither."""

    SINGLE_TENANT = "SingleTenant"
    USER_ASSIGNED_MSI = "UserAssignedMSI"


class LogLevel(StrEnum):
    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class SettingsError(Exception):
    """Settings that cannot be used. `problems` has a sentence for each, beginning with the setting's name."""

    def __init__(self, problems: list[str], hint: str = "") -> None:
        self.problems = problems
        told = "1 setting is" if len(problems) == 1 else f"{len(problems)} settings are"
        super().__init__("\n  ".join([f"{told} missing or wrong:", *problems, *([f"({hint})"] if hint else [])]))


@dataclass(frozen=True)
class Setting:
    """One setting as the README's table shows it; `default` is empty where there is none."""

    name: str
    default: str
    meaning: str
    is_required: bool = False


class Settings(BaseSettings):
    """What the bot is set to. Made by `load`; its `repr` shows neither the secret nor the database URL."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
        arbitrary_types_allowed=True,
        str_strip_whitespace=True,
    )

    app_id: Guid = Field("", alias="MicrosoftAppId", description="The bot's app id in Entra")
    app_password: SecretStr = Field(
        SecretStr(""),
        alias="MicrosoftAppPassword",
        description="Its client secret; not with a certificate or a managed identity",
    )
    certificate_file: str = Field(
        "", description="In place of a secret: a PEM file with the key and the certificate of the registration"
    )
    certificate_password: SecretStr = Field(SecretStr(""), description="The password of that key, where it has one")
    certificate_thumbprint: Thumbprint = Field(
        "", description="The thumbprint that Entra shows; needed only where the file has the key alone"
    )
    app_type: AppType = Field(
        AppType.SINGLE_TENANT,
        alias="MicrosoftAppType",
        description="SingleTenant (with a secret or a certificate) or UserAssignedMSI (a managed identity)",
    )
    tenant_id: Guid = Field(
        "",
        alias="MicrosoftAppTenantId",
        description="The municipality's tenant; nobody from another is answered",
    )

    database_url: DatabaseUrl = Field(
        "sqlite:///laeringsbot.db",
        repr=False,
        description="Where everything is kept: sqlite:///FILE for one process, "
        "postgresql+psycopg://USER:PASSWORD@HOST/NAME for several",
    )
    text_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys that encrypt notes and feedback where they are kept, newest first, with a comma between: "
        "32 bytes each in base64 (openssl rand -base64 32); empty for none",
    )
    host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="The address to listen on; 0.0.0.0 in a container behind a proxy",
    )
    port: int = Field(3978, ge=1, le=65535, description="The port to listen on")
    drain_seconds: float = Field(
        0,
        ge=0,
        le=120,
        description="How long a replica that is told to stop goes on serving, so that the proxy in front notices first",
    )
    public_url: Link = Field("", description="The bot's own address, for the app package and for files to download")
    log_level: LogLevel = Field(LogLevel.INFO, description="DEBUG, INFO, WARNING or ERROR; never any content")
    log_format: LogFormat = Field(LogFormat.TEXT, description="text, or json with an object a line")
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="What /metrics asks for as a bearer; without it, only this machine's programs read it",
    )

    send_rate: int = Field(
        25,
        ge=1,
        le=50,
        description="Messages a second at most, all replicas together; Teams' own limit is 50",
    )
    openid_metadata_url: Link = Field(
        OPENID_METADATA_URL, min_length=1, description="Where the channel publishes its signing keys"
    )
    allowed_service_hosts: Hosts = Field(
        TEAMS_SERVICE_HOSTS, description="The only hosts the bot sends to, by exact name, with commas between"
    )

    directory: Directory = Field(
        "",
        description="Where people's accounts are looked up: email for Entra by e-mail, the id of a group in Entra, "
        "or nothing",
    )
    teams_app_id: Guid = Field(
        "",
        description="The app's id in the Teams admin centre; with it the bot installs the app for those who lack it",
    )

    timezone: Zone = Field(ZoneInfo("Europe/Copenhagen"), description="The municipality's time zone")
    quiet: bool = Field(True, description="Whether reminders keep to working hours and out of school holidays")
    morning: Clock = Field(time(7, 30), description="Reminders are sent from this time of day")
    evening: Clock = Field(time(16, 30), description="and until this one")
    school_weeks_off: Weeks = Field(
        (7, *range(27, 33), 42),
        description="Week numbers of the school holidays, besides the public holidays",
    )

    journal_folder: str = Field(
        "",
        description="A folder for the journal, in which each final summary and closed dialogue is put as PDF/A, "
        "checked by tests of our own alone",
    )
    journal_url: Webhook = Field("", repr=False, description="And, or, an address of the journal's to post them to")
    journal_secret: SecretStr = Field(
        SecretStr(""),
        description="What those posts are signed with: at least 16 characters, known to the receiver alone",
    )
    journal_case: Case = Field(
        "", description="The case they belong to there; {institution}, {area} and {year} are filled in"
    )
    journal_confidentiality: str = Field("Fortroligt", description="How confidential they are there")

    fewest_institutions: int = Field(
        FEWEST_INSTITUTIONS,
        ge=FEWEST_INSTITUTIONS,
        le=50,
        description="How many institutions must be behind a number in the evidence base before it is shown",
    )

    controller: str = Field("", description="Who is responsible for the data, for the welcome card")
    purpose: str = Field("", description="What the data are for")
    basis: str = Field("", description="The legal basis")
    recipients: str = Field("", description="Who receives the data, and who processes them for the municipality")
    storage: str = Field("", description="Where the data are kept, and for how long")
    contact: str = Field("", description="Whom to ask about the bot and one's data")
    dpo: str = Field("", description="How to reach the data protection officer")
    developer_name: str = Field("", description="Who offers the app, for the app package")
    website_url: Link = Field("", description="The municipality's page about the app, for the app package")
    privacy_url: Link = Field("", description="Its page on privacy, for the app package")
    terms_url: Link = Field("", description="Its terms of use, for the app package")
    lis_url: Link = Field("", description="The management information system, linked to from figures")

    @field_validator("app_type", "log_level", "log_format", mode="before")
    @classmethod
    def _in_any_case(cls, value: Any, info: Any) -> Any:
        kind: type[StrEnum] = {"app_type": AppType, "log_level": LogLevel, "log_format": LogFormat}[info.field_name]
        for member in kind:
            if str(value).lower() == member.value.lower():
                return member
        hint = "; a multi-tenant bot can no longer be registered" if str(value).lower() == "multitenant" else ""
        raise ValueError(f"{value!r} is not {' or '.join(member.value for member in kind)}{hint}")

    @field_validator("text_keys")
    @classmethod
    def _whole_keys(cls, value: SecretStr) -> SecretStr:
        for key in filter(None, value.get_secret_value().split(",")):
            try:
                is_whole = len(b64decode(key.strip(), validate=True)) == KEY_BYTES
            except ValueError:
                is_whole = False
            if not is_whole:
                # Never with the value: it would stand in a log.
                raise ValueError("is not 32 bytes in base64 for each key; make one with: openssl rand -base64 32")
        return value

    @property
    def keys_of_texts(self) -> tuple[bytes, ...]:
        """The keys that seal notes and feedback, newest first."""
        return tuple(b64decode(key.strip()) for key in self.text_keys.get_secret_value().split(",") if key.strip())

    @classmethod
    def load(cls, env_file: Path | str | None = ".env", **given: Any) -> Self:
        """The settings: `given` by field name before the environment before `env_file`, which may be missing.

        SettingsError tells every value that is wrong, and every LAERINGSBOT_ name that does not exist.
        """
        problems = _unknown_names(env_file)
        try:
            settings = cls(_env_file=env_file, _env_file_encoding="utf-8", **given)  # type: ignore[call-arg]
        except ValidationError as wrong:
            problems += [_told(error) for error in wrong.errors(include_url=False, include_input=False)]
        except UnicodeDecodeError:
            problems.append(f"{env_file} is not UTF-8; save it as UTF-8")
        else:
            if settings.journal_url and len(settings.journal_secret.get_secret_value()) < LEAST_SECRET:
                problems.append(
                    f"{PREFIX}JOURNAL_SECRET is missing or shorter than {LEAST_SECRET} characters; the receiver at "
                    f"{PREFIX}JOURNAL_URL knows by it who posts (openssl rand -base64 32)"
                )
            if settings.morning >= settings.evening:
                problems.append(f"{PREFIX}MORNING is not before {PREFIX}EVENING; the defaults are 07:30 and 16:30")
            if not problems:
                return settings
        # From None: what pydantic raised could carry the value of a secret into a traceback.
        raise SettingsError(problems) from None

    def for_serve(self, *, local: bool) -> None:
        """SettingsError unless the bot can be started safely with these settings.

        In earnest it needs its app id, its tenant, a secret or a managed identity, and the facts people are
        owed about their data. `local` turns authentication off, so all that could let another machine in is
        refused, and so is a secret: where there is one, a slip in production would be an open door.
        """
        problems = self._unsafe_locally() if local else self._missing_in_earnest()
        if problems:
            hint = "to try the bot on this machine only, without Azure: laeringsbot serve --local"
            raise SettingsError(problems, "" if local else hint)

    def for_directory(self) -> None:
        """SettingsError unless the bot can prove itself to Entra; nobody is written to, and owed anything by that."""
        if problems := self._cannot_prove_itself():
            raise SettingsError(problems)

    def facts(self) -> Facts:
        """What the welcome card tells; where a fact is missing, which only `--local` allows, it says so."""
        missing = "Ikke oplyst (lokal afprøvning)"
        return Facts(
            controller=self.controller or missing,
            purpose=self.purpose or missing,
            basis=self.basis or missing,
            recipients=self.recipients or missing,
            storage=self.storage or missing,
            contact=self.contact or missing,
            protection_officer=self.dpo or missing,
        )

    def missing_facts(self) -> list[str]:
        """The settings of what the welcome card, and a request for access that is answered, owe to people."""
        return [_name(name) for name in FACTS if not getattr(self, name)]

    def municipality(self, holidays: Container[date] = frozenset()) -> Municipality:
        """The municipality's own choices; `holidays` are its public holidays, which no setting holds."""
        quiet = QuietTimes.none(self.timezone)
        if self.quiet:
            quiet = QuietTimes(
                zone=self.timezone,
                opens=self.morning,
                closes=self.evening,
                school_weeks=frozenset(self.school_weeks_off),
                holidays=holidays,
            )
        return Municipality(
            facts=self.facts(),
            zone=self.timezone,
            quiet=quiet,
            figures_url=self.lis_url,
            public_url=self.public_url.rstrip("/"),
            fewest_institutions=self.fewest_institutions,
            journal=Filing(case=self.journal_case, confidentiality=self.journal_confidentiality)
            if self.journal_folder or self.journal_url
            else None,
        )

    def _cannot_prove_itself(self) -> list[str]:
        problems = []
        if not self.app_id:
            problems.append("MicrosoftAppId is missing; it is the app id of the bot's registration in Entra")
        if not self.tenant_id:
            problems.append("MicrosoftAppTenantId is missing; it is the id of the municipality's tenant")
        return problems + self._wrong_credentials()

    def _missing_in_earnest(self) -> list[str]:
        problems = self._cannot_prove_itself()
        for name in FACTS:
            if not getattr(self, name):
                meaning = str(type(self).model_fields[name].description)
                problems.append(
                    f"{_name(name)} is missing; the welcome card owes it to everyone: {meaning[0].lower()}{meaning[1:]}"
                )
        return problems

    def certificate(self, now: datetime) -> Certificate:
        """The certificate that is set; `Unusable` says what is wrong with it."""
        file, password = Path(self.certificate_file), self.certificate_password.get_secret_value()
        return read_certificate(file, password, self.certificate_thumbprint, now)

    def _wrong_credentials(self) -> list[str]:
        """What is wrong with the one way in which the bot proves itself; there must be one, and no other beside it."""
        has_secret = bool(self.app_password.get_secret_value())
        if self.app_type is AppType.USER_ASSIGNED_MSI:
            surplus = ["MicrosoftAppPassword"] if has_secret else []
            surplus += [f"{PREFIX}CERTIFICATE_FILE"] if self.certificate_file else []
            return [f"{each} is set, but a managed identity has none; remove one of the two" for each in surplus]
        if has_secret and self.certificate_file:
            return [f"MicrosoftAppPassword and {PREFIX}CERTIFICATE_FILE are both set; remove one of the two"]
        if self.certificate_file:
            try:
                self.certificate(datetime.now(UTC))
            except Unusable as why:
                return [f"{PREFIX}CERTIFICATE_FILE {why}"]
            return []
        if not has_secret:
            return [
                "MicrosoftAppPassword is missing; set the client secret, a certificate by "
                f"{PREFIX}CERTIFICATE_FILE, or MicrosoftAppType=UserAssignedMSI"
            ]
        return []

    def _unsafe_locally(self) -> list[str]:
        problems = []
        if not is_loopback(self.host):
            problems.append(
                f"{PREFIX}HOST is {self.host!r}; --local has no authentication and must listen on 127.0.0.1"
            )
        if self.certificate_file:
            problems.append(f"{PREFIX}CERTIFICATE_FILE is set; --local uses none: unset it")
        if self.app_password.get_secret_value():
            problems.append(
                "MicrosoftAppPassword is set; --local uses none, and nobody is asked who they are: unset it"
            )
        if self.public_url and not is_loopback(urlsplit(self.public_url).hostname or ""):
            problems.append(f"{PREFIX}PUBLIC_URL is set; a bot that others can reach must not run with --local")
        return problems


def listed() -> tuple[Setting, ...]:
    """Every setting in the order of the README's table."""
    return tuple(
        Setting(_name(name), _shown(field.default), field.description or "", is_required=name in REQUIRED)
        for name, field in Settings.model_fields.items()
    )


def _name(field: str) -> str:
    alias = Settings.model_fields[field].alias
    return alias or f"{PREFIX}{field.upper()}"


def _shown(default: Any) -> str:
    match default:
        case SecretStr():
            return ""
        case bool():
            return str(default).lower()
        case time():
            return f"{default:%H:%M}"
        case tuple() if default and isinstance(default[0], int):
            return _spans(default)
        case tuple():
            return ",".join(default)
        case _:
            return str(default)


def _spans(weeks: tuple[int, ...]) -> str:
    """(7, 27, 28, 42) as "7,27-28,42"."""
    spans: list[list[int]] = []
    for week in weeks:
        if spans and week == spans[-1][-1] + 1:
            spans[-1].append(week)
        else:
            spans.append([week])
    return ",".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)


def _unknown_names(env_file: Path | str | None) -> list[str]:
    known = {_name(field).upper() for field in Settings.model_fields}
    names = set(os.environ) | set(_in_file(env_file))
    problems = []
    for name in sorted(name for name in names if name.upper().startswith(PREFIX)):
        if name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), sorted(known), n=1)
            problems.append(f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else "; remove it"))
    return problems


def _in_file(env_file: Path | str | None) -> Mapping[str, str | None]:
    try:
        return dotenv_values(env_file) if env_file and Path(env_file).is_file() else {}
    except UnicodeDecodeError:
        return {}


def _told(error: Any) -> str:
    """One of pydantic's errors as a sentence of ours, without the value unless our own check put it there."""
    found = str(error["loc"][0]) if error["loc"] else ""
    name = _name(found) if found in Settings.model_fields else found
    context = error.get("ctx") or {}
    match error["type"]:
        case "value_error":
            why = str(context["error"])
        case "int_parsing" | "int_type":
            why = "is not a whole number"
        case "bool_parsing" | "bool_type":
            why = "is neither true nor false"
        case "greater_than_equal":
            why = f"is too small; the least is {context['ge']}"
        case "less_than_equal":
            why = f"is too large; the most is {context['le']}"
        case _:
            why = f"cannot be used: {error['msg']}"
    return f"{name} {why}" if why.startswith(("is ", "cannot ")) else f"{name}: {why}"
