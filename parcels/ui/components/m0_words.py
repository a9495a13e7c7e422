"""Choices of a proposal in the words of a language, and in those that a draft keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.messages import messages, text
from parcels.proposal.functions import function_names

if TYPE_CHECKING:
    from parcels.proposal.fields import ProposalField

DOCUMENT = "zh"
"""The language in which drafts keep choices."""


def option_words(lang: str, field: ProposalField) -> list[str]:
    """Name what may be chosen; none where a field is no choice."""
    if field.kind == "function":
        return [text(lang, f"ui.rules.function.{code}") for code in function_names()]
    if field.kind == "yes_no":
        return [text(lang, "amount.yes"), text(lang, "amount.no")]
    return [option_word(lang, field.id, one) for one in field.options]


def option_word(lang: str, field: str, option: str) -> str:
    """Name one option; a code has no other name."""
    return messages(lang).get(f"proposal.option.{field}.{option}", option)


def of_document(lang: str, field: ProposalField, shown: str) -> str:
    """Write a choice in the words of the document; anything else stays as typed."""
    words = option_words(lang, field)
    return option_words(DOCUMENT, field)[words.index(shown)] if shown in words else shown


def of_language(lang: str, field: ProposalField, typed: str) -> str:
    """Write a choice of the document in the words of a language; anything else as typed."""
    words = option_words(DOCUMENT, field)
    return option_words(lang, field)[words.index(typed)] if typed in words else typed
