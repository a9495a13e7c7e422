"""The operator's settings: one TOML file, every key optional, every mistake named."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from geo.errors import PlannerError
from layers.basemap import BaseMapSetting, Id
from layers.overlay_kinds import overlay_kinds
from layers.overlay_stated import Stated
from parcels.storage.access import Role

ENVIRONMENT_KEY = "PARCELS_SETTINGS"
DEFAULT_FILE = Path("settings.toml")
_SECRET_KEYS = {"key", "url", "store"}
_BRANCHES = {"tianditu", "xyz", "wmts", "amap", "folder", "mbtiles", "pmtiles"}


class BaseLayer(BaseModel):
    """A large layer of the operator's own, shown beside the parcels.

    ``columns`` names the file's columns for ``id``, ``label``, ``use`` and
    ``geometry_class``; those not named are found by common names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    title: str = Field(min_length=1, max_length=40)
    path: Path
    columns: dict[Literal["id", "label", "use", "geometry_class"], str] = {}


class OverlaySetting(Stated):
    """A reference layer of the operator's own, used by every check of every user.

    ``kind`` is one of ``layers/data/overlay_kinds.toml``; the other keys are those of `Stated`.
    """

    kind: str
    path: Path

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in overlay_kinds():
            raise ValueError(", ".join(overlay_kinds()))
        return kind

    def stated(self) -> Stated:
        """Return what is said of the layer."""
        return Stated().over(self)


