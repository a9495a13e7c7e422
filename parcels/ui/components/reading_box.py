"""How a phrase was read: the text, its four sides, what is missing, what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.location.reading import SIDES
from geo.units import M2_PER_MU
from parcels.messages import text
from parcels.ui.markup import LINE_BREAK, Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.location.location import Anchor, LocatedPart

_CERTAIN = {"closed", "within"}
_SAID_IN_TABLE = "no_closed_block"
_CONFLICTS = {"area_does_not_fit", "bounds_exclude_each_other", "same_feature_on_opposite_sides"}


def class_badge(lang: str, class_: str) -> Markup:
    """Show the class of a reading; violet as long as sides are not known."""
    style = "pl-fail" if class_ == "contradictory" else "pl-unknown"
    return tag(
        "span",
        text(lang, f"ui.class.{class_}"),
        cls="pl-badge" if class_ in _CERTAIN else f"pl-badge {style}",
    )


def reading_box(lang: str, head: Markup, part: LocatedPart) -> Markup:
    """Build the box of one part: its head, then bounds and missing sides."""
    return tag(
        "div",
        head,
        tag("table", join(*_side_rows(lang, part), *_other_rows(lang, part))),
        tag("p", _meaning(lang, part), cls="pl-muted pl-note"),
        *_anchor_notes(lang, part.anchors),
        cls="pl-box",
    )


def _meaning(lang: str, part: LocatedPart) -> str:
    """Say in a sentence what the class of a part means for its boundary."""
    key: str = part.class_
    if key == "straddling" and not part.missing:
        key = "straddling_all"
    if key == "one_sided" and part.envelope is not None:
        key = "one_sided_drawn"
    missing = text(lang, "ui.list_mark").join(
        text(lang, f"ui.extract.side_{side}") for side in part.missing
    )
    return text(lang, f"ui.class_meaning.{key}", missing=missing)


def _side_rows(lang: str, part: LocatedPart) -> Iterable[Markup]:
    matched = [anchor for anchor in part.anchors if anchor.status == "matched"]
    accuracy = {anchor.name: accuracy_text(lang, anchor.accuracy_m) for anchor in matched}
    for side in SIDES:
        names = part.bounds[side]
        if not names and side not in part.missing:
            continue
        cell = (
            join(*(_named(name, accuracy.get(name, "")) for name in names))
            if names
            else _unknown(text(lang, "ui.extract.not_given"))
        )
        yield _row(text(lang, f"ui.extract.side_{side}"), cell)


def _other_rows(lang: str, part: LocatedPart) -> Iterable[Markup]:
    if part.straddles:
        yield _row(text(lang, "ui.extract.straddles"), _joined(lang, part.straddles))
    if part.within:
        yield _row(text(lang, "ui.extract.within"), _joined(lang, part.within))
    for pair in part.between:
        yield _row(text(lang, "ui.extract.between"), _joined(lang, pair))
    for name, metres in part.distance_m.items():
        sentence = text(lang, "ui.extract.distance_of", name=name, metres=f"{metres:,.0f}")
        yield _row(text(lang, "ui.extract.distance"), sentence)


def _anchor_notes(lang: str, anchors: Iterable[Anchor]) -> Iterable[Markup]:
    for anchor in anchors:
        if anchor.status == "matched":
            continue
        sentence = text(lang, f"ui.extract.anchor_{anchor.status}", name=anchor.name)
        names = text(lang, "ui.list_mark").join(anchor.candidates)
        yield tag(
            "p",
            _unknown(sentence),
            join(LINE_BREAK, text(lang, "ui.extract.anchor_candidates", names=names))
            if names
            else None,
            cls="pl-note",
        )


def drawn_table(lang: str, part: LocatedPart) -> Markup:
    """Say what of the reading is on the map, and how far it can be off."""
    rows = [
        _row(text(lang, "ui.extract.envelope"), _envelope(lang, part)),
        _row(text(lang, "ui.extract.block"), _block(lang, part)) if part.envelope else None,
        _row(text(lang, "ui.extract.position"), accuracy_text(lang, part.accuracy_m)),
    ]
    if part.candidate is not None and part.area_m2 is not None:
        figures = text(
            lang,
            "ui.extract.candidate_yes",
            mu=f"{part.area_m2 / float(M2_PER_MU):,.2f}",
            m2=f"{part.area_m2:,.2f}",
        )
        rows.append(_row(text(lang, "ui.extract.candidate"), figures))
    return join(
        tag("table", join(*rows)),
        *(_note(lang, note) for note in part.notes if note != _SAID_IN_TABLE),
    )


def _note(lang: str, note: str) -> Markup:
    sentence = text(lang, f"note.{note}.text")
    if note not in _CONFLICTS:
        return tag("p", sentence, cls="pl-muted pl-note")
    badge = tag("span", "✕ ", text(lang, "ui.extract.conflict"), cls="pl-badge pl-fail")
    return tag("p", badge, " ", sentence, cls="pl-note")


def accuracy_text(lang: str, accuracy_m: float | None) -> str:
    """Write an accuracy, or that the data does not state one."""
    if accuracy_m is None:
        return text(lang, "ui.extract.accuracy_unknown")
    return text(lang, "ui.extract.accuracy", metres=f"{accuracy_m:,.0f}")


def _envelope(lang: str, part: LocatedPart) -> Markup | str:
    if part.envelope is None:
        return _unknown(text(lang, f"ui.undrawn.{part.class_}"))
    return text(lang, "ui.extract.envelope_yes")


def _block(lang: str, part: LocatedPart) -> Markup | str:
    if part.block is None:
        return _unknown(text(lang, "ui.extract.block_no"))
    return text(lang, "ui.extract.block_yes")


def _named(name: str, accuracy: str) -> Markup:
    return tag("div", name, " ", tag("span", accuracy, cls="pl-muted"))


def _joined(lang: str, names: Iterable[str]) -> str:
    return text(lang, "ui.list_mark").join(names)


def _unknown(sentence: str) -> Markup:
    return tag(
        "span",
        tag("span", "?", cls="pl-icon", **{"aria-hidden": "true"}),
        sentence,
        cls="pl-text-unknown",
    )


def _row(head: str, cell: object) -> Markup:
    return tag("tr", tag("th", head, scope="row"), tag("td", cell))
