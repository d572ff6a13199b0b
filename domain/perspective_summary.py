"""By which methods and bodies somebody was heard."""

from dataclasses import dataclass

from domain.perspective import FormalBody, PerspectiveTool


@dataclass(frozen=True, kw_only=True)
class Way:
    """A method or a body by which somebody was heard, and how often."""

    number: int
    tool: PerspectiveTool | None = None
    body: FormalBody | None = None
