"""What the page 亩均 is asked: schemes, denominator, classes; the address keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

import streamlit as st

from parcels.messages import text
from parcels.permu.model import Denominator
from parcels.permu.rating import default_denominator, rate
from parcels.permu.schemes import class_tables, schemes
from parcels.permu.sentences import in_words, role_title
from parcels.ui import state
from parcels.ui.components.permu_answers import open_questions
from parcels.ui.components.permu_source import remove_button, set_button, upload

if TYPE_CHECKING:
    from parcels.permu.schemes import Scheme
    from parcels.permu.scoring import Result
    from parcels.ui.components.permu_source import Held

MOST_SCHEMES = 4
_FIRST = "zhejiang_huangyan_2022"
_SMALL = "zhejiang_huangyan_2022_small"
_SCHEMES, _DENOMINATOR, _CLASSES = "permu_schemes", "permu_denominator", "permu_classes"
_NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for."""

    schemes: tuple[Scheme, ...]
    denominator: Denominator | None
    classes: str | None

    @property
    def version(self) -> tuple[object, ...]:
        """Tell two questions apart."""
        return tuple(one.id for one in self.schemes), self.denominator, self.classes


def asked(held: Held) -> Asked:
    """Return what the address asks for; what it does not know is left out."""
    named = [one for one in (state.param("scheme") or "").split(",") if one in schemes()]
    chosen = named[:MOST_SCHEMES] or [_default_scheme(held)]
    denominator, classes = state.param("per"), state.param("classes")
    return Asked(
        schemes=tuple(schemes()[one] for one in dict.fromkeys(chosen)),
        denominator=cast("Denominator", denominator)
        if denominator in get_args(Denominator)
        else None,
        classes=classes if classes in class_tables() else None,
    )


def results_of(held: Held, question: Asked) -> tuple[Result, ...]:
    """Rate the table by every scheme that is asked for; kept until something changes."""
    borrowed = class_tables()[question.classes] if question.classes else None
    return state.once(
        "permu_results",
        (held.digest, question.version),
        lambda: tuple(
            rate(held.table, one, denominator=question.denominator, borrowed=borrowed)
            for one in question.schemes
        ),
    )


def permu_bar(lang: str, held: Held, question: Asked) -> None:
    """Draw the line of choices above the table."""
    with st.container(
        key="permu_bar", horizontal=True, wrap=False, vertical_alignment="center", gap="small"
    ):
        with st.popover(text(lang, "ui.permu.schemes", count=len(question.schemes))):
            _schemes(lang, question)
        _denominator(lang, held, question)
        _classes(lang, question)
        open_questions(lang, held)
        st.space("stretch")
        with st.popover(text(lang, "ui.permu.change"), type="primary"):
            upload(lang)
            set_button(lang)
            remove_button(lang)


def _schemes(lang: str, question: Asked) -> None:
    state.put_widget(_SCHEMES, [one.id for one in question.schemes])
    st.multiselect(
        text(lang, "ui.permu.schemes_label"),
        list(schemes()),
        format_func=lambda name: scheme_label(schemes()[name], lang),
        max_selections=MOST_SCHEMES,
        key=_SCHEMES,
        on_change=_choose_schemes,
    )


def scheme_label(scheme: Scheme, lang: str) -> str:
    """Name a scheme, and what keeps it from giving scores."""
    title = in_words(scheme.title, lang)
    if not scheme.gaps:
        return title
    named = text(lang, "ui.list_mark").join(text(lang, f"permu.gap.{gap}") for gap in scheme.gaps)
    return f"{title} · {text(lang, 'permu.cli.not_computable', missing=named)}"


def _denominator(lang: str, held: Held, question: Asked) -> None:
    auto = role_title(default_denominator(held.table), lang)
    options = [_NONE, *(held.table.denominators or get_args(Denominator))]
    if question.denominator and question.denominator not in options:
        options.append(question.denominator)
    state.put_widget(_DENOMINATOR, question.denominator or _NONE)
    st.selectbox(
        text(lang, "ui.permu.denominator"),
        options,
        format_func=lambda one: (
            role_title(one, lang) if one else text(lang, "ui.permu.denominator_auto", role=auto)
        ),
        key=_DENOMINATOR,
        on_change=_choose_denominator,
        label_visibility="collapsed",
        width=190,
    )


def _classes(lang: str, question: Asked) -> None:
    state.put_widget(_CLASSES, question.classes or _NONE)
    st.selectbox(
        text(lang, "ui.permu.classes"),
        [_NONE, *class_tables()],
        format_func=lambda one: (
            text(lang, "ui.permu.classes_borrowed", title=in_words(class_tables()[one].title, lang))
            if one
            else text(lang, "ui.permu.classes_own")
        ),
        key=_CLASSES,
        on_change=_choose_classes,
        label_visibility="collapsed",
        width=270,
    )


def _default_scheme(held: Held) -> str:
    """Begin with the scheme of the size that the table's firms have."""
    sizes = [firm.size for firm in held.table.firms]
    return _SMALL if sizes.count("below_scale") > sizes.count("above_scale") else _FIRST


def _choose_schemes() -> None:
    chosen = state.widget(_SCHEMES)
    state.set_params(scheme=",".join(chosen) or None)


def _choose_denominator() -> None:
    state.set_params(per=state.widget(_DENOMINATOR) or None)


def _choose_classes() -> None:
    state.set_params(classes=state.widget(_CLASSES) or None)
