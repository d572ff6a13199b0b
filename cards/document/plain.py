"""A document as plain text, to be marked and copied where no file can be fetched."""

from cards.document import Document, Facts, Paragraph, Part, Quote, Section, Table, legible

INDENT = "   "


def write(document: Document) -> str:
    lines = [legible(each) for each in (document.title, *document.lines)]
    for part in document.parts:
        lines += ["", *_lines(part)]
    return "\n".join(lines)


def pieces_of(text: str, most: int) -> list[str]:
    """The text in pieces of at most `most` bytes, broken between lines; a longer line is broken between its letters."""
    pieces = [""]
    for line in text.splitlines():
        for chunk in _chunks(line, most - 1):
            if len((pieces[-1] + chunk).encode()) + 1 > most:
                pieces.append("")
            pieces[-1] += chunk + "\n"
    return [each.strip("\n") for each in pieces]


def _lines(part: Part) -> list[str]:
    match part:
        case Paragraph(text, lead):
            return [" ".join(filter(None, (legible(lead), legible(text))))]
        case Quote(text, by):
            said = [INDENT + line for line in legible(text).splitlines()]
            return [*said, f"{INDENT}({legible(by)})"] if by else said
        case Facts(rows):
            return [f"{legible(name)}: {legible(value)}" for name, value in rows]
        case Table(header, rows, _widths):
            return [
                "- "
                + " · ".join(
                    f"{legible(name)}: {legible(value)}" for name, value in zip(header, row, strict=True) if value
                )
                for row in rows
            ]
        case Section(title, inner):
            found = [legible(title).upper() if any(isinstance(each, Section) for each in inner) else legible(title)]
            for each in inner:
                found += ["", *_lines(each)] if isinstance(each, Section) else _lines(each)
            return found


def _chunks(line: str, most: int) -> list[str]:
    if len(line.encode()) <= most:
        return [line]
    letters = max(1, most // 4)  # a letter takes four bytes at most
    return [line[start : start + letters] for start in range(0, len(line), letters)]
