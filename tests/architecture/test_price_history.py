"""The history of prices is only ever added to, and by whatever changes a price."""

import ast
import re

from tests.architecture.source import python_files, short, tree

CHANGES = {"update", "bulk_update", "update_or_create", "delete", "save", "raw"}
SQL_CHANGES = re.compile(
    r"(?i)(update|delete\s+from|truncate)\s+(only\s+)?\"?catalog_(pricechange|announcement)"
)
HISTORY = {"PriceChange", "price_changes", "Announcement"}
SQL_PRICES = re.compile(r"(?i)(update|insert\s+into)\s+\"?catalog_variant\b[^;]*\bprice_minor")
PRICES = {"price_minor", "sale_price_minor", "sale_from", "sale_until"}
# An amount said at the counter is a variant that no page shows and nothing is crossed out beside.
NOT_IN_THE_CATALOGUE = {"src/comptoir/catalog/services/counter_amounts.py"}


def _names(node: ast.AST) -> set[str]:
    """Every name and attribute in an expression."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | {
        n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)
    }


def _calls(module: ast.AST) -> list[tuple[ast.Call, ast.Attribute]]:
    return [
        (node, node.func)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def _texts(module: ast.AST) -> list[str]:
    return [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def changes_history(module: ast.AST) -> bool:
    """Whether the module changes or deletes rows of the history."""
    by_model = any(
        func.attr in CHANGES and _names(func.value) & HISTORY for _call, func in _calls(module)
    )
    return by_model or any(SQL_CHANGES.search(text) for text in _texts(module))


def writes_prices(module: ast.AST) -> bool:
    """Whether the module writes a variant's price."""
    by_model = any(
        {each.arg for each in call.keywords} & PRICES
        and _names(func.value) & {"Variant", "variants"}
        for call, func in _calls(module)
    )
    return by_model or any(SQL_PRICES.search(text) for text in _texts(module))


def test_these_rules_see_what_they_are_about() -> None:
    for source in (
        "PriceChange.objects.filter(pk=1).delete()",
        "variant.price_changes.update(at=now)",
        "sql = 'DELETE FROM catalog_pricechange'",
        "Announcement.objects.update(share_bp=0)",
        "sql = 'UPDATE catalog_announcement SET share_bp = 0'",
    ):
        assert changes_history(ast.parse(source)), source
    assert not changes_history(ast.parse("sql = 'INSERT INTO catalog_pricechange (at)'"))
    for source in (
        "Variant.objects.filter(pk=1).update(price_minor=2)",
        "sql = 'UPDATE catalog_variant v SET position = 1, price_minor = 2'",
    ):
        assert writes_prices(ast.parse(source)), source
    assert not writes_prices(ast.parse("Variant.objects.filter(pk=1).update(weight_grams=2)"))


def test_nothing_changes_or_takes_away_what_was_written() -> None:
    found = [short(path) for path in python_files("src") if changes_history(tree(path))]
    assert found == []


def _records(module: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call) and "record_prices" in _names(node.func)
        for node in ast.walk(module)
    )


def test_whatever_writes_a_price_writes_the_history_too() -> None:
    writers = {short(path): tree(path) for path in python_files("src") if writes_prices(tree(path))}
    assert set(writers) - NOT_IN_THE_CATALOGUE == {
        "src/comptoir/catalog/services/import_apply.py",
        "src/comptoir/catalog/services/products.py",
    }
    silent = {name for name, module in writers.items() if not _records(module)}
    assert silent - NOT_IN_THE_CATALOGUE == set()
