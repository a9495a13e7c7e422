"""Open editors: desks over a store, asked through the routes."""

from __future__ import annotations

from itertools import count

from starlette.applications import Starlette

from parcels.api.sketch_routes import sketch_routes, sketch_url
from parcels.planning.desk.desks import Desk
from parcels.planning.ground.prepared import ground_of
from parcels.rules.load import rule_book
from parcels.token_shelf import TokenShelf
from tests.parcels.api.asking import ask
from tests.parcels.checks.overlay_samples import TODAY
from tests.parcels.planning.sketches import box, geojson

AT = "2026-11-22T08:00:00Z"
BOOK = rule_book(TODAY)
HUNDRED = geojson(box(0, 0, 100, 100))


class Editor:
    """One open editor: asks its own routes."""

    def __init__(self, workbench, *, lang="zh", ground=None, base=""):
        shelf = TokenShelf(lambda _: 1, most=9, most_size=9)
        self.desk = Desk(workbench, ground or ground_of(book=BOOK), lang)
        self.url = sketch_url(base, shelf.keep(self.desk))
        self.app = Starlette(routes=sketch_routes(base, desks=shelf, now=lambda: AT))
        self.seen, self.keys = 1, (f"{id(self)}-{at}" for at in count())

    def read(self):
        return ask(self.app, "GET", self.url)

    def post(self, what, body, headers=None):
        return ask(self.app, "POST", f"{self.url}/{what}", body, headers)

    def do(self, key=None, **command):
        sent = {"command": command, "seen": self.seen, "key": key or next(self.keys)}
        answer = self.post("do", sent)
        if answer.status == 200:
            self.seen = answer.json["scenario"]["version"]
        return answer

    def draw(self, shape=HUNDRED, kind="extension", **stated):
        return self.do(do="draw", kind=kind, geometry=shape, **stated)


def assert_says_nothing_of_the_server(answer):
    said = answer.body.decode()
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    for word in ("Traceback", 'File \\"', ".py", "pydantic", "/planner", ".sqlite"):
        assert word not in said
