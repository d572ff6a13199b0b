"""Builds the Teams app package: a zip of the manifest, its words in both languages and two icons.

The package is made of the files in `manifest/`. Danish is the default language: the bot itself speaks Danish
to anyone whose language it does not know, and its page in Teams should not say otherwise. Teams sends a
chosen command as its localised title, so `commands()` is also a list of what the bot must understand. An action on a
message is known by its id, whatever it is called.

The manifest asks for no resource-specific permission: in a team or group chat the bot gets only what mentions
it. `webApplicationInfo` is there because Graph lets an app install itself for people only if it names itself.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.manifest_rules import (
    FOLDER,
    ICONS,
    LANGUAGES,
    Developer,
    ManifestError,
    Package,
    Words,
    action_key,
    faults_of,
    setting_faults,
    word_key,
)

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Command:
    """A command of the app's lists. `titles` has what is sent when it is chosen, by language."""

    intent: str
    titles: Words
    descriptions: Words


@dataclass(frozen=True)
class Action:
    """Something to do with a message; `id` is the action of dialogs/ that it opens."""

    id: str
    titles: Words
    descriptions: Words


@dataclass(frozen=True)
class CommandList:
    scopes: tuple[str, ...]
    commands: tuple[Command, ...]


class Offering(Protocol):
    """The settings that say who offers the app."""

    @property
    def developer_name(self) -> str: ...
    @property
    def website_url(self) -> str: ...
    @property
    def privacy_url(self) -> str: ...
    @property
    def terms_url(self) -> str: ...


def developer_of(settings: Offering) -> Developer:
    return Developer(
        name=settings.developer_name,
        website_url=settings.website_url,
        privacy_url=settings.privacy_url,
        terms_url=settings.terms_url,
    )


def commands() -> tuple[CommandList, ...]:
    """The command lists, personal first; `intent` is the question that dialogs/ answers each with."""
    return tuple(
        CommandList(
            scopes=tuple(entry["scopes"]),
            commands=tuple(
                Command(
                    intent=each["intent"],
                    titles={language: each[language]["title"] for language in LANGUAGES},
                    descriptions={language: each[language]["description"] for language in LANGUAGES},
                )
                for each in entry["commands"]
            ),
        )
        for entry in _read("commands.json")
    )


def actions() -> tuple[Action, ...]:
    """What can be chosen on any message in Teams."""
    return tuple(
        Action(
            id=each["id"],
            titles={language: each[language]["title"] for language in LANGUAGES},
            descriptions={language: each[language]["description"] for language in LANGUAGES},
        )
        for each in _read("actions.json")
    )


def build(app_id: str, public_url: str, out: Path, *, developer: Developer) -> Path:
    """Writes the package to the file `out`, the same bytes for the same settings, and returns `out`.

    ManifestError if Teams would refuse it; nothing is written then. `public_url` is the bot's own address.
    """
    if faults := setting_faults(app_id, public_url, developer):
        raise ManifestError(faults)
    package = assemble(app_id, public_url, developer=developer)
    if faults := faults_of(package):
        raise ManifestError(faults)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_zipped(package))
    return out


def assemble(app_id: str, public_url: str, *, developer: Developer) -> Package:
    """The files of the package by name, unchecked."""
    lists = commands()
    words = {language: _words(language, lists) for language in LANGUAGES}
    values = {
        "app_id": app_id.lower(),
        "host": urlsplit(public_url).hostname or "",
        "developer_name": developer.name,
        "website_url": developer.website_url,
        "privacy_url": developer.privacy_url,
        "terms_url": developer.terms_url,
    }
    manifest = _filled(_read("manifest.json"), values)
    default = manifest["localizationInfo"]["defaultLanguageTag"]
    for part in ("name", "description"):
        manifest[part] = {length: words[default][f"{part}.{length}"] for length in ("short", "full")}
    manifest["bots"][0]["commandLists"] = [
        {
            "scopes": list(entry.scopes),
            "commands": [
                {"title": command.titles[default], "description": command.descriptions[default]}
                for command in entry.commands
            ],
        }
        for entry in lists
    ]
    manifest["composeExtensions"][0]["commands"] = [
        {
            "id": action.id,
            "type": "action",
            "context": ["message"],
            "title": action.titles[default],
            "description": action.descriptions[default],
            "fetchTask": True,
        }
        for action in actions()
    ]
    schema = manifest["$schema"].replace("MicrosoftTeams.", "MicrosoftTeams.Localization.")
    localised = {language: {"$schema": schema, **words[language]} for language in LANGUAGES}
    return {
        "manifest.json": _json(manifest),
        **{f"{language}.json": _json(localised[language]) for language in LANGUAGES},
        **{name: (FOLDER / name).read_bytes() for name in ICONS},
    }


def _words(language: str, lists: tuple[CommandList, ...]) -> Words:
    words: dict[str, str] = dict(_read(f"{language}.json"))
    for i, entry in enumerate(lists):
        for j, command in enumerate(entry.commands):
            words[word_key(i, j, "title")] = command.titles[language]
            words[word_key(i, j, "description")] = command.descriptions[language]
    for i, action in enumerate(actions()):
        words[action_key(i, "title")] = action.titles[language]
        words[action_key(i, "description")] = action.descriptions[language]
    return words


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    """The template with each `$name` filled in; `$schema` is a key and no value, and so left alone."""
    match value:
        case str():
            return Template(value).substitute(values)
        case list():
            return [_filled(each, values) for each in value]
        case dict():
            return {key: _filled(each, values) for key, each in value.items()}
        case _:
            return value


def _zipped(package: Package) -> bytes:
    # Stored, not deflated: compressed bytes differ between versions of zlib.
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in package.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
