"""Saved supervision summaries, the leaders' remarks on them, and the numbers of the final ones.

What is final is never changed again: triggers refuse it, by whatever program.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DDL,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    select,
    update,
)

from domain.access import Record, Sight, Viewer
from domain.errors import NotAllowed
from domain.facts import SourceKind, SourceRef
from domain.organisation import Institution, Language, Person
from domain.printed import Line, Side
from domain.saved_summary import About, SavedSummary, SummaryRemark, SummaryState
from domain.supervision import Section
from storage.organisation import institution, person
from storage.types import Document, HalfYearType, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

MOST = 100
_RECORDS = {
    SummaryState.DRAFT: Record.SUMMARY_DRAFT,
    SummaryState.READ: Record.SUMMARY_DRAFT,
    SummaryState.SENT: Record.SUMMARY_SENT,
    SummaryState.FINAL: Record.SUMMARY_FINAL,
}


def _dump(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "section": line.section.value,
            **{name: value for name in _WORDS if (value := getattr(line, name))},
            **({"side": line.side.value} if line.side else {}),
            **({"is_count": True} if line.is_count else {}),
            "sources": [
                [ref.kind.value, str(ref.id), str(ref.institution_id), ref.at.isoformat()] for ref in line.sources
            ],
        }
        for line in lines
    ]


def _load(kept: Iterable[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            section=Section(each["section"]),
            **{name: each[name] for name in _WORDS if name in each},
            side=Side(each["side"]) if "side" in each else None,
            is_count=bool(each.get("is_count")),
            sources=tuple(
                SourceRef(
                    kind=SourceKind(kind), id=UUID(raw), institution_id=UUID(where), at=datetime.fromisoformat(at)
                )
                for kind, raw, where, at in each["sources"]
            ),
        )
        for each in kept
    )


_WORDS = ("lead", "rest", "small", "quote", "theme")

saved_summary = Table(
    "saved_summary",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("about_key", String(100), nullable=False, index=True),
    Column("open_key", String(100), unique=True),
    Column("first", HalfYearType, nullable=False),
    Column("last", HalfYearType, nullable=False),
    Column("theme_id", ForeignKey("theme.id")),
    Column("scope", Text, nullable=False),
    Column("lines", Document(_dump, _load), nullable=False),
    Column("language", enum_type(Language), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("state", enum_type(SummaryState), nullable=False),
    Column("read_at", Utc),
    Column("sent_at", Utc),
    Column("sent_by", ForeignKey("person.id")),
    Column("answered_at", Utc),
    Column("final_at", Utc),
    Column("final_by", ForeignKey("person.id")),
    Column("year", Integer),
    Column("number", Integer),
    Column("replaces_id", ForeignKey("saved_summary.id"), index=True),
    Column("version", Integer, nullable=False),
    Index("ix_saved_summary_institution_id_made_at", "institution_id", "made_at"),
    Index("ix_saved_summary_state_sent_at", "state", "sent_at"),
    UniqueConstraint("year", "number"),
)
summary_remark = Table(
    "summary_remark",
    metadata,
    identity(),
    Column("summary_id", ForeignKey("saved_summary.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("remark", Text, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("corrected_at", Utc),
    Column("version", Integer, nullable=False),
    UniqueConstraint("summary_id", "author_id"),
)
summary_number = Table(
    "summary_number",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

registry.map_imperatively(SavedSummary, saved_summary, version_id_col=saved_summary.c.version)
registry.map_imperatively(SummaryRemark, summary_remark, version_id_col=summary_remark.c.version)

_WHY = "a final summary is never changed"
_SAME = "OLD.state = 'endelig'"
# A row that replaces another takes it away without the triggers of a deletion.
_TAKES = (
    "EXISTS (SELECT 1 FROM saved_summary AS kept WHERE kept.state = 'endelig' "
    "AND (kept.id = NEW.id OR (kept.year = NEW.year AND kept.number = NEW.number)))"
)


def _about_final(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM saved_summary WHERE id = {row}.summary_id AND state = 'endelig')"  # noqa: S608


def _refused(table: str, what: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {table}_final_no_{what} BEFORE {what} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{_WHY}'); END"
    )


# A rule for how long summaries are kept, with an authority's word for it, is the one thing that deletes a final one.
PASSES = "EXISTS (SELECT 1 FROM retention_pass WHERE kind = 'summary')"
GUARDS: dict[str, dict[str, tuple[str, ...]]] = {
    "saved_summary": {
        "sqlite": (
            _refused("saved_summary", "update", f"{_SAME} OR {_TAKES}"),
            _refused("saved_summary", "delete", f"({_SAME}) AND NOT {PASSES}"),
            _refused("saved_summary", "insert", _TAKES),
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION saved_summary_final_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'DELETE' AND {PASSES} THEN RETURN OLD; END IF; "
            f"IF OLD.state = 'endelig' THEN RAISE EXCEPTION '{_WHY}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            "CREATE TRIGGER saved_summary_final_stays BEFORE UPDATE OR DELETE ON saved_summary "
            "FOR EACH ROW EXECUTE FUNCTION saved_summary_final_stays()",
            "CREATE OR REPLACE FUNCTION saved_summary_final_is_kept() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608
            "$$ BEGIN IF EXISTS (SELECT 1 FROM saved_summary WHERE state = 'endelig') "
            f"THEN RAISE EXCEPTION '{_WHY}'; END IF; RETURN NULL; END $$",
            "CREATE TRIGGER saved_summary_final_is_kept BEFORE TRUNCATE ON saved_summary "
            "EXECUTE FUNCTION saved_summary_final_is_kept()",
        ),
    },
    "summary_remark": {
        "sqlite": (
            _refused("summary_remark", "update", f"{_about_final('OLD')} OR {_about_final('NEW')}"),
            _refused("summary_remark", "delete", f"{_about_final('OLD')} AND NOT {PASSES}"),
            _refused(
                "summary_remark",
                "insert",
                f"{_about_final('NEW')} OR EXISTS (SELECT 1 FROM summary_remark AS kept WHERE kept.id = NEW.id "  # noqa: S608
                f"AND {_about_final('kept')})",
            ),
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION summary_remark_final_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'DELETE' AND {PASSES} THEN RETURN OLD; END IF; "
            f"IF TG_OP <> 'INSERT' AND {_about_final('OLD')} THEN RAISE EXCEPTION '{_WHY}'; END IF; "
            f"IF TG_OP <> 'DELETE' AND {_about_final('NEW')} THEN RAISE EXCEPTION '{_WHY}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            "CREATE TRIGGER summary_remark_final_stays BEFORE INSERT OR UPDATE OR DELETE ON summary_remark "
            "FOR EACH ROW EXECUTE FUNCTION summary_remark_final_stays()",
            "CREATE TRIGGER summary_remark_final_is_kept BEFORE TRUNCATE ON summary_remark "
            "EXECUTE FUNCTION saved_summary_final_is_kept()",
        ),
    },
}
for _table in (saved_summary, summary_remark):
    for _dialect, _statements in GUARDS[_table.name].items():
        for _statement in _statements:
            event.listen(_table, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


def summary_for(
    uow: UnitOfWork, viewer: Viewer, summary_id: UUID, *, lock: bool = False
) -> tuple[SavedSummary, Institution]:
    """The summary and its institution as the viewer may read them in its present state; `NotAllowed` otherwise.

    With `lock`, whoever answers or finishes it waits for the other: what is answered is seen before it is final.
    """
    found = uow.session.get(SavedSummary, summary_id, with_for_update=lock or None)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    viewer.require(_RECORDS[found.state], where)
    return found, where


def summaries_seen(uow: UnitOfWork, viewer: Viewer, places: Iterable[Institution]) -> Sequence[SavedSummary]:
    """The summaries of these institutions that the viewer may read, newest first; at most a hundred."""
    known = list(places)
    by_state = {
        state: [where.id for where in known if viewer.sight(record, where) is Sight.FULL]
        for state, record in _RECORDS.items()
    }
    found: list[SavedSummary] = []
    for state, ids in by_state.items():
        if ids:
            found += uow.session.scalars(
                select(SavedSummary)
                .where(saved_summary.c.institution_id.in_(ids), saved_summary.c.state == state)
                .order_by(saved_summary.c.made_at.desc(), saved_summary.c.id.desc())
                .limit(MOST)
            )
    return sorted(found, key=lambda each: (each.made_at, each.id), reverse=True)[:MOST]


def on_its_way(uow: UnitOfWork, about: About) -> SavedSummary | None:
    """The summary of the same that is not final yet."""
    return uow.session.scalar(select(SavedSummary).where(saved_summary.c.open_key == about.key))


def newest_final(uow: UnitOfWork, about: About) -> SavedSummary | None:
    """The latest edition of the same, None before there is any."""
    return uow.session.scalar(
        select(SavedSummary)
        .where(saved_summary.c.about_key == about.key, saved_summary.c.state == SummaryState.FINAL)
        .order_by(saved_summary.c.final_at.desc(), saved_summary.c.number.desc())
        .limit(1)
    )


def summary_with_id(uow: UnitOfWork, summary_id: UUID) -> SavedSummary:
    """The summary, whoever asks: for the name of the edition before."""
    return uow.session.get_one(SavedSummary, summary_id)


def replaced_by(uow: UnitOfWork, about: SavedSummary) -> SavedSummary | None:
    """The final edition that names this one as the one before it."""
    return uow.session.scalar(
        select(SavedSummary).where(saved_summary.c.replaces_id == about.id, saved_summary.c.state == SummaryState.FINAL)
    )


def forget(uow: UnitOfWork, about: SavedSummary) -> None:
    """Takes away a draft that nobody but the chief has had."""
    about.require_unsent()
    uow.session.delete(about)
    uow.session.flush()


def remarks_of(uow: UnitOfWork, about: SavedSummary) -> Sequence[tuple[SummaryRemark, Person]]:
    """The leaders' answers, oldest first, with who gave them; for those who may read the summary."""
    rows = uow.session.execute(
        select(SummaryRemark, Person)
        .join(person, person.c.id == summary_remark.c.author_id)
        .where(summary_remark.c.summary_id == about.id)
        .order_by(summary_remark.c.written_at, summary_remark.c.id)
    )
    return [(each, author) for each, author in rows]


def sent_summaries(uow: UnitOfWork) -> Sequence[tuple[SavedSummary, Institution]]:
    """What is with the leaders for a remark, oldest first, for the clock."""
    rows = uow.session.execute(
        select(SavedSummary, Institution)
        .join(institution, institution.c.id == saved_summary.c.institution_id)
        .where(saved_summary.c.state == SummaryState.SENT)
        .order_by(saved_summary.c.sent_at)
    )
    return [(each, where) for each, where in rows]


def next_number(uow: UnitOfWork, year: int) -> int:
    """The next number of the year. Whoever comes second waits for the first, whose undoing gives the number back."""
    uow.session.execute(uow.insert(summary_number).values(year=year, last=0).on_conflict_do_nothing())
    row = summary_number.c.year == year
    uow.session.execute(update(summary_number).where(row).values(last=summary_number.c.last + 1))
    found: int = uow.session.execute(select(summary_number.c.last).where(row)).scalar_one()
    return found
