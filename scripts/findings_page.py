"""The page docs/findings.md, and its English: every finding of ``de06 check``, by its code.

Titles and general advice come from ``plan/findings.py``, where each code is declared. What the findings say
is read from the samples in ``tests/data/invalid``: each sample is checked, and what it says is led back to
the sentences of the sources, with their placeholders. The example of a code is the simplest of its samples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import catalogue

from de06cli import messages
from de06cli.characters import clip
from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.checks import review
from de06cli.plan.file import reader, text
from de06cli.plan.file.size import MAX_BYTES
from de06cli.plan.findings import Finding, Severity

ROOT = Path(__file__).parents[1]
SAMPLES = "tests/data/invalid"
TODAY = date(2024, 1, 11)  # the day of the samples' own findings

_LABELS = {
    Severity.ERROR: {"vi": "Lỗi", "en": "Error"},
    Severity.WARNING: {"vi": "Cảnh báo", "en": "Warning"},
    Severity.NOTE: {"vi": "Ghi chú", "en": "Note"},
}
_HEAD = {
    "vi": """\
# Phát hiện của de06 check

Trang này do `scripts/docs.py` viết từ chính de06. Mỗi phát hiện có một mã: `E` là lỗi (tệp chưa sử dụng được
cho đến khi sửa), `W` là cảnh báo, `N` là ghi chú. Trong các câu dưới đây, chữ trong ngoặc nhọn như `{key}`
là chỗ de06 điền giá trị của tệp. Các tệp ví dụ nằm trong `tests/data/invalid` của kho mã.

| Mã | Mức | Phát hiện |
|---|---|---|
""",
    "en": """\
# Findings of de06 check

`scripts/docs.py` writes this page from de06 itself. Each finding has a code: `E` is an error (the file can't
be used until it is mended), `W` a warning, `N` a note. In the sentences below, a word in braces like `{key}`
is where de06 puts the value of the file. The examples lie in `tests/data/invalid` of the repository.

