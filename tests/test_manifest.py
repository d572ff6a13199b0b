"""The app package: what is in it, what Teams would refuse, and that Microsoft's own schemas agree."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.manifest import Command, actions, assemble, build, commands
from bot.manifest_rules import (
    FOLDER,
    LANGUAGES,
    Developer,
    ManifestError,
    Package,
    faults_of,
    schema_is_installed,
)
from cards.language import Translator
from dialogs import ACTIONS, QUESTIONS
from dialogs.words import Understood, understand
from manifest import draw_icons

APP_ID = "5b1c2d3e-0000-4000-8000-00000000000a"
PUBLIC_URL = "https://bot.skovby.example:8443/teams"
DEVELOPER = Developer(
    name="Skovby Kommune",
    website_url="https://skovby.example/laeringsbot",
    privacy_url="https://skovby.example/laeringsbot/persondata",
    terms_url="https://skovby.example/laeringsbot/vilkaar",
)
ALL_COMMANDS = [
    pytest.param(command, id=f"{'-'.join(entry.scopes)} {command.intent}")
    for entry in commands()
    for command in entry.commands
]


@pytest.fixture(scope="session")
def microsofts_schemas() -> None:
    """Installs Microsoft's package of schemas beside the manifest, where it is missing."""
    why = ""
    with (FOLDER / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not schema_is_installed():
            why = _install()
    if schema_is_installed():
        return
    if os.environ.get("CI"):
        pytest.fail(f"Microsoft's manifest schemas could not be installed: {why}")
    pytest.skip(f"Microsoft's manifest schemas could not be installed: {why}")


def _install() -> str:
    """Fetches them aside and moves them in when whole: who checks a package meanwhile reads none or all of them."""
    path = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    npm = shutil.which("npm", path=path)
    if not npm:
        return "npm is not there"
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="node_modules-") as made:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(FOLDER / name, made)
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            check=False,
            cwd=made,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            shutil.rmtree(FOLDER / "node_modules", ignore_errors=True)
            (Path(made) / "node_modules").rename(FOLDER / "node_modules")
    return done.stderr.strip()[-400:]


@pytest.fixture
def package() -> Package:
    return assemble(APP_ID, PUBLIC_URL, developer=DEVELOPER)


def changed(package: Package, file: str, change: Callable[[Any], object]) -> Package:
    """The package with one of its JSON files changed."""
    content = json.loads(package[file])
    change(content)
    return {**package, file: json.dumps(content).encode()}


def picture(width: int, height: int, mode: str = "RGBA") -> bytes:
    target = BytesIO()
    Image.new(mode, (width, height)).save(target, "png")
    return target.getvalue()


def test_the_package_holds_the_manifest_both_languages_and_both_icons(tmp_path: Path) -> None:
    file = build(APP_ID, PUBLIC_URL, tmp_path / "new folder" / "laeringsbot.zip", developer=DEVELOPER)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"manifest.json", "da.json", "en.json", "color.png", "outline.png"}
        manifest = json.loads(archive.read("manifest.json"))
        named = {*manifest["icons"].values(), manifest["localizationInfo"]["defaultLanguageFile"]}
        named |= {each["file"] for each in manifest["localizationInfo"]["additionalLanguages"]}
        assert named == set(archive.namelist()) - {"manifest.json"}


