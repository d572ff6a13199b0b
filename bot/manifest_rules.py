"""What Teams would refuse in an app package, each fault as a sentence.

The limits are those of the manifest schema that `manifest/manifest.json` names. Where Microsoft's own schemas
are installed (`npm ci` in `manifest/`, with the development tools), they are asked too; they are Microsoft's,
and so not kept here.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent.parent / "manifest"
SCHEMAS = FOLDER / "node_modules/@microsoft/app-manifest/build/json-schemas/teams"
LANGUAGES = ("da", "en")
ICONS = {"color.png": 192, "outline.png": 32}

LONGEST = {"name.short": 30, "name.full": 100, "description.short": 80, "description.full": 4000}
LONGEST_TITLE, LONGEST_COMMAND_DESCRIPTION, LONGEST_DEVELOPER, LONGEST_LINK = 128, 128, 32, 2048
MOST_LISTS, MOST_COMMANDS = 3, 12
LONGEST_ACTION_TITLE, MOST_ACTIONS = 32, 10

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_RGBA = 6

Words = Mapping[str, str]
Package = dict[str, bytes]


class ManifestError(Exception):
    """A package that Teams would refuse. `problems` has a sentence for each fault."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n  ".join(["The app package cannot be built:", *problems]))


@dataclass(frozen=True, kw_only=True)
class Developer:
    """Who offers the app, as Teams shows it: a name of at most 32 characters and three https addresses."""

    name: str
    website_url: str
    privacy_url: str
    terms_url: str


def setting_faults(app_id: str, public_url: str, developer: Developer) -> list[str]:
    """What is wrong with the settings of a package, a sentence for each fault; empty if nothing."""
    return list(_setting_faults(app_id, public_url, developer))


def _setting_faults(app_id: str, public_url: str, developer: Developer) -> Iterator[str]:
    if not _GUID.fullmatch(app_id):
        yield f"MicrosoftAppId is {app_id!r} and no GUID; it is the bot's app id in Entra."
    length = len(developer.name.strip())
    if not 1 <= length <= LONGEST_DEVELOPER:
        yield (
            f"LAERINGSBOT_DEVELOPER_NAME has {length} characters and must have 1 to {LONGEST_DEVELOPER}; "
            "it is who offers the app."
        )
    addresses = (
        ("PUBLIC_URL", "the bot's own address as Teams reaches it", public_url),
        ("WEBSITE_URL", "a page about the bot", developer.website_url),
        ("PRIVACY_URL", "the privacy statement", developer.privacy_url),
        ("TERMS_URL", "the terms of use", developer.terms_url),
    )
    for name, meaning, address in addresses:
        if not _is_https(address):
            right = f"must begin with https:// and a host; it is {meaning}."
            yield f"LAERINGSBOT_{name} is {address!r} and {right}"
        elif len(address) > LONGEST_LINK:
            yield f"LAERINGSBOT_{name} has {len(address)} characters; the most is {LONGEST_LINK}."


def faults_of(package: Package) -> list[str]:
    """What Teams would refuse in these files, a sentence for each fault; empty if nothing."""
    manifest = json.loads(package["manifest.json"])
    faults = [*_manifest_faults(manifest), *_command_faults(manifest), *_action_faults(manifest)]
    for language in LANGUAGES:
        faults += _word_faults(f"{language}.json", json.loads(package[f"{language}.json"]), manifest)
    for name, side in ICONS.items():
        faults += _icon_faults(name, package[name], side)
    return faults + _schema_faults(package)


def schema_is_installed() -> bool:
    """Whether `faults_of` can ask Microsoft's schemas: `npm ci` in manifest/, and the development tools."""
    return SCHEMAS.is_dir() and find_spec("jsonschema") is not None


def _manifest_faults(manifest: dict[str, Any]) -> Iterator[str]:
    if not _VERSION.fullmatch(manifest["version"]):
        yield f"manifest.json: version {manifest['version']!r} is not three numbers such as 1.2.0."
    if f"/v{manifest['manifestVersion']}/" not in manifest["$schema"]:
        yield f"manifest.json: manifestVersion {manifest['manifestVersion']} and $schema differ."
    info = manifest["localizationInfo"]
    files = {info["defaultLanguageFile"], *(each["file"] for each in info["additionalLanguages"])}
    if files != {f"{language}.json" for language in LANGUAGES}:
        yield f"manifest.json: localizationInfo names {', '.join(sorted(files))}, not da.json and en.json."


