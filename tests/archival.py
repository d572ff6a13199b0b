"""Whether a PDF is PDF/A: what ISO 19005-2 at level U asks of such a file as ours, read out of the file itself."""

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import ContentStream

PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
DC = "{http://purl.org/dc/elements/1.1/}"
FORBIDDEN = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/AA", "/XFA", "/AcroForm", "/RichMedia", "/Movie"}


def faults_of_archival(content: bytes) -> list[str]:
    """What keeps the file from being PDF/A-2u, a line each."""
    found: list[str] = []
    reader = PdfReader(BytesIO(content), strict=True)
    root = reader.trailer["/Root"]
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", content):
        found.append("the header is not that of PDF 1 with a binary line")
    if "/ID" not in reader.trailer:
        found.append("the file has no identifier")
    if "/Encrypt" in reader.trailer:
        found.append("it is encrypted")
    if content.rstrip()[-5:] != b"%%EOF":
        found.append("something stands behind the end")
    found += _metadata(root) + _colours(root)
    for name in _names(root, set()) & FORBIDDEN:
        found.append(f"{name} is forbidden")
    for number, page in enumerate(reader.pages, start=1):
        found += [f"page {number}: {each}" for each in _page(page, reader)]
    return found


def _metadata(root: Any) -> list[str]:
    if "/Metadata" not in root:
        return ["no metadata"]
    stream = root["/Metadata"].get_object()
    found = ["the metadata are compressed"] if "/Filter" in stream else []
    packet = stream.get_data().decode()
    inner = packet[packet.index("<x:xmpmeta") : packet.index("</x:xmpmeta>") + len("</x:xmpmeta>")]
    tree = ElementTree.fromstring(inner)
    told = {name: [each.text for each in tree.iter(f"{PDFAID}{name}")] for name in ("part", "conformance")}
    if told != {"part": ["2"], "conformance": ["U"]}:
        found.append(f"it says {told} of itself")
    if not any((each.text or "").strip() for title in tree.iter(f"{DC}title") for each in title.iter()):
        found.append("no title")
    if not root.get("/Lang"):
        found.append("no language")
    return found


def _colours(root: Any) -> list[str]:
    intents = [each.get_object() for each in root.get("/OutputIntents", [])]
    if [each.get("/S") for each in intents] != ["/GTS_PDFA1"]:
        return ["no output intent"]
    profile = intents[0]["/DestOutputProfile"].get_object()
    data = profile.get_data()
    # An ICC profile says its own length first, and "acsp" at byte 36; the colours that it is for stand at byte 16.
    if int.from_bytes(data[:4]) != len(data) or data[36:40] != b"acsp" or data[16:20] != b"RGB ":
        return ["the colour profile is none"]
    return [] if profile["/N"] == 3 else ["the colour profile has not three colours"]


def _page(page: Any, reader: PdfReader) -> list[str]:
    found = []
    fonts = {name: font.get_object() for name, font in page["/Resources"].get("/Font", {}).items()}
    for name, font in fonts.items():
        found += [f"{name}: {each}" for each in _font(font)]
    for state in page["/Resources"].get("/ExtGState", {}).values():
        if state.get_object().get("/SMask", "/None") != "/None":
            found.append("a soft mask")
    current, before = None, []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"Tf":
            current = fonts.get(operands[0])
        elif operator == b"q":
            before.append(current)
        elif operator == b"Q":
            current = before.pop()
        elif operator in (b"Tj", b"TJ"):
            if current is None:
                found.append("text without a font")
            elif _shows_nothing(operands[0], _glyphs(current)):
                found.append("a letter that the font does not have")
        elif operator in (b"k", b"K"):
            found.append("a colour in CMYK")
    return found


def _font(font: Any) -> list[str]:
    if font["/Subtype"] != "/Type0":
        return ["not a composite font"]
    found = [] if "/ToUnicode" in font else ["its letters cannot be read as text"]
    inner = font["/DescendantFonts"][0].get_object()
    descriptor = inner["/FontDescriptor"].get_object()
    if "/FontFile2" not in descriptor and "/FontFile3" not in descriptor:
        found.append("it is not embedded")
    if inner["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
        found.append("its letters have no glyphs")
    if not re.match(r"/[A-Z]{6}\+", str(font["/BaseFont"])):
        found.append("its part has no name of its own")
    return found


def _glyphs(font: Any) -> bytes:
    """Which glyph of the embedded font stands for each code, two bytes each."""
    found = font["/DescendantFonts"][0].get_object()["/CIDToGIDMap"].get_object()
    data: bytes = found.get_data()
    return data


def _shows_nothing(shown: Any, glyphs: bytes) -> bool:
    """Whether the glyph for letters that a font has not, number 0, is shown."""
    for each in shown if isinstance(shown, list) else [shown]:
        raw = getattr(each, "original_bytes", None)
        if raw is None:
            continue
        codes = [int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2)]
        if any(glyphs[2 * code : 2 * code + 2] in (b"\0\0", b"") for code in codes):
            return True
    return False


def _names(value: Any, seen: set[int]) -> set[str]:
    """Every name that stands as a key in what can be reached."""
    value = value.get_object() if hasattr(value, "get_object") else value
    if id(value) in seen:
        return set()
    seen.add(id(value))
    if isinstance(value, dict):
        return {str(name) for name in value} | {
            each for name, inner in value.items() if name != "/Parent" for each in _names(inner, seen)
        }
    if isinstance(value, list):
        return {each for inner in value for each in _names(inner, seen)}
    return set()
