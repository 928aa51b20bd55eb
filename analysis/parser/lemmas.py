"""Lemmas by rule: how many characters a word loses at its end and what it gets instead."""

from __future__ import annotations


def rule_of(form: str, lemma: str) -> str:
    """The rule that makes a lemma of a form: "3|y|l" drops three characters, adds a y, in lower case."""
    letters = "k" if lemma[:1] == form[:1] and lemma[:1] != form[:1].lower() else "l"
    cased = form if letters == "k" else form.lower()
    if letters == "k" and form.isupper() and not lemma.isupper():
        return f"={lemma}"
    shared = 0
    while shared < min(len(cased), len(lemma)) and cased[shared] == lemma[shared]:
        shared += 1
    if shared == 0 and lemma:
        return f"={lemma}"
    return f"{len(cased) - shared}|{lemma[shared:]}|{letters}"


def apply_rule(form: str, rule: str) -> str:
    """The lemma of a form by a rule; the form itself where the rule takes more than there is."""
    if rule.startswith("="):
        return rule[1:]
    cut, added, letters = rule.split("|")
    cased = form if letters == "k" else form.lower()
    return cased[: len(cased) - int(cut)] + added if int(cut) < len(cased) else cased
