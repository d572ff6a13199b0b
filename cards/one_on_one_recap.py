"""What the two have before a 1:1: when they met, what they agreed and where it stands, and what is to come.

The text of a note is never in it: the note opens on its own card, where its reading is written down.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import one_on_one, overview
from cards.agenda import brought_by, last_or_next
from cards.agreement_overview import agreement_line
from cards.agreement_owner import as_one_of
from cards.answer import Answer, Part
from cards.form import Data, carried, subject_id
from cards.kit import Action, Card, below_head, card, press
from cards.language import N_, Translator
from cards.layout import capital
from cards.meeting import SHOW_NOTE, STATES, Meeting
from cards.parts import note, text
from cards.scope import bounds_in, carry
from cards.supervision import AGREEMENTS
from cards.which import which
from cards.words import dialogue_name, theme_title
from domain.cycle import Theme
from domain.dialogue import Dialogue
from domain.facts import AgreementFact, SourceKind, SourceRef
from domain.focus_area import FocusArea
from domain.organisation import Institution, Person
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.supervision import Section

NAME = "one_on_one_recap"
TITLE = N_("Your 1:1s in short")
OPEN = "one_on_one_recap.open"
PICK = "one_on_one_recap.pick"
CHOOSE = "one_on_one_recap.choose"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A focus area that the leader has chosen to bring."""

    area: FocusArea
    where: Institution
    theme: Theme | None


@dataclass(frozen=True)
class Picked:
    """With whom, and how the 1:1s were asked for."""

    id: UUID
    bounds: Bounds

    @classmethod
    def read(cls, data: Data) -> "Picked":
        return cls(subject_id(data), bounds_in(data))


@dataclass(frozen=True, kw_only=True)
class Recap:
    """What one of the two sees: `made` was agreed last time, `others` are open from before.

    `dialogues` are the last and the next one of each institution; `has_others` whether there are more pairs to look at.
    """

    scope: Scope
    bounds: Bounds
    other: Person
    is_chief: bool
    now: datetime
    last: Meeting | None = None
    next: Meeting | None = None
    made: Sequence[AgreementFact] = ()
    others: Sequence[AgreementFact] = ()
    brought: Sequence[Brought] = ()
    last_dialogues: Mapping[UUID, Dialogue] | None = None
    next_dialogues: Mapping[UUID, Dialogue] | None = None
    has_others: bool = False


def answer(_: Translator, recap: Recap) -> Answer:
    scope = recap.scope
    made = [_agreed(_, each, recap) for each in recap.made]
    others = [_agreed(_, each, recap) for each in recap.others]
    brought = [_brought(_, each, scope) for each in recap.brought]
    dialogues = _dialogues(_, recap)
    last = [_meets(_, recap.last, _.stamp)] if recap.last else []
    coming = [_meets(_, recap.next, _.moment)] if recap.next else []
    in_period = recap.bounds.last is not None
    never = _("There was no 1:1 in the period.") if in_period else _("You have not had a 1:1 yet.")
    parts = [
        Part(title=_("The last 1:1"), lines=last, nothing=never),
        Part(title=_("What you agreed then"), lines=made, nothing=_("No agreements were made.")) if last else None,
        Part(title=_("Open agreements from before"), lines=others) if others else None,
        Part(
            title=brought_by(_, is_chief=recap.is_chief),
            lines=brought,
            nothing=_("None is chosen to be brought to the 1:1."),
        ),
        Part(title=_("Learning dialogues"), lines=dialogues, nothing=_("None is planned.")),
        Part(title=_("The next 1:1"), lines=coming, nothing=_("None is planned.")),
    ]
    who = _.join(where.name for where in scope.institutions)
    return Answer(
        name=NAME,
        title=_(TITLE),
        scope=scope,
        bounds=recap.bounds,
        parts=[each for each in parts if each],
        as_of=recap.now,
        hints=[_("The note itself is not in here. It opens for you two alone.")] if _has_note(recap) else [],
        more=_ways(_, recap),
        about=f"{recap.other.name} · {who}",
        has_files=False,
    )


def no_file(_: Translator, shown: Card) -> Card:
    """The same card for whoever asked for a file of it, with why there is none."""
    why = _(
        "A 1:1 does not become a file, so that it stays with you two. Your agreements can become one: write "
        "“agreements as pdf”."
    )
    return below_head(shown, note(why, sign="LockClosed"))


