"""分期: which element and which row of 表2 is submitted in which year, under an annual quota."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from geo.units import parse_area
from parcels.messages import error_text, text
from parcels.planning.comparing.phasing import Goal, Submittable, schedule
from parcels.planning.plane import area_of
from parcels.planning.wording import element_name
from parcels.ui import state
from parcels.ui.components.plan_map import planned_parcels
from parcels.ui.components.sketch_saving import change_of, command, save, setting
from parcels.ui.components.sketch_words import mu_text
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.planning.comparing.phasing import Schedule
    from parcels.planning.model import Scenario
    from parcels.ui.components.sketch_now import Now

_QUOTA, _ERROR, _GOAL, _CARRY = "sketch_quota", "sketch_quota_error", "sketch_goal", "sketch_carry"
_GOALS: tuple[Goal, ...] = ("area", "count", "priority")
_UNSET: Mapping[str, object] = {"quota": "", "goal": _GOALS[0], "carry_over": False}
_ROW = "row:"
_FIRST_YEAR, _LAST_YEAR = 1949, 2199


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A thing to be submitted: an element, or a row of the plan."""

    row: Submittable
    source: str
    year: int | None = None


def phasing_panel(now: Now) -> None:
    """Draw quota and goal on the left, the sequence on the right."""
    with st.container(key="sketch_phasing", horizontal=True, wrap=False, gap="medium"):
        with st.container(key="sketch_phasing_asked", width=330):
            quota = _asked(now)
        with st.container(key="sketch_phasing_told", width="stretch"):
            waiting = _waiting(now)
            st.html(_standing(now, waiting, quota))
            _suggestion(now, waiting, quota)


def read_quota(typed: str) -> dict[int, float]:
    """Read lines of a year and an area, such as ``2026 1200亩``.

    Parameters
    ----------
    typed : str
        One year a line, separated by a blank, a colon or a comma from the area.

    Returns
    -------
    dict of year to float
        Square metres, in the order of the years.

    Raises
    ------
    PlannerError
        ``quota_line_unreadable``, ``quota_year_repeated``.
    """
    found: dict[int, float] = {}
    for number, line in enumerate(typed.splitlines(), 1):
        if not line.strip():
            continue
        year, _, area = line.strip().replace("：", " ").replace(":", " ").partition(" ")
        bare = year.removesuffix("年")
        if not (bare.isascii() and bare.isdigit() and _FIRST_YEAR <= int(bare) <= _LAST_YEAR):
            raise PlannerError("quota_line_unreadable", line=number, value=line.strip()[:60])
        if int(bare) in found:
            raise PlannerError("quota_year_repeated", line=number, value=bare)
        try:
            found[int(bare)] = parse_area(area)
        except PlannerError as error:
            value = line.strip()[:60]
            raise PlannerError("quota_line_unreadable", line=number, value=value) from error
    return dict(sorted(found.items()))


def _asked(now: Now) -> Mapping[int, float]:
    """Draw the fields; what cannot be read is quoted and counts for nothing."""
    lang, held = now.lang, now.scenario.settings
    typed = str(held.get("quota", ""))
    state.keep_widget(_QUOTA, typed)
    st.text_area(
        text(lang, "ui.sketch.quota"),
        key=_QUOTA,
        height=140,
        placeholder=text(lang, "ui.sketch.quota_hint"),
        disabled=now.desk.readonly,
        on_change=partial(_put, lang, now.scenario, "quota", _QUOTA),
    )
    quota: Mapping[int, float] = {}
    try:
        quota = read_quota(typed)
    except PlannerError as error:
        sentence, hint = error_text(lang, error)
        st.html(tag("p", sentence, " ", hint, cls="pl-note pl-sk-wrong", role="alert"))
    state.put_widget(_GOAL, held.get("goal") if held.get("goal") in _GOALS else _GOALS[0])
    st.selectbox(
        text(lang, "ui.sketch.goal"),
        _GOALS,
        format_func=lambda one: text(lang, f"ui.sketch.goal_{one}"),
        key=_GOAL,
        disabled=now.desk.readonly,
        on_change=partial(_put, lang, now.scenario, "goal", _GOAL),
    )
    state.put_widget(_CARRY, bool(held.get("carry_over")))
    st.checkbox(
        text(lang, "ui.sketch.carry_over"),
        key=_CARRY,
        disabled=now.desk.readonly,
        on_change=partial(_put, lang, now.scenario, "carry_over", _CARRY),
    )
    st.html(tag("p", text(lang, "ui.sketch.quota_what"), cls="pl-note pl-muted"))
    return quota


def _put(lang: str, scenario: Scenario, name: str, key: str) -> None:
    """Save a setting; Streamlit tells of fields that nobody touched, too."""
    value = state.widget(key)
    if value == scenario.settings.get(name, _UNSET[name]):
        state.hold_params()
        return
    settings = {**scenario.settings, name: value}
    said = text(lang, f"ui.sketch.said_{name}")
    save(change_of(scenario, said, setting(settings=settings)))


def _waiting(now: Now) -> list[_Waiting]:
    """List elements with land of their own, then the rows of the plan, whose areas nobody gave."""
    lang = now.lang
    found = [
        _Waiting(
            row=Submittable(
                id=one.id,
                title=element_name(lang, one),
                area_m2=area_of(one.shape) or None,
                earliest=None,
            ),
            source=text(lang, f"ui.sketch.kind_{one.kind}"),
            year=one.year,
        )
        for one in now.line.state.values()
        if one.kind in {"extension", "parcel"}
    ]
    rows = [
        _Waiting(
            row=Submittable(id=f"{_ROW}{one.row.parcel_id}", title=one.row.name, area_m2=None),
            source=text(lang, "ui.sketch.row_of_plan", number=one.row.number),
        )
        for one in planned_parcels()
    ]
    return [*found, *rows]


