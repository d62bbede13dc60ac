"""A small plan as plain values, and the sample files whose values are a plan or of a wrong shape."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import support

_SAMPLES = support.ROOT / "tests" / "data" / "invalid"

VALUES: dict[str, Any] = {
    "plan": {
        "code": "MAU",
        "title": "Kế hoạch mẫu",
        "place": "huyện",
        "declared_models": "1",
        "timezone": "Asia/Bangkok",
        "due_soon_days": "5",
    },
    "agencies": [
        {
            "code": "CAH",
            "name": "Công an huyện",
            "name_en": "District Police",
            "level": "district",
            "aliases": ["CA huyện"],
            "email": ["a@example.vn", "b@example.vn"],
        },
        {"code": "PC06", "name": "Phòng PC06", "email": "c@example.vn"},
    ],
    "models": [
        {
            "model": "9",
            "stt": "4",
            "title": "Quản lý lưu trú",
            "organisation": ["Công an huyện: Chủ trì"],
            "outcome": "Quản lý khách",
            "deadline": "2023-12-30",
            "extensions": [
                {
                    "to": "2024-03-31",
                    "decided": "2023-12-25",
                    "document": "12/CV-UBND",
                    "reason": "chờ kinh phí",
                }
            ],
            "ongoing": None,
            "equipment": "Miễn phí",
            "lead": ["CAH"],
            "support": ["PC06"],
            "implementers": None,
            "companies": [],
            "source": {"deadline": "30/12/2023", "lead": "CAH", "support": None},
            "review": None,
            "steps": [
                {
                    "step": "1",
                    "text": "Tuyên truyền.",
                    "agencies": ["CAH"],
                    "due": "2023-11-30",
                    "progress": {
                        "status": "done",
                        "date": "2023-11-20",
                        "by": "CAH",
                        "evidence": "45/BC-CAH",
                        "note": "xong",
                    },
                },
                {"step": "2", "text": "Tổng kết.", "progress": None},
            ],
        }
    ],
}


def changed(path: tuple[str | int, ...], value: Any) -> Any:
    """The values with another one at ``path``; with Ellipsis, without it."""
    values = copy.deepcopy(VALUES)
    node: Any = values
    for step in path[:-1]:
        node = node[step]
    if value is ...:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return values


REQUIRED = [
    ("plan",),
    ("agencies",),
    ("models",),
    ("plan", "code"),
    ("plan", "title"),
    ("agencies", 0, "code"),
    ("agencies", 0, "name"),
    *(("models", 0, key) for key in ("model", "title", "lead")),
    ("models", 0, "extensions", 0, "to"),
    ("models", 0, "extensions", 0, "decided"),
    ("models", 0, "steps", 0, "step"),
    ("models", 0, "steps", 0, "text"),
    ("models", 0, "steps", 0, "progress", "status"),
]


def _codes(path: Path) -> set[str]:
    lines = path.with_suffix(".findings").read_text("utf-8").splitlines()
    return {line.split()[1] for line in lines}


# "check" alone knows time zones, and sees how a number is written; Python refuses 5,000 digits.
# Rules between keys, and numbers that an editor reads as numbers.
_ONLY_THE_READER = {"keys-at-odds", "other-goal-written-otherwise", "targets"}
SHAPES = [
    path
    for path in sorted(_SAMPLES.glob("*.yaml"))
    if any(code[:2] == "E2" for code in _codes(path))
    and not any(code[:2] == "E1" for code in _codes(path))
    and not path.stem.startswith("timezone-")
    and path.stem not in {"number-octal", "number-too-long", *_ONLY_THE_READER}
]
READABLE = [
    support.MODELS_FILE,
    support.ROOT / "tests" / "data" / "small.yaml",
    *(
        path
        for path in sorted(_SAMPLES.glob("*.yaml"))
        if not any(code.startswith("E") for code in _codes(path))
    ),
]
