"""The extract of a surveyed parcel: areas, findings, points, attributes, source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
import shapely
import streamlit as st

from geo.area_survey import geodesic_area, trapezoid_area
from geo.units import M2_PER_HECTARE, decimal_mu
from parcels.crs_words import crs_text
from parcels.messages import text
from parcels.places import place_text
from parcels.point_table import ring_points
from parcels.survey_parcels import attribute_rows, findings_by_parcel
from parcels.ui import state
from parcels.ui.components.extract import step_buttons
from parcels.ui.components.review_button import review_button
from parcels.ui.components.set_points import points_table
from parcels.ui.markup import Markup, join, tag
from parcels.wording import fault_text, note_text, repair_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.survey.model import Survey
    from parcels.parcel_sets import ParcelSet

_WORST_FIRST = ("error", "warn", "info")
_SIGNS = {"error": ("✕", "pl-fail"), "warn": ("!", "pl-warning"), "info": ("i", "")}
_SHOWN_FINDINGS = 8
_MOST_FINDINGS = 200
_SHOWN_ATTRIBUTES = 20
_DIGEST_SHOWN = 16


def set_extract(
    held: ParcelSet, position: int, ids: Sequence[str], open_review: Callable[[], None]
) -> None:
    """Draw the extract of one parcel of a set.

    Parameters
    ----------
    position : int
        Of the parcel in the file, from 0.
    ids : sequence of str
        The rows that search and filter leave in, for the keys that go to the neighbours.
    open_review : callable
        Leads to the page 审查.
    """
    lang = state.lang()
    number = str(position + 1)
    title = f"{number} · {held.labels[position]}" if held.labels[position] else number
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="extract_head"):
        st.html(tag("div", tag("h2", title), cls="pl-extract"))
        step_buttons(lang, number, ids)
    review_button(open_review, number)
    st.html(
        state.once("set_extract", (held.token, position, lang), lambda: _body(lang, held, position))
    )


def _body(lang: str, held: ParcelSet, position: int) -> Markup:
    survey = held.survey
    parcel = survey.parcels.slice(position, 1).to_pylist()[0]
    findings = _findings_of(lang, survey, position)
    return tag(
        "div",
        _badges(lang, parcel, findings),
        tag("h3", text(lang, "ui.set.areas")),
        _areas(lang, survey, parcel),
        tag("h3", text(lang, "ui.set.findings", count=len(findings))),
        _findings(lang, findings),
        _repairs(lang, survey, parcel["row"]),
        tag("h3", text(lang, "ui.set.points", count=f"{parcel['vertices']:,}")),
        points_table(lang, ring_points(survey, position)),
        _attributes(lang, survey, position),
        tag("h3", text(lang, "ui.set.source")),
        _source(lang, survey, parcel),
        *_remarks(lang, survey, parcel["where"]),
        cls="pl-extract",
    )


def _badges(lang: str, parcel: dict[str, Any], findings: Sequence[dict[str, Any]]) -> Markup:
    serious = sum(one["severity"] != "info" for one in findings)
    own_id = text(lang, "ui.set.id", value=parcel["id"]) if parcel["id"] else None
    return tag(
        "div",
        tag("span", own_id, cls="pl-badge") if own_id else None,
        tag("span", "! ", text(lang, "ui.set.to_check", count=serious), cls="pl-badge pl-warning")
        if serious
        else None,
        cls="pl-badges",
    )


def _areas(lang: str, survey: Survey, parcel: dict[str, Any]) -> Markup:
    area, plane = parcel["area_m2"], parcel["area_plane_m2"]
    hectares = _number(area / float(M2_PER_HECTARE), 4)
    on_ellipsoid = (
        _m2(lang, area),
        text(lang, "ui.set.hectares", value=hectares),
        text(lang, "ui.unit.mu", value=f"{decimal_mu(area):,.4f}"),
    )
    rows = [
        _figures(text(lang, "ui.set.on_ellipsoid"), *on_ellipsoid),
        _figures(text(lang, "ui.set.plane"), _m2(lang, plane)),
        *_declared(lang, survey, parcel),
    ]
    methods = [text(lang, "ui.set.method_ellipsoid_degrees")]
    if plane is not None:
        in_plane = text(lang, "ui.set.method_plane", crs=crs_text(lang, survey.crs))
        methods = [text(lang, "ui.set.method_ellipsoid"), in_plane]
    shape = shapely.from_wkb(parcel["wkb"])
    others = {"survey": trapezoid_area(shape), "geodesic": geodesic_area(shape)}
    named = {name: _m2(lang, float(one)) for name, one in others.items()}
    methods.append(text(lang, "ui.set.method_others", **named))
    return join(
        tag("table", join(*rows)), *(tag("p", one, cls="pl-note pl-muted") for one in methods)
    )


def _declared(lang: str, survey: Survey, parcel: dict[str, Any]) -> Iterable[Markup]:
    """Write the declared area as the file states it, in square metres, and its difference."""
    written, declared = parcel["declared_text"], parcel["declared_area_m2"]
    label = text(lang, "ui.set.declared")
    if not written:
        yield _figures(label, text(lang, "ui.set.not_declared"))
        return
    bare = survey.area_unit is not None and written[-1].isdigit()
    unit = f" {text(lang, f'report.unit_{survey.area_unit}')}" if bare else ""
    quoted = text(lang, "ui.set.as_written", value=f"{written}{unit}")
    if declared is None:
        yield _figures(label, quoted, text(lang, "ui.set.unit_unknown"))
        return
    yield _figures(label, quoted, _m2(lang, declared))
    for base, column in (("plane", "area_plane_m2"), ("ellipsoid", "area_m2")):
        measured = parcel[column]
        if measured is not None:
            difference = _m2(lang, declared - measured)
            yield _figures(text(lang, f"ui.set.difference_{base}"), difference)


def _m2(lang: str, value: float | None) -> str:
    return "—" if value is None else text(lang, "ui.unit.m2", value=_number(value, 2))


def _number(value: float, decimals: int) -> str:
    """Write a number with a true minus, and no minus before zero."""
    written = f"{value:,.{decimals}f}"
    return written.replace("-", "−") if written.strip("-0.,") else written.lstrip("-")


def _findings_of(lang: str, survey: Survey, position: int) -> list[dict[str, Any]]:
    own = survey.findings.filter(pc.equal(survey.findings.column("parcel"), position))
    found = findings_by_parcel(replace(survey, findings=own), lang)[position]
    return sorted(found, key=lambda one: _WORST_FIRST.index(one["severity"]))


def _findings(lang: str, findings: Sequence[dict[str, Any]]) -> Markup:
    if not findings:
        return tag("p", text(lang, "ui.set.no_findings"), cls="pl-note")
    lines = [_finding(lang, one) for one in findings[:_MOST_FINDINGS]]
    first, rest = lines[:_SHOWN_FINDINGS], lines[_SHOWN_FINDINGS:]
    unsaid = len(findings) - len(lines)
    return join(
        *first,
        _folded(text(lang, "ui.set.more_findings", count=len(rest)), join(*rest)) if rest else None,
        tag("p", text(lang, "ui.set.unsaid_findings", count=unsaid), cls="pl-note pl-muted")
        if unsaid
        else None,
    )


def _finding(lang: str, one: dict[str, Any]) -> Markup:
    sign, style = _SIGNS[one["severity"]]
    word = text(lang, f"ui.set.severity_{one['severity']}")
    steps = [f"{kind}:{one[kind]}" for kind in ("ring", "point") if one[kind]]
    place = f" ({place_text(lang, ';'.join(steps))})" if steps else ""
    badge = tag("span", f"{sign} {word}", cls=f"pl-badge {style}".strip())
    return tag("p", badge, " ", one["message"], tag("span", place, cls="pl-muted"), cls="pl-note")


def _repairs(lang: str, survey: Survey, row: int) -> Markup:
    done = [one for one in survey.repairs if one.applied and one.row == row]
    badge = tag("span", text(lang, "report.repair_done"), cls="pl-badge")
    return join(
        *(
            tag(
                "p",
                badge,
                f" {repair_text(lang, one)} ",
                f"{_m2(lang, one.area_before_m2)} → {_m2(lang, one.area_after_m2)}",
                cls="pl-note",
            )
            for one in done
        )
    )


def _attributes(lang: str, survey: Survey, position: int) -> Markup:
    values = attribute_rows(survey.attributes.slice(position, 1), 1)[0]
    if not values:
        return join()
    rows = [_row(name, "—" if value in {None, ""} else value) for name, value in values.items()]
    first, rest = rows[:_SHOWN_ATTRIBUTES], rows[_SHOWN_ATTRIBUTES:]
    return join(
        tag("h3", text(lang, "ui.set.attributes")),
        tag("table", *first, cls="pl-attributes"),
        _folded(
            text(lang, "ui.set.more_attributes", count=len(rest)),
            tag("table", *rest, cls="pl-attributes"),
        )
        if rest
        else None,
    )


def _source(lang: str, survey: Survey, parcel: dict[str, Any]) -> Markup:
    facts = {
        "ui.set.file": survey.file,
        "ui.set.place": place_text(lang, parcel["where"]),
        "report.head_format": text(lang, f"ui.file_format.{survey.format}"),
        "report.head_encoding": survey.encoding,
        "report.head_layer": survey.layer,
        "report.head_crs": _known(lang, crs_text(lang, survey.crs), survey.crs.how),
        "report.head_axes": _known(
            lang, text(lang, f"report.axes_{survey.axes.value}"), survey.axes.how
        ),
        "report.head_area_unit": _unit(lang, survey),
        "ui.set.digest": f"{survey.digest[:_DIGEST_SHOWN]}…",
    }
    heads = {key: text(lang, key) for key in facts}
    rows = (
        _row(heads[key][:1].upper() + heads[key][1:], value)
        for key, value in facts.items()
        if value
    )
    return tag("table", *rows)


def _remarks(lang: str, survey: Survey, where: str) -> Iterable[Markup]:
    """Say what was assumed for the file, and what was remarked about the parcel."""
    for note in survey.notes:
        yield tag("p", note_text(lang, note), cls="pl-note pl-muted")
    for remark in survey.remarks:
        if where and f"{remark.where};".startswith(f"{where};"):
            place = f"{place_text(lang, remark.where)}: "
            yield tag("p", place, fault_text(lang, remark), cls="pl-note pl-muted")


def _unit(lang: str, survey: Survey) -> Markup | None:
    if survey.area_unit is None or survey.area_unit_how is None:
        return None
    return _known(lang, text(lang, f"report.unit_{survey.area_unit}"), survey.area_unit_how)


def _known(lang: str, value: str, how: str) -> Markup:
    return join(value, " ", tag("span", f"({text(lang, f'report.how_{how}')})", cls="pl-muted"))


def _folded(summary: str, content: Markup) -> Markup:
    return tag("details", tag("summary", summary, cls="pl-muted"), content)


def _row(head: str, cell: object) -> Markup:
    return tag("tr", tag("th", head, scope="row"), tag("td", cell))


def _figures(head: str, *lines: str) -> Markup:
    """Put the figures of one quantity below each other."""
    cell = join(*(tag("div", line) for line in lines))
    return tag("tr", tag("th", head, scope="row"), tag("td", cell, cls="pl-num"))
