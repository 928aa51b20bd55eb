"""`volteface mark` and `volteface marks`, as an analyst uses them."""

import random
import shutil
import subprocess
import time

import pytest

from tests.volteface.command import STORY, Command
from tests.volteface.test_hostile import ESCAPES, TURNS, harmless

ADA, ADELHEID, ODD = "Ada Nimm", "Adelheid Nimmersdorf", "Ada\x1b[31m Nimmel\u202e"
SAID = "“Velmora is {} the Sarn reservoir,” {} said on Monday. The gates of the dam were watched by {}."
EXPERTS = tuple(
    {
        "id": name,
        "url": f"https://paper{number}.example/{number}",
        "outlet": f"Paper {number}",
        "title": f"The Sarn dam and Velmora, seen by an expert, {number}",
        "published": f"2024-04-{number:02}T09:00:00Z",
        "seen": f"2024-04-{number:02}T10:00:00Z",
        "text": SAID.format(word, f"Professor {name}", watched),
    }
    for number, name, word, watched in (
        (9, ADA, "filling", "nobody in particular"),
        (16, ADELHEID, "not filling", "a dozen farmers from the valley"),
        (23, ODD, "filling", "all that had come down from the hills"),
    )
)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """The command after a replay of the story and of what three experts say of it."""
    command = Command(tmp_path_factory.mktemp("replayed"))
    done = command("replay", command.write("story.jsonl", *STORY, *EXPERTS), "--by", "day")
    assert done.status == 0, done.err
    return command


@pytest.fixture
def volteface(replayed, tmp_path):
    """The command with a copy of that warehouse."""
    command = Command(tmp_path)
    command.warehouse.parent.mkdir(parents=True)
    shutil.copy(replayed.warehouse, command.warehouse)
    return command


def positions(volteface, *words):
    """The stance of each holder who speaks for nobody."""
    return {row["holder"]: row["stance"] for row in volteface("positions", "--json", *words).rows if not row["actor"]}


def test_two_names_are_joined_and_parted(volteface):
    """Positions, shifts and claims show it at once; before that moment nothing has changed; it can be taken back."""
    before = positions(volteface)
    assert {ADA: "affirms", ADELHEID: "denies"}.items() <= before.items()
    done = volteface("mark", ADELHEID, "--same-as", "ada nimm", "--because", "maiden name", "--json")
    assert done.status == 0, done.err
    [row] = done.rows
    assert (row["mark"], row["subject"], row["word"], row["other"]) == (1, ADELHEID, "same_as", ADA)
    assert (row["because"], row["holds"]) == ("maiden name", True)
    assert f"{ADELHEID} is the same as {ADA}" in done.err
    assert ADELHEID not in (now := positions(volteface))
    assert now[ADA] == "denies"
    assert positions(volteface, "--as-of", "2024-05-03") == before
    [shift] = volteface("shifts", "--json", "--holder", ADELHEID).rows
    assert (shift["holder"], shift["from"], shift["to"]) == (ADA, "affirms", "denies")
    assert {row["holder"] for row in volteface("claims", "--json", "--holder", "Nimmersdorf").rows} == {ADA}
    assert volteface("mark", ADELHEID, "--apart-from", ADA).status == 0
    assert positions(volteface) == before
    assert volteface("shifts", "--json", "--holder", ADELHEID).rows == []
    assert f"nothing is said of {ADELHEID} and {ADA} now" in volteface("mark", ADA, "--undo").err
    assert positions(volteface) == before
    assert [row["word"] for row in volteface("marks", "--json").rows] == ["same_as", "apart_from", "undone"]


