"""Remnants of HTML in a text: what ends a line becomes a line end, all else goes."""

from __future__ import annotations

import re
from html import unescape

_ENDS_LINE = re.compile(r"<\s*/?\s*(?:p|br|li|ul|ol|div|tr|h[1-6])\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(
    r"<\s*/?\s*(?:a|abbr|b|big|code|em|font|i|img|ins|mark|o:p|s|small|span|strike|strong|sub|sup|u|tt"
    r"|td|th|table|tbody|thead|center)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});")


def without_tags(text: str) -> str:
    """The text without tags, its entities replaced by what they stand for."""
    if "<" in text:
        text = _TAG.sub("", _ENDS_LINE.sub("\n", text))
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text
