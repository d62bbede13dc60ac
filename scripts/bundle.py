"""One zip with which an office without a network installs de06: wheels for Windows and Linux, and sums.

python scripts/bundle.py [FOLDER]   writes FOLDER/de06cli-VERSION-offline.zip (FOLDER: dist)

In it: ``wheels/`` with de06 and all that it needs, for CPython 3.11 to 3.14 on Windows and Linux (x86-64);
``SHA256SUMS``; ``CAI-DAT.txt``, the lines to type; ``huong-dan/``, the guides as plain
text. The same wheels give the same bytes. It takes the wheels from the package index that pip is set to, and
needs nothing else.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# The tags of a system's wheels: pip takes what fits one of them.
TAGS = {
    "Windows": ("win_amd64",),
    "Linux": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
}
# What the conditions of a requirement ask about a system.
MARKERS = {
    "Windows": {"platform_system": "Windows", "sys_platform": "win32", "os_name": "nt"},
    "Linux": {"platform_system": "Linux", "sys_platform": "linux", "os_name": "posix"},
}
MADE_ON = (1980, 1, 1, 0, 0, 0)  # in the zip: the day of no build

GUIDE = """\
de06 {version}: cài đặt không cần mạng
Máy cần có Python 3.11 đến 3.14 (64 bit). Giải nén, mở cửa sổ lệnh trong thư mục vừa giải nén, gõ ba dòng.

Windows (PowerShell hoặc Command Prompt):

    py -m venv de06
    de06\\Scripts\\python -m pip install --no-index --find-links wheels de06cli
    de06\\Scripts\\de06 list

Linux (Debian, Ubuntu: cần gói python3-venv):

    python3 -m venv de06
    de06/bin/python -m pip install --no-index --find-links wheels de06cli
    de06/bin/de06 list

Dòng cuối in nhiệm vụ của kế hoạch mẫu. Để gõ gọn là de06, trong mỗi cửa sổ lệnh mới gõ một lần (PowerShell
không cho chạy thì mở Command Prompt; Linux: . de06/bin/activate):

    de06\\Scripts\\activate

Để ghi nhận, tạo thư mục kế hoạch của mình rồi gõ các lệnh de06 trong thư mục đó (đã có thư mục kế hoạch chung
thì dùng thư mục đó, không cần init):

    mkdir ke-hoach
    cd ke-hoach
    de06 init

Kế hoạch của cơ quan đang ở trong tệp Excel, Word thì chép tệp vào thư mục đó và thay dòng cuối bằng
de06 init --from TÊN-TỆP. Xem nhiệm vụ, ghi nhận, điền Excel, đồng bộ: thư mục huong-dan, can-bo.txt trước.
Đồng bộ cần git (git-scm.com); không có git thì gửi nhau tệp Excel.

Kiểm tra tệp có nguyên vẹn không (Linux):  sha256sum --check SHA256SUMS

---
de06 {version}: installation without a network
Python 3.11 to 3.14 (64 bit) is needed. Unpack, open a terminal in that folder, type the three lines above
for your system; the last line lists the shipped plan. To type just de06, type de06\\Scripts\\activate (Linux:
. de06/bin/activate) in each new terminal. For English, add --lang en, or set DE06_LANG to en. The guide:
huong-dan/can-bo.en.txt.
"""


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        wheels = Path(temporary)
        own = _own_wheel(wheels)
        for system in TAGS:
            for python in PYTHONS:
                _download(own, wheels, system, python)
        version = own.name.split("-")[1]
        target = folder / f"de06cli-{version}-offline.zip"
        texts = {"CAI-DAT.txt": GUIDE.format(version=version), **_guides()}
        _write(target, texts, sorted(wheels.glob("*.whl")))
    print(target)
    return 0


def _guides() -> dict[str, str]:
    """The guides, and the page about syncing, as texts that any computer opens."""
    docs = ROOT / "docs"
    pages = sorted([*docs.glob("huong-dan/*.md"), *docs.glob("sync*.md")])
    return {f"huong-dan/{page.stem}.txt": page.read_text("utf-8") for page in pages}


def _own_wheel(folder: Path) -> Path:
    """de06's wheel, built into the folder."""
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("de06cli-*.whl"))


def _download(own: Path, folder: Path, system: str, python: str) -> None:
    """Puts beside de06's wheel those that it needs on one system with one Python.

    pip asks the conditions of requirements about the machine that it runs on: what is needed only on the
    other one is asked for by name.
    """
    platforms = [argument for tag in TAGS[system] for argument in ("--platform", tag)]
    environment = MARKERS[system] | {"python_version": python, "extra": ""}
    wanted: set[str] = set()
    while True:
        _pip(
            "download",
            *("--only-binary", ":all:", "--implementation", "cp", "--python-version", python),
            *platforms,
            *("--dest", str(folder), "--find-links", str(folder), str(own), *sorted(wanted)),
        )
        further = {
            f"{need.name}{need.specifier}"
            for wheel in folder.glob("*.whl")
            for need in _needs(wheel)
            if need.marker is not None
            and need.marker.evaluate(environment)
            and not need.marker.evaluate({"extra": ""})
        }
        if further <= wanted:
            return
        wanted |= further


def _needs(wheel: Path) -> list[Requirement]:
    """What a wheel says that it needs."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    return [Requirement(text) for text in metadata.get_all("Requires-Dist") or []]


def _pip(command: str, *arguments: str) -> None:
    """Runs pip. Raises CalledProcessError."""
    subprocess.run([sys.executable, "-m", "pip", command, "--quiet", *arguments], check=True)


def _write(target: Path, texts: dict[str, str], wheels: list[Path]) -> None:
    """Writes the zip: the texts with the line ends of Windows, the sums, the wheels."""
    files = {name: text.replace("\n", "\r\n").encode("utf-8-sig") for name, text in texts.items()}
    files |= {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in wheels}
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    files["SHA256SUMS"] = "".join(sums).encode("ascii")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, MADE_ON)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
