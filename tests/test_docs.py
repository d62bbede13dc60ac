"""The generated documents say what de06 says now."""

from __future__ import annotations

import subprocess
import sys

import pytest
import support


@pytest.mark.skipif(sys.platform == "win32", reason="the picture is taken from a pseudo-terminal")
def test_the_generated_documents_are_up_to_date() -> None:
    checked = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check"],
        cwd=support.ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
