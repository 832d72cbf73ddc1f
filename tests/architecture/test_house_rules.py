"""The rules of style that a program can check; CONTRIBUTING.md gives their reasons."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import (
    DOMAINS,
    PACKAGE,
    ROOT,
    functions,
    lines_of,
    modules_named,
    python_files,
    short,
    tree,
)

EVERYWHERE = ("src", "tests", "bench")
MAX_FILE, MAX_FUNCTION = 300, 40
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "misc"}
ALLOWED_LONG = "longer because"  # a comment on the line of the `def` that says why


def test_files_are_shorter_than_300_lines() -> None:
    counts = {short(path): len(path.read_text().splitlines()) for path in python_files(*EVERYWHERE)}
    assert {name: count for name, count in counts.items() if count >= MAX_FILE} == {}


def test_functions_are_shorter_than_40_lines_or_say_why() -> None:
    long = {
        f"{short(path)}:{node.lineno} {node.name}": lines_of(node)
        for path in python_files(*EVERYWHERE)
        for node in functions(path)
        if lines_of(node) >= MAX_FUNCTION and not _says_why(path, node)
    }
    assert long == {}


def _says_why(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = path.read_text().splitlines()[node.lineno - 1 : node.body[0].lineno]
    return any(ALLOWED_LONG in line for line in first)


def test_nothing_is_called_utils_helpers_manager_base_or_misc() -> None:
    named = [
        short(path)
        for path in python_files(*EVERYWHERE)
        if {path.stem.lower(), path.parent.name.lower()} & REFUSED_NAMES
    ]
    assert named == []


def test_pages_reach_rows_through_queries_services_and_access_only() -> None:
    found = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("src/comptoir/web", "src/comptoir/api")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert found == []


def test_domain_apps_have_no_pages() -> None:
    pages = [
        short(path)
        for app in DOMAINS
        for path in (PACKAGE / app).rglob("*")
        if path.name in {"views.py", "urls.py", "templates", "forms.py", "templatetags"}
    ]
    assert pages == []


def test_there_are_no_signals() -> None:
    refused = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    found = [
        f"{short(path)}: {module}"
        for path in python_files("src")
        for module in modules_named(path)
        if module.startswith(refused)
    ]
    assert found == []


def test_there_are_no_generic_relations() -> None:
    found = [
        f"{short(path)}: {module}"
        for path in python_files("src")
        for module in modules_named(path)
        if "contenttypes.fields" in module
    ]
    assert found == []


def _methods_of_models() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in python_files("src"):
        if "models" not in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                yield from ((path, item) for item in node.body if isinstance(item, ast.FunctionDef))


def test_models_do_not_override_save_or_delete() -> None:
    refused = {"save", "delete", "save_base", "full_clean", "clean"}
    found = [
        f"{short(path)}:{method.lineno} {method.name}"
        for path, method in _methods_of_models()
        if method.name in refused
    ]
    assert found == []


def test_nothing_is_imported_inside_functions() -> None:
    found = [
        f"{short(path)}:{inner.lineno}"
        for path in python_files(*EVERYWHERE)
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_classes_are_not_looked_up_by_name() -> None:
    refused = {"import_string", "import_module", "get_model", "__import__"}
    found = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name | ast.Attribute)
        and (node.id if isinstance(node, ast.Name) else node.attr) in refused
    ]
    assert found == []


def test_pages_hold_no_inline_script_style_or_handler() -> None:
    refused = (" style=", "<style", "javascript:", " onclick=", " onchange=", " onsubmit=")
    found = [
        f"{short(path)}:{number}"
        for path in sorted(PACKAGE.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if any(word in line for word in refused) or _is_inline_script(line)
    ]
    assert found == []


def _is_inline_script(line: str) -> bool:
    # Structured data is not run, and the Content-Security-Policy does not speak of it.
    return "<script" in line and " src=" not in line and "application/ld+json" not in line


@pytest.mark.parametrize("app", ["urllib.request", "requests", "httpx", "socket"])
def test_services_reach_no_network(app: str) -> None:
    found = [
        short(path)
        for domain in DOMAINS
        for path in (PACKAGE / domain).rglob("services/*.py")
        if app in set(modules_named(path))
    ]
    assert found == []


def test_imports_run_downward_only() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
