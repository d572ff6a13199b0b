"""What the board said or settled, which is noted with the decisions and is none of the leader's own."""

from dialogs.understanding.said import Said

_IN = frozenset({"i", "by"})


def asks_what_the_board_said(said: Said) -> bool:
    """`Hvad sagde bestyrelsen`, `hvad besluttede den`; its members may have said more."""
    if not said.has("board") or said.groups or said.has("perspective", "recommendation", "political"):
        return False
    named = {index for hit in said.all("board") for index in range(hit.start, hit.stop)}
    return said.has("say", "board_answer") or _settles(said, named) or len(named) == len(said.words)


def _settles(said: Said, board: set[int]) -> bool:
    """`Besluttede bestyrelsen`, `er besluttet i bestyrelsen`, `bestyrelsens beslutninger`."""
    beside = {index + step for index in board for step in (-1, 1)}
    beside |= {index - 2 for index in board if said.words[index - 1].norm in _IN}
    if any(hit.start in beside for hit in said.all("board_settles")):
        return True
    return any(hit.start - 1 in board and said.words[hit.start - 1].norm.endswith("s") for hit in said.all("decision"))