def test_the_same_settings_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (build(APP_ID, PUBLIC_URL, tmp_path / name, developer=DEVELOPER) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_the_manifest_names_the_registration_the_address_and_the_developer(package: Package) -> None:
    manifest = json.loads(package["manifest.json"])
    assert manifest["id"] == manifest["bots"][0]["botId"] == manifest["webApplicationInfo"]["id"] == APP_ID
    assert manifest["validDomains"] == ["bot.skovby.example"]
    assert manifest["developer"] == {
        "name": "Skovby Kommune",
        "websiteUrl": DEVELOPER.website_url,
        "privacyUrl": DEVELOPER.privacy_url,
        "termsOfUseUrl": DEVELOPER.terms_url,
    }
    assert b"$app_id" not in package["manifest.json"]


def test_the_app_asks_for_no_more_than_it_needs(package: Package) -> None:
    manifest = json.loads(package["manifest.json"])
    bot = manifest["bots"][0]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert not bot["supportsFiles"]
    assert manifest["permissions"] == ["identity", "messageTeamMembers"]
    # That a meeting has ended, and nothing that was said or written in it.
    meeting = {"name": "OnlineMeeting.ReadBasic.Chat", "type": "Application"}
    assert manifest["authorization"] == {"permissions": {"resourceSpecific": [meeting]}}
    assert not {"staticTabs", "devicePermissions"} & set(manifest)


def test_an_action_is_offered_on_messages_and_nowhere_else(package: Package) -> None:
    (extension,) = json.loads(package["manifest.json"])["composeExtensions"]
    assert extension["botId"] == APP_ID
    assert {each["id"] for each in extension["commands"]} == set(ACTIONS)
    for each in extension["commands"]:
        assert (each["type"], each["context"], each["fetchTask"]) == ("action", ["message"], True)


def test_an_action_has_the_same_name_in_teams_and_on_its_dialog() -> None:
    for action in actions():
        for language in LANGUAGES:
            assert action.titles[language] == Translator.of(language)(ACTIONS[action.id].title)


def test_danish_is_the_default_and_english_says_the_same_things(package: Package) -> None:
    manifest, danish, english = (json.loads(package[f"{name}.json"]) for name in ("manifest", "da", "en"))
    assert manifest["localizationInfo"]["defaultLanguageTag"] == "da"
    assert manifest["name"] == {"short": danish["name.short"], "full": danish["name.full"]}
    for i, entry in enumerate(manifest["bots"][0]["commandLists"]):
        for j, command in enumerate(entry["commands"]):
            assert command["title"] == danish[f"bots[0].commandLists[{i}].commands[{j}].title"]
    assert set(danish) == set(english)
    different = set(danish) - {"$schema", "name.short"}
    assert all(danish[key] != english[key] for key in different)


@pytest.mark.parametrize("command", ALL_COMMANDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_understood_as_what_it_says(command: Command, language: str) -> None:
    understood = understand(command.titles[language], QUESTIONS)
    assert isinstance(understood, Understood)
    assert understood.intent == command.intent


def test_what_is_for_one_person_only_is_not_offered_in_teams_and_group_chats() -> None:
    together = [entry for entry in commands() if set(entry.scopes) & {"team", "groupChat"}]
    assert {command.intent for entry in together for command in entry.commands} == {"help"}


def test_microsofts_schemas_accept_the_package(microsofts_schemas: None, package: Package) -> None:
    assert faults_of(package) == []


def test_microsofts_schemas_find_what_our_own_rules_do_not_look_for(microsofts_schemas: None, package: Package) -> None:
    def colour(manifest: Any) -> None:
        manifest["accentColor"] = "petrol"

    def extra(words: Any) -> None:
        words["bots[1].name"] = "x"

    told = faults_of(changed(package, "manifest.json", colour))
    assert len(told) == 1
    assert told[0].startswith("manifest.json: Microsoft's schema refuses $.accentColor")
    assert any("Microsoft's schema refuses" in fault for fault in faults_of(changed(package, "en.json", extra)))


@pytest.mark.parametrize(
    ("key", "most"),
    [
        ("name.short", 30),
        ("name.full", 100),
        ("description.short", 80),
        ("description.full", 4000),
        ("bots[0].commandLists[0].commands[0].title", 128),
        ("bots[0].commandLists[1].commands[0].description", 128),
        ("composeExtensions[0].commands[0].title", 32),
        ("composeExtensions[0].commands[0].description", 128),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_over_their_limit_or_missing_are_named(package: Package, language: str, key: str, most: int) -> None:
    file = f"{language}.json"
    assert faults_of(changed(package, file, lambda words: words.update({key: "x" * most}))) == []
    told = faults_of(changed(package, file, lambda words: words.update({key: "x" * (most + 1)})))
    assert f"{file}: {key} has {most + 1} characters; the most is {most}." in told
    for gone in (lambda words: words.pop(key), lambda words: words.update({key: " "})):
        assert f"{file}: {key} is missing." in faults_of(changed(package, file, gone))


def test_words_for_nothing_and_a_command_twice_are_named(package: Package) -> None:
    first, second = (f"bots[0].commandLists[0].commands[{number}].title" for number in (0, 1))
    told = faults_of(changed(package, "en.json", lambda words: words.update({second: words[first].upper()})))
    assert told == ["en.json: the command 'my overview' stands twice in one list."]
    stray = "bots[0].commandLists[1].commands[5].title"
    told = faults_of(changed(package, "da.json", lambda words: words.update({stray: "status"})))
    assert f"da.json: {stray} is in no part of the manifest." in told


def test_too_many_commands_and_lists_are_named(package: Package) -> None:
    def more_commands(manifest: Any) -> None:
        listed = manifest["bots"][0]["commandLists"][0]["commands"]
        listed.extend({"title": f"x{number}", "description": "x"} for number in range(13 - len(listed)))

    def more_lists(manifest: Any) -> None:
        lists = manifest["bots"][0]["commandLists"]
        lists.extend([lists[1], lists[1]])

    told = faults_of(changed(package, "manifest.json", more_commands))
    assert "The command list for personal has 13 commands; the most is 12." in told
    told = faults_of(changed(package, "manifest.json", more_lists))
    assert "There are 4 command lists; the most is 3." in told
    assert "The scope team has more than one command list." in told


def test_too_many_actions_and_one_that_stands_twice_are_named(package: Package) -> None:
    def more(manifest: Any) -> None:
        offered = manifest["composeExtensions"][0]["commands"]
        offered.extend(offered * 10)

    told = faults_of(changed(package, "manifest.json", more))
    assert "There are 11 actions on a message; the most is 10." in told
    assert "The action 'save_as_perspective' stands twice in the manifest." in told


def test_a_list_where_the_bot_is_not_offered_is_named(package: Package) -> None:
    def personal_only(manifest: Any) -> None:
        manifest["bots"][0]["scopes"] = ["personal"]

    told = faults_of(changed(package, "manifest.json", personal_only))
    assert "There is a command list for team, where the bot is not offered." in told


@pytest.mark.parametrize("version", ["1.0", "01.0.0", "1.0.0-beta", ""])
def test_a_version_that_is_none_is_named(package: Package, version: str) -> None:
    told = faults_of(changed(package, "manifest.json", lambda manifest: manifest.update(version=version)))
    assert f"manifest.json: version {version!r} is not three numbers such as 1.2.0." in told


def test_a_schema_of_another_version_and_a_lost_language_are_named(package: Package) -> None:
    def other(manifest: Any) -> None:
        manifest["$schema"] = manifest["$schema"].replace("1.25", "1.19")
        manifest["localizationInfo"]["additionalLanguages"] = []

    told = faults_of(changed(package, "manifest.json", other))
    assert "manifest.json: manifestVersion 1.25 and $schema differ." in told
    assert "manifest.json: localizationInfo names da.json, not da.json and en.json." in told


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("color.png", picture(96, 96), "color.png is 96x96; it must be 192x192."),
        ("outline.png", picture(32, 33), "outline.png is 32x33; it must be 32x32."),
        ("outline.png", picture(32, 32, "RGB"), "outline.png has no transparency."),
        ("color.png", b"GIF89a", "color.png is not a PNG picture."),
        ("color.png", b"", "color.png is not a PNG picture."),
    ],
)
def test_a_wrong_icon_is_named(package: Package, name: str, content: bytes, fault: str) -> None:
    assert faults_of({**package, name: content}) == [fault]


def test_every_wrong_setting_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = Developer(name="", website_url="http://skovby.example", privacy_url="https://", terms_url="x")
    with pytest.raises(ManifestError) as told:
        build("laeringsbot", "bot.skovby.example", tmp_path / "x.zip", developer=wrong)
    assert told.value.problems == [
        "MicrosoftAppId is 'laeringsbot' and no GUID; it is the bot's app id in Entra.",
        "LAERINGSBOT_DEVELOPER_NAME has 0 characters and must have 1 to 32; it is who offers the app.",
        "LAERINGSBOT_PUBLIC_URL is 'bot.skovby.example' and must begin with https:// and a host; "
        "it is the bot's own address as Teams reaches it.",
        "LAERINGSBOT_WEBSITE_URL is 'http://skovby.example' and must begin with https:// and a host; "
        "it is a page about the bot.",
        "LAERINGSBOT_PRIVACY_URL is 'https://' and must begin with https:// and a host; it is the privacy statement.",
        "LAERINGSBOT_TERMS_URL is 'x' and must begin with https:// and a host; it is the terms of use.",
    ]
    assert str(told.value).startswith("The app package cannot be built:\n  MicrosoftAppId")
    assert not (tmp_path / "x.zip").exists()


def test_settings_over_their_limit_are_told(tmp_path: Path) -> None:
    long = replace(DEVELOPER, name="K" * 33, terms_url="https://skovby.example/" + "x" * 2048)
    with pytest.raises(ManifestError) as told:
        build(APP_ID, PUBLIC_URL, tmp_path / "x.zip", developer=long)
    assert told.value.problems == [
        "LAERINGSBOT_DEVELOPER_NAME has 33 characters and must have 1 to 32; it is who offers the app.",
        "LAERINGSBOT_TERMS_URL has 2071 characters; the most is 2048.",
    ]


def test_the_outline_is_white_on_transparent_and_the_colour_icon_fills_its_square(package: Package) -> None:
    outline = Image.open(BytesIO(package["outline.png"]))
    assert (outline.size, outline.mode) == ((32, 32), "RGBA")
    pixels = [outline.getpixel((x, y)) for x in range(32) for y in range(32)]
    assert {pixel[:3] for pixel in pixels if isinstance(pixel, tuple)} == {(255, 255, 255)}
    assert outline.getpixel((0, 0)) == (255, 255, 255, 0)
    assert outline.getchannel("A").getextrema() == (0, 255)
    color = Image.open(BytesIO(package["color.png"]))
    assert (color.size, color.mode) == ((192, 192), "RGBA")
    assert color.getchannel("A").getextrema() == (255, 255)
    accent = json.loads(package["manifest.json"])["accentColor"]
    assert accent.casefold() == draw_icons.PETROL


def test_the_icons_are_what_the_program_draws(package: Package) -> None:
    for name, drawn in (("color.png", draw_icons.color()), ("outline.png", draw_icons.outline())):
        kept = Image.open(BytesIO(package[name]))
        assert kept.tobytes() == drawn.tobytes(), f"run python -m manifest.draw_icons: {name} is another picture"
