"""Pages that stand alone: the templates of this folder, each with the one stylesheet in it."""

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from threesteps.check import words
from threesteps.tasks import TITLES

_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_PAGES.filters["words"] = lambda text: Markup(words(text))


def title_of(exercise: str) -> str:
    """An exercise as its notebook is headed: "1a · One neuron, one layer"."""
    return f"{exercise.partition('_')[0]} · {TITLES[exercise]}" if exercise in TITLES else exercise


def page(template: str, **shown: Any) -> str:
    """The page that a template makes of what it is to show: HTML with no scripts, and nothing from elsewhere."""
    return _PAGES.get_template(template).render(shown)
