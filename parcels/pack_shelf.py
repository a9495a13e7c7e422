"""All packs that there are, with their files; one that is broken does not hide the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.errors import PlannerError
from parcels.rules.load import all_packs
from parcels.rules.reading import load_packs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from parcels.rules.model import Pack, Rule

Group = Literal["default", "borrowed", "optional", "own"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Shelf:
    """Packs of the product and of the bureau.

    Attributes
    ----------
    packs : mapping of id to Pack
        Those of the product first, then the bureau's by file name.
    files : mapping of id to str
        File names of the bureau's own packs.
    paths : tuple of Path
        Files of the bureau's own packs that can be used.
    problems : tuple of PlannerError
        Of files that cannot be used, each with file, rule and field.
    """

    packs: Mapping[str, Pack]
    files: Mapping[str, str]
    paths: tuple[Path, ...]
    problems: tuple[PlannerError, ...]

    def group(self, pack: Pack) -> Group:
        """Say how a pack comes to be used: by itself, or because somebody chose it."""
        if pack.id in self.files:
            return "own"
        if pack.default:
            return "default"
        is_borrowed = any(rule.status == "borrowed" for rule in pack.rule)
        return "borrowed" if is_borrowed else "optional"

    def rules(self) -> Mapping[str, tuple[Rule, Pack]]:
        """Return every rule by id, with its pack."""
        return {rule.id: (rule, pack) for pack in self.packs.values() for rule in pack.rule}

    def search(self, words: str) -> tuple[tuple[Rule, Pack], ...]:
        """Return the rules that name all the words in title, id, document or number."""
        wanted = words.casefold().split()
        return tuple(
            found
            for found in self.rules().values()
            if all(word in _searched(found[0]) for word in wanted)
        )


def shelf(folders: Iterable[Path]) -> Shelf:
    """Read the packs of the product and of some folders, file by file."""
    kept: list[Path] = []
    problems: list[PlannerError] = []
    for path in _files(folders):
        try:
            all_packs((*kept, path))
        except PlannerError as error:
            problems.append(error)
        else:
            kept.append(path)
    return Shelf(
        packs=all_packs(tuple(kept)),
        files={load_packs(path)[0][1].id: path.name for path in kept},
        paths=tuple(kept),
        problems=tuple(problems),
    )


def stamp(folders: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Say what would make `shelf` read again: names, times and sizes of the files."""
    found = ((path, path.stat()) for path in _files(folders) if path.exists())
    return tuple((str(path), seen.st_mtime_ns, seen.st_size) for path, seen in found)


def _files(folders: Iterable[Path]) -> list[Path]:
    return [
        path
        for folder in folders
        for path in (sorted(folder.glob("*.toml")) if folder.is_dir() else [folder])
    ]


def _searched(rule: Rule) -> str:
    source = rule.source
    named = (rule.id, rule.title.zh, rule.title.en, source.document, source.number)
    return "\n".join(named).casefold()