| Code | Kind | Finding |
|---|---|---|
""",
}
_SAID = {"vi": "Nội dung báo", "en": "What it says"}
_ADVISED = {"vi": "Gợi ý đi kèm", "en": "Its advice"}
_EXAMPLE = {"vi": "Ví dụ", "en": "Example"}
_PLACE = {"vi": "dòng {line} của tệp `{sample}`", "en": "line {line} of the file `{sample}`"}
_PLACEHOLDER = re.compile(r"\{\w+(?:![rs])?(?::[^{}]*)?\}")
_UNSEEN = re.compile(r"[^\w\s!-~À-ỹ“”‘’–—…]")


class Said(NamedTuple):
    """A finding of a sample; ``line`` is the text of the line at its place."""

    sample: str
    line: str
    found: Finding
    beside: int  # how many findings the sample has


def page(lang: str) -> str:
    """The whole page in a language."""
    messages.use(lang)
    try:
        said = [*_samples(), *_without_sample()]
        rows = "".join(
            f"| [{code}](#{code.lower()}) | {_label(code).lower()} | {_(remedy.title)} |\n"
            for code, remedy in findings.REMEDIES.items()
        )
        sentences = _Sentences()
        parts = [
            _part(code, [one for one in said if one.found.code == code], sentences)
            for code in findings.REMEDIES
        ]
        return _HEAD[lang] + rows + "".join(parts)
    finally:
        messages.use("vi")


def _label(code: str) -> str:
    return _LABELS[findings.severity(code)][messages.language()]


def _samples() -> Iterator[Said]:
    """The findings of all samples."""
    for path in sorted((ROOT / SAMPLES).glob("*.yaml")):
        read = reader.read(path.read_bytes())
        found = review.review(read, TODAY, path=path)
        for one in found:
            yield Said(path.name, read.document.source.line(one.place.line), one, len(found))


def _without_sample() -> Iterator[Said]:
    """What no single small file shows: a file that is too large, a code that two files claim."""
    for one in text.decode(bytes(MAX_BYTES + 1))[1]:
        yield Said("", "", one, 1)
    plan = reader.read((ROOT / "data" / "models.yaml").read_bytes())
    yield Said("", "", review.same_code(plan, "HONQUAN", "huyen/models.yaml"), 1)


def _part(code: str, said: list[Said], sentences: _Sentences) -> str:
    """The section of a code."""
    remedy, lang = findings.REMEDIES[code], messages.language()
    told = dict.fromkeys(sentences.of(one.found.message)[0] for one in said)
    advice = dict.fromkeys(part for one in said for part in sentences.of(one.found.advice))
    return (
        f'\n## <a id="{code.lower()}"></a>{code} – {_(remedy.title)}\n\n'
        f"{_label(code)}. {_(remedy.advice)}\n"
        + _listed(_SAID[lang], told)
        + _listed(_ADVISED[lang], advice)
        + _example(said)
    )


def _listed(heading: str, sentences: dict[str, None]) -> str:
    shown = [f"- {_as_code(sentence)}\n" for sentence in sentences if sentence]
    return f"\n{heading}:\n\n{''.join(shown)}" if shown else ""


def _as_code(sentence: str) -> str:
    """The sentence as code, so that nothing in it is read as Markdown."""
    return f"`` {sentence} ``" if "`" in sentence else f"`{sentence}`"


def _example(said: list[Said]) -> str:
    """The sample with the fewest findings, and of these the one whose line and sentence are shortest."""
    shown = [one for one in said if one.line.strip() and not _UNSEEN.search(one.line)]
    pool = shown or said
    best = min(pool, key=lambda one: (one.beside, len(one.line) + len(one.found.message)))
    place, found = best.found.place, best.found
    answer = f"{place.line}:{place.column} {found.code} {found.message} {found.advice}".rstrip()
    lang = messages.language()
    if not best.sample:
        return f"\n{_EXAMPLE[lang]}:\n\n```text\n{answer}\n```\n"
    line = f"{clip(best.line.strip(), 100)}\n" if best in shown else ""
    where = _PLACE[lang].format(line=place.line, sample=best.sample)
    return f"\n{_EXAMPLE[lang]}, {where}:\n\n```text\n{line}→ {answer}\n```\n"


class _Sentences:
    """The sentences of the package's part ``plan``, to be found again in what was said."""

    def __init__(self) -> None:
        templates = [
            form
            for message in catalogue.extracted()
            if any(file.startswith("plan/") for file, _line in message.locations)
            for form in _forms(message.id)
        ]
        self._known = [(template, _pattern(template)) for template in templates if template]

    def of(self, said: str) -> list[str]:
        """The sentences of which ``said`` is made, as they stand in the sources; at least one."""
        parts: list[str] = []
        rest = said
        while rest:
            fitting = [
                (_fixed(template), match.end(), template)
                for template, pattern in self._known
                if (match := pattern.match(rest))
            ]
            if not fitting:
                return [*parts, rest]
            _letters, end, template = max(fitting)
            parts.append(template)
            rest = rest[end:].lstrip()
        return parts or [""]


def _forms(message: str | Sequence[str]) -> list[str]:
    """What a message of the sources says in the language spoken now; one that counts, in both its forms."""
    if isinstance(message, str):
        return [_(message)]
    return [messages.ngettext(message[0], message[1], n) for n in (1, 2)]


def _pattern(template: str) -> re.Pattern[str]:
    """What the sentence can look like with its placeholders filled; a sentence ends before a space."""
    fixed = _PLACEHOLDER.split(template)
    return re.compile(r"(?s:.*?)".join(map(re.escape, fixed)) + r"(?=\s|$)")


def _fixed(template: str) -> int:
    """How many characters of a sentence are its own."""
    return len(_PLACEHOLDER.sub("", template))