def test_a_wrong_claim_and_a_wrong_finding(volteface):
    """A claim goes by the id that `claims` shows; what rested on it is explained by `why`, corrected, and counted."""
    shift = next(row for row in volteface("shifts", "--json").rows if row["holder"] is None)
    listed = volteface("claims", "--holder", "Tamm").out.splitlines()
    wrong = next(line.split("\t")[-1] for line in listed if line.endswith(shift["after"]["claim_id"]))
    done = volteface("mark", wrong, "--wrong", "--because", "she was quoted wrongly")
    assert done.status == 0, done.err
    assert shift["finding_id"] in done.err
    assert volteface("shifts", "--json").rows == []
    why = volteface("why", shift["finding_id"])
    assert "does not hold: the claim it rests on was marked wrong" in why.out
    corrections = [row for row in volteface("findings", "--json").rows if row["kind"] == "correction"]
    assert shift["finding_id"] in {row["detail"]["corrects"] for row in corrections}
    assert "she was quoted wrongly" in " ".join(volteface("digest", "--since", "1h").out.split())
    first = next(row for row in volteface("findings", "--json").rows if row["kind"] == "first_position")
    assert volteface("mark", first["finding_id"], "--right").status == 0
    done = volteface("marks")
    assert len(done.out.splitlines()) == 2
    assert "  first_position: right 1 of 1 marked (100%)" in done.err
    assert "  shift: right 0 of 1 marked (0%), 0 unmarked" in done.err
    assert volteface("marks", "--as-of", "2024-05-03").out == ""
    assert "marked right" in volteface("why", first["finding_id"]).out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("fnd_1234567812345678", "--wrong"), "no finding 'fnd_1234567812345678'"),
        (("clm_1234567812345678", "--right"), "`volteface claims` lists them"),
        (("Nobody At All", "--same-as", ADA), "no holder 'nobody at all'"),
        (("nimm", "--same-as", ADA), "do you mean 'ada nimm' or 'adelheid nimmersdorf'"),
        ((ADA,), "must say something: give one of --right"),
        ((ADA, "--wrong", "--noise"), "two things at once"),
        ((ADA, "--noise"), "say of a finding: --right, --wrong, --noise, --known"),
        ((ADA, "--undo"), "no mark on 'ada nimm' holds"),
    ],
)
def test_what_cannot_be_marked_is_one_clear_line(replayed, words, complaint):
    """Unknown ids, names that may be several holders, and words that do not fit: status 2, and what to do."""
    done = replayed("mark", *words)
    assert done.status == 2
    assert complaint in done.complaint
    assert replayed("marks", "--json").rows == []


def test_an_id_nearly_right_is_guessed_at(replayed):
    """A finding's id with one slip is told with the id it was meant for."""
    known = replayed("findings", "--json").rows[0]["finding_id"]
    slip = known[:-1] + ("0" if known[-1] != "0" else "1")
    assert f"do you mean '{known}'" in replayed("mark", slip, "--wrong").complaint


def test_what_a_mark_says_is_harmless(volteface):
    """Names and reasons in characters that would drive a terminal are told and listed, and none is obeyed."""
    shown = next(row for row in volteface("positions").out.splitlines() if "Nimmel" in row).split("\t")[2]
    for words in (("--same-as", ADA, "--because", f"so{ESCAPES.replace(chr(0), '')}{TURNS}"), ("--json", "--undo")):
        done = volteface("mark", shown, *words)
        assert done.status == 0, done.err
        assert harmless(done.out + done.err), ascii(done.err)
    for words in ((), ("--json",)):
        done = volteface("marks", *words)
        assert harmless(done.out + done.err), ascii(done.out)
    assert len(done.rows) == 2
    refused = volteface("mark", f"Nimm{ESCAPES}", "--same-as", ADA)
    assert refused.status == 2
    assert harmless(refused.err), ascii(refused.err)


@pytest.mark.slow
def test_a_killed_mark_is_made_by_running_it_again(volteface, tmp_path):
    """Killed anywhere and run again, a mark ends as one that was never broken off: made once, all of it."""
    whole = Command(tmp_path / "whole")
    whole.warehouse.parent.mkdir(parents=True)
    shutil.copy(volteface.warehouse, whole.warehouse)
    words = (ADELHEID, "--same-as", ADA)
    begun = time.monotonic()
    assert whole("mark", *words).status == 0
    span = time.monotonic() - begun
    for _ in range(6):
        with subprocess.Popen(
            volteface.start("mark", *words), env=volteface.environment, cwd=volteface.folder, stderr=subprocess.DEVNULL
        ) as running:
            # Real chance: every run of the test kills at other points.
            time.sleep(random.uniform(span / 4, span))  # noqa: S311 - where to kill is no secret
            running.kill()
    assert volteface("mark", *words).status == 0
    for view in ("claims", "positions", "shifts"):
        assert volteface(view, "--json").rows == whole(view, "--json").rows, view
    assert len(volteface("marks", "--json").rows) == 1
