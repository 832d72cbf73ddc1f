"""The package's own source, read as text and as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "comptoir"
# From the ground up; apps on one line do not know each other.
LAYERS = (
    ("common",),
    ("media",),
    ("people",),
    ("shops",),
    ("catalog",),
    ("sales",),
    ("posts",),
    ("reviews",),
    ("discovery",),
    ("web", "api"),
    ("demo",),
    ("config",),
)
DOMAINS = tuple(app for layer in LAYERS[:9] for app in layer)


@cache
def python_files(*places: str) -> tuple[Path, ...]:
    """Every Python file under ``places`` of the repository, without migrations."""
    found = [path for place in places for path in (ROOT / place).rglob("*.py")]
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From ``def`` (decorators not counted) to the last line, docstring and comments counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def modules_named(path: Path) -> Iterator[str]:
    """What a file imports, as full module names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
