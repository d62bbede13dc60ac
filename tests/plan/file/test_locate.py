"""The data file is the one named, else the nearest at or above the folder, else the packaged copy."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
import support

from de06cli.errors import UnreadableData
from de06cli.plan.file import locate as locating
from de06cli.plan.file.locate import Located, locate, packaged_file, read_bytes
from de06cli.plan.file.size import MAX_BYTES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder two levels below one that holds a plan."""
    deep = tmp_path / "huyện Hớn Quản" / "a" / "b"
    deep.mkdir(parents=True)
    write(deep.parents[1])
    return deep


def write(folder: Path, name: str = "data/models.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("plan:\n", newline="\n")
    return path


def one(named: list[str], environment: str | None, folder: Path) -> Located:
    """The only file that is found."""
    (found,) = locate(named, environment, folder)
    return found


def where(named: list[str], environment: str | None, folder: Path) -> tuple[Path, str]:
    """The only file that is found, and what people call it."""
    found = one(named, environment, folder)
    return found.path, found.given


# Which file ---------------------------------------------------------------------------------------


def test_the_option_comes_before_the_environment(folder: Path) -> None:
    assert where(["x.yaml"], "y.yaml", folder) == (folder / "x.yaml", "x.yaml")


def test_the_environment_comes_before_the_nearest_file(folder: Path) -> None:
    assert where([], "../y.yaml", folder) == (folder / "../y.yaml", "../y.yaml")


@pytest.mark.parametrize("empty", [None, "", ":", "::"])
def test_what_is_set_to_nothing_is_not_set(empty: str | None, folder: Path) -> None:
    given = empty and empty.replace(":", os.pathsep)
    for named in ([], [""], ["", ""]):
        assert one(named, given, folder).path == folder.parents[1] / "data" / "models.yaml"


def test_an_absolute_path_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    named = str(tmp_path / "z.yaml")
    assert where([named], None, folder) == (Path(named), named)


def test_the_nearest_file_above_is_found_and_named_from_here(folder: Path) -> None:
    path = folder.parents[1] / "data" / "models.yaml"
    assert where([], None, folder) == (path, "../../data/models.yaml")


def test_a_nearer_file_hides_the_one_above(folder: Path) -> None:
    path = write(folder.parent)
    assert where([], None, folder) == (path, "../data/models.yaml")


def test_a_file_right_here_is_the_nearest(folder: Path) -> None:
    path = write(folder)
    assert where([], None, folder) == (path, "data/models.yaml")


def test_a_folder_of_that_name_is_no_file(folder: Path) -> None:
    (folder / "data" / "models.yaml").mkdir(parents=True)
    assert one([], None, folder).given == "../../data/models.yaml"


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_no_other_plan_is_taken_instead_of_one_that_may_not_be_read(folder: Path) -> None:
    (folder / "data").mkdir(mode=0)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        found = one([], None, folder)
        assert found.given == "data/models.yaml"
        assert unreadable(found) == "Không đọc được data/models.yaml: Permission denied."
    finally:
        if root:
            os.seteuid(0)


def test_without_any_file_the_packaged_copy_is_used(tmp_path: Path) -> None:
    found = one([], None, tmp_path)
    packaged = packaged_file("models.yaml")
    assert found == Located(packaged, packaged, packaged=True)
    assert read_bytes(found) == support.MODELS_FILE.read_bytes()


def test_the_copy_in_an_installed_package_is_known_however_it_is_named(tmp_path: Path) -> None:
    inside = Path(locating.__file__).parents[2] / "data" / "models.yaml"
    link = tmp_path / "models.yaml"
    support.symlink(link, inside)
    assert [locating.is_installed(path) for path in (inside, link)] == [True, True]
    assert not locating.is_installed(support.MODELS_FILE)


def test_the_source_tree_is_no_packaged_copy() -> None:
    assert not one([], None, support.ROOT).packaged


@pytest.mark.parametrize("name", ["models.yaml", "models.schema.json"])
def test_the_packaged_files_are_those_of_the_tree(name: str) -> None:
    found, own = Path(packaged_file(name)), support.ROOT / "data" / name
    assert found.read_bytes() == own.read_bytes()
    assert found == own or support.ROOT not in Path(locating.__file__).parents


# Several files ------------------------------------------------------------------------------------


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """A folder with plans in it, some of them in folders of their own."""
    root = tmp_path / "tỉnh"
    for name in (
        "Lộc Ninh.yaml", "Bù Đốp.yml", ".ẩn.yaml", "ghi chú.txt", "sâu/hơn/a.yaml",
        "Hớn Quản/data/models.yaml", "Hớn Quản/khác.yaml", "Đồng Phú/data/models.yaml",
    ):  # fmt: skip
        write(root, name)
    (root / "thư mục.yaml").mkdir()
    return root


def given(named: list[str], folder: Path, environment: str | None = None) -> list[str]:
    """The files found, as the user knows them; each is where that name leads."""
    found = locate(named, environment, folder)
    assert [each.path for each in found] == [folder / each.given for each in found]
    assert not any(each.packaged for each in found)
    return [each.given for each in found]


def test_files_keep_the_order_in_which_they_are_named(province: Path) -> None:
    assert given(["b.yaml", "../a.yaml", "c.yaml"], province) == ["b.yaml", "../a.yaml", "c.yaml"]


def test_the_environment_names_several_with_the_systems_separator(province: Path) -> None:
    named = os.pathsep.join(["b.yaml", "", "a.yaml"])
    assert given([], province, named) == ["b.yaml", "a.yaml"]


@pytest.mark.parametrize("name", [".", "../tỉnh", "./"])
def test_a_folder_stands_for_its_plans_and_those_of_its_folders(name: str, province: Path) -> None:
    files = [
        "Bù Đốp.yml",
        "Hớn Quản/data/models.yaml",
        "Lộc Ninh.yaml",
        "Đồng Phú/data/models.yaml",
    ]
    assert given([name], province) == [(Path(name) / file).as_posix() for file in files]


def test_a_folder_with_a_plan_of_its_own_stands_for_that_alone(province: Path) -> None:
    assert given(["Hớn Quản"], province) == ["Hớn Quản/data/models.yaml"]
    assert given([str(province / "Hớn Quản")], province) == [
        (province / "Hớn Quản" / "data" / "models.yaml").as_posix()
    ]


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("*.yml", ["Bù Đốp.yml"]),
        ("*/data/*.yaml", ["Hớn Quản/data/models.yaml", "Đồng Phú/data/models.yaml"]),
        ("L?c*.yaml", ["Lộc Ninh.yaml"]),
        ("[BL]*", ["Bù Đốp.yml", "Lộc Ninh.yaml"]),
        ("s*/**/*.yaml", ["sâu/hơn/a.yaml"]),
        ("H*", ["Hớn Quản/data/models.yaml"]),  # a folder stands for its plan here too
    ],
)
def test_a_pattern_stands_for_the_files_and_folders_that_match(
    pattern: str, files: list[str], province: Path
) -> None:
    assert given([pattern], province) == files


