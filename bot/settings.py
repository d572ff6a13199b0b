"""Everything an operator can set, from the environment and `.env`, with all that is wrong told at once.

`Settings.load()` gives values that can be trusted to have the right form; `for_serve` then says whether they
make a bot that is safe to start. The Bot Framework's own four names are kept, all else is `LAERINGSBOT_…`.
"""

import os
from base64 import b64decode
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.certificate import Certificate, Unusable, read_certificate
from bot.values import (
    Read,
    Secret,
    at_least_one,
    case,
    clock,
    database,
    directory,
    guid,
    hosts,
    is_loopback,
    keys,
    link,
    number,
    one_of,
    secret,
    text,
    thumbprint,
    webhook,
    weeks,
    whole_number,
    yes_or_no,
    zone,
)
from domain.evidence import FEWEST_INSTITUTIONS
from domain.municipality import Facts, Filing, Municipality
from domain.quiet import QuietTimes

PREFIX = "LAERINGSBOT_"
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


def _set(default: Any, read: Read, meaning: str, *, name: str = "", shown: bool = True) -> Any:
    """A setting: what it is without being set, how its text is read, and what the README's table says of it."""
    return field(default=default, repr=shown, metadata={"read": read, "meaning": meaning, "name": name})


@dataclass(frozen=True)
class Settings:
    """What the bot is set to. Made by `load`; its `repr` shows neither the secrets nor the database URL.

    Plain data: a library that reads settings takes a tenth of the start and of what the bot holds in memory.
    """

    app_id: str = _set("", guid, "The bot's app id in Entra", name="MicrosoftAppId")
    app_password: Secret = _set(
        Secret(""),
        secret,
        "Its client secret; not with a certificate or a managed identity",
        name="MicrosoftAppPassword",
    )
    certificate_file: str = _set(
        "", text, "In place of a secret: a PEM file with the key and the certificate of the registration"
    )
    certificate_password: Secret = _set(Secret(""), secret, "The password of that key, where it has one")
    certificate_thumbprint: str = _set(
        "", thumbprint, "The thumbprint that Entra shows; needed only where the file has the key alone"
    )
    app_type: AppType = _set(
        AppType.SINGLE_TENANT,
        one_of(AppType, {"multitenant": "; a multi-tenant bot can no longer be registered"}),
        "SingleTenant (with a secret or a certificate) or UserAssignedMSI (a managed identity)",
        name="MicrosoftAppType",
    )
    tenant_id: str = _set(
        "", guid, "The municipality's tenant; nobody from another is answered", name="MicrosoftAppTenantId"
    )

    database_url: str = _set(
        "sqlite:///laeringsbot.db",
        database,
        "Where everything is kept: sqlite:///FILE for one process, "
        "postgresql+psycopg://USER:PASSWORD@HOST/NAME for several",
        shown=False,
    )
    text_keys: Secret = _set(
        Secret(""),
        keys,
        "Keys that encrypt notes and feedback where they are kept, newest first, with a comma between: "
        "32 bytes each in base64 (openssl rand -base64 32); empty for none",
    )
    host: str = _set("127.0.0.1", at_least_one(text), "The address to listen on; 0.0.0.0 in a container behind a proxy")
    port: int = _set(3978, whole_number(1, 65535), "The port to listen on")
    drain_seconds: float = _set(
        0,
        number(0, 120),
        "How long a replica that is told to stop goes on serving, so that the proxy in front notices first",
    )
    public_url: str = _set("", link, "The bot's own address, for the app package and for files to download")
    log_level: LogLevel = _set(LogLevel.INFO, one_of(LogLevel), "DEBUG, INFO, WARNING or ERROR; never any content")
    log_format: LogFormat = _set(LogFormat.TEXT, one_of(LogFormat), "text, or json with an object a line")
    metrics_token: Secret = _set(
        Secret(""), secret, "What /metrics asks for as a bearer; without it, only this machine's programs read it"
    )

    send_rate: int = _set(
        25, whole_number(1, 50), "Messages a second at most, all replicas together; Teams' own limit is 50"
    )
    openid_metadata_url: str = _set(
        OPENID_METADATA_URL, at_least_one(link), "Where the channel publishes its signing keys"
    )
    allowed_service_hosts: tuple[str, ...] = _set(
        TEAMS_SERVICE_HOSTS, hosts, "The only hosts the bot sends to, by exact name, with commas between"
    )

    directory: str = _set(
        "",
        directory,
        "Where people's accounts are looked up: email for Entra by e-mail, the id of a group in Entra, or nothing",
    )
    teams_app_id: str = _set(
        "", guid, "The app's id in the Teams admin centre; with it the bot installs the app for those who lack it"
    )

    timezone: ZoneInfo = _set(ZoneInfo("Europe/Copenhagen"), zone, "The municipality's time zone")
    quiet: bool = _set(True, yes_or_no, "Whether reminders keep to working hours and out of school holidays")
    morning: time = _set(time(7, 30), clock, "Reminders are sent from this time of day")
    evening: time = _set(time(16, 30), clock, "and until this one")
    school_weeks_off: tuple[int, ...] = _set(
        (7, *range(27, 33), 42), weeks, "Week numbers of the school holidays, besides the public holidays"
    )

    journal_folder: str = _set(
        "", text, "A folder for the journal, in which each final summary and closed dialogue is put as PDF/A"
    )
    journal_url: str = _set("", webhook, "And, or, an address of the journal's to post them to", shown=False)
    journal_secret: Secret = _set(
        Secret(""), secret, "What those posts are signed with: at least 16 characters, known to the receiver alone"
    )
    journal_case: str = _set("", case, "The case they belong to there; {institution}, {area} and {year} are filled in")
    journal_confidentiality: str = _set("Fortroligt", text, "How confidential they are there")

    fewest_institutions: int = _set(
        FEWEST_INSTITUTIONS,
        whole_number(FEWEST_INSTITUTIONS, 50),
        "How many institutions must be behind a number in the evidence base before it is shown",
    )

    controller: str = _set("", text, "Who is responsible for the data, for the welcome card")
    purpose: str = _set("", text, "What the data are for")
    basis: str = _set("", text, "The legal basis")
    recipients: str = _set("", text, "Who receives the data, and who processes them for the municipality")
    storage: str = _set("", text, "Where the data are kept, and for how long")
    contact: str = _set("", text, "Whom to ask about the bot and one's data")
    dpo: str = _set("", text, "How to reach the data protection officer")
    developer_name: str = _set("", text, "Who offers the app, for the app package")
    website_url: str = _set("", link, "The municipality's page about the app, for the app package")
    privacy_url: str = _set("", link, "Its page on privacy, for the app package")
    terms_url: str = _set("", link, "Its terms of use, for the app package")
    lis_url: str = _set("", link, "The management information system, linked to from figures")

    @property
    def keys_of_texts(self) -> tuple[bytes, ...]:
        """The keys that seal notes and feedback, newest first."""
        return tuple(b64decode(key.strip()) for key in self.text_keys.value.split(",") if key.strip())

    @classmethod
    def load(cls, env_file: Path | str | None = ".env", **given: Any) -> Self:
        """The settings: `given` by field name before the environment before `env_file`, which may be missing.

        SettingsError tells every value that is wrong, and every LAERINGSBOT_ name that does not exist.
        """
        try:
            kept = _in_file(env_file)
        except UnicodeDecodeError:
            raise SettingsError([f"{env_file} is not UTF-8; save it as UTF-8", *_unknown_names(os.environ)]) from None
        problems = _unknown_names({**kept, **os.environ})
        found = {**_by_field(kept), **_by_field(os.environ), **given}
        for each in fields(cls):
            if each.name in found:
                try:
                    found[each.name] = each.metadata["read"](found[each.name])
                except ValueError as wrong:
                    problems.append(_told(each.name, str(wrong)))
        if not problems:
            settings = cls(**found)
            if settings.journal_url and len(settings.journal_secret.value) < LEAST_SECRET:
                problems.append(
                    f"{PREFIX}JOURNAL_SECRET is missing or shorter than {LEAST_SECRET} characters; the receiver at "
                    f"{PREFIX}JOURNAL_URL knows by it who posts (openssl rand -base64 32)"
                )
            if settings.morning >= settings.evening:
                problems.append(f"{PREFIX}MORNING is not before {PREFIX}EVENING; the defaults are 07:30 and 16:30")
            if not problems:
                return settings
        raise SettingsError(problems)

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
                meaning = _FIELDS[name].metadata["meaning"]
                problems.append(
                    f"{_name(name)} is missing; the welcome card owes it to everyone: {meaning[0].lower()}{meaning[1:]}"
                )
        return problems

    def certificate(self, now: datetime) -> Certificate:
        """The certificate that is set; `Unusable` says what is wrong with it."""
        file, password = Path(self.certificate_file), self.certificate_password.value
        return read_certificate(file, password, self.certificate_thumbprint, now)

    def _wrong_credentials(self) -> list[str]:
        """What is wrong with the one way in which the bot proves itself; there must be one, and no other beside it."""
        has_secret = bool(self.app_password.value)
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
        if self.app_password.value:
            problems.append(
                "MicrosoftAppPassword is set; --local uses none, and nobody is asked who they are: unset it"
            )
        if self.public_url and not is_loopback(urlsplit(self.public_url).hostname or ""):
            problems.append(f"{PREFIX}PUBLIC_URL is set; a bot that others can reach must not run with --local")
        return problems


