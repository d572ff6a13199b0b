"""The file with all that is kept about one person: each text with its question, its source and who can read it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from cards.document import Document, Facts, Paragraph, Part, Quote, Section, Table
from cards.kinds import EVERYTHING, HOW_FAR, KINDS, READS, readers
from cards.language import Translator
from cards.my_data import who
from cards.questions import question_of
from cards.welcome import responsible
from domain.access import Record
from domain.kept import Kind
from domain.municipality import Facts as Owed
from domain.my_data import Entry, Everything, Reading
from domain.my_data import Part as Share
from domain.organisation import Person


def document(_: Translator, someone: Person, found: Everything, *, owed: Owed, made_at: datetime) -> Document:
    """Everything with its sources: article 15's list, then the records kind by kind, then who has read what."""
    chapters = {kind: list(entries) for kind, entries in groupby(found.entries, lambda each: each.kind)}
    # Who somebody is stands in words above; what else there is about it is in the file of data.
    identity = [each for each in chapters.pop(Kind.IDENTITY, []) if each.texts or each.held_back]
    kinds = [_chapter(_, kind, entries) for kind, entries in chapters.items()]
    return Document(
        title=_("What Læringsbot keeps about %(who)s", who=someone.name),
        lines=(_("Made on %(day)s", day=_.date(made_at)),),
        parts=(
            Facts(tuple(responsible(_, owed))),
            Section(
                _("Your rights"),
                (
                    Paragraph(
                        _(
                            "You can ask for access, for a correction, for deletion or for a limit on the use, and "
                            "object to it. Write to %(who)s. You can complain to the Danish Data Protection Agency.",
                            who=owed.contact,
                        )
                    ),
                    Paragraph(
                        _(
                            "No decision about you is made by a machine. Nothing is sent out of the municipality but "
                            "through Microsoft Teams, in which you read it."
                        )
                    ),
                    Paragraph(
                        _(
                            "What others have written for themselves alone is not in here: drafts, private agenda "
                            "items and preparation notes. The municipality decides case by case if you can have it."
                        )
                    ),
                ),
            ),
            Section(
                _("Who you are"),
                (
                    Facts(tuple(who(_, someone, found.posts))),
                    Paragraph(_("Source: the municipality's list of people, and Microsoft Teams for where to write.")),
                    *_chapter(_, Kind.IDENTITY, identity).parts,
                ),
            ),
            *kinds,
            _reads(_, _("Who has read what concerns you"), found.read_by, by=True),
            _reads(_, _("What you have read of others"), found.has_read, by=False),
        ),
        footer=_("Only for %(who)s", who=someone.name),
        numbering="",
        language=_.language,
        made_at=made_at,
    )


def _chapter(_: Translator, kind: Kind, entries: Sequence[Entry]) -> Section:
    parts: list[Part] = [Paragraph(who + ".", lead=lead) for lead, who in _readers(_, kind, entries)]
    written = [each for each in entries if each.texts or each.held_back]
    rest = [each for each in entries if not each.texts and not each.held_back]
    for each in written:
        by = " · ".join(filter(None, (_when(_, each), _source(_, each), each.place)))
        if each.texts:
            parts += _texts(_, each, by)
        else:
            kept = _("The text is not in here: by your role today you cannot read it. Ask the municipality.")
            parts.append(Quote(kept, by))
    if rest:
        rows = tuple((_when(_, each), _source(_, each), each.place) for each in rest)
        parts.append(Table((_("When"), _("Source"), _("Institution")), rows, (30, 40, 30)))
    return Section(_(KINDS[kind]), tuple(parts))


def _readers(_: Translator, kind: Kind, entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Who can read them, for each step that any of them has come to."""
    found: dict[tuple[str, str], None] = {}
    for record in dict.fromkeys(each.record for each in entries) or {None: None}:
        how_far = HOW_FAR.get(record) if record else None
        lead = _("Can be read by (%(how_far)s):", how_far=_(how_far)) if how_far else _("Can be read by:")
        found[lead, readers(_, kind, record)] = None
    return list(found)


def _texts(_: Translator, entry: Entry, by: str) -> list[Part]:
    """Each text after the question that it answers; what nobody was asked for stands by itself."""
    asked = [(question_of(_, entry.table, each.name), each.words) for each in entry.texts]
    if not any(question for question, _words in asked):
        return [Quote("\n\n".join(words for _none, words in asked), by)]
    parts: list[Part] = []
    for has_question, some in groupby(asked, lambda pair: bool(pair[0])):
        rows = tuple(some)
        parts.append(Facts(rows) if has_question else Quote("\n\n".join(words for _none, words in rows)))
    return [Section(by, tuple(parts))]


def _when(_: Translator, entry: Entry) -> str:
    return _.date(entry.at) if entry.at else ""


def _source(_: Translator, entry: Entry) -> str:
    match entry.part:
        case Share.WROTE:
            return _("written by you")
        case Share.ACTED:
            return _("a step you took")
        case _share:
            return _("written by %(who)s", who=entry.author) if entry.author else _("about you")


def _reads(_: Translator, title: str, found: Iterable[Reading], *, by: bool) -> Section:
    readings = list(found)
    if not readings:
        return Section(title, (Paragraph(_("Nothing is registered.")),))
    rows = tuple(
        (
            _.stamp(each.at),
            (each.reader or _("the municipality")) if by else each.concerns,
            _(EVERYTHING) if each.record is Record.EVERYTHING else _(KINDS[READS[each.record]]),
            each.place,
        )
        for each in readings
    )
    head = (_("When"), _("Reader") if by else _("About"), _("What"), _("Institution"))
    return Section(title, (Table(head, rows, (25, 25, 25, 25)),))
