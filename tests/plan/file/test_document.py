"""A YAML text becomes values and nodes that know their places; the errors of YAML are reported.

Whole files with such mistakes are the samples in ``tests/data/invalid``, see ``test_reader.py``.
"""

from __future__ import annotations

from typing import Any

import pytest
import support
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from de06cli.characters import clip
from de06cli.plan.file import document
from de06cli.plan.file.document import Document, parse
from de06cli.plan.file.nodes import Mapping, Scalar, Sequence
from de06cli.plan.file.text import SourceText, decode
from de06cli.plan.findings import Finding, Gathered

SAMPLES = sorted((support.ROOT / "tests" / "data").rglob("*.yaml"))


def value_of(text: str) -> Any:
    parsed = parse(text.encode("utf-8"))
    assert parsed.findings == ()
    return parsed.value


def told(text: str) -> list[str]:
    """The findings of a text, as ``line:column CODE``."""
    return [
        f"{one.place.line}:{one.place.column} {one.code}" for one in parse(text.encode()).findings
    ]


# Values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("no", "yes", "on", "off", "y", "true", "FALSE"),
        *("9", "010", "0o17", "0x1F", "1_000", "+1", "-2", "1.10", "9.0", "1e3", ".inf", ".NaN"),
        *("12:30", "190:20:30", "2023-12-30", "2023-12-30T10:00:00Z", "30/12/2023"),
        *("=", "<<", "None", "nil", "~~", "nULL"),
    ],
)
def test_a_plain_scalar_is_the_text_that_stands_there(text: str) -> None:
    assert value_of(f"a: {text}\nb: [{text}]\n") == {"a": text, "b": [text]}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_written_in_five_ways_and_never_in_quotes(text: str) -> None:
    assert value_of(f"a: {text}\nb: '{text}'\nc: \"{text}\"\n") == {"a": None, "b": text, "c": text}


def test_texts_are_read_in_every_style() -> None:
    text = """\
plain: một hai
  ba
single: 'it''s'
double: "a\\tb\\n\\u0111 \\\\ \\"c\\""
folded: >-
  một
  hai

  ba
literal: |
  một
   hai
kept: |+
  một

last: >
  hai
"""
    assert value_of(text) == {
        "plain": "một hai ba",
        "single": "it's",
        "double": 'a\tb\nđ \\ "c"',
        "folded": "một hai\nba",
        "literal": "một\n hai\n",
        "kept": "một\n\n",
        "last": "hai\n",
    }


def test_collections_are_read_in_every_style() -> None:
    text = """\
a: [b, [], {}, {c: d, e}, "f": g]
h:
- i
-
  - j
  - k: l
    m: n
? o
: p
"q": r
"""
    assert value_of(text) == {
        "a": ["b", [], {}, {"c": "d", "e": None}, {"f": "g"}],
        "h": ["i", ["j", {"k": "l", "m": "n"}]],
        "o": "p",
        "q": "r",
    }


def test_keys_are_texts_too() -> None:
    text = 'no: a\n010: b\n1.10: c\n12:30: d\n"null": e\n"<<": f\n'
    assert value_of(text) == {
        "no": "a",
        "010": "b",
        "1.10": "c",
        "12:30": "d",
        "null": "e",
        "<<": "f",
    }


def test_json_is_read_as_yaml() -> None:
    assert value_of('{"a": ["\\u0111", "b\\/c", null], "d": {}}') == {
        "a": ["đ", "b/c", None],
        "d": {},
    }


# The two ways -------------------------------------------------------------------------------------


def exact(source: SourceText) -> tuple[Any, list[Finding]]:
    """What the way that knows places makes of a text."""
    found = Gathered()
    root = document._Composer(source, found).compose()
    return root.value if root else None, found.all()


def quick(source: SourceText) -> Any:
    composed = document._plainly_composed(source.text)
    return document._IRREGULAR if composed is None else document._plain_value(composed)


def compare(data: bytes) -> None:
    """The quick way leaves a text to the exact one, or agrees with it, who then finds nothing wrong."""
    source, found = decode(data)
    if found:
        return
    value = quick(source)
    if value is not document._IRREGULAR:
        assert (value, []) == exact(source)