def test_a_file_that_has_the_name_of_a_pattern_is_itself(province: Path) -> None:
    name = "[BL]c.yaml" if os.name == "nt" else "[BL]*"
    write(province, name)
    assert given([name], province) == [name]


def test_a_file_named_twice_is_one(province: Path) -> None:
    assert given(["L*.yaml", "Lộc Ninh.yaml", "./Lộc Ninh.yaml", "*.yml"], province) == [
        "Lộc Ninh.yaml",
        "Bù Đốp.yml",
    ]


@pytest.mark.parametrize("name", ["*.txt2", "sâu", "thư mục.yaml", "Hớn Quản/*.yml"])
def test_a_folder_or_a_pattern_without_plans_is_refused(name: str, province: Path) -> None:
    with pytest.raises(UnreadableData) as raised:
        locate(["Lộc Ninh.yaml", name], None, province)
    assert str(raised.value) == f"{name} không có tệp kế hoạch nào."
    assert raised.value.exit_code == 3


# Odd entries, and names of one file ---------------------------------------------------------------


def odd_and_given(name: str, folder: Path) -> tuple[list[str], list[str]]:
    told: list[str] = []
    found = [each.given for each in locate([name], None, folder, told.append)]
    return sorted(told), found


@pytest.mark.skipif(os.name == "nt", reason="FIFOs and sockets are not of Windows")
@pytest.mark.parametrize("name", [".", "*"])
def test_odd_entries_are_reported_and_hide_no_plan(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a.yaml")
    write(tmp_path, "huyen/data/models.yaml")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone.yaml").symlink_to("nowhere.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    if name == ".":
        os.mkfifo(tmp_path / "pipe")  # is named like no plan
    os.mkfifo(tmp_path / "x\n\x1b[31m.yaml")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.yaml")
    expected = [
        "Không đọc được gone.yaml: No such file or directory.",
        "Không đọc được loop: Too many levels of symbolic links.",
        *(
            f"{odd} không phải là tệp thông thường nên không đọc được."
            for odd in ("pipe.yaml", "socket.yaml", "x\ufffd\ufffd[31m.yaml")
        ),
    ]
    told, found = odd_and_given(name, tmp_path)
    assert told == sorted(expected)
    assert found == ["a.yaml", "huyen/data/models.yaml"]


def test_the_ending_of_a_plans_name_is_read_in_either_case(tmp_path):
    for name in ("A.YAML", "b.Yml", "c.yaml.txt"):
        write(tmp_path, name)
    assert odd_and_given(".", tmp_path) == ([], ["A.YAML", "b.Yml"])


def test_a_folder_named_like_a_plan_is_reported(province):
    told, found = odd_and_given(".", province)
    assert told == ["thư mục.yaml là một thư mục, không phải tệp."]
    assert len(found) == 4


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_an_unreadable_folder_hides_no_plan():
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    write(folder, "a.yaml")
    for name in ("lost+found", "kín", "data"):
        (folder / name).mkdir(mode=0)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        told, found = odd_and_given(".", folder)
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)
    assert told == [
        "Không đọc được data: Permission denied.",
        "Không đọc được kín: Permission denied.",
    ]
    assert found == ["a.yaml"]


