import pytest

from news.revising import revise

BODY = (
    "The minister said on Tuesday that the dam will open within ten days.\n\nFarmers in 14 villages welcomed the "
    "decision, he added. No one in the Lowlands was asked.\nThe gates were tested in March."
)


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("The dam", BODY, None),
        ("THE DAM", BODY.replace("\n\n", "\n").replace("Tuesday", "TUESDAY"), None),
        ("The dam", "2 weeks ago 38\n" + BODY + "\nRead more\nShare 14 comments", None),
        (
            "The dam",
            "Last updated 14 May 2031 at 10:42\n" + BODY + "\nFlood of the century: the pictures of the week",
            None,
        ),
        ("The dam", BODY + "\nUpdated 3 hours ago by our own staff in the capital.", None),
        ("Dam to open", BODY, "headline"),
        ("The dam", BODY + " The Lowlands protested at once.", "extended"),
        ("The dam", BODY.split("\n\n", maxsplit=1)[0], "removed"),
        ("The dam", BODY.replace("will open", "may open"), "softened"),
        ("The dam", BODY.replace("The gates were tested", "The gates were allegedly tested"), "softened"),
        ("The dam", BODY.replace("14 villages", "13 villages"), "corrected"),
        ("The dam", BODY.replace("No one in the Lowlands was asked.", "One in the Lowlands was asked."), "corrected"),
        ("The dam", BODY.replace("in the Lowlands", "in the Uplands"), "corrected"),
        ("The dam", BODY + "\nCorrection: the dam is in the east of the country.", "corrected"),
        ("The dam", BODY.replace("welcomed", "cursed"), "corrected"),
        ("The dam", BODY.replace("decision", "decison"), "cosmetic"),
        ("The dams", BODY.replace("decision", "decison"), "headline"),
        ("The dam", BODY.replace("14 villages", "fourteen villages"), "cosmetic"),
        ("The dam", BODY.replace("on Tuesday", "on Thursday"), "corrected"),
        ("The dam", BODY.replace("were tested", "were untested"), "corrected"),
        ("The dam", BODY + "\nAnalysts expect a correction of the price of water.", "extended"),
        ("The dam", "By Jane Doe | Updated 3 hours ago | 5 min read\n" + BODY, None),
        ("The dam", BODY + "\nUpdated figures show that 300 people were hurt.", "extended"),
        ("The dam", BODY.replace("welcomed the decision", "welcomed that decision"), "cosmetic"),
        ("The dam", "\n".join([*BODY.split("\n")[2:], *BODY.split("\n")[:2]]), "cosmetic"),
        ("The dam", BODY.replace("14 villages", "19 villages") + " The Lowlands protested at once.", "extended"),
    ],
)
def test_what_a_page_s_new_text_is(title, body, kind):
    """Furniture, case and breaks are no revision; each kind of change is told by its name."""
    found = revise("The dam", BODY, title, body)
    assert (found.kind if found else None) == kind


def test_the_changes_are_told_sentence_by_sentence():
    """What was added, removed and changed stands there as written, with what differs."""
    new = BODY.replace("14 villages", "13 villages").replace(
        "\nThe gates were tested in March.", "\nThe Lowlands protested."
    )
    changed, added, removed = revise("The dam", BODY, "The dam", new).changes
    assert (changed.op, changed.what[0].what, changed.what[0].before, changed.what[0].after) == (
        "changed",
        "number",
        "14",
        "13",
    )
    assert (added.op, added.before, added.after) == ("added", None, "The Lowlands protested.")
    assert (removed.op, removed.before, removed.after) == ("removed", "The gates were tested in March.", None)


def test_a_text_without_prose_is_compared_whole():
    """Where there are short lines only, a change of any word counts."""
    assert revise("Tide", "High 4.1", "Tide", "High 4.2").kind == "corrected"
    assert revise("Tide", "High 4.1", "Tide", "HIGH  4.1") is None


def test_a_sentence_joined_to_another_is_not_gone():
    """Two sentences made one lose nothing."""
    joined = BODY.replace(
        "he added. No one in the Lowlands was asked.", "he added, and no one in the Lowlands was asked."
    )
    assert all(one.op == "changed" for one in revise("The dam", BODY, "The dam", joined).changes)