def _ways(_: Translator, recap: Recap) -> list[Action]:
    last, coming = recap.last, recap.next
    ways = []
    if last and _has_note(recap):
        ways.append(press(_("See the note"), SHOW_NOTE, carried(last.one_on_one.id)))
    elif last and recap.is_chief and last.one_on_one.has_begun(recap.now):
        ways.append(press(_("Write the note"), one_on_one.WRITE_NOTE, carried(last.one_on_one.id)))
    if coming:
        ways.append(press(_("See the agenda"), one_on_one.AGENDA, carried(coming.one_on_one.id)))
    if recap.has_others:
        ways.append(press(_("Another leader") if recap.is_chief else _("Another chief"), CHOOSE, carried()))
    ways.append(press(_("My overview"), overview.OPEN, carried()))
    return ways


def _has_note(recap: Recap) -> bool:
    return recap.last is not None and recap.last.one_on_one.is_noted


def _meets(_: Translator, meeting: Meeting, told: Callable[[datetime], str]) -> Line:
    about = meeting.one_on_one
    where = meeting.places[0].id
    word, _tone = STATES[about.state]
    return Line(
        section=Section.AGREEMENTS,
        lead=capital(told(about.starts_at)),
        small=capital(_(word)),
        sources=(
            SourceRef(kind=SourceKind.ONE_ON_ONE, id=about.id, institution_id=where, at=about.starts_at),
        ),
    )  # fmt: skip


def _agreed(_: Translator, fact: AgreementFact, recap: Recap) -> Line:
    """The agreement, and in a word where it is."""
    reader = as_one_of(is_chief=recap.is_chief)
    return agreement_line(_, fact, recap.scope, word=_(AGREEMENTS[fact.word]), reader=reader)


def _brought(_: Translator, each: Brought, scope: Scope) -> Line:
    at = each.area.bring_up_since
    assert at is not None
    places = [] if scope.is_one_place else [each.where.name]
    source = SourceRef(kind=SourceKind.FOCUS_AREA, id=each.area.id, institution_id=each.where.id, at=at)
    return Line(
        section=Section.FOCUS_AREAS,
        lead=each.area.title,
        small=" · ".join(filter(None, [*places, theme_title(_, each.theme)])),
        sources=(source,),
    )


def _dialogues(_: Translator, recap: Recap) -> list[Line]:
    """The last and the next one of each institution, from A to Å."""
    lines = []
    for where in recap.scope.institutions:
        for found, is_next in ((recap.last_dialogues, False), (recap.next_dialogues, True)):
            each = (found or {}).get(where.id)
            if each is None:
                continue
            places = [] if recap.scope.is_one_place else [where.name]
            when = _.moment(each.starts_at) if is_next else _.date(each.starts_at)
            lines.append(
                Line(
                    section=Section.DIALOGUES,
                    lead=dialogue_name(_, each),
                    small=" · ".join([capital(last_or_next(_, is_next=is_next)), when, *places]),
                    sources=(
                        SourceRef(
                            kind=SourceKind.DIALOGUE, id=each.id, institution_id=where.id, at=each.starts_at
                        ),
                    ),
                )
            )  # fmt: skip
    return lines


def which_one(
    _: Translator, others: Sequence[tuple[Person, Sequence[Institution]]], bounds: Bounds | None = None
) -> Card:
    """With whom, from A to Å; the half-year that is asked for, and that it is to be short, stay."""
    rows = [(who.id, who.name, f"{who.name} · {_.join(where.name for where in places)}") for who, places in others]
    how = Bounds(last=bounds.last, is_short=bounds.is_short) if bounds else Bounds()
    return which(_, _("Which 1:1 do you mean?"), _("With whom?"), rows, PICK, **carry(how))


def nobodys(_: Translator) -> Card:
    """For whoever has no 1:1s: they are of a chief and a leader in one line."""
    return card(
        _,
        _(TITLE),
        seen_by=_("only you"),
        body=[
            text(
                _("A 1:1 is a meeting between a leader and their Children and Youth chief. You have none."),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried(), primary=True)],
    )
