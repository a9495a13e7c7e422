"""Results as plain values for JSON: every number beside its unit, its denominator, its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.permu.figures import rounded
from parcels.permu.schemes import class_tables, schemes, source_title
from parcels.permu.scoring import score_firms
from parcels.permu.sentences import fault_sentence, in_words, note_sentence
from parcels.permu.terms import indicators, origins
from parcels.permu.zone import zone
from parcels.places import place_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Fault
    from parcels.permu.model import Column, Denominator, FirmTable
    from parcels.permu.schemes import Scheme
    from parcels.permu.scoring import Result, Scored
    from parcels.rules.model import Words

Entry = dict[str, Any]
POINTS = "points"


def result_entry(table: FirmTable, result: Result, lang: str) -> Entry:
    """Describe a scheme's results.

    Parameters
    ----------
    table : FirmTable
        What was rated.
    result : Result
        By one scheme and the denominator in use.
    lang : str
        ``zh`` or ``en``.

    Returns
    -------
    dict
        The shape of ``permu`` in ``docs/cli.md``; numbers are the nearest floats of the exact
        values, ``score_text`` is rounded half up to two decimals.
    """
    scheme = result.scheme
    beside = {
        one: result
        if one == result.denominator
        else score_firms(table, scheme, one, classes=result.classes, borrowed=result.borrowed)
        for one in table.denominators
    }
    return {
        "scheme": scheme.id,
        **_about(scheme, lang),
        "file": table.title,
        "denominator": result.denominator,
        "denominators": list(table.denominators),
        "classes": result.classes.id if result.classes else None,
        "classes_title": in_words(result.classes.title, lang) if result.classes else None,
        "classes_borrowed": result.borrowed,
        "classes_remarks": [in_words(one, lang) for one in class_remarks(result)],
        "ranked": result.ranked,
        "columns": [_column(one) for one in table.columns],
        "unread": list(table.unread),
        "skipped": [_fault(lang, fault) for fault in table.skipped],
        "notes": [
            {"code": note.code, "message": note_sentence(lang, note)}
            for note in (*table.notes, *result.notes)
        ],
        "rows": [_row(result, at, row, beside, lang) for at, row in enumerate(result.rows)],
    }


def _column(column: Column) -> Entry:
    return {
        "heading": column.heading,
        "role": column.role,
        "unit": column.unit,
        "problem": column.problem or None,
    }


def scheme_entries(lang: str) -> list[Entry]:
    """List the schemes and what each lacks."""
    return [{"id": one.id, **_about(one, lang)} for one in schemes().values()]


def class_entries(lang: str) -> list[Entry]:
    """List the class tables."""
    return [
        {
            "id": one.id,
            "title": in_words(one.title, lang),
            "ends": {letter: float(end) for letter, end in one.ends.items()},
            "source": source_title(one, lang),
            "mark": one.mark,
        }
        for one in class_tables().values()
    ]


def zone_entry(lang: str) -> Entry:
    """Describe the zone's own figures of 表1."""
    found = zone()
    return {
        "land": found.land_text,
        "land_mu": float(found.land_mu),
        "expansion": found.expansion_text,
        "expansion_mu": float(found.expansion_mu),
        "figures": [
            {
                "id": one.id,
                "title": in_words(one.title, lang),
                "unit": one.unit,
                "values": dict(one.written),
                "per_mu": {year: _number(value) for year, value in one.per_mu.items()},
                "per_mu_unit": "万元/亩",
                "per_mu_with_expansion_2025": _number(one.per_mu_expanded),
                "growth": _number(one.growth),
                "growth_wanted": _number(one.wanted),
            }
            for one in found.figures
        ],
        "energy": dict(found.energy),
        "source": in_words(origins()["plan_2021"].title, lang),
    }


def _about(scheme: Scheme, lang: str) -> Entry:
    return {
        "title": in_words(scheme.title, lang),
        "year": scheme.year,
        "size": scheme.size,
        "method": scheme.method,
        "computable": not scheme.gaps,
        "missing": list(scheme.gaps),
        "source": source_title(scheme, lang),
        "mark": scheme.mark,
        "read": origins()[scheme.source].read if scheme.source in origins() else None,
        "indices": [
            {
                "id": one.id,
                "title": in_words(indicators()[one.id].title, lang),
                "unit": indicators()[one.id].unit,
                "weight": _number(one.weight),
                "base": _number(one.base),
                "cap": _number(one.cap),
            }
            for one in scheme.indicator
        ],
        "remarks": [in_words(one, lang) for one in scheme.remarks],
    }


def _row(
    result: Result, at: int, row: Scored, beside: Mapping[Denominator, Result], lang: str
) -> Entry:
    firm = row.firm
    return {
        "id": firm.id,
        "name": firm.name,
        "credit_code": firm.credit_code,
        "row": firm.row,
        "status": firm.status,
        "promised": firm.status == "promised",
        "standing": row.standing,
        "score": _number(row.score),
        "score_text": None if row.score is None else str(rounded(row.score)),
        "score_unit": score_unit(result.scheme),
        "rank": row.rank,
        "class": row.letter or None,
        "parts": {name: _number(points) for name, points in row.parts.items()},
        "imputed": sorted(row.imputed),
        "indices": {
            name: {
                "value": _number(value.value),
                "unit": indicators()[name].unit,
                "how": value.how or None,
                "numerator": value.numerator,
                "denominator": value.denominator,
            }
            for name, value in row.values.items()
        },
        "by_denominator": {
            name: {
                "area_mu": _number(firm.amounts.get(name)),
                "score": _number(other.rows[at].score),
                "rank": other.rows[at].rank,
                "class": other.rows[at].letter or None,
                "indices": {
                    index: _number(value.value)
                    for index, value in other.rows[at].values.items()
                    if indicators()[index].per_land
                },
            }
            for name, other in beside.items()
        },
        "notes": [_fault(lang, fault) for fault in row.notes],
    }


def class_remarks(result: Result) -> tuple[Words, ...]:
    """Return what the text of the classes in use says beside its shares."""
    return result.classes.remarks if result.classes else ()


def score_unit(scheme: Scheme) -> str:
    """Return what a score counts: points, or the unit of the one index that orders."""
    return indicators()[scheme.indicator[0].id].unit if scheme.method == "order" else POINTS


def _fault(lang: str, fault: Fault) -> Entry:
    return {
        "code": fault.code,
        "where": place_text(lang, fault.where),
        **fault.values,
        "message": fault_sentence(lang, fault),
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
