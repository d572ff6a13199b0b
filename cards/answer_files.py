"""An answer as Word and as PDF: the links, how long they are good for, and the way back to the answer."""

from cards.form import carried
from cards.kit import Card, card, open_url, press
from cards.language import Translator
from cards.parts import hint, note, text
from cards.scope import carry
from domain.scope import Bounds

WORD, PDF = "docx", "pdf"


def files(
    _: Translator,
    title: str,
    about: str,
    *,
    name: str,
    bounds: Bounds,
    word: str | None,
    pdf: str | None,
    only: str | None = None,
    why_all: str = "",
) -> Card:
    """The files of the answer of this name; `only` is the format that was asked for.

    `why_all` is said to whoever asks what is new and gets all of it.
    """
    carries = {**carried(), **carry(bounds)}
    has_files = word is not None and pdf is not None
    links = [
        open_url(_("Get as Word"), word) if word and only != PDF else None,
        open_url(_("Get as PDF"), pdf) if pdf and only != WORD else None,
    ]
    return card(
        _,
        title,
        subtitle=about,
        seen_by=_("only you, until you share it"),
        body=[
            text(why_all, spacing="Medium") if why_all else None,
            text(
                _("The document contains every line of the answer, and what each is based on.")
                if has_files
                else _("Files are fetched by a link in the chat, and the municipality has not set that up."),
                spacing="Medium",
            ),
            note(
                _("When you share it outside the municipality, the document is no longer internal."), sign="ShieldError"
            )
            if has_files
            else None,
            hint(_("The files can be fetched for 15 minutes; “New links” gives you another 15."), sign="Clock")
            if has_files
            else None,
        ],
        actions=[
            *links,
            press(_("New links"), f"{name}.files", carries) if has_files else None,
            press(_("See the answer"), f"{name}.open", carries),
        ],
        summary=title,
    )
