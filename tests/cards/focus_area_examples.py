"""The cards of focus areas, of their statuses, and of measures."""

from dataclasses import replace
from datetime import date

from cards import focus_area, focus_area_aim, focus_area_form, focus_status, later, measure
from cards.kit import Card
from cards.language import Translator
from domain.decision import DecisionKind
from domain.dialogue import DialogueState
from domain.errors import Expired, Problem, Problems
from domain.focus_area import Aim, Closing
from domain.focus_status import Seen
from domain.measure import MeasureState
from domain.organisation import AgeRange
from domain.status import Status
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def focus_area_describe(_: Translator) -> Card:
    return focus_area_form.describe(_, made.aimed())


def focus_area_fourth(_: Translator) -> Card:
    return focus_area_form.describe(_, made.aimed(active=3))


def focus_area_extra(_: Translator) -> Card:
    """Chosen in an extra dialogue, which has no number among the four."""
    return focus_area_form.describe(
        _, replace(made.aimed(), dialogue=made.dialogue(DialogueState.RECORDED, number=None))
    )


def focus_area_missing(_: Translator) -> Card:
    typed = focus_area_aim.AimForm(decision_id=made.uid(80), aim=Aim(title="x" * 85, first_step_on=date(2026, 1, 1)))
    other = replace(made.themes()[0], title="Leg", title_en="Play", age_range=AgeRange.YOUNGER)
    values = {"theme": other, "range": AgeRange.YOUNGER, "current": made.themes()}
    problems = Problems(
        {
            "theme": Problem("theme_other_range", values),
            "title": Problem("too_long", {"limit": 80, "length": 85}),
            "why": Problem("no_why"),
            "signs": Problem("no_signs"),
            "first_step_on": Problem("date_passed"),
        }
    )
    return focus_area_form.describe(_, made.aimed(), typed=typed, problems=problems)


def focus_area_adjust(_: Translator) -> Card:
    return focus_area_form.describe(_, made.aimed(DecisionKind.ADJUST))


def focus_area_close(_: Translator) -> Card:
    return focus_area_form.ask_close(
        _, made.aimed(DecisionKind.CLOSE), problems=Problems({"closing": Problem("no_closing")})
    )


def focus_area_undiscussed(_: Translator) -> Card:
    return focus_area_form.describe(_, made.aimed(undiscussed=2))


def focus_area_undiscussed_in_part(_: Translator) -> Card:
    """Of one of the two themes it was told whom it was discussed with."""
    return focus_area_form.describe(_, made.aimed(undiscussed=1))


def focus_area_meanwhile(_: Translator, words: str = WORDS) -> Card:
    """Somebody has adjusted it since the card was drawn."""
    sheet = made.aimed(DecisionKind.ADJUST)
    assert sheet.area is not None
    sheet.area.why = words
    typed = focus_area_aim.AimForm(decision_id=made.uid(80), aim=replace(sheet.area.aim, why="Mine egne ord."))
    problems = Problems({"why": Problem("written_meanwhile")})
    return focus_area_form.describe(_, sheet, typed=typed, problems=problems)


def focus_area_later(_: Translator, words: str = WORDS) -> Card:
    written = focus_area.given_back(_, [(focus_area_aim.label(_, "why"), words)])
    return later.ask(_, "focus_area.waits", made.uid(80), written=written)


def focus_area_done(_: Translator, words: str = WORDS) -> Card:
    """Two described the same chosen focus area: what stands, and the second one's own words."""
    stands, by = made.focus_area(words), made.colleague()
    return focus_area.over(_, Expired("focus_area_done"), [(_("Focus area"), words)], stands=stands, by=by)


def focus_area_refused(_: Translator, words: str = WORDS) -> Card:
    return focus_area.refused(_, [(_("Why this one?"), words)])


def focus_area_earlier(_: Translator, words: str = WORDS) -> Card:
    """The second page of a long history."""
    story = made.story(words, before=made.focus_area(closing=Closing.CONTINUED))
    entries = [entry for _ in range(3) for entry in story.history]
    return focus_area.show(_, replace(story, history=entries), skipped=6)


