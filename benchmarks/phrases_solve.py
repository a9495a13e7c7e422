"""Phrases read and solved per second against a generated network of 5,000 roads, one core."""

from __future__ import annotations

import random
import time

import numpy as np
import shapely

from geo.location.features import NamedFeature
from geo.location.network import Network
from geo.location.solve import solve

ROWS, COLUMNS, SPACING_M, PIECE_M = 50, 50, 900.0, 5_400.0
PHRASES = 5_000
WANTED_PER_SECOND = 1_000
METRES_PER_DEGREE = 111_000.0


def network() -> list[NamedFeature]:
    """Lay 2,500 roads each way on a slightly wavy grid; each meets about a dozen others."""
    roads = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            x, y = column * SPACING_M, row * SPACING_M
            along = np.linspace(0, PIECE_M, 19)
            wave = 40 * np.sin(along / 700 + row + column)
            west_east = np.column_stack([x + along, y + wave + 17 * (column % 5)])
            south_north = np.column_stack([x + wave + 17 * (row % 5), y + along])
            roads += [
                _road(f"东西{row}排{column}段路", west_east),
                _road(f"南北{column}列{row}段路", south_north),
            ]
    return roads


def _road(name: str, xy: np.ndarray) -> NamedFeature:
    lonlat = (112.0, 32.8) + xy / METRES_PER_DEGREE
    return NamedFeature(id=name, name=name, geometry=shapely.LineString(lonlat), accuracy_m=5.0)


def phrases(count: int) -> list[str]:
    """Write phrases of two bounds, of corners and of closed land, each about roads that meet."""
    choose = random.Random(7)
    made = []
    for _ in range(count):
        row, column = choose.randrange(6, ROWS), choose.randrange(6, COLUMNS)
        across, up = f"东西{row}排{column - 2}段路", f"南北{column}列{row - 2}段路"
        across2, up2 = f"东西{row - 1}排{column - 2}段路", f"南北{column + 1 - 2}列{row - 2}段路"
        made.append(
            choose.choice(
                [
                    f"{across}以南、{up}以西",
                    f"{up}东侧、{across}北侧",
                    f"{across}与{up}交叉口东南角",
                    f"东至{up}、南至{across2}、西至{up2}、北至{across}",
                ]
            )
        )
    return made


def main() -> None:
    """Print how long the network takes, then the rate."""
    start = time.process_time()
    built = Network.build(network())
    print(f"network of {len(built.features)} roads: {time.process_time() - start:.2f} s CPU")
    start = time.process_time()
    solve("东西9排9段路以南、南北9列9段路以西", built)
    print(f"first phrase, with all blocks of the network: {time.process_time() - start:.2f} s CPU")
    texts = phrases(PHRASES)
    start = time.process_time()
    answers = [solve(text, built) for text in texts]
    seconds = time.process_time() - start
    blocks = sum(answer.parts[0].block is not None for answer in answers)
    print(f"{len(texts)} phrases: {seconds:.2f} s CPU, {blocks} with a block")
    print(f"{len(texts) / seconds:.0f} phrases a second (wanted: {WANTED_PER_SECOND})")


if __name__ == "__main__":
    main()
