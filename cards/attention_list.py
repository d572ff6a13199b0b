"""What waits, by its kind and then by the date since when: words for what it is, and none for how well anybody does."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from cards.agreement_owner import owner_and_due
from cards.answer import Answer, Part
from cards.counting import counted
from cards.fitting import in_one_line
from cards.kit import Action
from cards.language import N_, Translator
from cards.layout import capital
from cards.scope import period_words, scope_words
from cards.supervision import placed
from cards.words import GROUPS, dialogue_name, theme_title
from domain.attention_list import Waiting, WaitingFact, Waits
from domain.facts import SourceKind
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found, Section

NAME = "attention_list"
TITLE = N_("What is waiting")
GOES_BY = (AskedStatus.OVERDUE, AskedStatus.UNANSWERED)

TITLES = {
    Waiting.FOCUS_AREA: N_("Focus areas that need attention"),
    Waiting.NOT_PREPARED: N_("Learning dialogues that are not prepared"),
    Waiting.NOT_RECORDED: N_("Learning dialogues that are not recorded"),
    Waiting.AGREEMENT: N_("Agreements past their date"),
    Waiting.RECOMMENDATION: N_("Recommendations without an answer"),
    Waiting.ACKNOWLEDGEMENT: N_("Feedback that awaits acknowledgement"),
    Waiting.PERSPECTIVE: N_("Groups without a perspective in the period"),
    Waiting.OTHERS: N_("Waiting for others"),
}
SECTIONS = {
    Waiting.FOCUS_AREA: Section.FOCUS_AREAS,
    Waiting.NOT_PREPARED: Section.DIALOGUES,
    Waiting.NOT_RECORDED: Section.DIALOGUES,
    Waiting.AGREEMENT: Section.AGREEMENTS,
    Waiting.RECOMMENDATION: Section.PERSPECTIVES,
    Waiting.ACKNOWLEDGEMENT: Section.OBSERVATIONS,
    Waiting.PERSPECTIVE: Section.GAPS,
    Waiting.OTHERS: Section.AGREEMENTS,
}


def answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    found: Waits,
    *,
    as_of: datetime | None = None,
    more: Sequence[Action] = (),
    own: Sequence[Part] = (),
    known: Collection[UUID] = (),
    is_own: bool = False,
) -> Answer:
    """A part for each kind that waits, and first how many there are of each; `as_of` is now, where that is meant.

    Above them is the asker's `own`; what is `known` from there is counted and not told once more. To a leader, whose
    `is_own` it is, it is said where the tasks are where they are not shown.
    """
    parts: list[Part] = [*own]
    # A place is the source of what nobody has told there, and no task.
    told = {
        kind: [each for each in part.facts if each.id not in known or each.kind is SourceKind.PLACE]
        for kind, part in found.items()
    }
    if len(found) > 1:
        where = _("At the institution") if scope.is_one_place else _("At the institutions")
        counted_all = [_counted(_, kind, part) for kind, part in found.items()]
        parts.append(Part(title=where if own else "", counted=counted_all))
    parts += [
        Part(title=_(TITLES[kind]), lines=[_line(_, each, scope) for each in told[kind]], more=part.more)
        for kind, part in found.items()
        if told[kind] or part.more
    ]
    return Answer(
        name=NAME,
        title=_(TITLE),
        scope=scope,
        bounds=bounds,
        parts=parts or [Part(nothing=_("Nothing is waiting here at the moment."))],
        only=GOES_BY,
        hints=[
            *([_("What has waited the longest comes first in each part.")] if any(told.values()) else []),
            *([_("What you can do now yourself is in your overview.")] if is_own and not own else []),
        ],
        more=more,
        about=scope_words(_, scope, _.date(as_of)) if as_of else "",
    )


def _counted(_: Translator, kind: Waiting, part: Found[WaitingFact, Waiting]) -> Line:
    """How many wait of a kind; of the groups that were not heard, several have the same institution as their source."""
    behind = part.places if kind is Waiting.PERSPECTIVE else part.total
    return counted(SECTIONS[kind], part, _.number(part.total), lead=_(TITLES[kind]), behind=behind)


def _line(_: Translator, fact: WaitingFact, scope: Scope) -> Line:
    lead, when, *more = _words(_, fact, scope)
    where = placed(scope, fact.where.name, *more)
    return Line(
        section=SECTIONS[fact.waiting],
        lead=lead,
        small=capital(" · ".join(filter(None, (when, where)))),
        quote=in_one_line(fact.words),
        sources=(fact.source,),
    )


def _words(_: Translator, fact: WaitingFact, scope: Scope) -> tuple[str, ...]:
    """What it is called, what is said of its date, and what else places it."""
    match fact.waiting:
        case Waiting.FOCUS_AREA:
            return fact.title, _since(_, fact.at), theme_title(_, fact.theme)
        case Waiting.NOT_PREPARED | Waiting.NOT_RECORDED:
            assert fact.dialogue is not None
            return dialogue_name(_, fact.dialogue), _.date(fact.at)
        case Waiting.AGREEMENT | Waiting.OTHERS:
            assert fact.agreement is not None
            return in_one_line(fact.title), owner_and_due(_, fact.agreement.owner, fact.agreement.due)
        case Waiting.RECOMMENDATION:
            assert fact.group is not None
            return _(GROUPS[fact.group]), _since(_, fact.at)
        case Waiting.ACKNOWLEDGEMENT:
            return _("Feedback on an observation"), _("sent on %(day)s", day=_.date(fact.at))
        case Waiting.PERSPECTIVE:
            assert fact.group is not None
            return _(GROUPS[fact.group]), period_words(_, scope)


def _since(_: Translator, at: datetime) -> str:
    return _("since %(day)s", day=_.date(at))
