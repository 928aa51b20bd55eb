"""`volteface mark`: the analyst's word on a finding, a claim or a holder, remembered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from flows.desk import Desk
from flows.marks import Taken, take
from news.errors import ConfigurationError
from news.mark import Word
from volteface.options import Session, common
from volteface.terminal import plain, print_json, say

SAYS = {
    Word.RIGHT: "is right",
    Word.WRONG: "is wrong",
    Word.NOISE: "is not worth telling",
    Word.KNOWN: "was known",
    Word.SAME_AS: "is the same as",
    Word.APART_FROM: "is another than",
    Word.UNDONE: "has no mark now",
}
"""Each word as the verb of a sentence about what it is on."""


@click.command()
@click.argument("subject", metavar="ID")
@click.option("--right", is_flag=True, help="The finding, or claim, is as it should be.")
@click.option("--wrong", is_flag=True, help="It is not: a claim counts no more, readers of a finding get a correction.")
@click.option("--noise", is_flag=True, help="The finding is true, but not worth telling.")
@click.option("--known", is_flag=True, help="The finding is true, but no news.")
@click.option("--same-as", metavar="ID", help="The holder is this other one under another name, which stands for both.")
@click.option("--apart-from", metavar="ID", help="The holder is not this other one, however alike the names are.")
@click.option("--undo", is_flag=True, help="Take back the last word that holds on it.")
@click.option("--because", metavar="TEXT", help="Why; kept with the mark.")
@click.option("--json", "as_json", is_flag=True, help="The mark's row on stdout.")
@common
def mark(
    session: Session,
    subject: str,
    *,
    same_as: str | None,
    apart_from: str | None,
    because: str | None,
    as_json: bool,
    **flags: bool,
) -> None:
    """Remember your word on ID: a finding or claim by its id, or a holder by the name that lists show.

    The newest word holds, whatever is read again later; `volteface marks` lists them all, with the precision of past
    alerts. What a mark changes is derived anew at once and alerts nobody; only those who were told a finding that turns
    out not to hold get a correction, once, with their next digest.
    """
    said: dict[Word, str | None] = {
        Word.UNDONE if name == "undo" else Word(name): None for name, given in flags.items() if given
    }
    said |= {word: name for word, name in ((Word.SAME_AS, same_as), (Word.APART_FROM, apart_from)) if name is not None}
    if len(said) != 1:
        wanted = "--right, --wrong, --noise, --known, --same-as, --apart-from or --undo"
        raise ConfigurationError(
            "a mark says two things at once" if said else "a mark must say something", f"give one of {wanted}"
        )
    [(word, other)] = said.items()
    desk = Desk(session.topic, session.existing(), session.settings)
    taken = take(desk, subject, word, datetime.now(UTC), other=other, because=because)
    if as_json:
        print_json([taken.row])
    _tell(taken)


def _sentence(row: dict[str, Any]) -> str:
    subject, word, other = row["subject"], Word(row["word"]), row["other"]
    if word is Word.UNDONE and other:
        return f"nothing is said of {subject} and {other} now"
    return " ".join(filter(None, [subject, SAYS[word], other]))


def _tell(taken: Taken) -> None:
    row = taken.row
    say(plain(f"mark {row['mark']}: {_sentence(row)}"))
    if row["said"]:
        say(plain(f"  {row['said']}"))
    if not taken.new:
        say("  that holds already; nothing changed")
    if taken.claims:
        say(f"  {taken.claims:,} claims compared anew, and what follows from them; nothing of it is told in a digest")
    if taken.corrected:
        say(f"  told, and to be corrected in the next digest of those who had it: {', '.join(taken.corrected)}")
