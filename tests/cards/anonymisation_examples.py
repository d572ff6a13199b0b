"""The cards of anonymising somebody, as they look at the moments people meet them."""

from datetime import timedelta
from typing import Any

from cards import anonymisation as cards
from cards import anonymisation_form as forms
from cards.anonymisation import Sheet
from cards.anonymisation_form import Ask, ProposeForm, RecordForm
from cards.kit import Card
from cards.language import Translator
from dialogs.anonymising import READ_ANYWAY
from domain.anonymisation import (
    Anonymisation,
    AnonymisationState,
    Counts,
    Place,
    Survey,
    Treatment,
    reference_in,
)
from domain.errors import Expired, Problem, Problems
from domain.kept import Kind
from domain.organisation import Person
from tests.cards import municipality as made
from tests.cards.municipality import STARTS

CASE = "Sag 2026-4711"
SCHOOL = "Elmeskolen"


def _place(kind: Kind, treatment: Treatment, times: int = 1, days: int = 20, **more: Any) -> Place:
    return Place(
        kind=kind,
        table="",
        id=made.uid(970 + days),
        treatment=treatment,
        times=times,
        at=STARTS - timedelta(days=days),
        institution=SCHOOL,
        **more,
    )


def _survey(words: str = "Mette Holm siger, at flere er med i legen") -> Survey:
    return Survey(
        places=(
            _place(Kind.DECISION, Treatment.RENAMED, 2),
            _place(Kind.FOCUS_AREA, Treatment.RENAMED, 1, 31, words=(words,)),
            _place(Kind.PERSPECTIVE, Treatment.RENAMED, 1, 44, words=("… og Mette spurgte os selv",)),
            _place(Kind.ONE_ON_ONE, Treatment.EMPTIED, 3, 52),
            _place(Kind.SUMMARY, Treatment.FIXED, 1, 60, name="2026-14"),
            _place(
                Kind.RIGHT,
                Treatment.FIXED,
                1,
                64,
                name=reference_in("legal_hold", STARTS - timedelta(days=64)),
                words=("Klagesag om Mette Holm, 2025-1188",),
            ),
            _place(Kind.PREPARATION, Treatment.UNSURE, 1, 71),
            *(
                Place(kind=Kind.QUESTION, table="", id=None, treatment=Treatment.FORGOTTEN, times=1)
                for _number in range(3)
            ),
        ),
        cards=11,
        unreached=2,
        copies=("beslutninger-elmeskolen-2026-04-21",),
    )


def _left() -> Person:
    return made.leader()


def _about(state: AnonymisationState = AnonymisationState.PROPOSED, **more: Any) -> Anonymisation:
    about = Anonymisation(
        person_id=_left().id,
        record_id=None,
        name="",
        case=CASE,
        proposed_by=made.colleague().id,
        proposed_at=STARTS,
        state=state,
        id=made.uid(965),
    )
    for name, value in more.items():
        setattr(about, name, value)
    return about


def _sheet(about: Anonymisation, *, is_own: bool = False, **more: Any) -> Sheet:
    given: dict[str, Any] = {
        "about": about,
        "viewer": made.colleague() if is_own else made.chief(),
        "name": _left().name,
        "proposer": made.colleague().name,
        "answerer": made.chief().name if about.answered_at else "",
        "now": STARTS + timedelta(days=2),
        "readable": READ_ANYWAY,
        **more,
    }
    return Sheet(**given)


def begin(_: Translator) -> Card:
    done = _about(AnonymisationState.DONE, proposed_at=STARTS - timedelta(days=80))
    return forms.begin(_, [_sheet(_about()), _sheet(done, name="En tidligere leder")])


def unknown(_: Translator) -> Card:
    return forms.begin(_, [], unknown="Karoline Mathilde")


def ask(_: Translator, words: str = "Mette Holm siger, at flere er med i legen") -> Card:
    return forms.propose(_, Ask(name=_left().name, person=_left(), survey=_survey(words), readable=READ_ANYWAY))


def which_person(_: Translator) -> Card:
    return forms.which_person(_, [made.leader(), made.colleague()])


def ask_wrong(_: Translator) -> Card:
    typed = ProposeForm(case="", parts_too=False, person_id=_left().id)
    problems = Problems({"case": Problem("no_case")})
    return forms.propose(_, Ask(name=_left().name, person=_left()), typed=typed, problems=problems)


def ask_alone(_: Translator) -> Card:
    typed = ProposeForm(case=CASE, parts_too=False, person_id=_left().id)
    problems = Problems({"by": Problem("nobody_to_approve")})
    asked = Ask(name=_left().name, person=_left(), survey=_survey(), readable=READ_ANYWAY)
    return forms.propose(_, asked, typed=typed, problems=problems)


