"""What a person can move or call off: their own appointments, soonest first, with a button each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import dialogue, one_on_one, overview
from cards import meeting as meetings
from cards import visit as visits
from cards.form import carried
from cards.kit import Action, Card, below_head, buttons, card, press
from cards.language import N_, Translator
from cards.layout import Element, columns
from cards.meeting import Meeting
from cards.parts import hint, text
from cards.time_and_place import Wanted
from cards.visit import Visit
from cards.words import dialogue_name
from domain.dialogue import Dialogue
from domain.organisation import Institution

MOST = 5
# What shows an appointment, by its kind.
OPENS = {"one_on_one": meetings.OPEN, "dialogue": dialogue.OPEN, "visit": visits.OPEN, "invitation": visits.OPEN}
SEE = {
    "one_on_one": N_("See the 1:1"),
    "dialogue": N_("See the dialogue"),
    "visit": N_("See the visit"),
    "invitation": N_("See the invitation"),
}
MOVES = {
    "one_on_one": N_("Move the meeting"),
    "dialogue": N_("Move the dialogue"),
    "visit": N_("Move the visit"),
    "invitation": N_("See the invitation"),
}


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Something with a time that the person may move: a 1:1, a learning dialogue of their institution, or a visit.

    A visit that waits for an answer is an invitation still, and has the last of the times that are suggested.
    """

    meeting: Meeting | None = None
    dialogue: tuple[Dialogue, Institution] | None = None
    visit: Visit | None = None

    @property
    def kind(self) -> str:
        if self.visit:
            return "invitation" if self.visit.observation.is_unanswered else "visit"
        return "one_on_one" if self.meeting else "dialogue"

    @property
    def id(self) -> UUID:
        if self.meeting:
            return self.meeting.one_on_one.id
        if self.dialogue:
            return self.dialogue[0].id
        assert self.visit is not None
        return self.visit.observation.id

    @property
    def starts_at(self) -> datetime:
        if self.meeting:
            return self.meeting.one_on_one.starts_at
        if self.dialogue:
            return self.dialogue[0].starts_at
        assert self.visit is not None
        return self.visit.observation.starts_at or max(self.visit.observation.offered)

    @property
    def names(self) -> list[str]:
        """Everybody and every place that it is with or at."""
        if self.meeting:
            return [self.meeting.other.name, *(where.name for where in self.meeting.places)]
        if self.dialogue:
            return [self.dialogue[1].name]
        assert self.visit is not None
        people = [each.name for each in (self.visit.observer, self.visit.invited_by) if each]
        return [*people, self.visit.host.name, *([self.visit.home.name] if self.visit.home else [])]


def choose(
    _: Translator,
    found: Sequence[Appointment],
    *,
    wanted: Mapping[UUID, Wanted] | None = None,
    is_off: bool = False,
    fits: bool = True,
    of_others: bool = False,
) -> Card:
    """What there is to move, or to call off; `fits` is False where nothing was found of what was named.

    `wanted` has the new time that was written with it, for each, which its form opens with.
    """
    told = []
    if not fits:
        told.append(
            _("I find nothing planned that fits. This is what you can call off:")
            if is_off
            else _("I find nothing planned that fits. This is what you can move:")
        )
    if any(each.is_no_day for each in (wanted or {}).values()):
        told.append(_("That date does not exist. Choose another."))
    if len(found) > MOST:
        told.append(_("The first %(n)s of them are shown. Write whom it is with to find another.", n=_.number(MOST)))
    if of_others:
        told.append(_("A learning dialogue is moved by the leader of the institution."))
    if is_off and (chiefs := [each.meeting for each in found if each.meeting and not each.meeting.is_chief]):
        told.append(_off_by(_, chiefs[0]))
    return card(
        _,
        _("What do you want to call off?") if is_off else _("What do you want to move?"),
        seen_by=_("only you"),
        body=[*(text(each, spacing="Medium") for each in told), *_rows(_, found[:MOST], wanted or {}, is_off=is_off)],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def in_doubt(_: Translator, card: Card) -> Card:
    """The card, with a word about a shift that can be read as earlier and as later."""
    told = _("What you wrote can mean both earlier and later, so the time is as it was. Choose the new one yourself.")
    return below_head(card, hint(told, spacing="Medium"))


def off_by_the_chief(_: Translator, card: Card, meeting: Meeting) -> Card:
    """The 1:1 that a leader wants to call off, and who does that."""
    return below_head(card, hint(_off_by(_, meeting), spacing="Medium"))


def nothing(_: Translator, *, is_off: bool = False, of_others: bool = False) -> Card:
    """Nothing is planned that the person could move, or call off."""
    told = [
        _("Nothing is planned that you can call off. What has been held stays as it was.")
        if is_off
        else _("Nothing is planned that you can move. What has been held stays as it was.")
    ]
    if of_others:
        told.append(_("A learning dialogue is moved by the leader of the institution."))
    return card(
        _,
        _("There is nothing to call off") if is_off else _("There is nothing to move"),
        seen_by=_("only you"),
        body=[text(each, spacing="Medium") for each in told],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def titled(_: Translator, found: Sequence[Appointment], titles: Mapping[str, str]) -> list[str]:
    """What the button of each is called: no two are called the same, since they can be read without their rows."""
    counts: Counter[str] = Counter()
    told = []
    for each in found:
        counts[each.kind] += 1
        title, number = _(titles[each.kind]), counts[each.kind]
        told.append(title if number == 1 else _("%(title)s no. %(number)s", title=title, number=number))
    return told


def _off_by(_: Translator, meeting: Meeting) -> str:
    return _("Only %(who)s can call off your 1:1. You can move it here.", who=meeting.chief.name)


def _rows(_: Translator, found: Sequence[Appointment], wanted: Mapping[UUID, Wanted], *, is_off: bool) -> list[Element]:
    made = []
    for each, title in zip(found, titled(_, found, SEE if is_off else MOVES), strict=True):
        opens = buttons(_press(each, title, wanted.get(each.id, Wanted()), is_off=is_off), spacing="None")
        made.append(columns(words(_, each), opens, spacing="Medium"))
    return made


def _press(each: Appointment, title: str, wanted: Wanted, *, is_off: bool) -> Action:
    """To the form for another time; what is called off is opened, where that is asked once more."""
    if is_off or each.kind == "invitation":
        return press(title, OPENS[each.kind], carried(each.id))
    moves = {"one_on_one": one_on_one.MOVE, "dialogue": dialogue.MOVE, "visit": visits.ASK_MOVE}
    return press(title, moves[each.kind], wanted.carried(each.id))


def words(_: Translator, each: Appointment) -> list[Element]:
    """What it is, with whom or where, and when."""
    if each.meeting:
        title, line = _("1:1"), meetings.line(_, each.meeting)
    elif each.dialogue:
        about, where = each.dialogue
        title, line = dialogue_name(_, about), f"{where.name} · {_.moment(about.starts_at)}"
    elif each.kind == "invitation":
        title, line = _("Invitation to observe"), " · ".join([*_with(each.visit), _("waits for an answer")])
    else:
        title, line = _("Observation"), " · ".join([*_with(each.visit), _.moment(each.starts_at)])
    return [text(title, strong=True), text(line, small=True, subtle=True, spacing="None")]


def _with(visit: Visit | None) -> list[str]:
    """The other of the two, and where the visit is."""
    assert visit is not None
    other = visit.observer if visit.leads else visit.invited_by
    return [*([other.name] if other else []), visit.host.name]
