"""The agreements of 1:1s by how they stand, each with who does it and when, and the way to follow one up."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import chart
from cards.agreement import OPEN as OPEN_AGREEMENT
from cards.agreement_owner import owner_and_due, who_does_it
from cards.answer import Answer, Part
from cards.counting import counting
from cards.fitting import in_one_line, shortened
from cards.form import carried
from cards.inputs import choices
from cards.kit import press
from cards.language import N_, Translator
from cards.layout import capital
from cards.scope import scope_words
from cards.supervision import agreement_count, not_begun, placed
from domain.agreement import Owner
from domain.facts import AgreementFact, AgreementWord, SourceKind, SourceRef
from domain.organisation import Institution, Person
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.supervision import Found, Section

NAME = "agreement_overview"
TITLE = N_("Agreements from 1:1s")
STILL_OPEN = (AgreementWord.OPEN, AgreementWord.OVERDUE)
DRAWN_FROM = 2

TITLES = {
    AgreementWord.OPEN: N_("Open agreements"),
    AgreementWord.OVERDUE: N_("Agreements past their date"),
    AgreementWord.DONE: N_("Agreements that are done"),
    AgreementWord.CONTINUED: N_("Agreements that go on with a new date"),
    AgreementWord.DROPPED: N_("Agreements that were dropped"),
}
# Short enough to stand below a bar.
DRAWN = {
    AgreementWord.OPEN: N_("open"),
    AgreementWord.OVERDUE: N_("past the date"),
    AgreementWord.DONE: N_("done"),
    AgreementWord.CONTINUED: N_("continued"),
    AgreementWord.DROPPED: N_("dropped"),
}


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What is told: the agreements by word, the institutions without any where those are asked for, and of whom."""

    scope: Scope
    bounds: Bounds
    found: Found[AgreementFact, AgreementWord]
    without: Sequence[Institution] | None = None
    most: int = 8
    leaders: Sequence[Person] = ()


def answer(_: Translator, told: Overview) -> Answer:
    about = [scope_words(_, told.scope), *([_.join(each.name for each in told.leaders)] if told.leaders else [])]
    parts = _parts(_, told) if told.without is None else [_lacking(_, told, told.without)]
    following = [each for each in told.found.facts if each.word in STILL_OPEN]
    if following and told.without is None:
        options = [(str(each.agreement.id), shortened(each.agreement.text)) for each in following]
        which = choices("id", _("Which agreement?"), options, chosen=options[0][0], compact=True)
        parts.append(Part(drawn=[which]))
    return Answer(
        name=NAME,
        title=_(TITLE),
        scope=told.scope,
        bounds=told.bounds,
        parts=parts,
        only=("open", "overdue", "none", "latest"),
        more=[press(_("Open the agreement"), OPEN_AGREEMENT, carried())] if following else [],
        about=" · ".join(about),
    )


def _parts(_: Translator, told: Overview) -> list[Part]:
    """A part for each word that there is, in the order of the words; several institutions are drawn first."""
    found, scope = told.found, told.scope
    if not found.total:
        return [Part(nothing=_("There are no agreements in the period."))]
    in_all = _.ngettext("%(n)s agreement", "%(n)s agreements", found.total)
    told_in_all = counting(Section.AGREEMENTS, found, f"{in_all}: {agreement_count(_, found)}")
    drawn = []
    if not scope.is_one_place and len(found.counts) >= DRAWN_FROM:
        rows = [(_(DRAWN[word]), number) for word, number in found.counts.items()]
        drawn.append(chart.bars(_, _("Agreements"), _("How many agreements there are of each."), rows))
    parts = [Part(counted=told_in_all, drawn=drawn)] if told_in_all else []
    for word, number in found.counts.items():
        lines = [agreement_line(_, each, scope) for each in found.facts if each.word is word]
        parts.append(Part(title=_(TITLES[word]), lines=lines, more=number - len(lines)))
    return parts


def agreement_line(
    _: Translator, fact: AgreementFact, scope: Scope, *, word: str = "", reader: Owner | None = None
) -> Line:
    """The agreement, who does it, and when it is due while it is open, or when it ended.

    `word` is where it stands, where no heading says so; there the leader is known, and so is which of the two the
    `reader` is.
    """
    about = fact.agreement
    when = owner_and_due(_, about.owner, about.due, reader=reader)
    if about.ended_at:
        ended = _("ended %(day)s", day=_.date(about.ended_at))
        when = f"{who_does_it(_, about.owner, reader)} · {ended}"
    where = placed(scope, fact.where.name, *(() if word else (_("leader: %(name)s", name=fact.leader.name),)))
    return Line(
        section=Section.AGREEMENTS,
        lead=in_one_line(about.text),
        small=" · ".join(filter(None, (capital(word), when, where))),
        quote=in_one_line(about.result),
        sources=(fact.source,),
    )


def _lacking(_: Translator, told: Overview, places: Sequence[Institution]) -> Part:
    lines = [
        Line(
            section=Section.AGREEMENTS,
            lead=where.name,
            rest=_("no agreement in the period"),
            sources=(
                SourceRef(kind=SourceKind.PLACE, id=where.id, institution_id=where.id, at=told.scope.begins),
            ),
        )
        for where in places[: told.most]
    ]  # fmt: skip
    return Part(
        title=_("Without an agreement"),
        lines=lines,
        more=len(places) - len(lines),
        nothing=not_begun(_, told.scope) or _("Every institution has an agreement in the period."),
    )