def _command_faults(manifest: dict[str, Any]) -> Iterator[str]:
    bot = manifest["bots"][0]
    lists = bot["commandLists"]
    if len(lists) > MOST_LISTS:
        yield f"There are {len(lists)} command lists; the most is {MOST_LISTS}."
    listed = [scope for entry in lists for scope in entry["scopes"]]
    for scope in sorted(set(listed)):
        if listed.count(scope) > 1:
            yield f"The scope {scope} has more than one command list."
        if scope not in bot["scopes"]:
            yield f"There is a command list for {scope}, where the bot is not offered."
    for entry in lists:
        if len(entry["commands"]) > MOST_COMMANDS:
            yield (
                f"The command list for {', '.join(entry['scopes'])} has {len(entry['commands'])} commands; "
                f"the most is {MOST_COMMANDS}."
            )


def _action_faults(manifest: dict[str, Any]) -> Iterator[str]:
    offered = [each["id"] for each in _offered_actions(manifest)]
    if len(offered) > MOST_ACTIONS:
        yield f"There are {len(offered)} actions on a message; the most is {MOST_ACTIONS}."
    for action in sorted({each for each in offered if offered.count(each) > 1}):
        yield f"The action {action!r} stands twice in the manifest."


def _word_faults(file: str, words: dict[str, str], manifest: dict[str, Any]) -> Iterator[str]:
    lists = manifest["bots"][0]["commandLists"]
    longest = dict(LONGEST)
    for i, entry in enumerate(lists):
        for j in range(len(entry["commands"])):
            longest[word_key(i, j, "title")] = LONGEST_TITLE
            longest[word_key(i, j, "description")] = LONGEST_COMMAND_DESCRIPTION
    for i in range(len(_offered_actions(manifest))):
        longest[action_key(i, "title")] = LONGEST_ACTION_TITLE
        longest[action_key(i, "description")] = LONGEST_COMMAND_DESCRIPTION
    for key, most in longest.items():
        text = words.get(key, "")
        if not text.strip():
            yield f"{file}: {key} is missing."
        elif len(text) > most:
            yield f"{file}: {key} has {len(text)} characters; the most is {most}."
    for key in sorted(set(words) - set(longest) - {"$schema"}):
        yield f"{file}: {key} is in no part of the manifest."
    for i, entry in enumerate(lists):
        titles = [words.get(word_key(i, j, "title"), "").casefold() for j in range(len(entry["commands"]))]
        for title in sorted({title for title in titles if titles.count(title) > 1}):
            yield f"{file}: the command {title!r} stands twice in one list."


def _icon_faults(name: str, picture: bytes, side: int) -> Iterator[str]:
    if not picture.startswith(_PNG) or len(picture) < len(_PNG) + 10:
        yield f"{name} is not a PNG picture."
        return
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    if (width, height) != (side, side):
        yield f"{name} is {width}x{height}; it must be {side}x{side}."
    if name == "outline.png" and picture[25] != _RGBA:
        yield f"{name} has no transparency."


def _schema_faults(package: Package) -> list[str]:
    if not schema_is_installed():
        return []
    version = json.loads(package["manifest.json"])["manifestVersion"]
    kinds = {"manifest.json": "MicrosoftTeams.schema.json"}
    kinds |= {f"{language}.json": "MicrosoftTeams.Localization.schema.json" for language in LANGUAGES}
    faults = []
    for name, kind in kinds.items():
        schema = json.loads((SCHEMAS / f"v{version}" / kind).read_text("utf-8"))
        validator = import_module("jsonschema").Draft4Validator(schema)
        for error in validator.iter_errors(json.loads(package[name])):
            faults.append(f"{name}: Microsoft's schema refuses {error.json_path}: {error.message}")
    return faults


def word_key(of_list: int, command: int, part: str) -> str:
    return f"bots[0].commandLists[{of_list}].commands[{command}].{part}"


def action_key(action: int, part: str) -> str:
    return f"composeExtensions[0].commands[{action}].{part}"


def _offered_actions(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for extension in manifest.get("composeExtensions", []) for each in extension["commands"]]


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
