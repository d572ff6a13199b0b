"""What a political report says as one JSON document, so that a final one stays as it was, whatever is changed later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from domain.aims import FourAims
from domain.cycle import Cycle, Theme
from domain.evidence import Average, Breakdown, Evidence, Tally, ThemeEvidence
from domain.network import Answer, Recognition
from domain.organisation import AgeRange, InstitutionType
from domain.period import HalfYear
from domain.perspective import Count, Group, Response
from domain.political_report import Basis, BasisKind, BoardWord, Content, Printed
from domain.status import Status
from storage.types import known_parts

K = TypeVar("K")
Plain = dict[str, Any]


def dump(content: Content) -> Plain:
    return {
        "evidence": _dump_evidence(content.evidence),
        "statements": [_dump_statement(each) for each in content.statements],
        "practices": [[str(theme_id), _dump_tally(tally)] for theme_id, tally in content.practices.items()],
        "boards": _dump_breakdown(content.boards),
        "bases": [_dump_basis(each) for each in content.bases],
        "drawn_at": content.drawn_at.isoformat(),
    }


def load(kept: Plain) -> Content:
    return Content(
        evidence=_evidence(kept["evidence"]),
        statements=tuple(_statement(each) for each in kept["statements"]),
        practices={UUID(theme_id): _tally(tally) for theme_id, tally in kept["practices"]},
        boards=_breakdown(kept["boards"], BoardWord),
        bases=tuple(_basis(each) for each in kept["bases"]),
        drawn_at=datetime.fromisoformat(kept["drawn_at"]),
    )


def _dump_evidence(about: Evidence) -> Plain:
    return {
        "age_range": about.age_range,
        "cycle": [str(about.cycle.id), about.cycle.first_half_year.code],
        "fewest": about.fewest,
        "institutions": about.institutions,
        "figures_of": about.figures_of.code if about.figures_of else None,
        "themes": [
            {
                "theme": _dump_theme(each.theme),
                "working": _dump_breakdown(each.working),
                "heard": [[group, number] for group, number in each.heard.items()],
                "averages": [_dump_average(one) for one in each.averages],
            }
            for each in about.themes
        ],
        "local": [_dump_average(each) for each in about.local],
        "heard": _dump_tallies(about.heard),
        "answered": _dump_tallies(about.answered),
        "held": _dump_tally(about.held),
        "recorded": _dump_breakdown(about.recorded),
        "taken_at": about.taken_at.isoformat() if about.taken_at else None,
    }


def _evidence(kept: Plain) -> Evidence:
    age_range = AgeRange(kept["age_range"])
    cycle_id, first = kept["cycle"]
    return Evidence(
        age_range=age_range,
        cycle=Cycle(id=UUID(cycle_id), age_range=age_range, first_half_year=HalfYear.parse(first)),
        fewest=kept["fewest"],
        institutions=kept["institutions"],
        figures_of=HalfYear.parse(kept["figures_of"]) if kept["figures_of"] else None,
        themes=[
            ThemeEvidence(
                theme=_theme(each["theme"], age_range),
                working=_breakdown(each["working"], Status),
                heard={Group(group): number for group, number in each["heard"]},
                averages=[_average(one) for one in each["averages"]],
            )
            for each in kept["themes"]
        ],
        local=[_average(each) for each in kept["local"]],
        heard=_tallies(kept["heard"], Group),
        answered=_tallies(kept["answered"], Response),
        held=_tally(kept["held"]),
        recorded=_breakdown(kept["recorded"], bool),
        # A report of before numbers were kept has none.
        taken_at=datetime.fromisoformat(kept["taken_at"]) if kept.get("taken_at") else None,
    )


def _dump_theme(about: Theme) -> Plain:
    """The theme as it was decided: a list that is imported later does not change what was reported."""
    return {
        "id": str(about.id),
        "round_id": str(about.round_id),
        "title": about.title,
        "title_en": about.title_en,
        "valid": [about.valid_from.code, about.valid_to.code],
        "description": about.description,
        "decision_url": about.decision_url,
        "aims": list(about.aims),
    }


def _theme(kept: Plain, age_range: AgeRange) -> Theme:
    first, last = kept["valid"]
    return Theme(
        id=UUID(kept["id"]),
        round_id=UUID(kept["round_id"]),
        title=kept["title"],
        title_en=kept["title_en"],
        age_range=age_range,
        valid_from=HalfYear.parse(first),
        valid_to=HalfYear.parse(last),
        description=kept["description"],
        decision_url=kept["decision_url"],
        aims=tuple(FourAims(each) for each in kept["aims"]),
    )


def _dump_statement(given: Printed) -> Plain:
    return {
        "network": given.network,
        "theme_ids": [str(each) for each in given.theme_ids],
        "answers": [[each.recognition, each.tell, each.lacking] for each in given.answers],
        "contributors": given.contributors,
        "written_at": given.written_at.isoformat() if given.written_at else None,
    }


def _statement(kept: Plain) -> Printed:
    return Printed(
        network=InstitutionType(kept["network"]),
        theme_ids=tuple(UUID(each) for each in kept["theme_ids"]),
        answers=tuple(
            Answer(recognition=Recognition(word) if word else None, tell=tell, lacking=lacking)
            for word, tell, lacking in kept["answers"]
        ),
        contributors=Count(kept["contributors"]) if kept["contributors"] else None,
        written_at=datetime.fromisoformat(kept["written_at"]) if kept["written_at"] else None,
    )


def _dump_basis(about: Basis) -> Plain:
    return {
        "kind": about.kind,
        "institutions": about.institutions,
        "number": about.number,
        "months": [each.isoformat() for each in about.months],
        "latest": about.latest.isoformat() if about.latest else None,
        "theme_id": str(about.theme_id) if about.theme_id else None,
        "word": about.word,
        "source": about.source,
    }


def _basis(kept: Plain) -> Basis:
    return Basis(
        kind=BasisKind(kept["kind"]),
        institutions=kept["institutions"],
        number=kept["number"],
        # A report that was kept before there were months has the day of the newest.
        months=tuple(date.fromisoformat(each) for each in kept.get("months", ())),
        latest=date.fromisoformat(kept["latest"]) if kept["latest"] else None,
        theme_id=UUID(kept["theme_id"]) if kept["theme_id"] else None,
        word=kept["word"],
        source=kept["source"],
    )


def _dump_average(about: Average) -> Plain:
    return dict(vars(about))


def _average(kept: Plain) -> Average:
    return Average(**known_parts(Average, kept))


def _dump_breakdown(about: Breakdown[Any]) -> Plain:
    cells = [[word, number] for word, number in about.cells.items()]
    return {"total": about.total, "cells": cells, "is_vague": about.is_vague}


def _breakdown(kept: Plain, word: Callable[[Any], K]) -> Breakdown[Any]:
    """The cells by their words; a word that is None stays None, as that of a focus area without a status is."""
    cells = {None if key is None else word(key): number for key, number in kept["cells"]}
    return Breakdown(total=kept["total"], cells=cells, is_vague=kept["is_vague"])


def _dump_tally(about: Tally | None) -> list[int] | None:
    return [about.number, about.institutions] if about else None


def _tally(kept: Sequence[int] | None) -> Tally | None:
    return Tally(*kept) if kept else None


def _dump_tallies(about: Mapping[Any, Tally | None]) -> list[list[Any]]:
    return [[word, _dump_tally(tally)] for word, tally in about.items()]


def _tallies(kept: Sequence[Sequence[Any]], word: type[StrEnum]) -> dict[Any, Tally | None]:
    return {word(key): _tally(tally) for key, tally in kept}
