"""The guide to writing scenarios does what it says."""

import doctest
import re
from pathlib import Path

import pytest

from scenarios.reference import SECTIONS, page
from scenarios.schema.base import Base
from scenarios.schema.files import Override, ScenarioFile

BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def guide(repository: Path) -> str:
    return (repository / "docs" / "scenarios.md").read_text(encoding="utf-8")


def test_the_examples_of_the_guide_work(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = []
    for kind, text in BLOCK.findall(guide):
        if kind == "yaml":
            (tmp_path / text.splitlines()[0].removeprefix("# ")).write_text(text, encoding="utf-8")
        elif kind == "python":
            code.append(text)
    example = doctest.DocTestParser().get_doctest("\n".join(code), {}, "scenarios.md", None, 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS).run(
        example, out=said.append
    )
    assert result.attempted >= 8
    assert result.failed == 0, "\n".join(said)


def models_below(model: type, found: set[type]) -> set[type]:
    """Every model of the schema that can be reached from one."""
    from pydantic import BaseModel

    from scenarios.validate import inner_models

    found.add(model)
    for field in model.model_fields.values():
        todo = inner_models(field.annotation)
        while todo:
            item = todo.pop()
            if isinstance(item, type) and issubclass(item, BaseModel):
                if item not in found:
                    models_below(item, found)
            else:
                todo += [inner for part in getattr(item, "__args__", ()) for inner in inner_models(part)]
    return found


def test_every_key_is_on_the_page_of_keys() -> None:
    text = page()
    models = set().union(*(models_below(model, set()) for model in (Base, Override, ScenarioFile)))
    assert models <= {model for _, model in SECTIONS}
    for model in models:
        for name, field in model.model_fields.items():
            assert f"| `{field.alias or name}` |" in text
            assert field.description, f"{model.__name__}.{name} says nothing about itself"
