"""Small proposals and packs for the best mix, made in memory or as a file."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from parcels.proposal.model import Part, Proposal, exactly
from parcels.rules.load import rule_book

DAY = date(2026, 11, 22)
SITE_M2 = 10_000  # 15 亩
WITHIN = {"<=": (0.0, 9e9), "<": (0.0, 9e9), ">=": (9e9, 0.0), ">": (9e9, 0.0)}


def row(function, area, *, tax=None, output=None, jobs=None, land=None, **facts):
    """Make a row of floor area; yields as decimal texts."""
    given = {"tax": tax, "output": output, "jobs": jobs}
    yields = {name: Fraction(value) for name, value in given.items() if value is not None}
    functions = (function,) if isinstance(function, str) else tuple(function)
    part = Part(functions=functions, yields=MappingProxyType(yields), **facts)
    return part, area, land


def plan(*rows, site=SITE_M2, **quantities):
    """Make a proposal of rows on a site; areas as numbers or decimal texts, None: not known."""
    amounts = {name: exactly(Fraction(value)) for name, value in quantities.items()}
    if site is not None:
        amounts["site_area"] = exactly(Fraction(site))
    for at, (_, area, land) in enumerate(rows):
        if area is not None:
            amounts[f"floor:{at}"] = exactly(Fraction(area))
        if land is not None:
            amounts[f"land:{at}"] = exactly(Fraction(land))
    return Proposal(parts=tuple(part for part, _, _ in rows), amounts=MappingProxyType(amounts))


def rule(metric, op, value=None, **more):
    """Give a rule as a pack writes it."""
    return {"metric": metric, "op": op, "value": value, **more}


def _toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _examples(op, value):
    if value is None or op == "calculation":
        return [{"given": 1.0, "expect": "unknown"}]
    if op in WITHIN:
        good, bad = WITHIN[op]
    elif op == "between":
        good, bad = value[0], value[1] + 1.0
    elif op == "none_of":
        good, bad = ["F_GREEN"], list(value)
    elif op == "subset":
        good, bad = list(value), ["F_GREEN"]
    else:
        good, bad = value, not value
    return [{"given": good, "expect": "pass"}, {"given": bad, "expect": "breach"}]


def pack_text(pack_id, rules):
    """Write the TOML of a pack; rules are named A0, A1 … by pack."""
    head = {"id": pack_id, "title": {"zh": pack_id, "en": pack_id}, "version": "1"}
    lines = ["[pack]", *(f"{key} = {_toml(one)}" for key, one in head.items())]
    lines += ['place = "示例"', "default = false"]
    for at, given in enumerate(rules):
        name = f"{pack_id.upper()}{at}"
        known = {
            "id": name,
            "title": {"zh": name, "en": name},
            "check": "m0",
            "severity": "error",
            "status": "product",
            "confidence": "P",
            "source": {"document": "示例"},
            "examples": _examples(given["op"], given["value"]),
            **{key: one for key, one in given.items() if one is not None},
        }
        lines += ["", "[[rule]]", *(f"{key} = {_toml(one)}" for key, one in known.items())]
    return "\n".join(lines) + "\n"


def share(metric, op, value, denominator="gfa_total"):
    return rule(metric, op, value, unit="ratio", denominator=denominator)


def far(op, value):
    return rule("far", op, value, denominator="site_area")


def book_of(folder, *rules, more=(), **packs):
    """Open a book of packs written to files: ``a`` of the rules given, others by name."""
    files = []
    for name, given in {"a": rules, **packs}.items():
        path = folder / f"{name}.toml"
        path.write_text(pack_text(name, given), encoding="utf-8")
        files.append(str(path))
    return rule_book(DAY, packs=[*files, *more])


def areas(mix):
    """Return the floor areas of the answer, by row."""
    return [mix.after.exact(f"floor:{at}") for at in range(len(mix.after.parts))]
