"""What a package says of itself: head of the content, how to check it, what each file is."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.findings import OUTCOMES
from parcels.messages import LANGUAGES, error_text, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.errors import PlannerError
    from parcels.snapshot.model import Snapshot

_LINE = "-" * 60
_NONE: Mapping[str, PlannerError] = MappingProxyType({})


def head_rows(snapshot: Snapshot, lang: str) -> list[tuple[str, str]]:
    """Name subject and words of all that a reader must know before the figures.

    Parameters
    ----------
    lang : str
        Of the subjects; texts of the content stay in its own language.
    """
    content = snapshot.content
    made = content.get("made") or {}
    rows = [
        ("title", content.get("title")),
        ("kind", text(lang, f"package.kind.{snapshot.kind}")),
        ("level", text(lang, f"package.level.{snapshot.level}")),
        ("as_of", content.get("as_of")),
        ("made_at", made.get("at")),
        ("made_by", made.get("by")),
        ("app", made.get("app")),
        ("counts", _counts(snapshot, lang)),
        ("notice", (content.get("drawn") or {}).get("notice")),
        ("disclaimer", content.get("disclaimer")),
        ("digest", snapshot.digest),
        ("rests_on", content.get("rests_on")),
    ]
    return [(text(lang, f"package.head.{key}"), str(said)) for key, said in rows if said]


def note_rows(snapshot: Snapshot, lang: str) -> list[tuple[str, str]]:
    """Give the rows of the last sheet of the workbook."""
    about = ("numbers", "unknown", "roles", "verify")
    return [
        *head_rows(snapshot, lang),
        *((text(lang, f"package.about.{one}"), _said(snapshot, lang, one)) for one in about),
    ]


def readme_text(
    snapshot: Snapshot, names: Iterable[str], missing: Mapping[str, PlannerError] = _NONE
) -> str:
    """Write the page that a stranger reads first, in both languages, that of the content first.

    Parameters
    ----------
    names : iterable of str
        Files of the package, in their order.
    missing : mapping of name to PlannerError
        Files that could not be made, and why.

    Returns
    -------
    str
        Lines end in CR LF: any text editor shows them.
    """
    own = snapshot.content["lang"]
    listed = list(names)
    parts = [
        _part(snapshot, listed, missing, lang)
        for lang in sorted(LANGUAGES, key=lambda one: one != own)
    ]
    return f"\r\n{_LINE}\r\n\r\n".join("\r\n".join(lines) + "\r\n" for lines in parts)


def _part(
    snapshot: Snapshot, names: list[str], missing: Mapping[str, PlannerError], lang: str
) -> list[str]:
    files = [f"  {name:<22} {text(lang, f'package.file.{_stem(name)}')}" for name in names]
    why = {name: " ".join(error_text(lang, error)) for name, error in missing.items()}
    lacking = [
        f"  {text(lang, 'package.readme.missing', name=name, why=one)}" for name, one in why.items()
    ]
    return [
        text(lang, "package.readme.title"),
        "",
        *(f"{subject}: {_one_line(said)}" for subject, said in head_rows(snapshot, lang)),
        "",
        text(lang, "package.readme.files"),
        *files,
        *lacking,
        "",
        text(lang, "package.about.verify"),
        _said(snapshot, lang, "verify"),
        "",
        text(lang, "package.about.unknown"),
        _said(snapshot, lang, "unknown"),
    ]


def _said(snapshot: Snapshot, lang: str, about: str) -> str:
    return text(lang, f"package.about_text.{about}", digest=snapshot.digest)


def _stem(name: str) -> str:
    return name.replace(".", "_").lower()


def _one_line(said: str) -> str:
    return " ".join(said.split())


def _counts(snapshot: Snapshot, lang: str) -> str:
    """Write the totals of all five outcomes; "" where the kind has none."""
    summary = (snapshot.content.get("answers") or {}).get("summary") or {}
    return "  ".join(
        f"{text(lang, f'outcome.{one}')} {summary[one]:,}" for one in OUTCOMES if one in summary
    )
