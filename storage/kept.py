"""Every table, as the law asks about it: what kind it is, whose a row is, and how long it is kept.

A table that nobody has placed here fails a test, so that nothing about a person is ever left out of what they are told,
or of what is deleted when its time is over.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Table, false, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record
from domain.kept import Kind
from domain.observation import ObservationState
from storage.holding import Concerns, Holding, Told
from storage.kept_as import is_open_item
from storage.tables import metadata

# By their names, since a table is where its flow keeps it.
acknowledgement = metadata.tables["acknowledgement"]
addendum = metadata.tables["addendum"]
agenda_item = metadata.tables["agenda_item"]
agreement = metadata.tables["agreement"]
anonymisation = metadata.tables["anonymisation"]
answer = metadata.tables["answer"]
asked_before = metadata.tables["asked_before"]
asked_bounds = metadata.tables["asked_bounds"]
asked_summary = metadata.tables["asked_summary"]
audit_event = metadata.tables["audit_event"]
board_note = metadata.tables["board_note"]
chat = metadata.tables["chat"]
decision = metadata.tables["decision"]
export_event = metadata.tables["export_event"]
dialogue = metadata.tables["dialogue"]
feedback = metadata.tables["feedback"]
feedback_addendum = metadata.tables["feedback_addendum"]
feedback_share = metadata.tables["feedback_share"]
focus_area = metadata.tables["focus_area"]
focus_remark = metadata.tables["focus_remark"]
focus_status = metadata.tables["focus_status"]
legal_hold = metadata.tables["legal_hold"]
local_priority = metadata.tables["local_priority"]
measure = metadata.tables["measure"]
network_statement = metadata.tables["network_statement"]
note_version = metadata.tables["note_version"]
observation = metadata.tables["observation"]
observation_guide = metadata.tables["observation_guide"]
one_on_one = metadata.tables["one_on_one"]
person = metadata.tables["person"]
personal_note = metadata.tables["personal_note"]
perspective = metadata.tables["perspective"]
political_report = metadata.tables["political_report"]
practice = metadata.tables["practice"]
preparation = metadata.tables["preparation"]
preparation_share = metadata.tables["preparation_share"]
prompt = metadata.tables["prompt"]
rectification = metadata.tables["rectification"]
reach = metadata.tables["reach"]
recommendation = metadata.tables["recommendation"]
reflection = metadata.tables["reflection"]
remark = metadata.tables["remark"]
rhythm = metadata.tables["rhythm"]
role_assignment = metadata.tables["role_assignment"]
saved_summary = metadata.tables["saved_summary"]
school_talk = metadata.tables["school_talk"]
sent_card = metadata.tables["sent_card"]
summary_remark = metadata.tables["summary_remark"]
theme_receipt = metadata.tables["theme_receipt"]
tool_experience = metadata.tables["tool_experience"]
visit_note = metadata.tables["visit_note"]


def _in_one_on_one(table: Table) -> Concerns:
    def condition(person_id: UUID) -> ColumnElement[bool]:
        either = or_(one_on_one.c.chief_id == person_id, one_on_one.c.leader_id == person_id)
        return table.c.one_on_one_id.in_(select(one_on_one.c.id).where(either))

    return condition


def _written_in_one_on_one(
    table: Table, by: str, words: str, *, since: str, shared: Callable[[datetime], ColumnElement[bool]] | None = None
) -> Holding:
    """What one of the two wrote, which the other is told and which goes with the 1:1."""
    return Holding(
        table=table,
        kind=Kind.ONE_ON_ONE,
        by=(by,),
        through=_in_one_on_one(table),
        words=(words,),
        since=since,
        told=(words,),
        shared=shared,
        goes_with="one_on_one_id",
    )


def _hosted(person_id: UUID) -> ColumnElement[bool]:
    return feedback.c.observation_id.in_(select(observation.c.id).where(observation.c.host_id == person_id))


def _of_feedback(table: Table) -> Concerns:
    def condition(person_id: UUID) -> ColumnElement[bool]:
        either = or_(feedback.c.author_id == person_id, _hosted(person_id))
        return table.c.feedback_id.in_(select(feedback.c.id).where(either))

    return condition


def _of_dialogue(table: Table) -> ScalarSelect[UUID]:
    return select(dialogue.c.institution_id).where(dialogue.c.id == table.c.dialogue_id).scalar_subquery()


def _of_focus_area(table: Table) -> ScalarSelect[UUID]:
    return select(focus_area.c.institution_id).where(focus_area.c.id == table.c.focus_area_id).scalar_subquery()


def _decided(person_id: UUID) -> ColumnElement[bool]:
    either = or_(decision.c.author_id == person_id, decision.c.written_by == person_id)
    return measure.c.decision_id.in_(select(decision.c.id).where(either))


def _at_host(table: Table) -> ScalarSelect[UUID]:
    return select(feedback.c.institution_id).where(feedback.c.id == table.c.feedback_id).scalar_subquery()


def _to_the_observer(told: Told, row: Mapping[str, Any], person_id: UUID) -> Told:
    """The comment and the aims: what the host brings to the dialogue is seen with the preparation alone."""
    reply = told["reply"]
    return {"reply": {"comment": reply.comment, "aims": reply.aims}}


def _while_theirs(told: Told, row: Mapping[str, Any], person_id: UUID) -> Told:
    """What came of an agreement after it went to the next leader is not told to the one whom it left."""
    if person_id == row["moved_from"] and person_id != row["leader_id"]:
        return {name: value for name, value in told.items() if name != "result"}
    return told


HOLDINGS: tuple[Holding, ...] = (
    Holding(table=person, kind=Kind.IDENTITY, about=("id",), since="ended_on"),
    Holding(table=role_assignment, kind=Kind.IDENTITY, about=("person_id",)),
    Holding(table=reach, kind=Kind.IDENTITY, about=("person_id",)),
    Holding(table=chat, kind=Kind.IDENTITY, about=("person_id",), since="seen_at"),
    Holding(
        table=preparation,
        kind=Kind.PREPARATION,
        by=("written_by",),
        about=("handed_to",),
        words=("data", "perspectives", "focus"),
        since="written_at",
        place=_of_dialogue(preparation),
    ),
    Holding(
        table=preparation_share,
        kind=Kind.PREPARATION,
        about=("person_id",),
        acted=("shared_by",),
        since="shared_at",
        place=select(dialogue.c.institution_id)
        .where(dialogue.c.id == preparation.c.dialogue_id, preparation.c.id == preparation_share.c.preparation_id)
        .scalar_subquery(),
        goes_with="preparation_id",
    ),
    Holding(
        table=reflection,
        kind=Kind.REFLECTION,
        by=("written_by",),
        about=("note_taker",),
        words=("basis", "understanding"),
        since="written_at",
        place=_of_dialogue(reflection),
    ),
    Holding(
        table=decision,
        kind=Kind.DECISION,
        by=("author_id", "written_by"),
        words=("what", "who"),
        since="written_at",
        place=_of_dialogue(decision),
    ),
    Holding(
        table=addendum,
        kind=Kind.DECISION,
        by=("author_id",),
        words=("text",),
        since="written_at",
        place=_of_dialogue(addendum),
    ),
    Holding(
        table=board_note,
        kind=Kind.DECISION,
        by=("author_id",),
        words=("said",),
        since="written_at",
        place=_of_dialogue(board_note),
    ),
    Holding(
        table=measure,
        kind=Kind.DECISION,
        acted=("ended_by",),
        words=("text", "owner", "outcome"),
        since="ended_at",
        place=measure.c.institution_id,
        under=_decided,
    ),
    Holding(
        table=focus_area,
        kind=Kind.FOCUS_AREA,
        by=("written_by",),
        words=("title", "why", "signs", "first_step", "outcome", "owner"),
        since="closed_at",
        place=focus_area.c.institution_id,
    ),
    Holding(
        table=focus_remark,
        kind=Kind.FOCUS_AREA,
        by=("author_id",),
        words=("text",),
        since="written_at",
        place=_of_focus_area(focus_remark),
        goes_with="focus_area_id",
    ),
    Holding(
        table=focus_status,
        kind=Kind.FOCUS_AREA,
        by=("author_id",),
        words=("seen", "meaning", "learned", "next_step"),
        since="written_at",
        place=_of_focus_area(focus_status),
        goes_with="focus_area_id",
    ),
    Holding(
        table=perspective,
        kind=Kind.PERSPECTIVE,
        by=("author_id",),
        acted=("corrected_by",),
        words=("said", "recommend"),
        since="written_at",
        place=perspective.c.institution_id,
    ),
    Holding(
        table=recommendation,
        kind=Kind.PERSPECTIVE,
        acted=("responded_by",),
        words=("text", "reason"),
        since="written_at",
        place=recommendation.c.institution_id,
        goes_with="perspective_id",
    ),
    Holding(
        table=local_priority,
        kind=Kind.PERSPECTIVE,
        by=("author_id",),
        acted=("corrected_by",),
        words=("text",),
        since="written_at",
        place=local_priority.c.institution_id,
    ),
    Holding(
        table=practice,
        kind=Kind.PRACTICE,
        by=("written_by",),
        words=("title", "draft", "shared"),
        since="written_at",
        place=practice.c.institution_id,
    ),
    Holding(
        table=tool_experience,
        kind=Kind.METHOD,
        by=("author_id",),
        words=("text",),
        since="written_at",
        place=tool_experience.c.institution_id,
    ),
    Holding(
        table=observation_guide,
        kind=Kind.GUIDE,
        by=("written_by",),
        acted=("published_by",),
        words=("text",),
    ),
    Holding(
        table=theme_receipt,
        kind=Kind.THEME,
        acted=("seen_by", "discussed_by"),
        since="sent_at",
        place=theme_receipt.c.institution_id,
    ),
    Holding(
        table=observation,
        kind=Kind.OBSERVATION,
        by=("host_id",),
        about=("observer_id",),
        words=("whom", "what", "when"),
        since="asked_at",
        place=observation.c.institution_id,
        told=("whom", "what", "when"),
        shared=lambda now: observation.c.state != ObservationState.DRAFT,
    ),
    Holding(
        table=visit_note,
        kind=Kind.VISIT_NOTE,
        by=("author_id",),
        words=("text",),
        since="written_at",
        place=select(observation.c.institution_id)
        .where(observation.c.id == visit_note.c.observation_id)
        .scalar_subquery(),
    ),
    Holding(
        table=feedback,
        kind=Kind.FEEDBACK,
        by=("author_id",),
        through=_hosted,
        words=("described", "curious"),
        since="submitted_at",
        place=feedback.c.institution_id,
        told=("described", "curious"),
        shared=lambda now: feedback.c.submitted_at.is_not(None),
    ),
    Holding(
        table=feedback_addendum,
        kind=Kind.FEEDBACK,
        by=("author_id",),
        through=_of_feedback(feedback_addendum),
        words=("text",),
        since="written_at",
        place=_at_host(feedback_addendum),
        told=("text",),
        goes_with="feedback_id",
    ),
    Holding(
        table=acknowledgement,
        kind=Kind.FEEDBACK,
        by=("by_id",),
        through=_of_feedback(acknowledgement),
        words=("reply",),
        since="at",
        place=_at_host(acknowledgement),
        told=("reply",),
        told_as=_to_the_observer,
        goes_with="feedback_id",
    ),
    Holding(
        table=feedback_share,
        kind=Kind.FEEDBACK,
        about=("person_id",),
        acted=("shared_by",),
        since="shared_at",
        place=_at_host(feedback_share),
        goes_with="feedback_id",
    ),
    Holding(
        table=one_on_one,
        kind=Kind.ONE_ON_ONE,
        by=("chief_id",),
        about=("leader_id",),
        words=("place", "draft"),
        since="starts_at",
        told=("place",),
        # A half-written note: the meeting itself is read by both.
        apart={"draft": Record.NOTE_DRAFT},
    ),
    _written_in_one_on_one(agenda_item, "added_by", "text", since="added_at", shared=is_open_item),
    _written_in_one_on_one(note_version, "author_id", "content", since="written_at"),
    _written_in_one_on_one(remark, "author_id", "text", since="written_at"),
    Holding(
        table=school_talk,
        kind=Kind.ONE_ON_ONE,
        through=_in_one_on_one(school_talk),
        since="held_at",
        place=school_talk.c.institution_id,
        goes_with="one_on_one_id",
    ),
    Holding(table=rhythm, kind=Kind.ONE_ON_ONE, by=("chief_id",), about=("leader_id",), since="set_at"),
    Holding(
        table=agreement,
        kind=Kind.AGREEMENT,
        by=("chief_id",),
        about=("leader_id", "moved_from"),
        acted=("ended_by",),
        words=("text", "result"),
        since="ended_at",
        place=agreement.c.institution_id,
        told=("text", "result"),
        told_as=_while_theirs,
    ),
    Holding(
        table=personal_note,
        kind=Kind.PERSONAL_NOTE,
        by=("author_id",),
        through=_in_one_on_one(personal_note),
        words=("text",),
        since="written_at",
        shared=lambda now: false(),
    ),
    Holding(
        table=saved_summary,
        kind=Kind.SUMMARY,
        by=("author_id",),
        acted=("sent_by", "final_by"),
        words=("scope", "lines"),
        since="final_at",
        place=saved_summary.c.institution_id,
    ),
    Holding(
        table=summary_remark,
        kind=Kind.SUMMARY,
        by=("author_id",),
        words=("remark",),
        since="written_at",
        place=select(saved_summary.c.institution_id)
        .where(saved_summary.c.id == summary_remark.c.summary_id)
        .scalar_subquery(),
        goes_with="summary_id",
    ),
    Holding(
        table=network_statement,
        kind=Kind.NETWORK,
        by=("written_by",),
        words=("answers",),
        since="saved_at",
    ),
    Holding(
        table=political_report,
        kind=Kind.POLITICAL_REPORT,
        by=("drawn_by",),
        acted=("final_by",),
        words=("content",),
        since="final_at",
    ),
    Holding(
        table=rectification,
        kind=Kind.RIGHT,
        by=("asked_by",),
        about=("author_id",),
        words=("wanted", "reason", "answer"),
        told=("wanted", "reason", "answer"),
        since="asked_at",
    ),
    Holding(
        table=anonymisation,
        kind=Kind.RIGHT,
        about=("person_id",),
        acted=("proposed_by", "answered_by"),
        words=("name",),
        since="done_at",
    ),
    Holding(table=legal_hold, kind=Kind.RIGHT, about=("person_id",), shared=lambda now: false(), since="lifted_at"),
    Holding(table=asked_before, kind=Kind.QUESTION, about=("person_id",), since="asked_at"),
    Holding(table=asked_bounds, kind=Kind.QUESTION, about=("person_id",), since="asked_at"),
    Holding(table=asked_summary, kind=Kind.QUESTION, about=("person_id",), since="asked_at"),
    # A prompt is what keeps its occasion from being sent again, for as long as a clock can derive that.
    Holding(table=prompt, kind=Kind.MESSAGE, about=("person_id",), since="expires_at"),
    Holding(table=sent_card, kind=Kind.MESSAGE, about=("person_id",), since="sent_at"),
    Holding(table=answer, kind=Kind.MESSAGE, about=("person_id",), words=("card",), since="answered_at"),
    Holding(
        table=audit_event,
        kind=Kind.AUDIT,
        by=("reader_id",),
        about=("concerns_id",),
        since="at",
        place=audit_event.c.institution_id,
    ),
    Holding(table=export_event, kind=Kind.AUDIT, about=("concerns_id",), acted=("by_id",), since="at"),
)
# What holds nobody: the organisation, what is public or counted, and the machinery.
IMPERSONAL = frozenset(
    {
        "area",
        "cycle",
        "data_package",
        "deletion",
        "delivery",
        "dialogue",
        "evidence_figures",
        "evidence_kept",
        "institution",
        "journal_entry",
        "key_figure",
        "perspective_tool",
        "political_round",
        "rest",
        "retention_pass",
        "retention_rule",
        "schema_support",
        "secret",
        "send_slot",
        "summary_number",
        "theme",
        "worker",
    }
)
BY_TABLE = {each.table.name: each for each in HOLDINGS}
