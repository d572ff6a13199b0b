"""*En 1:1, der ikke var planlagt*: the chief tells of one that was held, says when, and writes its note.

I22: "OneOnOne's chief has responsibility for the leader's institution on the date", as for one that was planned.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from cards import note_unplanned as cards
from cards import one_on_one_plan as plans
from cards.form import Subject
from cards.kit import Card
from cards.one_on_one_plan import Led, PlanForm
from dialogs import confirmation, one_on_one
from dialogs.meeting import meetings_to_note
from dialogs.moment import moment_of
from dialogs.names import named_by_all
from dialogs.one_on_one_words import who_and_place
from dialogs.turn import Turn
from dialogs.understanding import own
from dialogs.when import WEEKDAYS, When, when
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.one_on_one import LASTS, OneOnOne
from storage.one_on_one import any_on_day, begun_of
from storage.one_on_one_line import places_between
from storage.one_on_one_met import leaders_of_chief

# `I mandags`; and `mandag`, which is a day to come elsewhere.
_NAMES = "|".join(name for names in WEEKDAYS.values() for name in names)
_LAST = re.compile(rf"\bi\s+(?P<name>{_NAMES})s\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?:{_NAMES})\b", re.IGNORECASE)
# What was agreed or talked about is no more a part of whom they met and when.
_PART_OF_DAY = r"(?:morgen|formiddag|eftermiddag|aften)en\b"
_CLAUSE = re.compile(
    r"[,;:]\s+|[.!]\s+(?=(?-i:[A-ZÆØÅ]))|\s(?:og|and)\s"
    rf"|\s(?=(?:om|about)\s(?!{_PART_OF_DAY}))|\s(?=(?:hvor|where)\s)",
    re.IGNORECASE,
)
_IN_PART_OF_DAY = re.compile(rf"\bom\s{_PART_OF_DAY}", re.IGNORECASE)
# Who tells that they met, besides the words around a 1:1.
_TELLS = frozenset(
    {
        "lige", "netop", "just", "havde", "holdt", "held", "have", "kommer", "kommet", "come", "came", "fra", "from",
        "moedet", "samtalen", "the", "min", "leder", "af",
    }
)  # fmt: skip
_WITH_SOMEBODY = re.compile(r"\b(?:med|with)\s+(?!(?:min|en|my|a)\b)\w", re.IGNORECASE)


def last_with_chief(turn: Turn, since: datetime) -> Card | None:
    """A leader's last 1:1 that has begun: its note once it is shared, and until then when the two met."""
    for about in begun_of(turn.uow, turn.person.id, since, turn.now):
        open_it = confirmation.open_it if about.is_noted else one_on_one.open_it
        try:
            return open_it(turn, Subject(about.id))
        except (Expired, NotAllowed):
            continue
    return None


def begun_with(turn: Turn, text: str) -> UUID | None:
    """The planned 1:1 that is told of: it has begun, is with whoever is named, and waits for its note."""
    said = _said(text, turn.today)
    names = _names(said)
    meant = {leader.id for leader, _places in _meant(turn, names)}
    found = [
        each.one_on_one
        for each in meetings_to_note(turn)
        if (each.leader.id in meant or not names) and said.day in (None, each.one_on_one.meets_on)
    ]
    return found[-1].id if found else None


def ask_of(turn: Turn, text: str) -> Card:
    """When it was, with whoever is named; or with whom."""
    said = _said(text, turn.today)
    led = _meant(turn, _names(said))
    _who, place = who_and_place(said.rest)
    day = None if said.is_no_day else said.day or turn.today
    clock = said.clock or (_an_hour_ago(turn) if day == turn.today else None)
    typed = PlanForm(leader_id=None, day=day, clock=clock, place=place)
    if len(led) != 1:
        is_nobody = not led and _WITH_SOMEBODY.search(said.rest) is not None
        return plans.choose_leader(
            turn._, led or _all_led(turn), typed, is_nearest=is_nobody, is_all=not led, was_held=True
        )
    leader, places = led[0]
    problems = Problems({"day": Problem("no_such_day")}) if said.is_no_day else None
    return cards.ask(turn._, leader, places, typed, problems=problems)


