"""What is kept about whoever asks: the card, kind by kind, and the document with all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from cards import overview
from cards.document import Document, Facts, Paragraph, Part, Quote, Section, Table
from cards.form import carried
from cards.kinds import EVERYTHING, KINDS, READS, ROLES, readers
from cards.kit import Card, card, open_url, press, toggle_more
from cards.language import Translator
from cards.layout import Element, group
from cards.parts import facts, hint, section, text
from domain.access import Record
from domain.kept import Kind
from domain.municipality import Facts as Owed
from domain.my_data import Entry, Everything, Held, Post, Reading
from domain.my_data import Part as Share
from domain.organisation import Person

OPEN = "my_data.open"
RECTIFY = "rectification.begin"
SHOWN = 6
LATEST = 200


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the card tells: the person's data, the kinds with their counts, and how often others have read which."""

    someone: Person
    posts: Sequence[Post]
    held: Sequence[Held]
    reads: Mapping[Record, tuple[int, str, datetime]] = field(default_factory=dict)
    contact: str
    link: str | None = None


def show(_: Translator, sheet: Sheet) -> Card:
    """The counts of each kind, who can see it, and who has read it; all of it is in the file."""
    rows = [_row(_, each, sheet.reads) for each in sheet.held if each.kind is not Kind.IDENTITY]
    more = rows[SHOWN:]
    return card(
        _,
        _("My data"),
        subtitle=sheet.someone.name,
        summary=_("My data"),
        seen_by=_("only you"),
        body=[
            text(_("This is what is kept here that you wrote, or that is about you."), spacing="Medium"),
            section(_("Who you are")),
            facts(_who(_, sheet.someone, sheet.posts), spacing="Small"),
            hint(_("From the municipality's list. If something is wrong there, ask %(who)s.", who=sheet.contact)),
            section(_("What is kept")) if rows else None,
            *rows[:SHOWN],
            toggle_more(_("Show the rest"), "rest", *more) if more else None,
            hint(
                _(
                    "What others have written for themselves alone is not counted: drafts, private agenda items and "
                    "preparation notes. If you ask for access to it, the municipality decides. Write to %(who)s.",
                    who=sheet.contact,
                ),
                spacing="Large",
            ),
            None if sheet.link else hint(_("You can get all of it from %(who)s.", who=sheet.contact)),
        ],
        actions=[
            open_url(_("Get all of it"), sheet.link, sign="ArrowDownload") if sheet.link else None,
            press(_("Ask for a correction"), RECTIFY, carried()),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def document(_: Translator, someone: Person, found: Everything, *, owed: Owed, made_at: datetime) -> Document:
    """Everything with its sources: article 15's list, then the records kind by kind, then who has read what."""
    chapters = {kind: list(entries) for kind, entries in groupby(found.entries, lambda each: each.kind)}
    # Who somebody is stands in words above; what else there is about it is in the file of data.
    identity = [each for each in chapters.pop(Kind.IDENTITY, []) if each.words or each.held_back]
    kinds = [_chapter(_, kind, entries) for kind, entries in chapters.items()]
    return Document(
        title=_("What Læringsbot keeps about %(who)s", who=someone.name),
        lines=(_("Made on %(day)s", day=_.date(made_at)),),
        parts=(
            Facts(
                (
                    (_("Responsible for your data"), owed.controller),
                    (_("Purpose"), owed.purpose),
                    (_("Legal basis"), owed.basis),
                    (_("Kept for"), owed.storage),
                    (_("Questions and your rights"), owed.contact),
                    (_("Data protection officer"), owed.protection_officer),
                )
            ),
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
                    Facts(tuple(_who(_, someone, found.posts))),
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


def file_name(_: Translator) -> str:
    return _("My data in Læringsbot") + ".html"


def _who(_: Translator, someone: Person, posts: Sequence[Post]) -> list[tuple[str, str]]:
    rows = [(_("Name"), someone.name), (_("E-mail"), someone.email)]
    rows += [(_("Role"), _post(_, each)) for each in posts]
    return rows


def _post(_: Translator, post: Post) -> str:
    span = _("since %(day)s", day=_.date(post.from_on))
    if post.to_on:
        span = _("%(first)s to %(last)s", first=_.date(post.from_on), last=_.date(post.to_on))
    return " · ".join((_(ROLES[post.role]), post.reach or _("the whole municipality"), span))


def _row(_: Translator, held: Held, reads: Mapping[Record, tuple[int, str, datetime]]) -> Element:
    told = [text(_amounts(_, held), spacing="None")]
    told.append(text(_("Can be read by: %(who)s", who=readers(_, held.kind)), small=True, subtle=True, spacing="None"))
    for record, kind in READS.items():
        if kind is held.kind and record in reads:
            times, who, at = reads[record]
            words = _.ngettext(
                "Read by others %(n)s time, last by %(who)s on %(day)s",
                "Read by others %(n)s times, last by %(who)s on %(day)s",
                times,
                who=who,
                day=_.date(at),
            )
            told.append(text(words, small=True, subtle=True, spacing="None"))
    return group(text(_(KINDS[held.kind]), strong=True), *told, spacing="Medium")


def _amounts(_: Translator, held: Held) -> str:
    if held.kind is Kind.AUDIT:
        return " · ".join(
            [
                _.ngettext("you read %(n)s time", "you read %(n)s times", held.wrote),
                _.ngettext("you were read about %(n)s time", "you were read about %(n)s times", held.concerned),
            ]
        )
    found = [
        _("%(n)s by you", n=held.wrote) if held.wrote else "",
        _("%(n)s about you", n=held.concerned) if held.concerned else "",
        _("%(n)s in which you took a step", n=held.acted) if held.acted else "",
    ]
    return " · ".join(filter(None, found))


def _chapter(_: Translator, kind: Kind, entries: Sequence[Entry]) -> Section:
    intro = Paragraph(readers(_, kind) + ".", lead=_("Can be read by:"))
    parts: list[Part] = [intro]
    written = [each for each in entries if each.words or each.held_back]
    rest = [each for each in entries if not each.words and not each.held_back]
    for each in written:
        by = " · ".join(filter(None, (_when(_, each), _source(_, each), each.place)))
        if each.words:
            parts.append(Quote("\n\n".join(each.words), by))
        else:
            kept = _("The text is not in here: by your role today you cannot read it. Ask the municipality.")
            parts.append(Quote(kept, by))
    if rest:
        rows = tuple((_when(_, each), _source(_, each), each.place) for each in rest)
        parts.append(Table((_("When"), _("Source"), _("Institution")), rows, (30, 40, 30)))
    return Section(_(KINDS[kind]), tuple(parts))


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
            _.moment(each.at),
            (each.reader or _("the municipality")) if by else each.concerns,
            _(EVERYTHING) if each.record is Record.EVERYTHING else _(KINDS[READS[each.record]]),
            each.place,
        )
        for each in readings
    )
    head = (_("When"), _("Reader") if by else _("About"), _("What"), _("Institution"))
    return Section(title, (Table(head, rows, (25, 25, 25, 25)),))
