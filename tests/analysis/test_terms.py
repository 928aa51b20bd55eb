"""A topic's terms match what their author means by them."""

import pytest

from analysis.terms import compile_terms


@pytest.mark.parametrize(
    ("term", "text", "met"),
    [
        ("the North", "Envoys of the North were there.", True),
        ("the North", "THE NORTH FIRES AGAIN", True),
        ("the North", "It rained in the north.", False),
        ("US", "It concerns us all.", False),
        ("deploy*", "They were deployed.", True),
        ("arms", "The farms were flooded.", False),
    ],
)
def test_a_term_is_met_as_meant(term, text, met):
    """Names told apart by their capital stay names, prefixes reach on, and words are whole."""
    assert bool(compile_terms([term]).search(text)) is met
