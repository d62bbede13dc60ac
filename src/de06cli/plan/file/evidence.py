"""Where evidence can be opened: addresses of the web, and documents in the folder beside the plan.

"45/BC-CAH" is the file ``45-BC-CAH.pdf``, or with another ending, in the plan's ``evidence_folder``. What
lies outside that folder, or a folder outside the plan's own, is never found.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

_WEB = re.compile(r"https?://[^\s\x00-\x20<>\"\\^`{|}\x7f]+", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\s]+')
_MOST_FILES = 20_000  # that are looked at in a folder


def is_web(evidence: str) -> bool:
    """Whether the evidence is an http or https address as a whole."""
    return _WEB.fullmatch(evidence) is not None


def file_stem(evidence: str) -> str:
    """The name, without its ending, of the file that holds a document: "45/BC-CAH" is 45-BC-CAH."""
    return _NOT_IN_NAMES.sub("-", evidence.strip()).strip("-.")


class EvidenceFolder:
    """The documents of a plan. ``plan_file`` is the data file, ``name`` its ``evidence_folder``."""

    def __init__(self, plan_file: Path, name: str | None) -> None:
        self._home = plan_file.parent
        self.name = name

    def find(self, evidence: str) -> Path | None:
        """The file of the document with this number; None where there is none."""
        files = self._files if self.name else None
        return files.get(_folded(file_stem(evidence))) if files else None

    @property
    def usable(self) -> bool:
        """Whether the folder can be read and lies in the plan's own."""
        return self._files is not None

    def lacks(self, evidence: str) -> bool:
        """Whether the plan has such a folder, and the document, no address of the web, is not in it."""
        files = self._files if self.name else None
        if files is None or is_web(evidence) or len(files) >= _MOST_FILES:
            return False
        return self.find(evidence) is None

    @cached_property
    def _files(self) -> dict[str, Path] | None:
        """The files by the names that they hold, without endings; None where the folder is not usable."""
        try:
            home = self._home.resolve()
            folder = (home / (self.name or "")).resolve()
            if folder != home and home not in folder.parents:
                return None
            entries = sorted(folder.iterdir())[:_MOST_FILES]
            return {
                _folded(entry.stem): entry
                for entry in reversed(entries)
                if entry.is_file() and folder in entry.resolve().parents
            }
        except (OSError, ValueError, RuntimeError):
            return None


def _folded(stem: str) -> str:
    return normalize("NFC", stem).casefold()
