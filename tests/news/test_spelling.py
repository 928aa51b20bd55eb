"""Spellings of names: what meets, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.spelling import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cho Myong-hyun", "Cho Myung Hyun"),
        ("Fyodor Tertitskiy", "Fyodor Tertitsky"),
        ("Vassily Nebenzya", "Vasily Nebenzia"),
        ("Dmitri Peskov", "Dmitriy Peskov"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Choi Son Hui", "Choe Son-hui"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
    ],
)
def test_spellings_of_one_name_meet(one, other):
    """However a name is romanised or joined, it has one key."""
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Sergei Lavrov", "Sergei Ryabkov"),
        ("Kim Yong Hyun", "Kim Young-ho"),
        ("Shin Won-sik", "Sin Won Hui"),
    ],
)
def test_other_people_stay_apart(one, other):
    """Names that share a family or a syllable are not one."""
    assert name_key(one) != name_key(other)


@given(st.text(max_size=40))
def test_any_text_has_a_key(text):
    """Whatever stands as a name, it has a key."""
    assert isinstance(name_key(text), str)