@pytest.mark.parametrize("name", [".", "*"])
def test_what_programs_leave_beside_a_plan_is_none(name, tmp_path):
    for left in (
        "a.yaml", "~$a.yaml", ".~lock.a.yaml#", ".a.yaml.swp", "a.yaml~", "#a.yaml#", ".#a.yaml",
        "._a.yaml", ".git/data/models.yaml", ".stversions/data/models.yaml",
    ):  # fmt: skip
        write(tmp_path, left)
    told, found = odd_and_given(name, tmp_path)
    assert told == []
    assert [each for each in found if each not in {"a.yaml~", "#a.yaml#"}] == ["a.yaml"]
    assert found == ["a.yaml"] or name == "*"


def test_a_file_under_several_names_is_one(tmp_path):
    file = write(tmp_path, "k/a.yaml")
    support.symlink(tmp_path / "k" / "b.yaml", "a.yaml")
    (tmp_path / "k" / "c.yaml").hardlink_to(file)
    support.symlink(tmp_path / "other", "k")
    names = ["k", "k/a.yaml", "./k/b.yaml", "other", str(file), "k/c.yaml", "*/a.yaml"]
    assert [each.given for each in locate(names, None, tmp_path)] == ["k/a.yaml"]


@pytest.mark.parametrize("leads_to", ["models.yaml", "nowhere.yaml"])
def test_a_link_that_leads_nowhere_is_not_passed_over_for_another_plan(leads_to, folder):
    (folder / "data").mkdir()
    support.symlink(folder / "data" / "models.yaml", leads_to)
    assert one([], None, folder).given == "data/models.yaml"


def test_a_plan_that_another_program_has_open_is_tried_again(tmp_path, monkeypatch):
    path = write(tmp_path, "a.yaml")
    real, refused = Path.open, iter([32, 5])

    def opened(self, *arguments):
        if number := next(refused, None):
            error = PermissionError(13, "Access is denied")
            error.winerror = number
            raise error
        return real(self, *arguments)

    monkeypatch.setattr(Path, "open", opened)
    assert read_bytes(Located(str(path), "a.yaml")) == b"plan:\n"


# Reading it ---------------------------------------------------------------------------------------


def unreadable(located: Located) -> str:
    with pytest.raises(UnreadableData) as raised:
        read_bytes(located)
    assert raised.value.exit_code == 3
    return str(raised.value)


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfplan:\r\n")
    assert read_bytes(Located(str(path), "a.yaml")) == b"\xef\xbb\xbfplan:\r\n"


@pytest.mark.parametrize(
    ("named", "environment"), [(["x/kế hoạch.yaml"], None), ([], "x/kế hoạch.yaml")]
)
def test_a_missing_file_is_reported_with_where_it_was_looked_for(
    named: list[str], environment: str | None, folder: Path
) -> None:
    assert unreadable(one(named, environment, folder)) == (
        f"Không có tệp x/kế hoạch.yaml. Nơi đã tìm: {folder / 'x' / 'kế hoạch.yaml'}. "
        "Đặt --data hoặc DE06_DATA, hoặc chạy de06 init để tạo kế hoạch."
    )


def test_a_link_that_leads_nowhere_is_a_missing_file(folder: Path) -> None:
    support.symlink(folder / "a.yaml", "b.yaml")
    assert unreadable(one(["a.yaml"], None, folder)).startswith("Không có tệp a.yaml.")


def test_a_folder_is_reported_to_be_one(folder: Path) -> None:
    assert unreadable(Located(str(folder.parent), "..")) == ".. là một thư mục, không phải tệp."


@pytest.mark.skipif(os.name == "nt", reason="Windows calls each of these by other words")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.yaml/b.yaml", "Not a directory"),
        ("x" * 300, "File name too long"),
        ("loop", "Too many levels of symbolic links"),
        ("a\0b", "embedded null byte"),
    ],
)
def test_whatever_keeps_a_file_from_being_read_is_reported(
    name: str, reason: str, folder: Path
) -> None:
    (folder / "a.yaml").write_text("plan:\n")
    if name == "loop":
        support.symlink(folder / "loop", "loop")
    assert unreadable(one([name], None, folder)) == f"Không đọc được {name}: {reason}."


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(read_bytes(Located(str(path), "a.yaml"))) == MAX_BYTES
    with path.open("ab") as file:
        file.write(b"x")
    assert unreadable(Located(str(path), "a.yaml")) == (
        "a.yaml: Tệp lớn hơn 64 MiB, giới hạn của một kế hoạch."
    )
