"""Who may see what, as a table of the policy itself, for whoever has to show it."""

from domain.access import POLICY, Relation, Sight

LETTERS = {Sight.FULL: "✔", Sight.STATUS: "S", Sight.AGGREGATE: "A", Sight.NOTHING: "–"}
HEAD = """# Who may see what

This page is `laeringsbot roles`, made of the policy in `domain/access.py` that every query asks; a test holds it
against the program. ✔ all of it · S a word for how far it is · A numbers without names · – nothing.

What somebody is to an institution, or to one record, is read from their roles on the day of reading. Where several
hold, the most counts. Whoever runs the service sees nothing in the bot. They can read the database, though, and the
commands that answer for the law, `access-export` above all, write what people wrote to their disk, decrypted.
"""


def matrix() -> str:
    """The page: a row for each kind of record, a column for each relation to it."""
    relations = list(Relation)
    rows = [["record", *(each.value for each in relations)], ["---"] * (len(relations) + 1)]
    rows += [[record.value, *(LETTERS[sights[each]] for each in relations)] for record, sights in POLICY.items()]
    return HEAD + "\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
