"""Each case of tests/cases/locations: a phrase on a network with a known answer."""

import pytest
import shapely

from geo.area import ellipsoidal_area
from geo.location.solve import solve
from geo.units import parse_area
from tests.geo.location import town

SHAPES = ("envelope", "block", "candidate")


def cases():
    for path in sorted(town.CASES.glob("*.toml")):
        network, rows = town.load(path)
        for row in rows:
            name = f"{path.stem}: {row['phrase']} {row.get('area', '')}".strip()
            yield pytest.param(network, row, id=name)


def answer(network, case):
    area = parse_area(case["area"]) if "area" in case else None
    located = solve(case["phrase"], network, area_m2=area)
    return located, located.parts[0] if located.parts else None


@pytest.mark.parametrize(("network", "case"), list(cases()))
def test_reads_what_the_phrase_says(network, case):
    located, part = answer(network, case)
    assert located.class_ == case["class"]
    if part is None:
        return
    found = {side: list(names) for side, names in part.bounds.items() if names}
    assert found == case.get("bounds", found)
    assert list(part.missing) == case.get("missing", list(part.missing))
    assert list(part.straddles) == case.get("straddles", list(part.straddles))
    assert part.distance_m == case.get("distance_m", part.distance_m)
    assert set(case.get("notes", ())) <= set(part.notes)
    assert part.accuracy_m is None or not case.get("accuracy_unknown")


@pytest.mark.parametrize(("network", "case"), list(cases()))
def test_draws_the_land(network, case):
    _, part = answer(network, case)
    for shape in SHAPES:
        geometry = getattr(part, shape, None)
        assert geometry is None or not case.get(f"no_{shape}"), shape
        if shape in case:
            area = float(ellipsoidal_area(town.metres(geometry), town.CRS))
            tolerance = 1e-6 if shape == "candidate" else 1e-2
            assert area == pytest.approx(case[shape], rel=tolerance), shape
    for key, shape, expected in (
        ("inside", "envelope", True),
        ("outside", "envelope", False),
        ("candidate_inside", "candidate", True),
    ):
        for xy in case.get(key, ()):
            land = town.metres(getattr(part, shape))
            assert bool(shapely.contains_xy(land, *xy)) is expected, (key, xy)
    if part and part.candidate is not None:
        land, piece = town.metres(part.envelope), town.metres(part.candidate)
        assert shapely.area(shapely.difference(piece, land)) < 1e-6 * shapely.area(piece)
