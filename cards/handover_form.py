"""The agreements of a former leader, for the chief to decide on one by one, and what goes on by itself."""

from collections.abc import Sequence
from uuid import UUID

from cards import draft, overview
from cards import problems as wrong
from cards.agreement_owner import owner_and_due
from cards.form import carried
from cards.handover import DROP, LATER, OPEN, SAVE, DecideForm, DropForm, Fate, Row, Sheet
from cards.inherited import in_short
from cards.inputs import choices, text_input
from cards.kit import Card, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element, capital, group
from cards.meeting import who_sees_agreements
from cards.one_on_one_plan import NEW as PLAN_MEETING
from cards.parts import State, hint, names_hint, note, problem, said, section, text
from domain.agreement import AgreementState
from domain.errors import Problems
from domain.handover import AT_A_TIME
from domain.text import SHORT


def show(
    _: Translator,
    sheet: Sheet,
    *,
    skipped: Sequence[UUID] = (),
    typed: DecideForm | None = None,
    problems: Problems | None = None,
    was_overtaken: bool = False,
    given_back: Sequence[str] = (),
) -> Card:
    """The agreements to decide on, at most five; when there are none, how it stands."""
    left = [row for row in sheet.waiting if row.agreement.id not in skipped]
    asked = left[:AT_A_TIME]
    data = carried(
        sheet.institution.id,
        a=",".join(str(row.agreement.id) for row in asked),
        s=",".join(map(str, skipped)),
    )
    chosen = {each.agreement_id: each.value for each in typed.choices} if typed else {}
    leader = sheet.leaders[0] if len(sheet.leaders) == 1 else None
    body: list[Element | None] = [
        problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
        note(_("Some of it has been decided in the meantime. What you see below is what counts."))
        if was_overtaken
        else None,
        text(_who(_, sheet), spacing="Medium"),
        *_decide(_, sheet, asked, len(left), chosen, problems),
        *_settled(_, sheet),
        *_undecided(_, sheet, skipped),
        *draft.given_back(_, [said(words, spacing="Small") for words in given_back if words]),
        *_inherited(_, sheet, is_folded=bool(asked)),
        *_stays(_, sheet),
    ]
    return card(
        _,
        _("New leader") if sheet.new else _("Agreements with a former leader"),
        subtitle=_subtitle(_, sheet),
        state=None if sheet.waiting else State(_("nothing waiting"), "neutral", "Checkmark"),
        seen_by=_seen_by(_, sheet),
        minutes=2 if asked else None,
        body=body,
        actions=[
            press(_("Save"), SAVE, data, primary=True) if asked else None,
            press(_("Not now"), LATER, carried(sheet.institution.id), inputs="none")
            if asked and sheet.leaders
            else None,
            press(_("Continue"), OPEN, carried(sheet.institution.id), inputs="none")
            if sheet.waiting and not asked
            else None,
            press(_("Plan a 1:1"), PLAN_MEETING, carried(leader.id), inputs="none") if leader and not asked else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("New leader at %(institution)s", institution=sheet.institution.name),
    )


def ask_why(
    _: Translator,
    sheet: Sheet,
    dropped: Sequence[Row],
    *,
    skipped: Sequence[UUID],
    typed: DropForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """ "bortfaldet (med begrundelse)": a reason for each that was chosen to be dropped."""
    data = carried(
        sheet.institution.id,
        a=",".join(str(row.agreement.id) for row in dropped),
        s=",".join(map(str, skipped)),
    )
    words = dict(typed.reasons) if typed else {}
    body: list[Element | None] = [
        problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
    ]
    for number, row in enumerate(dropped):
        body += [
            _agreement(_, row, spacing="Medium"),
            text_input(
                f"r{number}",
                _("Why is it dropped?")
                if len(dropped) == 1
                else _("Why is agreement %(number)s dropped?", number=number + 1),
                value=words.get(row.agreement.id, ""),
                required=True,
                limit=SHORT,
                problem=wrong.at(_, problems, f"r{number}"),
                spacing="Small",
            ),
        ]
    return card(
        _,
        _("Why is it dropped?") if len(dropped) == 1 else _("Why are they dropped?"),
        subtitle=_subtitle(_, sheet),
        seen_by=_(
            "%(they)s. The new leader does not see agreements that are dropped.",
            they=who_sees_agreements(_, has_left=True),
        ),
        body=[*body, names_hint(_)],
        actions=[
            press(_("Drop it") if len(dropped) == 1 else _("Drop them"), DROP, data, primary=True),
            press(_("Back"), OPEN, carried(sheet.institution.id), inputs="none"),
        ],
        summary=_("New leader at %(institution)s", institution=sheet.institution.name),
    )


def _subtitle(_: Translator, sheet: Sheet) -> str:
    """Elmeskolen · Emil Ry siden 4. maj 2026"""
    new = [_("%(who)s since %(day)s", who=each.leader.name, day=_.date(each.began_on)) for each in sheet.new]
    return " · ".join([sheet.institution.name, *new])


def _seen_by(_: Translator, sheet: Sheet) -> str:
    if not sheet.leaders:
        return who_sees_agreements(_, has_left=True)
    who = _.join(each.name for each in sheet.leaders)
    they = who_sees_agreements(_, has_left=True)
    return _("%(they)s. What you pass on is also seen by %(who)s.", they=they, who=who)


def _who(_: Translator, sheet: Sheet) -> str:
    """Who has taken over from whom, or that nobody has yet."""
    former = _.join(each.name for each in sheet.former)
    new = _.join(each.leader.name for each in sheet.new)
    if not sheet.leaders:
        return _(
            "%(institution)s has no leader yet. You can pass agreements on when there is one.",
            institution=sheet.institution.name,
        )
    if new and former:
        return _("%(new)s took over from %(former)s.", new=new, former=former)
    if new:
        return _("%(new)s started as leader.", new=new)
    return _("The institution is not led by %(former)s any more.", former=former)


def _decide(
    _: Translator,
    sheet: Sheet,
    asked: Sequence[Row],
    left: int,
    chosen: dict[UUID, str],
    problems: Problems | None,
) -> list[Element]:
    if not asked:
        return []
    options = [(str(each.id), _("Continues with %(who)s", who=each.name)) for each in sheet.leaders]
    options += [(Fate.DROPPED.value, _("It is dropped")), (Fate.LATER.value, _("Not decided yet"))]
    values = {value for value, _title in options}
    parts: list[Element] = [
        section(_("Agreements from 1:1s")),
        text(
            _("None of them continues by itself. You decide on each."),
            spacing="Small",
        ),
    ]
    if left > len(asked):
        more = left - len(asked)
        words = _.ngettext("%(n)s more comes when you have saved.", "%(n)s more come when you have saved.", more)
        parts.append(text(words, small=True, subtle=True, spacing="None"))
    for number, row in enumerate(asked):
        value = chosen.get(row.agreement.id, "")
        parts += [
            _agreement(_, row, spacing="Medium"),
            choices(
                f"c{number}",
                _("What should happen to agreement %(number)s?", number=number + 1)
                if len(asked) > 1
                else _("What should happen to it?"),
                options,
                chosen=value if value in values else "",
                compact=True,
                placeholder=_("Choose"),
                problem=wrong.at(_, problems, f"c{number}"),
                spacing="Small",
            ),
        ]
    return parts


def _agreement(_: Translator, row: Row, *, spacing: str) -> Element:
    made = _("agreed with %(who)s", who=row.former.name)
    by = f"{owner_and_due(_, row.agreement.owner, row.agreement.due)} · {made}"
    return said(row.agreement.text, by=by, spacing=spacing)  # type: ignore[arg-type]


def _settled(_: Translator, sheet: Sheet) -> list[Element]:
    if not sheet.settled:
        return []
    parts: list[Element] = [section(_("Decided"))]
    for row in sheet.settled:
        about = row.agreement
        if about.state is AgreementState.DROPPED:
            word = " · ".join(filter(None, (_("dropped"), about.result)))
        else:
            confirmed = _("confirmed") if about.confirmed_at else _("not confirmed yet")
            word = " · ".join((_("continues with %(who)s", who=row.leader.name), confirmed))
        lines = (text(about.text), text(capital(word), small=True, subtle=True, spacing="None"))
        parts.append(group(*lines, spacing="Small"))
    return parts


def _undecided(_: Translator, sheet: Sheet, skipped: Sequence[UUID]) -> list[Element]:
    """What was left as it is, once all have been looked at."""
    if not sheet.waiting or any(row.agreement.id not in skipped for row in sheet.waiting):
        return []
    words = _.ngettext(
        "%(n)s agreement is not decided. The new leader does not see it until you pass it on.",
        "%(n)s agreements are not decided. The new leader does not see them until you pass them on.",
        len(sheet.waiting),
    )
    return [note(words)]


def _inherited(_: Translator, sheet: Sheet, *, is_folded: bool) -> list[Element]:
    """What needs no deciding, since it belongs to the institution."""
    if not sheet.leaders:
        return []
    words = text(_("Focus areas, decisions, measures and dialogues belong to the institution."), spacing="Small")
    parts = in_short(_, sheet.inherited)
    shown = [toggle_more(_("What continues"), "inherited", *parts, spacing="Small")] if is_folded else parts
    return [section(_("What continues by itself")), words, *shown]


def _stays(_: Translator, sheet: Sheet) -> list[Element]:
    """I23: "earlier notes do not move"."""
    if not sheet.former:
        return []
    names = [each.name for each in sheet.former]
    words = (
        _("Notes from 1:1s stay between %(who)s. They are not passed on to anybody.", who=_.join([_("you"), *names]))
        if sheet.has_met
        else _("Notes from 1:1s with %(who)s are not passed on to anybody, and not to you.", who=_.join(names))
    )
    return [hint(words, sign="LockClosed", spacing="Medium")]
