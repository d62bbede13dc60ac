"""What a single model and a single step are called: the plan's own nouns, else “Mô hình” and “Bước”.

Like the language, the nouns are chosen once, where plans are opened; every sentence and heading asks here.
In another language a noun is translated where the catalogue knows it; another one stays as the plan has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from de06cli.messages import N_, _, language
from de06cli.plan.records import Heading, Nouns

_USUAL = Nouns(N_("Mô hình"), N_("Bước"))
_TASK = N_("Nhiệm vụ")
_KNOWN = (N_("Việc"), N_("Chỉ tiêu"), N_("Nội dung"), N_("Hoạt động"))  # for the catalogue

_of_plans: dict[str, Nouns] = {}


def use(headings: Iterable[Heading]) -> None:
    """Calls models and steps by the nouns of these plans from now on."""
    _of_plans.clear()
    _filled.cache_clear()
    for heading in headings:
        own = heading.nouns or Nouns()
        _of_plans[heading.code] = Nouns(own.model or _USUAL.model, own.step or _USUAL.step)


def model(number: object, plan: str | None = None) -> str:
    """A model by its noun and number, "Nhiệm vụ 7"; ``plan`` is the code of its plan, if known."""
    return f"{_model_noun(plan)} {number}"


def step(number: object, plan: str | None = None, *, inside: bool = False) -> str:
    """A step by its noun and number, "Việc 2"; with a small letter ``inside`` a sentence."""
    noun = _step_noun(plan)
    return f"{_small(noun) if inside else noun} {number}"


def filled(text: str, plan: str | None = None) -> str:
    """The text with the nouns in place of {Model} and {Step}, with small letters in place of {model} and
    {step}; other places are left to be filled."""
    return _filled(text, plan, language())


@cache
def _filled(text: str, plan: str | None, _language: str) -> str:
    nouns = {"Model": _model_noun(plan), "Step": _step_noun(plan)}
    for name, noun in nouns.items():
        text = text.replace(f"{{{name}}}", noun).replace(f"{{{_small(name)}}}", _small(noun))
    return text


def number_title() -> str:
    """The heading of a column of models' numbers, which stands beside the column of tasks."""
    noun = _model_noun(None)
    return _("Số hiệu") if noun == _(_TASK) else noun


def _model_noun(plan: str | None) -> str:
    found = _nouns(plan)
    return _((found and found.model) or _TASK)


def _step_noun(plan: str | None) -> str:
    found = _nouns(plan)
    return _((found and found.step) or _USUAL.step or "")


def _nouns(plan: str | None) -> Nouns | None:
    """The nouns of the plan, or those on which all plans agree."""
    if plan in _of_plans:
        return _of_plans[plan]
    every = set(_of_plans.values()) or {_USUAL}
    return every.pop() if len(every) == 1 else None


def _small(noun: str) -> str:
    """The noun inside a sentence; an abbreviation keeps its letters."""
    return noun if noun[1:2].isupper() else noun[:1].lower() + noun[1:]
