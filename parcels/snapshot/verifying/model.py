"""What comes of verifying a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.files import Form
    from parcels.snapshot.model import Content

Step = str | int
How = Literal["changed", "recomputed", "shipped", "beside", "against", "page", "member", "expected"]
State = Literal["verified", "differs", "sealed"]


class Absent:
    """Nothing stands there, which is another thing than None."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that is not what it should be.

    Attributes
    ----------
    how : str
        ``changed``: it does not fit its check digits; what it was is not known. ``recomputed``:
        the checks give another one. ``shipped``: the pack of this program with the same id and
        version says otherwise. ``beside``: another file of the package says otherwise.
        ``against``: the internal snapshot gives another one. ``page``, ``member``: text of the
        page, a file of the package. ``expected``: the digest is not the one that was asked for.
    path : tuple of str and int
        In the content; of ``page`` the line, of ``member`` the name.
    stated, found : value or ABSENT
        In the file, and as it should be; ABSENT where it is not there, or not known.
    """

    how: How
    path: tuple[Step, ...]
    stated: Any = ABSENT
    found: Any = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that was or could not be done; ``verify.note.<code>``."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VerifyReport:
    """The outcome of `parcels.snapshot.verify.verify`.

    Attributes
    ----------
    file : str
        Name as given.
    form : str
        ``json``, ``html`` or ``zip``.
    content : mapping
        As read from the file.
    stated, found : str
        Digest that the file states, and that of its content.
    state : str
        ``verified``: the digest fits and everything that can be computed again was, with the same
        result. ``differs``: something was changed. ``sealed``: the digest fits, but what it says
        could not be computed again here; ``notes`` say why.
    differences : tuple of Difference
        Changed inputs first, then what follows from them.
    notes : tuple of Remark
    """

    file: str
    form: Form
    content: Content
    stated: str
    found: str
    state: State
    differences: tuple[Difference, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def is_sealed(self) -> bool:
        """Whether the digest is that of the content."""
        return self.stated == self.found
