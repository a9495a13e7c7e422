"""公示页: a static page of a public snapshot, without scripts, coordinates, names of people."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.report.basis import accuracy_notice, unchecked_layers
from parcels.report.finding_lists import LISTS, finding_lists, needs_words
from parcels.report.given import Given
from parcels.report.notice_picture import picture
from parcels.report.parcel_facts import area_cell, parcel_facts
from parcels.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from parcels.report.given import Entry
    from parcels.snapshot.model import Snapshot

_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;color:#111;
max-width:60em;margin:2em auto;padding:0 1em}h1{font-size:1.6em;margin:0}h2{font-size:1.15em;
margin:1.6em 0 .4em}p{margin:.3em 0}table{border-collapse:collapse;width:100%;font-size:.87em}
th,td{border:1px solid #999;padding:.25em .5em;text-align:left;vertical-align:top;
overflow-wrap:anywhere}th,td:nth-child(2),td:first-child{word-break:keep-all}.t{white-space:nowrap}
th{background:#f0f0f0}.n{text-align:right}.label{border:2px solid #111;
display:inline-block;padding:.1em .6em;margin:.6em 0}svg{width:100%;border:1px solid #999;
background:#fff}svg text{font-size:13px}svg .name{paint-order:stroke;stroke:#fff;stroke-width:3px}
.small{font-size:.82em;color:#444;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none;font-size:11pt}tr,svg{break-inside:avoid}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def notice_html(snapshot: Snapshot, *, contact: str = "") -> bytes:
    """Write the page of a public notice; the same snapshot and contact give the same bytes.

    Parameters
    ----------
    snapshot : Snapshot
        A review of the level ``public``.
    contact : str
        Whom to ask, from the settings; "": a line to fill in.

    Raises
    ------
    PlannerError
        ``report_notice_level``, ``report_other_kind``.
    """
    given = Given(content=snapshot.content, digest=snapshot.digest)
    if snapshot.kind != "review":
        raise PlannerError(
            "report_other_kind",
            name=given.say("title.notice"),
            kind=given.say(f"kind.{snapshot.kind}"),
            wanted=given.say("kind.review"),
        )
    if snapshot.level != "public":
        raise PlannerError("report_notice_level", level=given.say(f"level.{snapshot.level}"))
    parcels = [one for one in given.parcels if one.get("selected", True)]
    return _page(given, "".join(_body(given, parcels, contact))).encode()


def _page(given: Given, body: str) -> str:
    title = escape(f"{given.say('title.notice')} {given.cell(given.content.get('title')).text}")
    return (
        f'<!doctype html>\n<html lang="{given.lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _body(given: Given, parcels: Sequence[Entry], contact: str) -> Iterator[str]:
    content = given.content
    yield f"<h1>{_words(given.say('title.notice'))}</h1>"
    yield _paragraph(given.cell(content.get("title")).text)
    yield f'<p class="label">{_words(str(content.get("disclaimer") or ""))}</p>'
    yield _paragraph(given.say("notice.what"))
    yield _heading(given.say("notice.parcels"))
    yield _parcels(given, parcels)
    yield _heading(given.say("notice.where"))
    for notice in accuracy_notice(given):
        yield from map(_paragraph, (one.text for one in notice.lines))
    shown = picture(given, parcels)
    yield shown or _paragraph(given.say("notice.no_picture"))
    if shown:
        yield f'<p class="small">{_words(given.say("notice.legend"))}</p>'
    yield _heading(given.say("notice.checks"))
    yield _checks(given, parcels)
    yield _heading(given.say("notice.concerned"))
    yield _concerned(given, parcels)
    yield _heading(given.say("notice.unknown"))
    yield from _unknown(given, parcels)
    yield _heading(given.say("notice.dates"))
    yield from _dates(given, contact)


def _parcels(given: Given, parcels: Sequence[Entry]) -> str:
    """List the parcels with area, use, how far their place is known, and the verdict."""
    names = ("id", "name", "use", "location", "geometry", "accuracy", "verdict")
    head = [given.say(f"facts.{one}") for one in names]
    head[3:3] = [given.say("facts.area_mu"), given.say("facts.area_ha")]
    rows = []
    for one in parcels:
        facts = {fact.name: fact.value.text for fact in parcel_facts(given, one).rows}
        row = [facts[name] if name != "use" else _use(given, one) for name in names]
        row[3:3] = [area_cell(given, one.get("area_m2"), unit).text for unit in ("mu", "ha")]
        rows.append(row)
    return _table(head, rows, tight={0, 3, 4, 7})


def _use(given: Given, parcel: Entry) -> str:
    use = parcel.get("use") or {}
    return given.cell(" ".join(str(use.get(key) or "") for key in ("text", "code"))).text


def _checks(given: Given, parcels: Sequence[Entry]) -> str:
    """Count the findings of each check by outcome: all five."""
    found = [one for parcel in parcels for one in given.findings.get(parcel["key"], ())]
    rows = []
    for check, title in given.check_titles.items():
        own = [one["outcome"] for one in found if one["check"] == check]
        rows.append([title, *(str(own.count(one)) for one in OUTCOMES)])
    head = [given.say("notice.check"), *(text(given.lang, f"outcome.{one}") for one in OUTCOMES)]
    return _table(head, rows, numbers=len(OUTCOMES))


def _concerned(given: Given, parcels: Sequence[Entry]) -> str:
    """List what fails and what warns, each line with the id of its finding."""
    head = [given.say("columns.parcel")]
    rows: list[list[str]] = []
    for parcel in parcels:
        table = finding_lists(given, parcel)[list(LISTS).index("concerned")]
        head[1:] = [one.label for one in table.columns]
        rows += [[given.label(parcel), *(cell.text for cell in row)] for row in table.rows]
    tight = {1, len(head) - 1}
    empty = _paragraph(given.say("lists.concerned_empty"))
    return _table(head, rows, tight=tight) if rows else empty


def _unknown(given: Given, parcels: Sequence[Entry]) -> Iterator[str]:
    """Say what is not known and what would settle it, check by check."""
    found = [one for parcel in parcels for one in given.findings.get(parcel["key"], ())]
    rows = []
    for check, title in given.check_titles.items():
        own = [one for one in found if one["check"] == check and one["outcome"] == "unknown"]
        if own:
            needs = {"needs": list(dict.fromkeys(need for one in own for need in one["needs"]))}
            ids = own[0]["id"] if len(own) == 1 else f"{own[0]['id']} … {own[-1]['id']}"
            rows.append([title, str(len(own)), needs_words(given, needs) or given.unknown, ids])
    head = [given.say(f"notice.{one}") for one in ("check", "count")]
    head += [given.say(f"columns.{one}") for one in ("needs", "id")]
    empty = _paragraph(given.say("lists.no_data_empty"))
    yield _table(head, rows, tight={1, 3}) if rows else empty
    layers = unchecked_layers(given, found)
    if layers.lines:
        yield _paragraph(layers.title)
    for note in (given.content.get("withheld") or {}).get("notes") or ():
        yield _paragraph(str(note))


def _dates(given: Given, contact: str) -> Iterator[str]:
    content = given.content
    made = str((content.get("made") or {}).get("at") or "")
    yield _paragraph(given.say("notice.as_of", day=content.get("as_of") or given.unknown))
    yield _paragraph(given.say("notice.made", at=given.moment(made)))
    yield _paragraph(given.say("notice.period"))
    asked = contact.strip() or given.say("notice.contact_blank")
    yield _paragraph(given.say("notice.contact", contact=asked))
    packs = [f"{one['id']} {one['version']}" for one in given.answers.get("packs") or ()]
    listed = text(given.lang, "ui.list_mark").join(packs) or given.unknown
    yield f'<p class="small">{_words(given.say("notice.packs", packs=listed))}</p>'
    yield f'<p class="small">SHA-256 {escape(given.digest)}</p>'


def _table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: int = 0,
    tight: Collection[int] = (),
) -> str:
    """Write a table; the last ``numbers`` columns are right-aligned, ``tight`` ones one line."""
    first = len(head) - numbers

    def kind(at: int) -> str:
        return " class=n" if at >= first else " class=t" if at in tight else ""

    lines = "".join(
        "<tr>"
        + "".join(f"<td{kind(at)}>{_words(one)}</td>" for at, one in enumerate(row))
        + "</tr>"
        for row in rows
    )
    titles = "".join(f"<th{kind(at)}>{_words(one)}</th>" for at, one in enumerate(head))
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"


def _heading(words: str) -> str:
    return f"<h2>{_words(words)}</h2>"


def _paragraph(words: str) -> str:
    return f"<p>{_words(words)}</p>"


def _words(words: str) -> str:
    """Escape a text; a new line of it becomes one."""
    return escape(visible(words)).replace("\n", "<br>")
