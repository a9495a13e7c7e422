"""Events of a review and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcels.findings import Outcome

Kind = Literal[
    "opinion",
    "withdrawal",
    "override",
    "override_end",
    "comment",
    "fact",
    "limit",  # the last two are about a rule, not a parcel (`parcels.local_limits`)
    "limit_end",
]
Verdict = Literal["agree", "revise", "disagree"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""同意, 修改后报, 不同意."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an opinion rests on, as digests: it is void when one of them changes."""

    parcel: str
    rules: str
    layers: str
    verdicts: str = ""

    def differs_in(self, now: Basis) -> tuple[str, ...]:
        """Name what is no longer the same: ``parcel``, ``rules``, ``layers``.

        ``verdicts`` is named where nothing else differs: a neighbour may have changed. A digest
        that was not taken is not compared.
        """
        named = ("parcel", "rules", "layers")
        differs = tuple(name for name in named if getattr(self, name) != getattr(now, name))
        known = self.verdicts and now.verdicts
        same = differs or not known or self.verdicts == now.verdicts
        return differs if same else ("verdicts",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that somebody said; nothing that was said is changed or deleted.

    Attributes
    ----------
    batch, parcel : str
        Digest of the file (or ``table2``), and id of the parcel in it; of a local limit ``rules``,
        and id of the rule.
    by : str
        Name as typed.
    at : str
        UTC, ISO 8601, to the second.
    content : mapping
        Of an opinion ``verdict``, ``reason`` and the digests of its `Basis`; of an override
        ``check``, ``rule``, ``outcome``, ``reason``, ``until``, ``original`` and ``findings``, the
        digest of what it was made against; of its end ``check``, ``rule``;
        of a comment ``text``; of a fact ``key`` and ``value`` (None takes it back); of a limit
        ``value``, ``day``, ``reason``, ``document``.
    """

    batch: str
    parcel: str
    kind: Kind
    by: str
    at: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A signed opinion; ``changed`` names what became another since, which voids it."""

    verdict: Verdict
    reason: str
    by: str
    at: str
    basis: Basis
    changed: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether parcel, rules and layers are those that were signed."""
        return not self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """A verdict of a person instead of a rule's; the rule's own stays beside it."""

    check: str
    rule: str
    outcome: Outcome
    original: Outcome
    reason: str
    by: str
    at: str
    until: date
    findings: str = ""

    def counts_on(self, day: date) -> bool:
        """Whether it has not expired: the last day counts."""
        return day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was said about one parcel, as it stands now."""

    opinion: Opinion | None = None
    overrides: tuple[Overridden, ...] = ()
    comments: tuple[Event, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def locked(self) -> bool:
        """Whether a valid signature stands: withdraw it before anything is changed."""
        return self.opinion is not None and self.opinion.valid


def record_of(events: Iterable[Event], now: Basis) -> Record:
    """Add up the events of one parcel in the order in which they happened.

    Parameters
    ----------
    events : iterable of Event
        Of one parcel.
    now : Basis
        The present digests; an opinion on others is void and says so.
    """
    opinion: Opinion | None = None
    overrides: dict[tuple[str, str], Overridden] = {}
    comments: list[Event] = []
    facts: dict[str, Any] = {}
    for event in events:
        content = event.content
        if event.kind == "opinion":
            opinion = _opinion(event, now)
        elif event.kind == "withdrawal":
            opinion = None
        elif event.kind == "override":
            overrides[content["check"], content["rule"]] = _overridden(event)
        elif event.kind == "override_end":
            overrides.pop((content["check"], content["rule"]), None)
        elif event.kind == "comment":
            comments.append(event)
        elif event.kind == "fact":
            facts[content["key"]] = content["value"]
    return Record(
        opinion=opinion,
        overrides=tuple(overrides.values()),
        comments=tuple(comments),
        facts={key: value for key, value in facts.items() if value is not None},
    )


def _opinion(event: Event, now: Basis) -> Opinion:
    content = event.content
    basis = Basis(
        parcel=content["parcel"],
        rules=content["rules"],
        layers=content["layers"],
        verdicts=content.get("verdicts", ""),
    )
    return Opinion(
        verdict=content["verdict"],
        reason=content["reason"],
        by=event.by,
        at=event.at,
        basis=basis,
        changed=basis.differs_in(now),
    )


def _overridden(event: Event) -> Overridden:
    content = event.content
    return Overridden(
        check=content["check"],
        rule=content["rule"],
        outcome=content["outcome"],
        original=content["original"],
        reason=content["reason"],
        by=event.by,
        at=event.at,
        until=date.fromisoformat(content["until"]),
        findings=content.get("findings", ""),
    )
