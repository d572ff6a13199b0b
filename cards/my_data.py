"""What is kept about whoever asks: the card, kind by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from cards import overview
from cards.form import carried
from cards.kinds import HOW_FAR, KINDS, READS, ROLES, readers
from cards.kit import Card, card, open_url, press, toggle_more
from cards.language import Translator
from cards.layout import Element, group
from cards.parts import facts, hint, section, text
from domain.access import Record
from domain.kept import Kind
from domain.my_data import Held, Post
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
    held = [each for each in sheet.held if each.kind is not Kind.IDENTITY]
    rows = [_row(_, kind, list(found), sheet.reads) for kind, found in groupby(held, lambda each: each.kind)]
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
            facts(who(_, sheet.someone, sheet.posts), spacing="Small"),
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


def file_name(_: Translator) -> str:
    return _("My data in Læringsbot") + ".html"


def who(_: Translator, someone: Person, posts: Sequence[Post]) -> list[tuple[str, str]]:
    """Name, address and roles, as facts."""
    rows = [(_("Name"), someone.name), (_("E-mail"), someone.email)]
    rows += [(_("Role"), _post(_, each)) for each in posts]
    return rows


def _post(_: Translator, post: Post) -> str:
    span = _("since %(day)s", day=_.date(post.from_on))
    if post.to_on:
        span = _("%(first)s to %(last)s", first=_.date(post.from_on), last=_.date(post.to_on))
    return " · ".join((_(ROLES[post.role]), post.reach or _("the whole municipality"), span))


def _row(
    _: Translator, kind: Kind, found: Sequence[Held], reads: Mapping[Record, tuple[int, str, datetime]]
) -> Element:
    """One kind: how much, and who can read it, for drafts and what is shared apart."""
    told: list[Element] = []
    for who, each in _by_readers(_, kind, found):
        words = _amounts(_, each)
        if each.record in HOW_FAR and each.record is not None:
            words = f"{words} ({_(HOW_FAR[each.record])})"
        told.append(text(words, spacing="Small" if told else "None"))
        told.append(text(_("Can be read by: %(who)s", who=who), small=True, subtle=True, spacing="None"))
    for record, of in READS.items():
        if of is kind and record in reads:
            times, who, at = reads[record]
            words = _.ngettext(
                "Read by others %(n)s time, last by %(who)s on %(day)s",
                "Read by others %(n)s times, last by %(who)s on %(day)s",
                times,
                who=who,
                day=_.date(at),
            )
            told.append(text(words, small=True, subtle=True, spacing="None"))
    return group(text(_(KINDS[kind]), strong=True), *told, spacing="Medium")


def _by_readers(_: Translator, kind: Kind, found: Sequence[Held]) -> list[tuple[str, Held]]:
    """What is equally far and read by the same is told together."""
    together: dict[tuple[str, str], Held] = {}
    for each in found:
        key = readers(_, kind, each.record), HOW_FAR.get(each.record, "") if each.record else ""
        have = together.get(key)
        together[key] = (
            replace(
                have,
                wrote=have.wrote + each.wrote,
                concerned=have.concerned + each.concerned,
                acted=have.acted + each.acted,
            )
            if have
            else each
        )
    return [(who, each) for (who, _how_far), each in together.items()]


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
