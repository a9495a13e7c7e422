"""Phrases read and solved per second against a generated network of 5,000 roads, one core."""

from __future__ import annotations

import random
import time

import numpy as np
import shapely

from geo.location.features import NamedFeature
from geo.location.network import Network
from geo.location.solve import solve

LINES, PIECES, SPACING_M = 125, 20, 450.0
PIECE_M = LINES * SPACING_M / PIECES
PHRASES = 5_000
WANTED_PER_SECOND = 1_000
METRES_PER_DEGREE = 111_000.0


def network() -> list[NamedFeature]:
    """Lay a wavy grid of 125 lines each way, every line in 20 roads of their own name."""
    roads = []
    for line in range(LINES):
        for piece in range(PIECES):
            along = np.linspace(piece, piece + 1, 13) * PIECE_M
            across = line * SPACING_M + 40 * np.sin(along / 700 + line)
            roads += [
                _road(f"东西{line}排{piece}段路", np.column_stack([along, across])),
                _road(f"南北{line}列{piece}段路", np.column_stack([across, along])),
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
        row, column = choose.randrange(1, LINES - 1), choose.randrange(1, LINES - 1)
        across, up = _across(row, column), _up(row, column)
        across2, up2 = _across(row - 1, column), _up(row, column - 1)
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


def _across(row: int, column: int) -> str:
    return f"东西{row}排{int(column * SPACING_M / PIECE_M)}段路"


def _up(row: int, column: int) -> str:
    return f"南北{column}列{int(row * SPACING_M / PIECE_M)}段路"


def main() -> None:
    """Print how long the network takes, then the rate."""
    start = time.process_time()
    built = Network.build(network())
    print(f"network of {len(built.features)} roads: {time.process_time() - start:.2f} s CPU")
    start = time.process_time()
    solve("东西9排1段路以南、南北9列1段路以西", built)
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
