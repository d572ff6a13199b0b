"""What is wrong with the files: every place, and what would be right."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class ImportProblem:
    """One thing to correct. `line` counts from 1 with the header, `column` is the file's own word for it.

    0 and "" where the problem is with the file as a whole.
    """

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.message}"


class ImportProblems(Exception):
    """Nothing was imported; `problems` has all there is to correct, in the order of the files and lines."""

    def __init__(self, problems: list[ImportProblem]) -> None:
        super().__init__("\n".join(str(each) for each in problems))
        self.problems = problems


class Findings:
    """Gathers problems while the files are read, so that all of them are told at once."""

    def __init__(self) -> None:
        self.problems: list[ImportProblem] = []

    def add(self, file: str, line: int, column: str, message: str) -> None:
        self.problems.append(ImportProblem(file, line, column, message))

    def raise_any(self, order: list[str]) -> None:
        """Raises `ImportProblems` if there are any; `order` is the order of the files."""
        if self.problems:
            place = {name: number for number, name in enumerate(order)}
            raise ImportProblems(sorted(self.problems, key=lambda each: (place.get(each.file, -1), each.line)))