def focus_area_long(_: Translator) -> Card:
    """Everything as long as it can be: the card stays within a message, and nothing is cut."""
    long = "Vi så, at børnene prøvede igen. " * 31
    story = made.story(long, area=made.focus_area(long, closing=Closing.CONTINUED), before=made.focus_area())
    for status, _author in story.history:
        status.seen = status.meaning = status.learned = status.next_step = long
        status.is_unchanged = False
    return focus_area.show(_, replace(story, history=[entry for _ in range(5) for entry in story.history]))


def focus_area_where(_: Translator) -> Card:
    return focus_area.choose_place(_, [made.school(), made.day_care()])


def focus_area_chosen(_: Translator) -> Card:
    return focus_area.show(_, made.story(begun=False), decided_in=made.dialogue(DialogueState.RECORDED))


def focus_area_history(_: Translator, words: str = WORDS) -> Card:
    return focus_area.show(_, made.story(words))


def focus_area_ended(_: Translator, words: str = WORDS) -> Card:
    return focus_area.show(_, made.story(area=made.focus_area(words, closing=Closing.ROOTED)))


def focus_area_which(_: Translator) -> Card:
    found = [(made.focus_area(), made.school()), (made.focus_area(), made.day_care())]
    return focus_area.choose(_, found, focus_area.OPEN, several=True)


def focus_area_none(_: Translator) -> Card:
    return focus_area.none_yet(_)


def focus_area_over(_: Translator, words: str = WORDS) -> Card:
    return focus_area.over(_, Expired("focus_area_closed"), [(_("What have you seen since last time?"), words)])


def focus_status_first(_: Translator) -> Card:
    return focus_status.ask(_, made.story(begun=False))


def focus_status_next(_: Translator, words: str = WORDS) -> Card:
    return focus_status.ask(_, made.story(words))


def focus_status_missing(_: Translator) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.NEEDS_ATTENTION))
    problems = Problems({"seen": Problem("nothing_seen"), "next_step": Problem("no_next_step")})
    return focus_status.ask(_, made.story(), typed=typed, problems=problems)


def focus_status_unchanged_with_words(_: Translator, words: str = WORDS) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.UNDER_WAY, seen=words))
    problems = Problems({"seen": Problem("unchanged_with_words")})
    return focus_status.ask(_, made.story(last=Status.UNDER_WAY), typed=typed, problems=problems)


def focus_status_unchanged_with_another(_: Translator) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.GOING_WELL))
    problems = Problems({"status": Problem("unchanged_with_another")})
    return focus_status.ask(_, made.story(last=Status.UNDER_WAY), typed=typed, problems=problems)


def focus_status_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.UNDER_WAY, seen="Mine egne ord."))
    return focus_status.ask(
        _, made.story(words), typed=typed, problems=Problems({"status": Problem("written_meanwhile")})
    )


def focus_status_saved(_: Translator, words: str = WORDS) -> Card:
    return focus_status.saved(_, made.story(words))


def focus_status_attention(_: Translator) -> Card:
    return focus_status.saved(_, made.story(last=Status.NEEDS_ATTENTION))


def focus_status_rooted(_: Translator) -> Card:
    return focus_status.saved(_, made.story(last=Status.ROOTED))


def measure_due(_: Translator, words: str = WORDS) -> Card:
    return measure.ask(_, made.measure(words), made.school())


def measure_missing(_: Translator) -> Card:
    return measure.ask(_, made.measure(), made.school(), problems=Problems({"outcome": Problem("no_outcome")}))


def measure_done(_: Translator) -> Card:
    return measure.show(_, made.measure(state=MeasureState.DONE), made.school())


def measure_which(_: Translator) -> Card:
    return measure.choose(_, [(made.measure(), made.school()), (made.measure("Ny legeplads"), made.school())])


def measure_none(_: Translator) -> Card:
    return measure.none_going_on(_)


EXAMPLES = examples_in(globals())