def listed() -> tuple[Setting, ...]:
    """Every setting in the order of the README's table."""
    return tuple(
        Setting(_name(name), _shown(each.default), each.metadata["meaning"], is_required=name in REQUIRED)
        for name, each in _FIELDS.items()
    )


_FIELDS = {each.name: each for each in fields(Settings)}


def _name(field: str) -> str:
    return _FIELDS[field].metadata["name"] or f"{PREFIX}{field.upper()}"


def _shown(default: Any) -> str:
    match default:
        case Secret():
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


def _by_field(names: Mapping[str, str | None]) -> dict[str, Any]:
    """What is set, by field; names in any case, and an empty value counts as unset."""
    found = {name.upper(): value for name, value in names.items() if value}
    return {field: found[name] for field in _FIELDS if (name := _name(field).upper()) in found}


def _unknown_names(names: Mapping[str, str | None]) -> list[str]:
    known = {_name(field).upper() for field in _FIELDS}
    problems = []
    for name in sorted(name for name in names if name.upper().startswith(PREFIX)):
        if name.upper() not in known:
            import difflib

            near = difflib.get_close_matches(name.upper(), sorted(known), n=1)
            problems.append(f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else "; remove it"))
    return problems


def _in_file(env_file: Path | str | None) -> Mapping[str, str | None]:
    """What stands in the file, nothing where there is none; UnicodeDecodeError."""
    if not env_file or not Path(env_file).is_file():
        return {}
    from dotenv import dotenv_values

    return dotenv_values(env_file, encoding="utf-8")


def _told(field: str, why: str) -> str:
    """What is wrong with a setting as a sentence, without the value unless the check put it there."""
    return f"{_name(field)} {why}" if why.startswith("is ") else f"{_name(field)}: {why}"
