"""What becomes of a political report: files to hand out, and the step that makes it final."""

from collections.abc import Sequence

from cards import political_sheet as report
from cards.form import carried
from cards.kit import Card, card, open_url, press
from cards.language import Translator
from cards.parts import bullets, hint, note, text
from domain.political_report import LEFT_OUT, Content
from domain.political_round import NETWORKS


def files(_: Translator, sheet: report.Sheet, *, only: str | None = None) -> Card:
    """The report as Word and as PDF; `only` is the one that was asked for."""
    has_files = sheet.word is not None and sheet.pdf is not None
    word = open_url(_("Get as Word"), sheet.word) if sheet.word and only != "pdf" else None
    pdf = open_url(_("Get as PDF"), sheet.pdf) if sheet.pdf and only != "docx" else None
    return card(
        _,
        report.title(_, sheet),
        subtitle=report.subtitle(_, sheet),
        state=report.state_of(_, sheet),
        seen_by=_files_seen_by(_, is_final=sheet.is_final),
        body=[
            text(
                _(
                    "The document contains every theme with its figures, what the institutions tell, and "
                    "what each line is based on."
                )
                if has_files
                else _("Files are fetched by a link in the chat, and the municipality has not set that up."),
                spacing="Medium",
            ),
            note(
                _("It is a draft. When you share it outside the municipality, the document is no longer internal."),
                sign="ShieldError",
            )
            if has_files and not sheet.is_final
            else None,
            hint(_("The files can be fetched for 15 minutes; “New links” gives you another 15."), sign="Clock")
            if has_files
            else None,
        ],
        actions=[
            pdf if only == "pdf" else word,
            None if only else pdf,
            press(_("New links"), report.FILES, carried(sheet.cycle.id)) if has_files else None,
            press(_("The whole report"), report.OPEN, carried(sheet.cycle.id)),
        ],
        summary=report.title(_, sheet),
    )


def files_of_both(_: Translator, found: Sequence[report.Sheet], only: str) -> Card:
    """The files of both age ranges in the format that was asked for."""
    links = [(each, each.pdf if only == "pdf" else each.word) for each in found]
    name = "PDF" if only == "pdf" else "Word"
    has_files = all(link for _sheet, link in links)
    return card(
        _,
        _("Political report"),
        subtitle=_("Ages 0–18"),
        seen_by=_files_seen_by(_, is_final=all(sheet.is_final for sheet in found)),
        body=[
            text(
                _("There is a document for each age range. The files can be fetched for 15 minutes.")
                if has_files
                else _("Files are fetched by a link in the chat, and the municipality has not set that up."),
                spacing="Medium",
            )
        ],
        actions=[
            *[open_url(f"{name}, {_.age_range(sheet.cycle.age_range)}", link) for sheet, link in links if link],
            press(_("Ages 0–18"), report.BOTH, carried()),
        ],
        summary=_("Political report"),
    )


def _files_seen_by(_: Translator, *, is_final: bool) -> str:
    """A report is made to be handed on: to the committee, and as a draft to those who qualify it."""
    if is_final:
        return _("everybody who uses the bot, and the committee and others that you share it with. No names")
    return _("chiefs, the administration and the leader networks, and those you share it with. No names")


def preview(_: Translator, sheet: report.Sheet, *, drawn_anew: bool = False) -> Card:
    """What making it final does, before it is done."""
    given_by = len(sheet.content.statements)
    missing = _("%(given)s of %(all)s networks have given their statement.", given=given_by, all=len(NETWORKS))
    return card(
        _,
        _("Make the report final?"),
        subtitle=report.subtitle(_, sheet),
        seen_by=_("only you"),
        body=[
            note(_("The figures have been renewed in the meantime. Look at the report once more first."), sign="People")
            if drawn_anew
            else None,
            bullets(
                [
                    _("Everybody who uses the bot can read it from then on: leaders, observers and chiefs, too."),
                    _("The figures stay as they were on %(day)s.", day=_.date(sheet.content.drawn_at)),
                    missing,
                    _("What a network says later is not included."),
                ],
                spacing="Medium",
            ),
            hint(_("A network has named somebody. The name has been left out and reads “%(mark)s”.", mark=LEFT_OUT))
            if _has_left_out(sheet.content)
            else None,
            note(_("This cannot be undone. What is changed later becomes a new version."), sign="Info"),
        ],
        actions=[
            press(_("Make it final"), report.FINISH, report.seen(sheet), primary=True),
            press(_("Back"), report.OPEN, carried(sheet.cycle.id)),
        ],
    )


def _has_left_out(content: Content) -> bool:
    return any(LEFT_OUT in f"{answer.tell} {answer.lacking}" for each in content.statements for answer in each.answers)
