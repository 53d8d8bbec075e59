"""The rules of the house: sizes, import cycles, one reader of the environment, heavy libraries loaded late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("engine", "ingestion", "api", "evals")
MAX_LINES = 300
OWNERS = {
    "torch": "engine/embedding/",
    "transformers": "engine/embedding/",
    "sentence_transformers": "engine/embedding/",
    "llama_index": "engine/generation/",
    "openai": "engine/generation/",
    "mcp": "api/mcp/",
    "qdrant_client": "engine/stores/",
    "qdrant_edge": "engine/stores/",
    "unstructured": "ingestion/parsers/",
    "spacy": "ingestion/parsers/",
}
ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv"}


def files(*folders: str) -> list[str]:
    """Return the Python files in the folders, as paths from the root."""
    return [path.relative_to(ROOT).as_posix() for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@cache
def trees() -> dict[str, ast.Module]:
    """Return the syntax tree of every source file."""
    return {path: ast.parse((ROOT / path).read_text(encoding="utf-8")) for path in files(*SOURCES)}


@cache
def imports(*, functions: bool) -> dict[str, set[str]]:
    """Return what every source file imports."""
    return {path: imported(path, tree, functions=functions) for path, tree in trees().items()}


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def executed(body: Sequence[ast.stmt], *, functions: bool) -> Iterator[ast.stmt]:
    """Yield statements at any depth but those under TYPE_CHECKING, and those in functions unless wanted."""
    for statement in body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            yield from executed(statement.orelse, functions=functions)
            continue
        yield statement
        if functions or not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = [node for node in ast.iter_child_nodes(statement) if isinstance(node, ast.stmt)]
            handlers = [node for node in ast.iter_child_nodes(statement) if isinstance(node, ast.ExceptHandler)]
            yield from executed([*inner, *(each for h in handlers for each in h.body)], functions=functions)


def imported(path: str, tree: ast.Module, *, functions: bool) -> set[str]:
    """Return the modules that a file imports, and the names it takes from them as if they were modules."""
    found: set[str] = set()
    package = module_name(path).split(".")[: None if path.endswith("__init__.py") else -1]
    for node in executed(tree.body, functions=functions):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Return one import cycle; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def environment_readers(tree: ast.Module) -> set[str]:
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return names & ENVIRONMENT


def test_no_file_is_longer_than_what_fits_in_a_head() -> None:
    lines = {path: (ROOT / path).read_text(encoding="utf-8").count("\n") for path in files(*SOURCES, "tests")}
    assert {path: count for path, count in lines.items() if count > MAX_LINES} == {}


def test_modules_do_not_import_each_other_in_circles() -> None:
    names = {module_name(path) for path in trees()}
    graph = {
        module_name(path): (found & names) - {module_name(path)} for path, found in imports(functions=True).items()
    }
    assert cycle(graph) == []


def test_dependencies_point_one_way() -> None:
    above = {"engine": {"ingestion", "api", "evals"}, "ingestion": {"api", "evals"}, "api": {"evals"}, "evals": {"api"}}
    wrong = {
        f"{path}: {name}"
        for path, found in imports(functions=True).items()
        for name in found
        if name.split(".")[0] in above[path.split("/")[0]]
    }
    assert wrong == set()


def test_the_domain_knows_the_standard_library_only() -> None:
    wrong = {
        f"{path}: {name}"
        for path, found in imports(functions=True).items()
        for name in found
        if path.startswith("engine/domain/")
        and name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("engine.domain")
    }
    assert wrong == set()


def test_only_the_settings_read_the_environment() -> None:
    readers = {path: found for path, tree in trees().items() if (found := environment_readers(tree))}
    assert set(readers) <= {"engine/settings.py"}


def test_there_is_one_settings_class() -> None:
    readers = {
        path
        for path, found in imports(functions=True).items()
        if any(name.startswith("pydantic_settings") for name in found)
    }
    assert readers == {"engine/settings.py"}


def test_every_module_says_what_it_is() -> None:
    assert [path for path, tree in trees().items() if not ast.get_docstring(tree)] == []


def test_heavy_libraries_are_imported_by_their_adapter_or_late() -> None:
    wrong = {
        f"{path}: {name}"
        for path, found in imports(functions=False).items()
        for name in found
        if not path.startswith(OWNERS.get(name.split(".")[0], ""))
    }
    assert wrong == set()


def test_importing_the_engine_loads_no_model_library() -> None:
    heavy = sorted(set(OWNERS) - {"qdrant_client", "qdrant_edge"})
    code = f"import sys, engine.service, engine.assembly; print(*(name for name in {heavy} if name in sys.modules))"
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout.split()) == (0, []), ended.stderr


def test_test_modules_have_names_of_their_own() -> None:
    names = Counter(Path(path).name for path in files("tests") if Path(path).name.startswith("test_"))
    assert {name: count for name, count in names.items() if count > 1} == {}


@pytest.mark.parametrize(
    "code",
    ["import os\nx = os.environ['A']", "from os import getenv as g", "import os\nos.getenv('A')", "environ['A']"],
)
def test_a_reader_of_the_environment_would_be_seen(code: str) -> None:
    assert environment_readers(ast.parse(code))


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("import torch", True),
        ("try:\n    import torch\nexcept ImportError:\n    torch = None", True),
        ("class Model:\n    import torch", True),
        ("def load():\n    import torch", False),
        ("if TYPE_CHECKING:\n    import torch", False),
    ],
)
def test_an_early_import_would_be_seen(code: str, seen: bool) -> None:
    assert ("torch" in imported("engine/domain/x.py", ast.parse(code), functions=False)) is seen


def test_a_cycle_would_be_seen() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert not cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()})
