"""What each row counts as in the policy, by how far it is: a draft is read by others than what has been shared."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, and_, case, literal, not_, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record
from domain.feedback import ATTACHED_AFTER
from domain.observation import ObservationState
from domain.one_on_one import OneOnOneState
from domain.political_report import ReportState
from domain.preparation import PreparationState
from domain.saved_summary import SummaryState
from storage.tables import metadata

# Whether a row counts as something at that moment.
When = Callable[[datetime], ColumnElement[bool]]

acknowledgement = metadata.tables["acknowledgement"]
agenda_item = metadata.tables["agenda_item"]
decision = metadata.tables["decision"]
feedback = metadata.tables["feedback"]
feedback_addendum = metadata.tables["feedback_addendum"]
feedback_share = metadata.tables["feedback_share"]
network_statement = metadata.tables["network_statement"]
observation = metadata.tables["observation"]
one_on_one = metadata.tables["one_on_one"]
political_report = metadata.tables["political_report"]
practice = metadata.tables["practice"]
preparation = metadata.tables["preparation"]
preparation_share = metadata.tables["preparation_share"]
reflection = metadata.tables["reflection"]
saved_summary = metadata.tables["saved_summary"]
summary_remark = metadata.tables["summary_remark"]


def is_open_item(now: datetime) -> ColumnElement[bool]:
    """A private item counts as the 1:1's own once the meeting has begun; one that was cancelled never has."""
    begun = select(one_on_one.c.id).where(one_on_one.c.starts_at <= now, one_on_one.c.state != OneOnOneState.CANCELLED)
    return or_(not_(agenda_item.c.is_private), agenda_item.c.one_on_one_id.in_(begun))


def _is_unread(of: ColumnElement[UUID], now: datetime) -> ColumnElement[bool]:
    """That a feedback was sent within 14 days, and is not acknowledged."""
    read = select(acknowledgement.c.feedback_id)
    fresh = select(feedback.c.id).where(feedback.c.submitted_at > now - ATTACHED_AFTER)
    return and_(of.in_(fresh), not_(of.in_(read)))


def _of_summary(*states: SummaryState) -> When:
    found = select(saved_summary.c.id).where(saved_summary.c.state.in_(states))
    return lambda now: summary_remark.c.summary_id.in_(found)


# The states that others read than what has been shared, the first that holds.
KEPT_AS: Mapping[str, tuple[tuple[Record, When], ...]] = {
    "preparation": ((Record.PREPARATION_DRAFT, lambda now: preparation.c.state != PreparationState.READY),),
    "preparation_share": (
        (
            Record.PREPARATION_DRAFT,
            lambda now: preparation_share.c.preparation_id.in_(
                select(preparation.c.id).where(preparation.c.state != PreparationState.READY)
            ),
        ),
    ),
    "reflection": ((Record.REFLECTION_DRAFT, lambda now: reflection.c.saved_at.is_(None)),),
    "decision": ((Record.DECISION_DRAFT, lambda now: decision.c.saved_at.is_(None)),),
    "practice": (
        (
            Record.PRACTICE_DRAFT,
            lambda now: or_(practice.c.shared_at.is_(None), practice.c.withdrawn_at.is_not(None)),
        ),
    ),
    "observation": ((Record.OBSERVATION_DRAFT, lambda now: observation.c.state == ObservationState.DRAFT),),
    "feedback": (
        (Record.FEEDBACK_DRAFT, lambda now: feedback.c.submitted_at.is_(None)),
        (Record.FEEDBACK_UNREAD, lambda now: _is_unread(feedback.c.id, now)),
    ),
    "feedback_addendum": ((Record.FEEDBACK_UNREAD, lambda now: _is_unread(feedback_addendum.c.feedback_id, now)),),
    "feedback_share": ((Record.FEEDBACK_UNREAD, lambda now: _is_unread(feedback_share.c.feedback_id, now)),),
    "agenda_item": ((Record.PRIVATE_ITEM, lambda now: not_(is_open_item(now))),),
    "saved_summary": (
        (Record.SUMMARY_SENT, lambda now: saved_summary.c.state == SummaryState.SENT),
        (
            Record.SUMMARY_DRAFT,
            lambda now: saved_summary.c.state.in_((SummaryState.DRAFT, SummaryState.READ)),
        ),
    ),
    "summary_remark": ((Record.SUMMARY_SENT, _of_summary(SummaryState.SENT)),),
    "network_statement": ((Record.NETWORK_DRAFT, lambda now: network_statement.c.saved_at.is_(None)),),
    "political_report": ((Record.POLITICAL_REPORT_DRAFT, lambda now: political_report.c.state != ReportState.FINAL),),
}
# What a table's rows are once they are shared, where that is not what their kind is.
SHARED_AS: Mapping[str, Record] = {
    "board_note": Record.BOARD_NOTE,
    "focus_remark": Record.FOCUS_REMARK,
    "local_priority": Record.LOCAL_PRIORITY,
    "measure": Record.FOCUS_AREA,
    "one_on_one": Record.ONE_ON_ONE,
    "agenda_item": Record.ONE_ON_ONE,
    "rhythm": Record.ONE_ON_ONE,
    "school_talk": Record.ONE_ON_ONE,
    "remark": Record.REMARK,
    "anonymisation": Record.ANONYMISATION,
}


def kept_as(table: Table, shared: Record | None, now: datetime) -> ColumnElement[str]:
    """The record that a row counts as, as a column; empty where only the machinery uses it."""
    least = SHARED_AS.get(table.name, shared)
    whens = [(when(now), literal(record.value)) for record, when in KEPT_AS.get(table.name, ())]
    otherwise = literal(least.value if least else "")
    return case(*whens, else_=otherwise) if whens else otherwise