def _standing(now: Now, waiting: Sequence[_Waiting], quota: Mapping[int, float]) -> Markup:
    """Write what stands: the years that were set, the sum of each beside its quota."""
    lang = now.lang
    years = sorted({*quota, *(one.year for one in waiting if one.year is not None)})
    rows = [_year_row(lang, year, waiting, quota) for year in years]
    if not rows:
        return tag("p", text(lang, "ui.sketch.years_none"), cls="pl-note pl-muted")
    heads = ("year", "submitted", "quota_mu", "used_mu", "left_mu")
    head = tag(
        "tr",
        *(
            tag("th", text(lang, f"ui.sketch.phase_{one}"), cls="pl-num" if at > 1 else "")
            for at, one in enumerate(heads)
        ),
    )
    title = tag("h3", text(lang, "ui.sketch.years_title"))
    return tag("div", title, tag("table", tag("thead", head), *rows), cls="pl-extract pl-sk-years")


def _year_row(
    lang: str, year: int, waiting: Sequence[_Waiting], quota: Mapping[int, float]
) -> Markup:
    named = [one.row for one in waiting if one.year == year]
    used = sum(one.area_m2 or 0.0 for one in named)
    allowed = quota.get(year)
    left = "—" if allowed is None else mu_text(allowed - used)
    over = allowed is not None and used > allowed
    return tag(
        "tr",
        tag("th", str(year)),
        tag("td", text(lang, "ui.list_mark").join(one.title for one in named) or "—"),
        tag("td", "—" if allowed is None else mu_text(allowed), cls="pl-num"),
        tag("td", mu_text(used), cls="pl-num"),
        tag("td", left, cls="pl-num pl-sk-over" if over else "pl-num"),
    )


def _suggestion(now: Now, waiting: Sequence[_Waiting], quota: Mapping[int, float]) -> None:
    """Draw the best sequence that the quota allows, to be taken over as a whole."""
    lang, settings = now.lang, now.scenario.settings
    if not quota:
        st.html(tag("p", text(lang, "ui.sketch.quota_none"), cls="pl-note pl-muted"))
        return
    rows = [one.row for one in waiting]
    goal = next((one for one in _GOALS if one == settings.get("goal")), _GOALS[0])
    version = (now.scenario.id, now.scenario.version, now.lang)
    made: Schedule = state.once(
        "sketch_schedule",
        version,
        lambda: schedule(rows, quota, goal=goal, carry_over=bool(settings.get("carry_over"))),
    )
    titles = {one.id: one.title for one in rows}
    st.html(_sequence(lang, made, titles))
    years = {one: year for year, ids in made.years.items() for one in ids}
    changed = {
        one.row.id: years[one.row.id]
        for one in waiting
        if one.row.id in years and one.year != years[one.row.id]
    }
    st.button(
        text(lang, "ui.sketch.apply_schedule", count=len(changed)),
        key="sketch_apply_schedule",
        icon=":material/done_all:",
        disabled=now.desk.readonly or not changed,
        on_click=partial(_apply, lang, now.scenario, changed),
    )


def _sequence(lang: str, made: Schedule, titles: Mapping[str, str]) -> Markup:
    mark = text(lang, "ui.list_mark")
    rows = [
        tag(
            "tr",
            tag("th", str(year)),
            tag("td", mark.join(titles[one] for one in ids) or "—"),
            tag("td", mu_text(made.used_m2[year]), cls="pl-num"),
            tag("td", mu_text(made.left_m2[year]), cls="pl-num"),
        )
        for year, ids in made.years.items()
    ]
    heads = ("year", "submitted", "used_mu", "left_mu")
    head = tag(
        "tr",
        *(
            tag("th", text(lang, f"ui.sketch.phase_{one}"), cls="pl-num" if at > 1 else "")
            for at, one in enumerate(heads)
        ),
    )
    left = [_left_out(lang, reason, made, titles) for reason in _reasons(made)]
    title = tag("h3", text(lang, "ui.sketch.suggestion"))
    table = tag("table", tag("thead", head), *rows)
    return tag("div", title, table, *left, cls="pl-extract pl-sk-years")


def _reasons(made: Schedule) -> list[str]:
    return list(dict.fromkeys(one.reason for one in made.left_out))


def _left_out(lang: str, reason: str, made: Schedule, titles: Mapping[str, str]) -> Markup:
    """Name what has no year, and why: an area that nobody gave is unknown, not zero."""
    names = []
    for one in made.left_out:
        if one.reason == reason:
            short = "" if one.short_m2 is None else mu_text(one.short_m2)
            title = titles[one.id]
            names.append(
                text(lang, "ui.sketch.short_by", title=title, mu=short) if short else title
            )
    said = text(lang, f"ui.sketch.left_{reason}", names=names, count=len(names))
    return tag("p", said, cls="pl-note pl-text-unknown" if reason == "area_unknown" else "pl-note")


def _apply(lang: str, scenario: Scenario, years: Mapping[str, int]) -> None:
    """Write the suggested years into the elements, one step each."""
    standing: Scenario | None = scenario
    for element, year in years.items():
        if standing is None:
            return
        sent = {"do": "describe", "element": element, "year": year}
        said = text(lang, "ui.sketch.said_year", year=str(year))
        standing = save(change_of(standing, said, command(sent)))