@pytest.mark.parametrize("path", [support.MODELS_FILE, *SAMPLES], ids=lambda path: path.stem)
def test_the_quick_way_and_the_exact_way_agree(path: Any) -> None:
    compare(path.read_bytes())


def test_the_shipped_plan_is_read_the_quick_way() -> None:
    """Its texts hold "&", "*" and "!", which alone do not send it the long way."""
    source = SourceText(support.MODELS_TEXT)
    value = quick(source)
    assert value is not document._IRREGULAR
    assert (value, []) == exact(source)


@pytest.mark.parametrize(
    "text",
    [
        "a: &b c",
        "a: &b",
        "&a b: c",
        "- &a",
        "a: *b",
        "a: [*b]",
        "*a : b",
        "a: !b c",
        "a: ! b",
        "a: !",
        "! a: b",
        "a: !!str b",
        "<<: a",
        "<<: {a: b}",
        "a: 1\na: 2",
        "{a: 1, a: 2}",
        "a: {b: 1, 'b': 2}",
        "'': a",
        ": a",
        "~: a",
        "null: a",
        "[a]: b",
        "{a: b}: c",
        "? [a]\n: b",
        'a: "\\0"',
        'a: "\\e"',
        'a: "\\x1b"',
        'a: "\\u202e"',
        'a: "\\U0000202e"',
        'a: "\\N\\_\\L\\P"',
        "a: b\n---\nc: d",
        "a: b\n...\n---\nc: d",
        "--- a\n--- b",
        "a: [",
        "",
        "#",
        "~",
        "---",
        "''",
    ],
)
@pytest.mark.parametrize(
    "before", ["", "x: y\n", "x: |\n  &z\n"], ids=["", "after", "after a block"]
)
def test_whatever_has_to_be_told_with_a_place_is_left_to_the_exact_way(
    before: str, text: str
) -> None:
    source = SourceText(before + text)
    value, found = exact(source)
    assert quick(source) is document._IRREGULAR or (quick(source), []) == (value, found)


