"""What is wrong, in the reader's words: one sentence per code of a `Problem`."""

from datetime import datetime

from cards.language import N_, Translator
from domain.errors import Problem, Problems
from domain.period import HalfYear

SENTENCES = {
    "cpr": N_("The text seems to contain a civil registration number. Remove it and I will save the rest."),
    "too_long": N_("The text has %(length)s characters. There is room for %(limit)s."),
    "too_many": N_("Choose at most %(most)s."),
    "empty": N_("Write a few words first."),
    "no_data": N_("Choose at least one key figure or one qualitative source."),
    "not_interpreted": N_("Write briefly how you understand the data. Figures say nothing until they are interpreted."),
    "not_shared": N_("The reflection must be shared. Choose at least two."),
    "nobody_of_the_institution": N_("Choose somebody from the institution itself, too."),
    "not_understood": N_("Write briefly how you understand the data together."),
    "not_analysed": N_("Write briefly what explains what you see."),
    "no_perspective": N_("Write what you know, or choose a date by which you will ask."),
    "date_passed": N_("Choose a date from today onwards."),
    "no_theme": N_("Choose the theme that the focus area is close to."),
    "no_title": N_("Give the focus area a short title."),
    "choose_colleague": N_("Choose a colleague from the list."),
    "no_day": N_("Choose a date."),
    "no_clock": N_("Choose a time of day."),
    "time_passed": N_("The time has passed. Choose a time from now onwards."),
    "same_time": N_("The dialogue is at that time and place already. Choose another."),
    "other_half_year": N_("The dialogue belongs to %(half_year)s. Choose a date in it."),
    "no_such_hour": N_("The clocks are moved forward that night, so this hour does not exist. Choose another."),
    "moved_meanwhile": N_("Someone has moved the dialogue to %(starts_at)s meanwhile. Choose again if needed."),
    "written_meanwhile": N_("Someone has written something else here meanwhile."),
}


def sentence(_: Translator, problem: Problem) -> str:
    """The problem as a sentence; KeyError for a code without one, which a test rules out."""
    values = {name: _shown(_, value) for name, value in problem.values.items()}
    return _(SENTENCES[problem.code], **values)


def at(_: Translator, problems: Problems | None, name: str) -> str | None:
    """What is wrong with this field, None when nothing is."""
    found = problems.fields.get(name) if problems else None
    return sentence(_, found) if found else None


def _shown(_: Translator, value: object) -> str:
    match value:
        case HalfYear():
            return _.half_year(value)
        case datetime():
            return _.moment(value)
        case int():
            return _.number(value)
        case _other:
            return str(_other)
