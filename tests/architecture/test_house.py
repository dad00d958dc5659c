"""What import checkers cannot see: keys point down, only actions write, files stay small, names stand in the glossary."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "tovholder"
FLOORS = [["base"], ["parties"], ["intake"], ["dialogue", "plans", "initiatives"], ["consultations"], ["findings"], ["threads"]]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
OURS = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def room_models():
    return [model for model in apps.get_models() if model._meta.app_label in FLOOR]


@pytest.mark.parametrize("model", room_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    here = FLOOR[model._meta.app_label]
    for field in model._meta.get_fields():
        if field.auto_created or not field.is_relation or field.related_model._meta.app_label not in FLOOR:
            continue
        there = FLOOR[field.related_model._meta.app_label]
        same_room = field.related_model._meta.app_label == model._meta.app_label
        assert same_room or there < here, f"{model._meta.label}.{field.name} points up or sideways"


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_are_about_one_thing(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "update", "delete"}


def writing_calls(tree):
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        chain = ast.unparse(node.func.value)
        if re.search(r"\bobjects\b|\.filter\(|_set\b", chain):
            yield node.lineno, f"{chain[:60]}.{node.func.attr}"


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in OURS
        if path.relative_to(SOURCE).parts[0] in set(FLOOR) - {"base"} and "actions" not in str(path.relative_to(SOURCE))
    ],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_only_actions_write(path):
    """Base is left out: it holds the few primitives that actions write with."""
    found = list(writing_calls(ast.parse(path.read_text(encoding="utf-8"))))
    assert not found, found


def public_functions(tree):
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            yield node


ACTION_FILES = [path for path in OURS if path.relative_to(SOURCE).parts[0] in FLOOR and "actions" in str(path.relative_to(SOURCE))]


@pytest.mark.parametrize("path", ACTION_FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_action_ends_in_by_and_at(path):
    for function in public_functions(ast.parse(path.read_text(encoding="utf-8"))):
        if function.name in PURE_HELPERS:
            continue
        names = [argument.arg for argument in function.args.kwonlyargs]
        assert names[-1:] == ["at"], f"{function.name} must end in at"
        assert "by" in names or function.name in WITHOUT_ACTOR, f"{function.name} must say who acts"


# Functions beside the verbs that compute and do not write.
PURE_HELPERS = {"fingerprint_of", "code_of", "claim_digest", "add_signers", "falls_on"}
# Verbs of a device that nobody is signed in on: the device itself is the actor.
WITHOUT_ACTOR = {"claim", "find_by_code", "new_contributor", "note_finds", "choose_password"}


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_docstrings_say_what_will_happen(path):
    parts = path.relative_to(SOURCE).parts
    if parts[0] not in FLOOR or parts[-1] in {"models.py", "apps.py", "__init__.py"}:
        return
    for function in public_functions(ast.parse(path.read_text(encoding="utf-8"))):
        text = ast.get_docstring(function) or ""
        assert text.startswith("This will "), f"{path.name}: {function.name} lacks a line that begins with This will"


@pytest.mark.parametrize("model", room_models(), ids=lambda model: model._meta.label)
def test_every_model_stands_in_the_glossary(model):
    glossary = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    assert f"`{model.__name__}`" in glossary, f"{model.__name__} is not in docs/reference/glossary.md"


def test_locks_carry_no_addresses():
    for lock in (ROOT / "requirements").glob("*.lock"):
        assert not re.search(r"https?://|index-url|find-links", lock.read_text(encoding="utf-8")), lock.name
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_dependency_has_its_reason():
    reasons = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = set(re.findall(r'^    "([A-Za-z0-9-]+)', text.split("[project.scripts]")[0], re.M))
    missing = [name for name in sorted(named) if f"`{name}`" not in reasons]
    assert not missing


def test_web_start_up_stays_light():
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "heavy = {'polars', 'duckdb', 'numba', 'typst', 'docx', 'pypdf', 'lxml', 'numpy'} & set(sys.modules); print(sorted(heavy))"
    )
    import os
    import sys

    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tovholder.config.settings"}
    printed = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


@pytest.mark.django_db
def test_migrations_are_current():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
