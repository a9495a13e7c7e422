"""A memo as one page of paper: HTML that needs nothing else, whatever the texts hold."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.proposal.functions import DATA
from parcels.proposal.reports.memo_fit import (
    Section,
    block_lines,
    share_lines,
    shortened,
    text_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.proposal.reports.memo import Figure, Memo, PackLine, Statement

_LINES = 81  # of an A4 page in the type of memo.css
_WIDTH = 72  # Chinese characters on a line
_TITLE, _TEXT, _SHORT, _NAME, _VALUE, _WHOLE, _STATUS = 66, 190, 66, 22, 18, 28, 55
_MOST_PACKS, _MOST_FIGURES, _FEW_PACKS = 10, 20, 5
_HEADING, _TITLE_LINE, _UNDER, _FOOT, _ROW = 2.1, 1.72, 3.4, 2.0, 1.3  # lines that they take
_TITLE_WIDTH = 39
_PACK_WIDTH, _STATUS_WIDTH, _FIGURE_COLUMNS = 20, 28, 2
_LISTS = ("changes", "broken", "unknown", "missing", "kept", "sources")
_COLUMNS = {"missing": 3, "unknown": 2, "kept": 2, "sources": 2}
_LEAST = {"changes": 6, "broken": 16, "unknown": 8, "missing": 3, "kept": 5, "sources": 4}


_WIDTHS = "".join(f'<col style="width:{one}mm">' for one in (56, 20, *(7, 7, 7, 7, 7), 75))


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
    yield f'<p class="under">{_cut(under, _TEXT)}</p>'
    yield f'<p class="summary">{_cut(memo.summary, _TEXT)}</p>'
    yield _heading(lang, "figures", len(memo.figures))
    shown = memo.figures[:_MOST_FIGURES]
    items = "".join(f"<li>{_figure(one, lang)[1]}</li>" for one in shown)
    yield f'<ul class="figures">{items}{_rest(lang, len(memo.figures) - len(shown))}</ul>'


def _figure(figure: Figure, lang: str) -> tuple[str, str]:
    """Return a figure plainly, to measure it, and with its marks."""
    name, value = shortened(figure.name, _NAME), shortened(figure.value, _VALUE)
    whole = text(lang, "proposal.memo.of", whole=figure.whole) if figure.whole else ""
    of_whole = shortened(whole, _WHOLE)
    marked = f'{escape(name)} <b>{escape(value)}</b> <span class="rule">{escape(of_whole)}</span>'
    return f"{name} {value} {of_whole}", marked


def _packs(memo: Memo, lang: str) -> Iterator[str]:
    legend = [f"{text(lang, f'glyph.{one}')} {text(lang, f'outcome.{one}')}" for one in OUTCOMES]
    yield _heading(lang, "packs", len(memo.packs), " · ".join(legend))
    names = [text(lang, f"proposal.memo.{one}") for one in ("pack", "outcome", "status")]
    heads = [f"<th>{escape(one)}</th>" for one in names]
    heads[2:2] = [f'<th class="n">{escape(text(lang, f"glyph.{one}"))}</th>' for one in OUTCOMES]
    shown = memo.packs[:_MOST_PACKS]
    row = "".join(heads)
    rows = "".join(_pack_row(one, memo) for one in shown)
    yield f"<table>{_WIDTHS}<tr>{row}</tr>{rows}</table>"
    left = len(memo.packs) - len(shown)
    if left:
        yield f"<ul>{_rest(lang, left)}</ul>"


def _pack_row(pack: PackLine, memo: Memo) -> str:
    named = f'{_cut(pack.title, _NAME)} <span class="rule">{_cut(pack.version, 12)}</span>'
    verdict = f'<span class="{pack.outcome}">{escape(pack.verdict)}</span>'
    cells = [f"<td>{named}</td>", f'<td class="v">{verdict}</td>']
    cells += [f'<td class="n">{pack.counted[one]}</td>' for one in OUTCOMES]
    cells.append(f"<td>{escape(_status(pack, memo)) or '—'}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _status(pack: PackLine, memo: Memo) -> str:
    """Return what to know of a pack: on two lines where packs are few, else on one."""
    few = len(memo.packs) <= _FEW_PACKS
    return shortened(pack.status, _STATUS if few else _STATUS_WIDTH - 1)


def _lists(memo: Memo, lang: str) -> Iterator[str]:
    """Give the lists as far as they fit, each with the count of all that it has."""
    items = {
        name: [_item(one, name, at) for at, one in enumerate(getattr(memo, name))]
        for name in _LISTS
    }
    sections = [
        Section(
            name=name,
            texts=tuple(plain for plain, _ in items[name]),
            columns=_COLUMNS.get(name, 1),
            least=_LEAST[name],
        )
        for name in _LISTS
    ]
    fitted = share_lines(sections, _lines_left(memo, lang), _WIDTH)
    for name in _LISTS:
        if not items[name]:
            continue
        fit = fitted[name]
        shown = "".join(f"<li>{marked}</li>" for _, marked in items[name][: fit.count])
        columns = f' class="in{_COLUMNS[name]}"' if name in _COLUMNS else ""
        yield _heading(lang, name, len(items[name]))
        yield f"<ul{columns}>{shown}{_rest(lang, fit.left)}</ul>"


def _item(one: Statement | str, name: str, at: int) -> tuple[str, str]:
    """Return a list item plainly, to measure it, and with its marks.

    What is broken is said in full; what is unknown or kept by rule and value.
    """
    if isinstance(one, str):
        plain = shortened(one, _SHORT if name in _COLUMNS else _TEXT)
        number = f"〔{at + 1}〕" if name == "sources" else ""
        return f"{number}{plain}", f'<span class="rule">{number}</span>{escape(plain)}'
    plain = shortened(one.text, _TEXT) if name == "broken" else shortened(one.short, _SHORT)
    glyph = f'<span class="{one.outcome}">{escape(one.glyph)}</span>'
    rule = f"{one.rule}〔{one.source}〕"
    marked = f'{glyph} {escape(plain)} <span class="rule">{escape(rule)}</span>'
    return f"{one.glyph} {plain} {rule}", marked


def _lines_left(memo: Memo, lang: str) -> int:
    """Return the lines that head, figures, packs, headings and foot leave."""
    plain = [_figure(one, lang)[0] for one in memo.figures[:_MOST_FIGURES]]
    figures = block_lines(plain, _FIGURE_COLUMNS, _WIDTH)
    cut = (len(memo.figures) > _MOST_FIGURES) + (len(memo.packs) > _MOST_PACKS)
    packs = sum(_pack_lines(one, memo) for one in memo.packs[:_MOST_PACKS]) + _ROW
    lists = sum(bool(getattr(memo, name)) for name in _LISTS)
    head = _UNDER + _TITLE_LINE * text_lines(shortened(memo.title, _TITLE), _TITLE_WIDTH)
    used = head + figures + packs + cut + _FOOT + _HEADING * (lists + 2)
    return max(0, math.floor(_LINES - used))


def _pack_lines(pack: PackLine, memo: Memo) -> float:
    title = f"{shortened(pack.title, _NAME)} {shortened(pack.version, 12)}"
    status = text_lines(_status(pack, memo), _STATUS_WIDTH)
    return _ROW + max(text_lines(title, _PACK_WIDTH), status) - 1


def _heading(lang: str, name: str, count: int, beside: str = "") -> str:
    said = escape(text(lang, f"proposal.memo.title_{name}", count=count))
    return f'<h2>{said} <span class="rule">{escape(beside)}</span></h2>'


def _rest(lang: str, left: int) -> str:
    if not left:
        return ""
    return f'<li class="under">{escape(text(lang, "proposal.memo.rest", count=left))}</li>'


def _foot(memo: Memo, lang: str) -> str:
    versions = text(lang, "ui.list_mark").join(f"{one.id} {one.version}" for one in memo.packs)
    written = text(lang, "proposal.memo.foot", day=memo.as_of, packs=shortened(versions, _WIDTH))
    return f"<footer><span>{escape(memo.disclaimer)}</span><span>{escape(written)}</span></footer>"
