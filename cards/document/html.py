"""A document as one page that any browser shows, with nothing fetched from anywhere: no script, no font, no picture."""

from collections.abc import Sequence
from html import escape

from cards.document import Document, Facts, Paragraph, Part, Quote, Section, Table, legible

HTML_TYPE = "text/html; charset=utf-8"
DEEPEST = 6
# Ink on paper, and the other way round where the reader has chosen dark; both above 7:1.
STYLE = """
:root { color-scheme: light dark; --ink: #1b2733; --quiet: #424c56; --rule: #9aa5b0; --paper: #fff; --shade: #eef2f5 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1f4f7; --quiet: #c3ccd4; --rule: #6b7681; --paper: #14191e; --shade: #222b33 }
}
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper) }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem } h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem }
h3, h4, h5, h6 { font-size: 1rem; margin: 1.4rem 0 .3rem }
.under, .by, footer { color: var(--quiet) } p { margin: .4rem 0; overflow-wrap: anywhere }
blockquote { margin: .6rem 0; padding: .2rem 0 .2rem .9rem; border-left: 3px solid var(--rule) }
blockquote p { white-space: pre-wrap } .by { font-size: .9rem }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; margin: .6rem 0 }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--rule);
  overflow-wrap: break-word } td { white-space: pre-wrap }
dl { margin: .6rem 0 } dl div { display: flex; gap: 0 1rem; padding: .4rem 0; border-bottom: 1px solid var(--rule) }
dt { flex: 0 0 14rem; font-weight: bold } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; white-space: pre-wrap }
@media (max-width: 34rem) {
  body { padding: 1rem } dl div { display: block } th, td { padding: .3rem .4rem; font-size: .9rem }
}
thead th { background: var(--shade) } footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: .6rem }
"""
# Nothing may run or be fetched, whatever a reader's words would want.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(document: Document) -> bytes:
    """The bytes of a page in UTF-8 that reads on a phone, on paper and aloud."""
    title = _words(document.title)
    lines = "".join(f'<p class="under">{_words(each)}</p>\n' for each in document.lines)
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{lines}"
        f"{_all(document.parts, 2)}</main>\n<footer>{_words(document.footer)}</footer>\n</body>\n</html>\n"
    ).encode()


def _all(parts: Sequence[Part], level: int) -> str:
    return "".join(_part(each, level) for each in parts)


def _part(part: Part, level: int) -> str:
    match part:
        case Section(title, inner):
            rank = min(level, DEEPEST)
            return f"<section>\n<h{rank}>{_words(title)}</h{rank}>\n{_all(inner, level + 1)}</section>\n"
        case Paragraph(text, lead):
            strong = f"<strong>{_words(lead)}</strong> " if lead else ""
            return f"<p>{strong}{_words(text)}</p>\n"
        case Quote(text, by):
            told = f'<p class="by">{_words(by)}</p>' if by else ""
            return f"<blockquote><p>{_words(text)}</p>{told}</blockquote>\n"
        case Facts(pairs):
            named = "".join(f"<div><dt>{_words(name)}</dt><dd>{_words(value)}</dd></div>\n" for name, value in pairs)
            return f"<dl>\n{named}</dl>\n"
        case Table(header, rows, _widths):
            head = "".join(f'<th scope="col">{_words(each)}</th>' for each in header)
            body = "".join("<tr>" + "".join(f"<td>{_words(each)}</td>" for each in row) + "</tr>\n" for row in rows)
            table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
            # What a phone has no room for is moved along, with a finger or with the arrow keys.
            return f'<div class="wide" tabindex="0">{table}</div>\n'


def _words(text: str) -> str:
    return escape(legible(text))
