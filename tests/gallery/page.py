"""The index page that shows all pictures by card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Shown:
    """One picture on the page."""

    file: str
    language: str
    theme: str
    width: int
    pixels: tuple[int, int]
    complaints: Sequence[str]


STYLE = """
body { margin: 0; font: 15px/1.5 "Segoe UI", "Open Sans", sans-serif; background: #ececec; color: #242424; }
header { position: sticky; top: 0; z-index: 1; display: flex; gap: 24px; flex-wrap: wrap; padding: 12px 24px;
  background: #fff; border-bottom: 1px solid #d1d1d1; align-items: baseline; }
h1 { font-size: 18px; margin: 0; } h2 { font-size: 16px; margin: 24px 0 8px; } label { margin-right: 8px; }
main { padding: 0 24px 48px; } .row { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
figure { margin: 0; } figcaption { font-size: 12px; color: #616161; } .wrong { color: #b10e1c; }
img { display: block; height: auto; border-radius: 4px; }
"""
SCRIPT = """
const boxes = [...document.querySelectorAll("input[data-group]")];
const choose = () => document.querySelectorAll("figure").forEach((figure) => {
  figure.hidden = boxes.some((box) => !box.checked && figure.dataset[box.dataset.group] === box.value);
});
boxes.forEach((box) => box.addEventListener("change", choose));
"""


def index(cards: Mapping[str, Sequence[Shown]]) -> str:
    """The page's HTML; `cards` maps each example's name to its pictures."""
    groups = {"language": ("da", "en"), "theme": ("light", "dark"), "width": ("360", "700")}
    boxes = " ".join(_filter(group, value) for group, values in groups.items() for value in values)
    links = " · ".join(f'<a href="#{escape(name)}">{escape(name)}</a>' for name in cards)
    sections = "".join(_section(name, pictures) for name, pictures in cards.items())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Læringsbot: the cards</title>'
        f"<style>{STYLE}</style><header><h1>Læringsbot: the cards</h1><div>{boxes}</div></header>"
        f"<main><p>{links}</p>{sections}</main><script>{SCRIPT}</script></html>\n"
    )


def _filter(group: str, value: str) -> str:
    return f'<label><input type="checkbox" data-group="{group}" value="{value}" checked> {value}</label>'


def _section(name: str, pictures: Sequence[Shown]) -> str:
    figures = "".join(_figure(name, each) for each in pictures)
    return f'<section><h2 id="{escape(name)}">{escape(name)}</h2><div class="row">{figures}</div></section>'


def _figure(name: str, shown: Shown) -> str:
    file = escape(shown.file)
    height = round(shown.pixels[1] * shown.width / shown.pixels[0])
    told = f"{shown.language} · {shown.theme} · {shown.width} px"
    wrong = "".join(f'<br><span class="wrong">{escape(each)}</span>' for each in shown.complaints)
    return (
        f'<figure data-language="{shown.language}" data-theme="{shown.theme}" data-width="{shown.width}">'
        f'<a href="{file}"><img loading="lazy" src="{file}" width="{shown.width}" height="{height}" '
        f'alt="{escape(name)}, {told}"></a>'
        f"<figcaption>{told}{wrong}</figcaption></figure>"
    )