TOKENS = st.sampled_from(
    [
        *(
            " ",
            "  ",
            "\n",
            "\n  ",
            "\n    ",
            "\t",
            "\r\n",
            "- ",
            "? ",
            ": ",
            ":",
            ", ",
            ",",
            "#",
            " # x",
        ),
        *(
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "|",
            ">",
            "|-\n  ",
            ">+2\n  ",
            "\\",
            "\\n",
            "\\x1b",
            "\\u202e",
        ),
        *(
            "&a ",
            "*a",
            "!",
            "!!str ",
            "!a ",
            "<<",
            "<<: ",
            "%YAML 1.1\n",
            "---",
            "\n---\n",
            "\n...\n",
        ),
        *("a", "b: ", "a: b\n", "~", "null", "''", "9", "đ", "🙂", "\u2028", "@", "`", "="),
    ]
)
SOUP = st.lists(TOKENS, max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
@example("a: b\n  - c")
def test_the_two_ways_agree_on_any_soup_of_tokens(text: str) -> None:
    compare(text.encode("utf-8"))


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A copy of the text with a few slices deleted, doubled, moved or overwritten."""
    for _change in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 60)))
        at = draw(st.integers(0, len(text)))
        piece = draw(st.one_of(st.just(""), st.just(text[begin:end]), SOUP))
        if draw(st.booleans()):
            text = text[:begin] + piece + text[end:]
        else:
            text = text[:at] + text[begin:end] + text[at:]
    return text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(support.MODELS_TEXT))
def test_the_two_ways_agree_on_mutated_copies_of_the_shipped_plan(text: str) -> None:
    compare(text.encode("utf-8"))


# Depth --------------------------------------------------------------------------------------------


def nested(depth: int, style: str) -> str:
    return {
        "brackets": "[" * depth + "]" * depth,
        "braces": "{a: " * depth + "}" * depth,
        "dashes": "- " * depth + "a",
        "keys": "".join(f"{' ' * level}a:\n" for level in range(depth)),
        "question marks": "? " * (depth - 1) + "a: b",
    }[style]


@pytest.mark.parametrize("style", ["brackets", "braces", "dashes", "keys"])
def test_thirty_levels_are_read(style: str) -> None:
    text = nested(30, style)
    value = value_of(text)
    levels = 0
    while isinstance(value, (list, dict)):
        levels += 1
        value = next(iter(value.values() if isinstance(value, dict) else value), None)
    assert levels == 30


@pytest.mark.parametrize(
    ("style", "place"),
    [
        ("brackets", "1:31 E108"),
        ("braces", "1:121 E108"),
        ("dashes", "1:61 E108"),
        ("keys", "31:31 E108"),
        ("question marks", "1:61 E108"),
    ],
)
@pytest.mark.parametrize("depth", [31, 32, 3000])
def test_more_levels_are_refused_at_the_first_too_many(style: str, place: str, depth: int) -> None:
    assert told(nested(depth, style)) == [place]


# Nodes --------------------------------------------------------------------------------------------

NESTED = """\
# đầu tệp
models:
  - model: 9
    title: "Quản lý 🙂 lưu trú"
    lead: [CAH, "PC06"]
    note:
    steps:
      - {step: 1, text: đăng ký}
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("models", 0, "model"), "9"),
        (("models", 0, "title"), '"Quản lý 🙂 lưu trú"'),
        (("models", 0, "lead"), '[CAH, "PC06"]'),
        (("models", 0, "lead", 1), '"PC06"'),
        (("models", 0, "note"), ""),
        (("models", 0, "steps", 0), "{step: 1, text: đăng ký}"),
        (("models", 0, "steps", 0, "text"), "đăng ký"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_a_node_knows_where_it_begins_and_ends(
    path: tuple[str | int, ...], text: str, end: str, mark: str
) -> None:
    parsed = parse((mark + NESTED.replace("\n", end)).encode("utf-8"))
    node = parsed.node(path)
    assert node is not None
    assert parsed.source.text[node.start : node.end] == text


@pytest.mark.parametrize(
    "path",
    [("agencies",), ("models", 1), ("models", "0"), ("models", 0, 0), ("models", 0, "title", 0)],
)
def test_there_is_no_node_where_a_path_leads_nowhere(path: tuple[str | int, ...]) -> None:
    assert parse(NESTED.encode()).node(path) is None


@pytest.mark.parametrize("text", [NESTED, NESTED + '"a\\u00e0": 1\n', support.MODELS_TEXT])
@pytest.mark.parametrize(
    "path", [(), ("models",), ("models", 0), ("models", 0, "steps", 0, "text")]
)
def test_a_part_built_alone_is_the_same_as_in_the_whole_tree(
    text: str, path: tuple[str | int, ...]
) -> None:
    alone, whole = parse(text.encode()).part(path), parse(text.encode()).node(path)
    assert alone is not None
    assert whole is not None
    assert taken_apart(alone) == taken_apart(whole)


def taken_apart(part: object) -> object:
    """A node, and what is in it, as values that can be compared."""
    if isinstance(part, Scalar | Sequence | Mapping):
        return type(part), {name: taken_apart(getattr(part, name)) for name in part.__slots__}
    if isinstance(part, dict):
        return {key: taken_apart(value) for key, value in part.items()}
    return [*map(taken_apart, part)] if isinstance(part, list | tuple) else part


@pytest.mark.parametrize("path", [("a",), ("models", 1), ("models", "0"), ("models", 0, 0)])
def test_there_is_no_part_where_a_path_leads_nowhere(path: tuple[str | int, ...]) -> None:
    assert parse(NESTED.encode()).part(path) is None


@pytest.mark.parametrize(
    ("path", "at_key", "place"),
    [
        ((), False, (2, 1)),
        (("models",), False, (3, 3)),
        (("models",), True, (2, 1)),
        (("models", 0), False, (3, 5)),
        (("models", 0, "title"), False, (4, 12)),
        (("models", 0, "title"), True, (4, 5)),
        (("models", 0, "note"), False, (6, 5)),
        (("models", 0, "lead", 1), False, (5, 17)),
        (("models", 0, "steps", 0, "due"), False, (8, 9)),
        (("models", 7, "title"), False, (3, 3)),
        (("agencies", 0, "code"), True, (2, 1)),
    ],
    ids=str,
)
def test_a_path_begins_at_its_value_or_key_else_at_what_is_above_it(
    path: tuple[str | int, ...], at_key: bool, place: tuple[int, int]
) -> None:
    parsed = parse(NESTED.encode())
    found = parsed.source.place(parsed.index_of(path, at_key=at_key))
    assert (found.line, found.column) == place


def test_a_document_that_could_not_be_read_has_no_nodes() -> None:
    parsed = parse(b"a: [")
    assert (parsed.value, parsed.root, parsed.node(("a",))) == (None, None, None)
    assert parsed.index_of(("a",)) == 0


def test_a_scalar_knows_whether_it_is_plain() -> None:
    parsed = parse(b"a: b\nc: 'd'\n")
    nodes = [parsed.node(("a",)), parsed.node(("c",))]
    assert [isinstance(node, Scalar) and node.plain for node in nodes] == [True, False]


def plain_load(node: Any) -> Any:
    """The value of a node of PyYAML, every scalar a text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain_load(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain_load(item) for item in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def test_the_shipped_plan_is_read_as_pyyaml_reads_it() -> None:
    loaded = plain_load(yaml.compose(support.MODELS_TEXT))
    assert parse(support.MODELS_FILE.read_bytes()).value == loaded


def test_every_place_of_the_shipped_plan_is_where_its_text_stands() -> None:
    parsed = parse(support.MODELS_FILE.read_bytes())
    checked = 0
    nodes: list[Any] = [parsed.root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, Scalar) and node.plain and " " not in node.text and node.text:
            assert parsed.source.text[node.start : node.end] == node.text
            checked += 1
        elif isinstance(node, Mapping):
            nodes += [part for entry in node.entries.values() for part in entry]
        elif isinstance(node, Sequence):
            nodes += node.items
    assert checked > 1000


# Findings -----------------------------------------------------------------------------------------


def test_findings_of_yaml_come_in_one_run_until_the_syntax_ends_it() -> None:
    text = "a: &x b\na: *x\nc: !y d\n<<: {e: f}\n~: g\nh: [\n"
    assert told(text) == [
        "1:4 E111",
        "2:4 E111",
        "2:1 E114",
        "3:4 E113",
        "4:1 E112",
        "5:1 E115",
        "7:1 E106",
    ]


def test_the_first_of_several_documents_is_read_all_the_same() -> None:
    parsed = parse(b"a: b\n---\na: c\n---\na: d\n")
    assert (parsed.value, [one.code for one in parsed.findings]) == ({"a": "b"}, ["E107"])


def test_what_is_merged_is_one_finding_however_it_is_written() -> None:
    text = "a: {<<: *x}\nb: {<<: [*x, *y]}\nc:\n  <<:\n    - *x\n    - {d: e}\n"
    assert told(text) == ["1:5 E112", "2:5 E112", "4:3 E112"]


def test_an_alias_beside_what_is_merged_is_a_finding() -> None:
    assert told("a: {<<: {b: *x}, c: *y}\n") == ["1:13 E111", "1:5 E112", "1:21 E111"]


def test_what_is_refused_is_equal_to_nothing_that_could_be_expected() -> None:
    value = parse(b"a: *x\n").value["a"]
    assert value not in ("", "x", None)


@pytest.mark.parametrize(
    ("text", "clipped"),
    [
        ("ngắn", "ngắn"),
        ("hai\n  dòng\tđây", "hai dòng đây"),
        ("2 ", "2 "),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("", ""),
    ],
)
def test_a_quoted_text_stands_on_one_line_and_is_cut(text: str, clipped: str) -> None:
    assert clip(text) == clipped


def test_a_document_of_known_findings_is_not_read_any_further() -> None:
    source, found = decode(b"a: \x00\n")
    assert Document(source, found).value is None