def ask_names(_: Translator) -> Card:
    typed = ProposeForm(case="Sag om Mette Holm", parts_too=True, person_id=_left().id)
    problems = Problems({"case": Problem("case_names")})
    return forms.propose(_, Ask(name=_left().name, person=_left()), typed=typed, problems=problems)


def ask_hindered(_: Translator) -> Card:
    hindrance = Problems({"person": Problem("has_role", {"who": _left().name})})
    return forms.propose(_, Ask(name=_left().name, person=_left(), hindrance=hindrance))


def record(_: Translator) -> Card:
    return forms.ask_record(_)


def record_wrong(_: Translator) -> Card:
    problems = Problems({"name": Problem("name_not_there"), "record": Problem("no_record")})
    return forms.ask_record(_, typed=RecordForm(name="Liva Sørensen", record="0197"), problems=problems)


def ask_record(_: Translator) -> Card:
    form = RecordForm(name="Liva Sørensen", record=str(made.uid(966)))
    place = _place(
        Kind.PERSPECTIVE, Treatment.RENAMED, 2, words=("Liva Sørensen fra 3.b er med igen, siger Livas mor",)
    )
    survey = Survey(places=(place,), cards=1, unreached=0)
    return forms.propose(_, Ask(name=form.name, record=form, survey=survey, readable=READ_ANYWAY))


def sent(_: Translator) -> Card:
    return cards.show(_, _sheet(_about(), is_own=True, survey=_survey()))


def asked(_: Translator) -> Card:
    return cards.show(_, _sheet(_about(), survey=_survey()))


def asked_wrong(_: Translator) -> Card:
    problems = Problems({"approve": Problem("same_person")})
    return cards.show(_, _sheet(_about(), survey=_survey()), problems=problems)


def approved(_: Translator) -> Card:
    return cards.show(_, _sheet(_about(AnonymisationState.APPROVED, answered_at=STARTS + timedelta(days=1))))


def _counts() -> Counts:
    return Counts(renamed=3, names=4, emptied=1, forgotten=3, fixed=1, unsure=1, cards=11, unreached=2)


def carried_out(_: Translator) -> Card:
    at = STARTS + timedelta(days=1)
    about = _about(AnonymisationState.CARRIED_OUT, answered_at=at, carried_out_at=at, counts=_counts())
    return cards.show(_, _sheet(about, name="En tidligere leder", waiting=4))


def done(_: Translator) -> Card:
    at = STARTS + timedelta(days=1)
    about = _about(
        AnonymisationState.DONE,
        answered_at=at,
        carried_out_at=at,
        done_at=at,
        counts=_counts(),
        fixed=("2026-14", reference_in("legal_hold", STARTS - timedelta(days=64))),
    )
    messages = (("1776000000012", "ConversationNotFound"), ("1776000000044", ""))
    return cards.show(_, _sheet(about, name="En tidligere leder", messages=messages))


def _ended(state: AnonymisationState) -> Any:
    def example(_: Translator) -> Card:
        answered_at = None if state is AnonymisationState.EXPIRED else STARTS + timedelta(days=1)
        return cards.show(_, _sheet(_about(state, answered_at=answered_at)))

    return example


def over(_: Translator) -> Card:
    return cards.over(_, Expired("anonymisation_answered"), made.uid(965))


def refused(_: Translator) -> Card:
    return forms.refused(_, (CASE,))


def gone(_: Translator) -> Card:
    return cards.gone(_)


EXAMPLES = {
    "anonymisation_begin": begin,
    "anonymisation_unknown": unknown,
    "anonymisation_which": which_person,
    "anonymisation_ask": ask,
    "anonymisation_ask_wrong": ask_wrong,
    "anonymisation_ask_names": ask_names,
    "anonymisation_ask_alone": ask_alone,
    "anonymisation_hindered": ask_hindered,
    "anonymisation_record": record,
    "anonymisation_record_wrong": record_wrong,
    "anonymisation_ask_record": ask_record,
    "anonymisation_sent": sent,
    "anonymisation_asked": asked,
    "anonymisation_asked_wrong": asked_wrong,
    "anonymisation_approved": approved,
    "anonymisation_carried_out": carried_out,
    "anonymisation_done": done,
    "anonymisation_refused": _ended(AnonymisationState.REFUSED),
    "anonymisation_withdrawn": _ended(AnonymisationState.WITHDRAWN),
    "anonymisation_expired": _ended(AnonymisationState.EXPIRED),
    "anonymisation_stopped": _ended(AnonymisationState.STOPPED),
    "anonymisation_over": over,
    "anonymisation_not_allowed": refused,
    "anonymisation_gone": gone,
}
