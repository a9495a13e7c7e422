"""Reports as documents of Word: by a template that the bureau can change, or block by block."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.report.context import template_context
from parcels.report.docx_blocks import document_of
from parcels.report.docx_style import saved

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from parcels.report.model import Report

_BUILT_IN = Path(__file__).parent / "data" / "opinion.docx"
_TAGS = ("{_{", "}_}", "{_%", "%_}")  # what the library turns back into braces of its own
_PLACEHOLDER = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_WRONG = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template can make go wrong when it is filled in, beside jinja's own errors."""
_QUOTED = re.compile(r"'([^']*)'")


def docx(report: Report, template: bytes | None = None, *, name: str = "") -> bytes:
    """Write a report as a document of Word; the same report and template give the same bytes.

    Parameters
    ----------
    report : Report
    template : bytes, optional
        A document with placeholders (``docs/reports.md``); None: ours.
    name : str
        Of the template's file, for messages.

    Raises
    ------
    PlannerError
        ``report_template_unreadable``, ``report_template_placeholder`` (which, where, why).
    """
    title = f"{report.title} {report.subtitle}"
    if template is None and report.name != "opinion":
        return saved(document_of(report), title=title, made_at=report.made_at)
    data = _BUILT_IN.read_bytes() if template is None else template
    filled = _filled(report, data, name or _BUILT_IN.name)
    return saved(filled, title=title, made_at=report.made_at)


def _filled(report: Report, data: bytes, name: str) -> Any:
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]
    from jinja2 import TemplateError

    made = DocxTemplate(io.BytesIO(data))
    try:
        made.init_docx()
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        SyntaxError,
    ) as error:
        raise PlannerError("report_template_unreadable", template=name) from error
    try:
        made.render(template_context(report), _environment())
    except (TemplateError, *_WRONG) as error:
        raise _broken(data, name, error) from error
    return made.docx


def _environment() -> SandboxedEnvironment:
    """Make the environment: values are text, an unknown placeholder is an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_as_typed)


def _as_typed(value: Any) -> Any:
    """Keep what looks like a tag of the library in a value from becoming one."""
    from markupsafe import Markup, escape

    if not isinstance(value, str) or not any(tag in value for tag in _TAGS):
        return value
    return Markup(str(escape(value)).replace("_", "&#95;"))  # noqa: S704 -- escaped just before


def _broken(data: bytes, name: str, error: Exception) -> PlannerError:
    """Say which placeholder of a template cannot be used, in which paragraph, and why."""
    reason = str(getattr(error, "message", None) or error)
    words = [one.rpartition(".")[2] for one in _QUOTED.findall(reason)]
    written = _paragraphs(data)
    named = [one for one in written if any(word and word in one for word in words)]
    tagged = [one for one in written if _PLACEHOLDER.search(one)]
    where = (named or tagged or [""])[0]
    found = [
        one for one in _PLACEHOLDER.findall(where) if any(word and word in one for word in words)
    ] or _PLACEHOLDER.findall(where)
    return PlannerError(
        "report_template_placeholder",
        template=name,
        placeholder=found[0] if found else "—",
        where=where[:120] or "—",
        reason=reason[:200],
    )


def _paragraphs(data: bytes) -> list[str]:
    """List the texts of all paragraphs that hold a brace, in tables, heads and feet too."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(data))
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]  # noqa: SLF001 -- no other way
    texts = (
        "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        for root in roots
        for paragraph in root.iter(qn("w:p"))
    )
    return [one for one in texts if "{" in one]
