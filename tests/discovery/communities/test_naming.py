"""Names say what sets people apart, in the shops' own words, and no two are the same."""

import numpy as np
import pytest
import scipy.sparse as sp

from comptoir.discovery.communities.naming import (
    Apart,
    Counted,
    heard,
    most_apart,
    name_of,
    sets_apart,
    strengths,
    sums,
)
from comptoir.discovery.communities.terms import Term, folded, terms_of
from tests import cast


def apart(*texts: str, kind: str = "category") -> list[Apart]:
    return [Apart(Term(kind, folded(text), text), 5, 3.0) for text in texts]


def test_two_terms_make_a_name_and_the_second_begins_small() -> None:
    assert name_of(apart("céramique", "Thé"), set())[0] == "Céramique & thé"
    assert name_of(apart("céramique"), set())[0] == "Céramique"
    brand = [*apart("Thé"), *apart("Terre Basse", kind="brand")]
    assert name_of(brand, set()) == ("Thé & Terre Basse", ("the", "terre basse"))


def test_words_come_after_categories_and_shops_only_when_there_is_nothing_else() -> None:
    told = [
        *apart("La Maison Zinc", kind="shop"),
        *apart("émaillée", kind="word"),
        *apart("Cuisson"),
    ]
    assert name_of(told, set())[0] == "Cuisson & émaillée"
    assert name_of(told[:1], set())[0] == "La Maison Zinc"
    with pytest.raises(ValueError, match="nothing"):
        name_of([], set())


def test_a_taken_name_is_not_given_twice() -> None:
    terms, taken = apart("Thé", "Pain"), set[str]()
    for expected in ("Thé & pain", "Thé", "Pain", "Thé & pain 2", "Thé & pain 3"):
        name = name_of(terms, taken)[0]
        assert name == expected
        taken.add(name.casefold())


def test_strength_is_the_log_odds_over_its_deviation() -> None:
    # 6 of 10 acts here, 3 of the 30 others; each side begins with 10 acts like all 40.
    found = strengths(np.array([6.0]), 10, np.array([9.0]), 40)[0]
    mine, mine_not, rest, rest_not = 6 + 2.25, 4 + 7.75, 3 + 2.25, 27 + 7.75
    odds = np.log(mine / mine_not) - np.log(rest / rest_not)
    deviation = np.sqrt(1 / mine + 1 / mine_not + 1 / rest + 1 / rest_not)
    assert found == pytest.approx(odds / deviation)


def counted(rows: list[list[int]], rest: list[list[int]]) -> Counted:
    """People × things of a community and of the others."""
    mine, others = (heard(sp.csr_matrix(np.array(part, dtype=float))) for part in (rows, rest))
    whole = sums(mine) + sums(others)
    return Counted(mine, float(mine.sum()), whole, float(whole.sum()))


def test_what_everyone_has_or_two_people_have_sets_nobody_apart() -> None:
    told = counted([[1, 1, 1]] * 2 + [[1, 0, 1]] * 4, [[1, 0, 0]] * 40)
    assert [(column, people) for column, people, _ in most_apart(told)] == [(2, 6)]


def test_one_who_acts_a_thousand_times_is_heard_like_another() -> None:
    acts = heard(sp.csr_matrix(np.ones((1, 1000))))
    assert acts.sum() == pytest.approx(20)
    assert heard(sp.csr_matrix(np.ones((1, 20)))).sum() == 20


def test_a_term_that_says_the_same_again_is_left_out() -> None:
    # Terms: 0 and 1 are of the same products, 2 of others.
    said = sp.csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]], dtype=float))
    acts = sp.csr_matrix(np.array([[1, 1, 1, 0], [1, 1, 0, 1]] * 3, dtype=float))
    terms = sp.csr_matrix(acts @ said)
    # Four hundred acts of others on something else.
    told = Counted(terms, float(acts.sum()), sums(terms), float(acts.sum()) + 400)
    found = sets_apart(told, said, sums(acts))
    assert [column for column, _people, _strength in found] == [0, 2]


@pytest.mark.django_db
def test_products_are_told_by_category_brand_shop_and_the_words_that_say_something() -> None:
    shop = cast.maison_zinc()
    pot = cast.product(shop, "Deux grandes Théières pour vous")
    pot.category, pot.brand = "Table > Café et thé", "Terre Basse"
    pot.save(update_fields=["category", "brand"])
    tea = cast.product(shop, "Théière en fonte")
    said, terms = terms_of(np.array([pot.pk, tea.pk]))
    told = [{terms[place].text for place in said[row].indices} for row in range(2)]
    assert told[0] == {"Table", "Café et thé", "Terre Basse", "La Maison Zinc", "Théières"}
    # One thing in the plural and in the singular is one term, as it was met first.
    assert told[1] == {"La Maison Zinc", "Théières", "fonte"}
