"""What is the same of every page: its policy, and that text stays text."""

from __future__ import annotations

import re
from base64 import b64decode
from hashlib import sha256
from html import unescape

import pytest
from jinja2 import UndefinedError

from de06cli.views.page.templating import BadTemplate, UnknownName, rendered, sandbox


def hashed(name: str, policy: str) -> bytes:
    found = re.search(rf"{name}-src 'sha256-([^']+)'", policy)
    assert found
    return b64decode(found[1])


def test_a_page_allows_its_own_styles_and_script_and_nothing_else():
    page = rendered("base.html", styles=["base.css", "page.css"], script="page.js")

    policy = unescape(page.partition('Content-Security-Policy" content="')[2].partition('"')[0])
    style = page.partition("<style>")[2].partition("</style>")[0]
    script = page.partition("<script>")[2].partition("</script>")[0]
    assert re.sub(r"sha256-[^']+", "…", policy) == (
        "default-src 'none'; style-src '…'; script-src '…'; base-uri 'none'; form-action 'none'"
    )
    assert hashed("style", policy) == sha256(style.encode()).digest()
    assert hashed("script", policy) == sha256(script.encode()).digest()


def test_a_page_without_a_script_allows_none():
    page = rendered("base.html", styles=["base.css"])

    assert "<script" not in page
    assert "script-src" not in page


def test_a_template_that_asks_for_what_nobody_gave_is_a_bug():
    with pytest.raises(UndefinedError, match="'title'"):
        rendered("page.html", styles=[])


# Templates that an office has written ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["<w:p/>", "{_{ x }_} {_% x %_}", "a & b", "\x1b[31m\u202e\ufffe", "&amp;"]
)
@pytest.mark.parametrize("tag", ["{{ x }}", "{% autoescape false %}{{ x }}{% endautoescape %}"])
def test_a_value_is_text_of_xml_without_braces(text, tag):
    made = sandbox().from_string(tag).render(x=text)

    assert re.findall(r"[<>{}\x1b\u202e\ufffe]", made) == []
    assert unescape(made) == re.sub("[\x1b\u202e\ufffe]", "\ufffd", text)


def test_a_name_that_nobody_knows_is_shown_as_it_stands():
    with pytest.raises(UnknownName) as error:
        sandbox().from_string("{{ row.ten }}").render(row={})

    assert error.value.message == "ten"


@pytest.mark.parametrize(
    "tag",
    ["{{ x.__class__ }}", "{{ x.append(1) }}", "{% include 'page.html' %}", "{{ x|safe }}"],
)
def test_a_template_reaches_nothing_but_its_values(tag):
    with pytest.raises(BadTemplate):
        sandbox().from_string(tag).render(x=[])
