"""The cards of the observations, as they look at the moments people meet them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cards import (
    acknowledgement,
    acknowledgement_share,
    asking_refused,
    feedback,
    feedback_day,
    feedback_form,
    focus_area,
    focus_status,
    guide,
    invitation,
    observation,
    observation_form,
    practice,
    recognised,
    visit,
    visit_day,
    visit_list,
    visit_news,
    visit_note,
)
from cards import feedback_sent as sent
from cards.kit import Card
from cards.language import Translator
from cards.which import which_place
from domain.acknowledgement import Reply
from domain.appointment import Slot
from domain.errors import Expired, Problem, Problems
from domain.feedback import SAW, Curious, Described, Feedback, FeedbackStep
from domain.guide import GuideText
from domain.invitation import InvitationStep, What, When, Whom
from domain.observation import ObservationState, Progress
from domain.observer import Candidate
from domain.practice import Account
from domain.quiet import COPENHAGEN
from domain.slots import Reason
from domain.visit import Carried, Note, carried_into
from tests.cards import municipality as made
from tests.cards import observed as seen
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS

AFTER = seen.VISIT + timedelta(hours=2)
INVITED, COUNTERED, AGREED, DONE = (
    ObservationState.INVITED,
    ObservationState.COUNTERED,
    ObservationState.AGREED,
    ObservationState.DONE,
)


def guide_shown(_: Translator, words: str = "") -> Card:
    return guide.show(_, seen.guide(words), leads=True, administers=True)


def guide_write(_: Translator) -> Card:
    return guide.ask(_, seen.guide(edition=None), viewer=made.leader(), written_by=made.colleague())


def guide_missing(_: Translator, words: str = WORDS) -> Card:
    problems = Problems({"points_en": Problem("lines_differ", {"number": 2}), "rules": Problem("no_rules")})
    typed = guide.Form(text=GuideText(definition=words, points=("Leg", "Samtale"), points_en=("Play",)), was="")
    return guide.ask(_, seen.guide(edition=None), viewer=made.leader(), written_by=None, typed=typed, problems=problems)


def guide_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = guide.Form(text=GuideText(definition="Mine ord."), was="")
    problems = Problems({name: Problem("written_meanwhile") for name in ("definition", "points")})
    kept = seen.guide(words, edition=None)
    return guide.ask(_, kept, viewer=made.leader(), written_by=made.colleague(), typed=typed, problems=problems)


def guide_saved(_: Translator) -> Card:
    return guide.saved(_)


def guide_preview(_: Translator, words: str = "") -> Card:
    return guide.preview(_, seen.guide(words, edition=None))


def guide_published(_: Translator) -> Card:
    return guide.published(_, seen.guide(edition=2))


def guide_over(_: Translator, words: str = WORDS) -> Card:
    return guide.over(_, Expired("guide_published"), guide.Form(text=GuideText(definition=words), was=""))


def guide_refused(_: Translator, words: str = WORDS) -> Card:
    return guide.refused(_, guide.Form(text=GuideText(definition=words), was=""))


def invite_whom(_: Translator) -> Card:
    sheet = seen.invitation(InvitationStep.WHOM, chosen=None)
    sheet.observation.whom = Whom()
    return observation_form.ask(_, sheet)


def invite_searched(_: Translator) -> Card:
    return observation_form.ask(_, seen.invitation(InvitationStep.WHOM, suggested=False, searched="skole", more=12))


def invite_nobody_found(_: Translator) -> Card:
    typed = observation.Form(observation_id=made.uid(153), step=InvitationStep.WHOM, content=Whom(), search="Xerxes")
    problems = Problems({"observer_id": Problem("no_observer")})
    sheet = seen.invitation(InvitationStep.WHOM, listed=seen.candidates()[:1], suggested=True, chosen=None)
    return observation_form.ask(_, sheet, typed=typed, problems=problems)


def invite_no_hits(_: Translator) -> Card:
    sheet = seen.invitation(InvitationStep.WHOM, listed=[], suggested=False, searched="Xerxes", chosen=None)
    sheet.observation.whom = Whom()
    return observation_form.ask(_, sheet)


def invite_what(_: Translator, words: str = "") -> Card:
    return observation_form.ask(_, seen.invitation(InvitationStep.WHAT, words))


def invite_what_missing(_: Translator) -> Card:
    often = seen.candidates()[0]
    often = Candidate(**{**vars(often), "used": 3})
    typed = observation.Form(observation_id=made.uid(153), step=InvitationStep.WHAT, content=What())
    problems = Problems({"where": Problem("no_where"), "focus": Problem("no_focus")})
    return observation_form.ask(_, seen.invitation(InvitationStep.WHAT, chosen=often), typed=typed, problems=problems)


def invite_when(_: Translator) -> Card:
    return observation_form.ask(_, seen.invitation(InvitationStep.WHEN))


def invite_when_wrong(_: Translator) -> Card:
    slots = (Slot(date(2026, 4, 1)), Slot(date(2027, 3, 28), made.STARTS.time()))
    typed = observation.Form(observation_id=made.uid(153), step=InvitationStep.WHEN, content=When(slots=slots))
    problems = Problems({"clock1": Problem("no_clock"), "clock2": Problem("no_such_hour")})
    return observation_form.ask(_, seen.invitation(InvitationStep.WHEN), typed=typed, problems=problems)


def invite_meanwhile(_: Translator, words: str = "") -> Card:
    typed = observation.Form(observation_id=made.uid(153), step=InvitationStep.WHAT, content=What(focus="Mine ord"))
    names = ("where", "focus", "points", "focus_area_id")
    problems = Problems({name: Problem("written_meanwhile") for name in names})
    return observation_form.ask(_, seen.invitation(InvitationStep.WHAT, words), typed=typed, problems=problems)


def invite_saved(_: Translator) -> Card:
    return observation.saved(_, seen.invitation(InvitationStep.WHAT))


def invite_where(_: Translator) -> Card:
    return which_place(_, [made.school(), made.day_care()], observation.NEW)


def invite_refused(_: Translator, words: str = WORDS) -> Card:
    typed = observation.Form(observation_id=made.uid(153), step=InvitationStep.WHAT, content=What(focus=words))
    return observation.refused(_, typed)


def invitation_asked(_: Translator, words: str = "") -> Card:
    return invitation.ask(_, seen.visit(INVITED, words))


def invitation_too_late(_: Translator) -> Card:
    return invitation.ask(_, seen.visit(INVITED, now=AFTER + timedelta(days=30)))


def invitation_countered(_: Translator, words: str = "") -> Card:
    return invitation.countered(_, seen.visit(COUNTERED, words, leads=True, offered=(seen.VISIT,)))


def invitation_propose(_: Translator) -> Card:
    typed = invitation.ProposeForm(observation_id=made.uid(153), revision=2, slots=(Slot(date(2026, 4, 1)),))
    problems = Problems({"clock1": Problem("no_clock")})
    return invitation.ask_propose(_, seen.visit(INVITED), typed=typed, problems=problems)


def invitation_proposed(_: Translator) -> Card:
    return invitation.proposed(_, seen.visit(COUNTERED, offered=(seen.VISIT,)))


def invitation_declined(_: Translator) -> Card:
    return invitation.declined(_, seen.visit(ObservationState.DECLINED))


def invitation_not_this_time(_: Translator) -> Card:
    return invitation.unanswered(_, seen.visit(ObservationState.DECLINED, leads=True), seen.candidates()[1:])


def invitation_expired(_: Translator) -> Card:
    return invitation.unanswered(_, seen.visit(ObservationState.EXPIRED, leads=True), [])


def invitation_none(_: Translator) -> Card:
    return invitation.none_waits(_)


def invitation_refused(_: Translator) -> Card:
    form = invitation.ProposeForm(
        observation_id=made.uid(153), revision=2, slots=(Slot(date(2026, 5, 6), made.STARTS.time()),)
    )
    return invitation.refused(_, form)


def visit_invited(_: Translator, words: str = "") -> Card:
    return visit.show(_, seen.visit(INVITED, words, leads=True))


def visit_agreed(_: Translator, words: str = "") -> Card:
    return visit.show(_, seen.visit(AGREED, words, leads=True))


def visit_of_the_observer(_: Translator) -> Card:
    return visit.show(_, seen.visit(AGREED))


def visit_to_write(_: Translator) -> Card:
    return visit.show(_, seen.visit(DONE, now=AFTER, oral_on=None))


def visit_to_acknowledge(_: Translator) -> Card:
    return visit.show(_, seen.visit(DONE, leads=True, now=AFTER, feedback_id=made.uid(154)))


def visit_without_oral(_: Translator) -> Card:
    return visit.show(_, seen.visit(DONE, now=AFTER, oral_on=None, feedback_id=made.uid(154)))


def visit_complete(_: Translator) -> Card:
    return visit.show(_, seen.visit(DONE, leads=True, now=AFTER, feedback_id=made.uid(154), is_acknowledged=True))


def visit_to_answer(_: Translator) -> Card:
    return visit.show(_, seen.visit(INVITED), why=Expired("observation_changed"))


def visit_stale(_: Translator, words: str = WORDS) -> Card:
    typed = observation.Form(observation_id=made.uid(153), step=InvitationStep.WHAT, content=What(focus=words))
    given = observation.written(_, typed)
    return visit.show(_, seen.visit(AGREED, leads=True), why=Expired("observation_sent"), given=given)


def visit_which(_: Translator) -> Card:
    second = seen.observation(INVITED, id=made.uid(157))
    return visit_list.choose(
        _,
        [
            (seen.observation(), made.school(), Progress.AGREED, False),
            (second, made.school(), Progress.COMPLETE, False),
        ],
    )


def visit_which_feedback(_: Translator) -> Card:
    rows = [(made.uid(154), seen.observation(), made.school()), (made.uid(158), seen.observation(), made.day_care())]
    return visit_list.choose_feedback(_, rows, acknowledgement.OPEN)


def visit_chief(_: Translator) -> Card:
    rows = [
        visit_list.Row(institution=made.day_care(), about=seen.observation(INVITED), progress=Progress.INVITED),
        visit_list.Row(institution=made.school(), about=seen.observation(DONE), progress=Progress.AWAITS_FEEDBACK),
        visit_list.Row(
            institution=made.school(),
            about=seen.observation(DONE),
            progress=Progress.COMPLETE,
            feedback_id=made.uid(154),
            is_acknowledged=True,
        ),
        visit_list.Row(institution=made.school(), about=seen.observation(DONE), progress=Progress.COMPLETE),
    ]
    return visit_list.for_chief(_, rows)


def visit_none(_: Translator) -> Card:
    return visit_list.none_yet(_, leads=True)


def visit_calendar(_: Translator) -> Card:
    return visit_day.calendar(_, seen.visit(), "https://bot.skovkoebing.example/files/abc")


def visit_calendar_by_hand(_: Translator) -> Card:
    return visit_day.calendar(_, seen.visit(), None)


def visit_coming_host(_: Translator, words: str = "") -> Card:
    return visit_day.coming(_, seen.visit(AGREED, words, leads=True))


def visit_coming_observer(_: Translator) -> Card:
    return visit_day.coming(_, seen.visit())


def visit_how(_: Translator) -> Card:
    return visit_day.ask_how(_, seen.visit(now=AFTER))


def visit_ask_move(_: Translator) -> Card:
    typed = visit_day.MoveForm(observation_id=made.uid(153), revision=1, slots=(Slot(date(2026, 4, 1)),))
    return visit_day.ask_move(_, seen.visit(), typed=typed, problems=Problems({"day1": Problem("time_passed")}))


def visit_moved(_: Translator) -> Card:
    return visit_news.moved(_, seen.visit(), by_me=True)


def visit_agreed_news(_: Translator) -> Card:
    return visit_news.agreed(_, seen.visit(leads=True))


def visit_ask_cancel(_: Translator) -> Card:
    return visit_day.ask_cancel(_, seen.visit())


def visit_calendar_out(_: Translator) -> Card:
    return visit_day.calendar(_, seen.visit(ObservationState.CANCELLED), "https://bot.skovkoebing.example/files/abc")


def visit_uninformed(_: Translator) -> Card:
    return visit_news.uninformed(_, seen.visit(DONE, leads=True, oral_on=None))


def visit_cancelled(_: Translator) -> Card:
    return visit_news.cancelled(_, seen.visit(ObservationState.CANCELLED))


def visit_cancelled_with_notes(_: Translator) -> Card:
    return visit_news.cancelled(_, seen.visit(ObservationState.CANCELLED, now=AFTER), has_notes=True)


def visit_notes_of_cancelled(_: Translator) -> Card:
    return visit_note.notes(_, seen.visit(ObservationState.CANCELLED), seen.notes())


def visit_agreed_late(_: Translator) -> Card:
    return visit_news.agreed(_, seen.visit(now=AFTER - timedelta(days=1)))


def visit_noted(_: Translator) -> Card:
    return visit_note.note_kept(_, seen.visit(), seen.notes()[1], 2)


def visit_noted_afterwards(_: Translator) -> Card:
    return visit_note.note_kept(_, seen.visit(DONE, now=AFTER), seen.notes()[1], 2)


def visit_noted_question(_: Translator) -> Card:
    return visit_note.note_kept(_, seen.visit(), seen.notes()[1], 2, asked=seen.notes()[1].text)


def visit_note_asked(_: Translator) -> Card:
    return visit_note.ask(_, seen.visit(DONE, now=AFTER), "så gik klokken")


def visit_note_without_names(_: Translator) -> Card:
    return visit_note.without_names(_, asking_refused.refuse(_, Reason.CHILD_LEVEL), seen.visit(DONE, now=AFTER))


def visit_note_refused(_: Translator) -> Card:
    return visit_note.note_refused(_, Problem("cpr"))


def visit_notes(_: Translator, words: str = WORDS) -> Card:
    return visit_note.notes(_, seen.visit(), seen.notes(words), undone=True)


def visit_no_notes(_: Translator) -> Card:
    return visit_note.no_notes(_)


def visit_reminded(_: Translator) -> Card:
    return feedback_day.reminded(_, made.STARTS)


def _writing(_: Translator, words: str = "", step: FeedbackStep = FeedbackStep.SEEN) -> feedback.Sheet:
    kept, notes = seen.feedback(words, sent=False, step=step), seen.notes()
    for each in notes:
        each.carried = True
    return feedback.Sheet(
        visit=seen.visit(DONE, now=AFTER, oral_on=None),
        feedback=kept,
        viewer=seen.guest(),
        notes=notes,
        carried=_carried(_, kept, notes),
    )


def _carried(_: Translator, kept: Feedback, notes: list[Note]) -> Carried:
    about, words = seen.observation(DONE), visit.afterwards(_)
    return carried_into(kept.described.saw, notes, COPENHAGEN, SAW, visit=about, afterwards=words)


def feedback_seen(_: Translator, words: str = "") -> Card:
    return feedback_form.ask(_, _writing(_, words))


def feedback_more_noted(_: Translator, words: str = "De små kom til orde i værkstedet.") -> Card:
    sheet = _writing(_)
    notes = [*sheet.notes, replace(seen.notes(words)[0], written_at=AFTER)]
    return feedback_form.ask(
        _,
        replace(
            sheet,
            notes=notes,
            carried=_carried(_, sheet.feedback, notes),
        ),
    )


def feedback_taken(_: Translator) -> Card:
    return feedback_form.ask(_, _writing(_, step=FeedbackStep.TAKEN))


def feedback_missing(_: Translator) -> Card:
    typed = feedback.Form(
        observation_id=made.uid(153),
        step=FeedbackStep.TAKEN,
        content=Curious(wonder="Mindre kredse", oral_on=date(2026, 4, 1)),
        was="",
    )
    problems = Problems({"oral_on": Problem("before_visit"), "unnamed": Problem("names_unchecked")})
    return feedback_form.ask(_, _writing(_, step=FeedbackStep.TAKEN), typed=typed, problems=problems)


def feedback_of_one_child(_: Translator, words: str = "Oliver fra 5.b") -> Card:
    """What is asked stands in place of the tick that everybody is asked for."""
    typed = feedback.Form(
        observation_id=made.uid(153),
        step=FeedbackStep.TAKEN,
        content=Curious(wonder=f"Hvad skal der til, for at {words} kommer med?", oral_later=True, unnamed=True),
        was="",
    )
    problems = Problems({"wonder": Problem("single_child", {"words": words[:40]})})
    drawn = feedback_form.ask(_, _writing(_, step=FeedbackStep.TAKEN), typed=typed, problems=problems)
    return recognised.with_tick(_, drawn, ["wonder"])


def feedback_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = feedback.Form(
        observation_id=made.uid(153), step=FeedbackStep.SEEN, content=Described(saw="Mine ord"), was=""
    )
    problems = Problems({name: Problem("written_meanwhile") for name in ("saw", "supports")})
    return feedback_form.ask(_, _writing(_, words), typed=typed, problems=problems)


def feedback_saved(_: Translator) -> Card:
    return feedback.saved(_, _writing(_))


def feedback_preview(_: Translator, words: str = "") -> Card:
    return feedback.preview(_, _writing(_, words))


def feedback_sent(_: Translator, words: str = "") -> Card:
    about = seen.visit(DONE, now=AFTER, oral_on=None, feedback_id=made.uid(154))
    given = seen.given(words)
    given.about.oral_on = None
    return sent.read(_, given, about, (), is_mine=True, just_sent=True)


def feedback_read(_: Translator, words: str = "") -> Card:
    about = seen.visit(DONE, leads=True, now=AFTER, feedback_id=made.uid(154), is_acknowledged=True)
    added = [seen.remark(words or "Kredsen var om morgenen.")]
    return sent.read(_, seen.given(words, seen.acknowledged(words)), about, added, is_mine=False, points_to_remark=True)


def feedback_sent_and_read(_: Translator, words: str = "") -> Card:
    about = seen.visit(DONE, now=AFTER, feedback_id=made.uid(154), is_acknowledged=True)
    return sent.read(_, seen.given(words, seen.acknowledged(words)), about, [seen.remark()], is_mine=True)


def feedback_remark(_: Translator, words: str = "") -> Card:
    return sent.ask_remark(_, seen.given(words, seen.acknowledged(words)), [seen.remark(words or "Og i garderoben.")])


def feedback_remark_wrong(_: Translator) -> Card:
    typed = sent.AddForm(feedback_id=made.uid(154), text="Se 010203-1234")
    problems = Problems({"addendum": Problem("cpr")})
    return sent.ask_remark(_, seen.given(), (), typed=typed, problems=problems)


def feedback_oral(_: Translator) -> Card:
    return feedback_day.ask_oral(_, seen.visit(DONE, now=AFTER, oral_on=None, feedback_id=made.uid(154)))


def feedback_deadline(_: Translator) -> Card:
    return feedback_day.ask_due(_, seen.visit(DONE, now=AFTER))


def feedback_deadline_host(_: Translator) -> Card:
    typed = feedback_day.DayForm(observation_id=made.uid(153), revision=1, day=date(2026, 1, 1))
    problems = Problems({"due": Problem("due_range", {"days": 60})})
    return feedback_day.ask_due(_, seen.visit(DONE, leads=True, now=AFTER), typed=typed, problems=problems)


def feedback_due(_: Translator) -> Card:
    return feedback_day.due_agreed(_, seen.visit(DONE, now=AFTER, feedback_due=date(2026, 5, 20)), by_me=False)


def feedback_none(_: Translator) -> Card:
    return feedback.none_to_write(_)


def feedback_refused(_: Translator, words: str = WORDS) -> Card:
    typed = feedback.Form(observation_id=made.uid(153), step=FeedbackStep.SEEN, content=Described(saw=words), was="")
    return feedback.refused(_, typed)


def _received(words: str = "", **more: Any) -> acknowledgement.Sheet:
    return acknowledgement.Sheet(
        given=seen.given(words, more.pop("read", None)), focus_areas=[made.focus_area()], **more
    )


def feedback_sent_by_leader(_: Translator) -> Card:
    about = seen.visit(DONE, now=AFTER, feedback_id=made.uid(154))
    return sent.read(_, seen.given(), about, (), is_mine=True, leads_home=True)


def focus_area_observed(_: Translator, words: str = "") -> Card:
    found = [seen.given(words, seen.acknowledged()), seen.given(words)]
    return focus_area.show(_, replace(made.story(), feedback=found))


def practice_brought_home(_: Translator) -> Card:
    account = Account(did="Vi vil prøve at begynde to og to.")
    return practice.ask(_, replace(made.practised(None, account=account), title=account.did, is_brought_home=True))


def visit_note_offer(_: Translator) -> Card:
    answer = focus_status.ask(_, made.story())
    return visit_note.offer(_, answer, seen.visit(now=seen.NOON), "status flere stemmer i timerne")


def acknowledge(_: Translator, words: str = "") -> Card:
    return acknowledgement.ask(_, _received(words, addenda=[seen.remark(words or "Kredsen var om morgenen.")]))


def acknowledge_wrong(_: Translator, words: str = WORDS) -> Card:
    typed = acknowledgement.Form(feedback_id=made.uid(154), reply=Reply(bring=words, comment="Se 010203-1234"))
    return acknowledgement.ask(_, _received(), typed=typed, problems=Problems({"comment": Problem("cpr")}))


def acknowledged(_: Translator, words: str = "") -> Card:
    return acknowledgement.done(_, _received(words, read=seen.acknowledged(words)))


def acknowledged_meanwhile(_: Translator, words: str = WORDS) -> Card:
    sheet = _received(read=seen.acknowledged(thanked=True))
    return acknowledgement.done(_, sheet, written=Reply(bring=words))


def acknowledge_share(_: Translator) -> Card:
    sheet = _received(colleagues=[made.colleague(), made.leader()], shared_with=[made.leader()])
    return acknowledgement_share.ask(_, sheet, Reply(bring=WORDS))


def acknowledge_share_nobody(_: Translator) -> Card:
    return acknowledgement_share.ask(_, _received(), Reply())


def acknowledge_news(_: Translator, words: str = "") -> Card:
    return acknowledgement.news(_, seen.given(read=seen.acknowledged(words, thanked=True)))


def acknowledge_none(_: Translator) -> Card:
    return acknowledgement.none_waits(_)


def acknowledge_refused(_: Translator, words: str = WORDS) -> Card:
    return acknowledgement.refused(_, Reply(bring=words))


EXAMPLES = examples_in(globals())
