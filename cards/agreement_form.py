"""What is typed about agreements: what became of one, the terms of a new one, and what came of it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from cards import form
from cards.form import Data
from domain.agreement import Owner, Terms


class Became(StrEnum):
    """What became of an agreement from last time."""

    DONE = "done"
    CONTINUES = "continues"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class ReviewForm:
    """What became of one agreement; `skipped` are those that were left as they are."""

    one_on_one_id: UUID
    agreement_id: UUID
    became: Became | None
    result: str = field(repr=False)
    due: date | None
    skipped: tuple[UUID, ...] = ()

    @classmethod
    def read(cls, data: Data) -> "ReviewForm":
        return cls(
            one_on_one_id=form.subject_id(data),
            agreement_id=form.subject_id(data, "a"),
            became=form.choice(data, "became", Became),
            result=form.text(data, "result"),
            due=form.day(data, "due"),
            skipped=form.ids(data, "s"),
        )


@dataclass(frozen=True, kw_only=True)
class TermsForm:
    """A new agreement as typed."""

    one_on_one_id: UUID
    terms: Terms = field(repr=False)
    institution_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "TermsForm":
        return cls(
            one_on_one_id=form.subject_id(data),
            terms=_terms(data),
            institution_id=form.optional_id(data, "where"),
        )


@dataclass(frozen=True, kw_only=True)
class CorrectForm:
    agreement_id: UUID
    terms: Terms = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "CorrectForm":
        return cls(agreement_id=form.subject_id(data), terms=_terms(data))


@dataclass(frozen=True, kw_only=True)
class FinishForm:
    agreement_id: UUID
    result: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "FinishForm":
        return cls(agreement_id=form.subject_id(data), result=form.text(data, "result"))


def _terms(data: Data) -> Terms:
    return Terms(text=form.text(data, "text"), owner=form.choice(data, "owner", Owner), due=form.day(data, "due"))
