"""The README's tables, made of what the program says of itself: `python -m tests.readme` writes them anew."""

import re
from pathlib import Path

import click

from bot.__main__ import main
from bot.settings import listed

README = Path(__file__).resolve().parents[1] / "README.md"


def settings_table() -> str:
    """Every setting with its default, in the order of the settings class."""
    rows = [
        (
            f"`{each.name}`",
            "*required*" if each.is_required else f"`{each.default}`" if each.default else "",
            each.meaning,
        )
        for each in listed()
    ]
    return table(("setting", "default", "what it is"), rows)


def commands_table() -> str:
    """Every command with its arguments and options, and what its help says."""
    rows = [(f"`laeringsbot {_usage(command)}`", _does(command)) for command in main.commands.values()]
    return table(("command", "does"), rows)


TABLES = {"settings": settings_table, "commands": commands_table}


def written(readme: str) -> str:
    """The README with both tables as they should be."""
    for name, table in TABLES.items():
        block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert block.search(readme), f"README.md has no place for the {name}"
        readme = block.sub(lambda found, table=table: f"{found[1]}\n{table()}\n{found[2]}", readme)
    return readme


def _usage(command: click.Command) -> str:
    words = [str(command.name)]
    for each in command.params:
        if isinstance(each, click.Argument):
            words.append(str(each.name).upper())
        elif isinstance(each, click.Option):
            value = "" if each.is_flag else f" {each.metavar or each.type.name.upper()}"
            option = f"{each.opts[0]}{value}"
            words.append(option if each.required else f"[{option}]")
    return " ".join(words)


def _does(command: click.Command) -> str:
    options = [
        f"`{each.opts[0]}`: {each.help}"
        for each in command.params
        if isinstance(each, click.Option) and each.help and not each.required
    ]
    return " ".join([(command.help or "").strip().splitlines()[0], *options])


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(each) + " |\n" for each in lines)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
