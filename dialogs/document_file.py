"""A document as the file that a link leads to, in Word or as PDF: the one way from words to files."""

from functools import partial

from cards.document import PDF_TYPE, WORD_TYPE, Document
from dialogs.flow import File


def as_word(name: str, document: Document) -> File:
    """The file of this name, without its ending."""
    return File(name=f"{name}.docx", media_type=WORD_TYPE, content=partial(_write_word, document))


def as_pdf(name: str, document: Document) -> File:
    return File(name=f"{name}.pdf", media_type=PDF_TYPE, content=partial(_write_pdf, document))


def _write_word(document: Document) -> bytes:
    # Imported here: Word and PDF are made now and then, and cost every start-up otherwise.
    from cards.document import word

    return word.write(document)


def _write_pdf(document: Document) -> bytes:
    from cards.document import pdf

    return pdf.write(document)
