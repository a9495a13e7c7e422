"""A memo as one page of paper: HTML that needs nothing else, whatever the texts hold."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.proposal.functions import DATA
from parcels.proposal.memo_fit import Section, share_lines, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.proposal.memo import Figure, Memo, PackLine, Statement

_LINES = 70  # of an A4 page in the type of memo.css
_WIDTH = 66  # Chinese characters on a line
_TITLE, _STATEMENT, _OTHER, _FIGURE, _PACK, _STATUS = 70, 180, 180, 40, 22, 58
_MOST_PACKS, _MOST_FIGURES = 12, 18
_HEADING, _HEAD, _FOOT, _ROW = 1.9, 7.0, 2.5, 1.25  # lines that they take
_STATUS_WIDTH, _IN_A_ROW = 30, 3
_LISTS = ("changes", "broken", "unknown", "missing", "kept", "sources")
_COLUMNS = {"missing": 2, "kept": 2}
_LEAST = {"changes": 4, "broken": 12, "unknown": 9, "missing": 4, "kept": 5, "sources": 5}


def memo_page(memo: Memo, lang: str) -> str:
    """Write a memo as a page.

    Parameters
    ----------
    memo : Memo
    lang : str
        ``zh`` or ``en``.

    Returns
    -------
    str
        HTML with its own style, no script, nothing from elsewhere. One A4 page when it is
        printed: what does not fit is counted (另有 n 条). Texts are escaped.
    """
    style = (DATA / "memo.css").read_text(encoding="utf-8")
    spoken = "zh-CN" if lang == "zh" else "en"
    title = _cut(memo.title, _TITLE)
    body = "".join(
        (*_head(memo, lang), *_packs(memo, lang), *_lists(memo, lang), _foot(memo, lang))
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>\n{style}</style></head>\n<body>{body}</body></html>\n"
    )


def _cut(words: str, width: float) -> str:
    return escape(shortened(words, width))


def _head(memo: Memo, lang: str) -> Iterator[str]:
    under = text(lang, "proposal.memo.under", use=memo.use, day=memo.as_of)
    if memo.faults:
        under += text(lang, "proposal.memo.faults", count=memo.faults)
    yield f"<h1>{_cut(memo.title, _TITLE)}</h1>"
    yield f'<p class="under">{_cut(under, _OTHER)}</p>'
    yield f'<p class="summary">{_cut(memo.summary, _OTHER)}</p>'
    yield _heading(lang, "figures", len(memo.figures))
    shown = memo.figures[:_MOST_FIGURES]
    items = "".join(f"<li>{_figure(one, lang)}</li>" for one in shown)
    yield f'<ul class="figures">{items}{_rest(lang, len(memo.figures) - len(shown))}</ul>'


def _figure(figure: Figure, lang: str) -> str:
    whole = text(lang, "proposal.memo.of", whole=figure.whole) if figure.whole else ""
    written = f"{_cut(figure.name, _PACK)} <b>{_cut(figure.value, _PACK)}</b>"
    return f'{written} <span class="rule">{_cut(whole, _PACK)}</span>'


def _packs(memo: Memo, lang: str) -> Iterator[str]:
    yield _heading(lang, "packs", len(memo.packs))
    heads = [text(lang, f"proposal.memo.{one}") for one in ("pack", "outcome")]
    heads += [text(lang, f"outcome.{one}") for one in OUTCOMES]
    heads.append(text(lang, "proposal.memo.status"))
    shown = memo.packs[:_MOST_PACKS]
    row = "".join(f"<th>{escape(one)}</th>" for one in heads)
    rows = "".join(_pack_row(one, lang) for one in shown)
    yield f"<table><tr>{row}</tr>{rows}</table>"
    left = len(memo.packs) - len(shown)
    if left:
        yield f"<ul>{_rest(lang, left)}</ul>"


def _pack_row(pack: PackLine, lang: str) -> str:
    counts = "".join(f'<td class="n">{pack.counted[one]}</td>' for one in OUTCOMES)
    named = f'{_cut(pack.title, _PACK)} <span class="rule">{_cut(pack.version, 12)}</span>'
    status = _cut(pack.legal_status, _STATUS) or "—"
    return (
        f"<tr><td>{named}</td><td>{_verdict(lang, pack.outcome)}</td>{counts}<td>{status}</td></tr>"
    )


def _verdict(lang: str, outcome: str) -> str:
    words = f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}"
    return f'<span class="{outcome}">{escape(words)}</span>'


def _lists(memo: Memo, lang: str) -> Iterator[str]:
    """Give the lists as far as they fit, each with the count of all that it has."""
    items = {name: [_item(one) for one in getattr(memo, name)] for name in _LISTS}
    sections = [
        Section(
            name=name,
            texts=tuple(plain for plain, _ in items[name]),
            columns=_COLUMNS.get(name, 1),
            least=_LEAST[name],
        )
        for name in _LISTS
    ]
    fitted = share_lines(sections, _lines_left(memo), _WIDTH)
    for name in _LISTS:
        if not items[name]:
            continue
        fit = fitted[name]
        shown = "".join(f"<li>{marked}</li>" for _, marked in items[name][: fit.count])
        columns = ' class="two"' if name in _COLUMNS else ""
        yield _heading(lang, name, len(items[name]))
        yield f"<ul{columns}>{shown}{_rest(lang, fit.left)}</ul>"


def _item(one: Statement | str) -> tuple[str, str]:
    """Return a list item plainly, to measure it, and with its marks."""
    if isinstance(one, str):
        plain = shortened(one, _OTHER)
        return plain, escape(plain)
    plain = shortened(one.text, _STATEMENT)
    glyph = f'<span class="{one.outcome}">{escape(one.glyph)}</span>'
    marked = f'{glyph} {escape(plain)} <span class="rule">{escape(one.rule)}</span>'
    return f"{one.glyph} {plain} {one.rule}", marked


def _lines_left(memo: Memo) -> int:
    """Return the lines that head, figures, packs, headings and foot leave."""
    figures = -(-min(len(memo.figures), _MOST_FIGURES + 1) // _IN_A_ROW) * 2
    shown = memo.packs[:_MOST_PACKS]
    packs = sum(_pack_lines(one) for one in shown) + 2 * _ROW
    lists = sum(bool(getattr(memo, name)) for name in _LISTS)
    used = _HEAD + figures + packs + _FOOT + _HEADING * (lists + 2)
    return max(0, math.floor(_LINES - used))


def _pack_lines(pack: PackLine) -> float:
    return _ROW + (1 if len(pack.legal_status) > _STATUS_WIDTH else 0)


def _heading(lang: str, name: str, count: int) -> str:
    return f"<h2>{escape(text(lang, f'proposal.memo.title_{name}', count=count))}</h2>"


def _rest(lang: str, left: int) -> str:
    if not left:
        return ""
    return f'<li class="under">{escape(text(lang, "proposal.memo.rest", count=left))}</li>'


def _foot(memo: Memo, lang: str) -> str:
    versions = text(lang, "ui.list_mark").join(f"{one.id} {one.version}" for one in memo.packs)
    written = text(lang, "proposal.memo.foot", day=memo.as_of, packs=shortened(versions, _WIDTH))
    return f"<footer><span>{escape(memo.disclaimer)}</span><span>{escape(written)}</span></footer>"