def ask_with(turn: Turn, form: PlanForm) -> Card:
    """The same, with the leader who was chosen."""
    leader, places = _led(turn, form.leader_id)
    return cards.ask(turn._, leader, places, form)


def choose(turn: Turn, form: PlanForm, problems: Problems | None = None) -> Card:
    return plans.choose_leader(turn._, _all_led(turn), form, is_all=True, was_held=True, problems=problems)


def keep(turn: Turn, form: PlanForm) -> OneOnOne:
    """The 1:1 as it was held; raises `Problems` at the fields."""
    leader, _places = _led(turn, form.leader_id)
    starts_at = moment_of(turn, form.day, form.clock)
    assert form.day is not None
    same_day = any_on_day(turn.uow, turn.person.id, leader.id, form.day)
    made = OneOnOne.met(
        turn.person.id,
        leader.id,
        tuple(where.id for where in places_between(turn.uow, turn.person.id, leader.id, form.day)),
        starts_at=starts_at,
        place=form.place,
        now=turn.now,
        local=starts_at.astimezone(turn.municipality.zone),
        same_day=same_day.starts_at if same_day else None,
    )
    turn.uow.add(made)
    turn.uow.session.flush()
    return made


def again(turn: Turn, form: PlanForm, problems: Problems) -> Card:
    if form.leader_id is None:
        return choose(turn, form, problems)
    leader, places = _led(turn, form.leader_id)
    return cards.ask(turn._, leader, places, form, problems=problems)


def told_after(text: str) -> str:
    """What is told behind it: `og vi aftalte, at hun sender en plan`, `om trivsel`."""
    found = _CLAUSE.search(text)
    return text[found.end() :].strip() if found else ""


def told_besides(turn: Turn, text: str) -> str:
    """The same; and all of it, where what is told before is not only whom they met, when and where."""
    said = _said(text, turn.today)
    who, _place = who_and_place(said.rest)
    names = _names(said)
    known = _TELLS.union(names if _meant(turn, names) else ())
    return told_after(text) if known.issuperset(who.split()) else text


def _said(text: str, today: date) -> When:
    """The day and the time that are told; a weekday without a date is the last one before today."""
    text = _IN_PART_OF_DAY.sub(" ", _LAST.sub(r"\g<name>", _CLAUSE.split(text, maxsplit=1)[0]))
    said, found = when(text, today), _WEEKDAY.search(text)
    if found is None or said.day is None or not today < said.day <= today + timedelta(weeks=1):
        return said
    if when(_WEEKDAY.sub(" ", text), today).day is not None:
        return said
    return replace(said, day=said.day - timedelta(weeks=1 if said.day < today + timedelta(weeks=1) else 2))


def _an_hour_ago(turn: Turn) -> time:
    """When one that has just ended is likeliest to have begun, to the quarter."""
    began = (turn.now - LASTS).astimezone(turn.municipality.zone)
    return time(began.hour, began.minute // 15 * 15)


def _names(said: When) -> list[str]:
    """The words that may be a leader's name or an institution's; of the place they met at there are none."""
    _who, place = who_and_place(said.rest)
    return own.names_in(said.rest.removesuffix(place))


def _meant(turn: Turn, names: Sequence[str]) -> list[Led]:
    """The leaders in the chief's line whom all of the names fit, by person or by place."""
    led = leaders_of_chief(turn.uow, turn.viewer)
    if not names:
        return []
    candidates = [(leader.id, [leader.name, *(where.name for where in places)]) for leader, places in led]
    fits = named_by_all(names, candidates)
    return [each for each in led if each[0].id in fits]


def _all_led(turn: Turn) -> Sequence[Led]:
    led = leaders_of_chief(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    return led


def _led(turn: Turn, leader_id: UUID | None) -> Led:
    """One of the leaders in the chief's responsibility; `NotAllowed` for anybody else."""
    if leader_id is None:
        raise Problems({"leader": Problem("no_leader")})
    for each in _all_led(turn):
        if each[0].id == leader_id:
            return each
    raise NotAllowed
