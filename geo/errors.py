"""The root of all expected failures: a stable code and the values that its sentence needs."""

from __future__ import annotations


class PlannerError(Exception):
    """Input that cannot be used.

    The sentence and the hint that a person reads are made at the edge from
    ``parcels/messages/<lang>/*.toml``: ``error.<code>.text`` and ``error.<code>.hint``.

    Parameters
    ----------
    code : str
        Stable snake_case code, for example ``crs_missing``.
    **values : object
        What the sentence names: the file, the column, the offending value.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        named = ", ".join(f"{key}={value!r}" for key, value in values.items())
        super().__init__(f"{code}: {named}" if named else code)
