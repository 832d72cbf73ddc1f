"""Relations between models obey the layers, also those written as strings."""

import tomllib
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.architecture.source import LAYERS, ROOT

HEIGHT = {app: height for height, layer in enumerate(LAYERS) for app in layer}
OURS = "comptoir."


def _relations() -> Iterator[tuple[str, str, str]]:
    """(label of the model, field, label of the model it points to), through tables included."""
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith(OURS):
            continue
        for field in model._meta.get_fields(include_hidden=True):
            forward = field.is_relation and not field.auto_created
            if forward and isinstance(field.related_model, type):
                yield model._meta.label, field.name, field.related_model._meta.label


def _app(label: str) -> str:
    return label.split(".", maxsplit=1)[0]


def test_every_app_of_ours_has_its_layer() -> None:
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    assert labels - set(HEIGHT) == set()


def test_relations_point_downward_or_stay_within_their_app() -> None:
    upward = [
        f"{model}.{field} → {target}"
        for model, field, target in _relations()
        if _app(target) in HEIGHT
        and _app(target) != _app(model)
        and HEIGHT[_app(target)] >= HEIGHT[_app(model)]
    ]
    assert upward == []


def test_the_relations_are_really_walked() -> None:
    assert ("posts.Post", "author", "people.Profile") in set(_relations())


def test_no_model_has_a_generic_relation() -> None:
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        for field in model._meta.private_fields
        if not isinstance(field, models.Field)
    ]
    assert generic == []


def test_the_import_contract_knows_the_same_layers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = project["tool"]["importlinter"]["contracts"][0]
    written = [
        {part.strip(" ()") for part in layer.replace(":", "|").split("|")}
        for layer in contract["layers"]
    ]
    present = [{app for app in layer if _exists(app)} for layer in LAYERS]
    assert list(reversed(written)) == [layer for layer in present if layer]


def _exists(app: str) -> bool:
    return (ROOT / "src" / "comptoir" / app / "__init__.py").exists()