class AccessSetting(BaseModel):
    """Who signs in, and what each may do.

    Attributes
    ----------
    oidc : bool
        People sign in at the bureau's own service; without it whoever sits there owns everything.
    default_role : Role
        Of people who are not named.
    roles : mapping of str to Role
        By e-mail address, in small letters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    oidc: bool = False
    default_role: Role = "viewer"
    roles: dict[str, Role] = {}

    @field_validator("roles")
    @classmethod
    def _each_once(cls, roles: dict[str, Role]) -> dict[str, Role]:
        known = {mail.strip().lower(): role for mail, role in roles.items()}
        if len(known) < len(roles):
            raise ValueError("each address once")
        return known


class Settings(BaseModel):
    """What the operator may change. The defaults need no file and no network.

    Attributes
    ----------
    title : str
        Replaces the product's name at the top of the page; empty: the product's own.
    store : Path or SecretStr
        File in which scenarios, opinions, overrides, local limits and comments are kept, made when
        it is missing; or the address of a PostgreSQL database.
    access : AccessSetting
        Who may do what.
    packs : Path or None
        Folder with rule packs of the bureau's own.
    overrides : Path or None
        File with local limits.
    report_templates : Path or None
        Folder with documents of Word that take the place of ours: ``<report>.docx``.
    notice_contact : str
        Whom a public notice says to ask.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(default="", max_length=60)
    language: Literal["zh", "en"] = "zh"
    basemaps: tuple[BaseMapSetting, ...] = ()
    base_layers: tuple[BaseLayer, ...] = ()
    overlay: tuple[OverlaySetting, ...] = ()
    store: Path | SecretStr = Path("var/planner.sqlite")
    access: AccessSetting = AccessSetting()
    packs: Path | None = None
    overrides: Path | None = None
    report_templates: Path | None = None
    notice_contact: str = Field(default="", max_length=200)

    @field_validator("store", mode="before")
    @classmethod
    def _address(cls, typed: object) -> object:
        """Tell an address, which may hold a password, from a path."""
        if not isinstance(typed, str):
            return typed
        return SecretStr(typed) if "://" in typed else Path(typed)

    @property
    def store_address(self) -> Path | str:
        """Where the store is, as `parcels.storage.store.open_store` takes it."""
        return self.store if isinstance(self.store, Path) else self.store.get_secret_value()

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        """Folders with packs of the bureau's own, beside those of the product."""
        return () if self.packs is None else (self.packs,)

    def template_of(self, report: str) -> Path | None:
        """Return the bureau's own template of a report, if there is one."""
        found = self.report_templates and self.report_templates / f"{report}.docx"
        return found if found and found.is_file() else None


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings file.

    Parameters
    ----------
    path : Path, optional
        Default: the file that the environment names, then ``settings.toml`` in the working
        directory if it exists, then no file at all. Paths inside the file are relative to it.

    Raises
    ------
    PlannerError
        ``settings_file_missing``, ``settings_syntax``, ``settings_unknown_key``,
        ``settings_missing_key``, ``settings_value``, ``settings_id_repeated``,
        ``settings_path_missing``. The values of keys and addresses are never in it.
    """
    file = path or _default_file()
    if file is None:
        return Settings()
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PlannerError("settings_file_missing", file=str(file)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlannerError("settings_syntax", file=str(file), reason=str(error)) from None
    try:
        settings = Settings.model_validate(document)
    except ValidationError as error:
        raise _first_problem(error, file) from None
    _require_different_ids(settings, file)
    return settings.model_copy(
        update={
            "store": _from(file, settings.store),
            "packs": _found(settings.packs, "packs", file),
            "overrides": _found(settings.overrides, "overrides", file),
            "report_templates": _found(settings.report_templates, "report_templates", file),
            "basemaps": tuple(
                _located(entry, f"basemaps.{entry.id}", file) for entry in settings.basemaps
            ),
            "base_layers": tuple(
                _located(entry, f"base_layers.{entry.id}", file) for entry in settings.base_layers
            ),
            "overlay": tuple(
                _located(entry, f"overlay.{number}", file)
                for number, entry in enumerate(settings.overlay, start=1)
            ),
        }
    )


def _from(file: Path, store: Path | SecretStr) -> Path | SecretStr:
    return (file.parent / store).resolve() if isinstance(store, Path) else store


def _default_file() -> Path | None:
    named = os.environ.get(ENVIRONMENT_KEY)
    if named:
        return Path(named)
    return DEFAULT_FILE if DEFAULT_FILE.is_file() else None


def _first_problem(error: ValidationError, file: Path) -> PlannerError:
    """Name the first problem: which key, which value, what was expected."""
    problem = error.errors(include_url=False, include_context=False)[0]
    # The name of a union's branch (xyz, tianditu …) is no key of the file.
    parts = [part for part in problem["loc"] if part not in _BRANCHES]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in parts)
    if problem["type"] == "extra_forbidden":
        return PlannerError("settings_unknown_key", file=str(file), key=key)
    if problem["type"].startswith("union_tag"):
        key = f"{key}.type"
    if problem["type"] in {"missing", "union_tag_not_found"}:
        return PlannerError("settings_missing_key", file=str(file), key=key)
    given = problem["input"]
    if isinstance(given, dict):
        given = given.get("type", "{…}")  # a whole table may hold a key: never shown
    value = "***" if parts[-1] in _SECRET_KEYS else repr(given)[:80]
    return PlannerError(
        "settings_value", file=str(file), key=key, value=value, expected=problem["msg"]
    )


def _require_different_ids(settings: Settings, file: Path) -> None:
    for key, entries in (("basemaps", settings.basemaps), ("base_layers", settings.base_layers)):
        ids = [entry.id for entry in entries]
        repeated = [name for name in ids if ids.count(name) > 1]
        if repeated:
            raise PlannerError("settings_id_repeated", file=str(file), key=key, value=repeated[0])


def _located(entry: Any, key: str, file: Path) -> Any:
    """Make the path of an entry absolute and check that something is there."""
    whole = _found(getattr(entry, "path", None), f"{key}.path", file)
    return entry if whole is None else entry.model_copy(update={"path": whole})


def _found(path: Path | None, key: str, file: Path) -> Path | None:
    """Return where a path of the file leads; something must be there."""
    if path is None:
        return None
    whole = (file.parent / path).resolve()
    if not whole.exists():
        raise PlannerError("settings_path_missing", file=str(file), key=key, value=str(path))
    return whole
