"""What is asked back and refused when people type, as it looks at the moments people meet it."""

from cards import asking, asking_refused, unused
from cards.kit import Card
from cards.language import Translator
from domain.period import HalfYear
from domain.slots import Candidate, Kind, Reason, Slots
from domain.unused import Unused, Why
from tests.cards.by_name import examples_in
from tests.cards.municipality import facts, uid


def _option(kind: Kind, number: int, name: str, what: str) -> asking.Option:
    return asking.Option(Candidate(kind, uid(number)), name, what)


def asking_area_or_institution(_: Translator) -> Card:
    options = [
        _option(Kind.AREA, 900, "Nord", _("area")),
        _option(Kind.INSTITUTION, 901, "Nord Dagtilbud", _("day-care")),
    ]
    return asking.ask_which(_, options, "supervision_summary", Slots())


def asking_which_leader(_: Translator) -> Card:
    options = [
        _option(Kind.LEADER, 902, "Mette Holm", "Elmeskolen"),
        _option(Kind.LEADER, 903, "Mette Skov", "Nordbakkeskolen, SFO Stjernen"),
    ]
    return asking.ask_which(_, options, "agreement_overview", Slots())


def asking_which_of_many(_: Translator) -> Card:
    names = (
        "Mette Bak",
        "Mette Dal",
        "Mette Eng",
        "Mette Fjord",
        "Mette Holm",
        "Mette Lund",
        "Mette Skov",
        "Mette Toft",
    )
    options = [_option(Kind.LEADER, 920 + number, name, "Elmeskolen") for number, name in enumerate(names)]
    return asking.ask_which(_, options, "agreement_overview", Slots())


def asking_names_alike(_: Translator) -> Card:
    options = [
        _option(Kind.INSTITUTION, 904, "Den Integrerede Institution Regnbuen", _("day-care")),
        _option(Kind.INSTITUTION, 905, "Den Integrerede Institution Regndråben", _("day-care")),
    ]
    return asking.ask_which(_, options, "key_figures", Slots(is_short=True))


def asking_unknown(_: Translator) -> Card:
    options = [
        _option(Kind.INSTITUTION, 906, "Elmeskolen", _("school")),
        _option(Kind.INSTITUTION, 907, "Fyrreskolen", _("school")),
        _option(Kind.INSTITUTION, 908, "Byskolen", _("school")),
    ]
    return asking.ask_which(_, options, "focus_area_status", Slots(), is_unknown=True)


def asking_nobody_called_so(_: Translator) -> Card:
    options = [
        _option(Kind.LEADER, 909, "Marie Krag", "Rosenhøj"),
        _option(Kind.LEADER, 910, "Ali Krogh", "Nord Dagtilbud"),
    ]
    return asking.nobody_called_so(_, options, "one_on_one_recap", Slots(latest=True))


def asking_nobody_like_it(_: Translator) -> Card:
    return asking.nobody_called_so(_, [], "agreement_overview", Slots())


def asking_nobody_of_ones_own(_: Translator) -> Card:
    return asking.nobody_called_so(_, [], "agreement_overview", Slots(), is_of_all=False)


def asking_unknown_and_none_alike(_: Translator) -> Card:
    return asking.ask_which(_, [], "focus_area_status", Slots(), is_unknown=True)


def asking_whether_it_is_the_one(_: Translator) -> Card:
    options = [_option(Kind.INSTITUTION, 903, "Nord Dagtilbud", "dagtilbud")]
    return asking.ask_which(_, options, "focus_area_status", Slots())


def asking_unused(_: Translator) -> Card:
    said = [
        Unused(Why.HALF_YEARS, "i sidste uge"),
        Unused(Why.HAS_DATE, "uden frist"),
        Unused(Why.WHOLE_HALF_YEARS, "siden sidst"),
        Unused(Why.ONE_AT_A_TIME, "hvad blev der besluttet i efteråret"),
        Unused(Why.MORE_AT_ONCE, ""),
    ]
    return unused.with_unused(_, asking_area_or_institution(_), said)


def asking_other_half(_: Translator) -> Card:
    said = [
        Unused(Why.ONE_HALF, "2025", HalfYear(2025, 1)),
        Unused(Why.OTHER_HALF, "foråret", HalfYear(2026, 1)),
        Unused(Why.HALVES_COMPARED, "", HalfYear(2024, 1), HalfYear(2025, 1)),
        Unused(Why.NO_FIGURE, "hvor mange børn mistrives"),
        Unused(Why.NOT_PREPARED, "hvem mangler"),
    ]
    return unused.with_unused(_, asking.welcome_back(_), said, "key_figures", Slots(half_year=HalfYear(2025, 2)))


def asking_no_ranking(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.NO_RANKING)


def asking_no_assessment(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.NO_PERSON_ASSESSMENT)


def asking_draft(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.DRAFT_PRIVATE)


def asking_private(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.PRIVATE)


def asking_personnel(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.PERSONNEL_NOT_HERE)


def asking_child(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.CHILD_LEVEL)


def asking_outside(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.OUTSIDE_RESPONSIBILITY)


def asking_outside_an_observers(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.OUTSIDE_RESPONSIBILITY, is_of_places=False, is_of_two=False)


def asking_partly_outside(_: Translator) -> Card:
    mine = [_option(Kind.AREA, 904, "Nord", ""), _option(Kind.INSTITUTION, 905, "Elmeskolen", "")]
    return asking_refused.only_partly(_, mine, "focus_area_status", Slots())


def asking_delete(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.NO_DELETE_BY_CHAT, contact=facts().contact)


def asking_in_group(_: Translator) -> Card:
    return asking_refused.refuse(_, Reason.PRIVATE_CHAT_ONLY)


def asking_thanks(_: Translator) -> Card:
    return asking.welcome_back(_)


EXAMPLES = examples_in(globals())
