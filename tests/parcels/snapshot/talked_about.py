"""A content in which every section holds something: opinions, comments, layers, a live view."""

from __future__ import annotations

import json

from tests.parcels.snapshot.samples import table_two, two_parcels

LAYER = {
    "kind": "farmland",
    "title": "基本农田",
    "digest": "d",
    "source": "局数据",
    "date": "2026-01-01",
    "licence": "内部",
    "allowed_use": "预检",
}


def talked_about():
    """Return it; a new one each time."""
    content = json.loads(json.dumps(two_parcels().content))
    content["made"]["by"] = "王工"
    content["view"] = {"address": "/review?at=1", "map": [32.9, 112.5, 14.0], "chosen": "1"}
    content["inputs"] = {"overlays": [{"names": ["秘密"]}], "packs": "全文"}
    first = content["parcels"][0]
    first["attributes"] |= {"权利人": "张某某", "电话": "13937712345", "备注": "内部意见"}
    first["bounds"] = {"N": ["信臣路"]}
    first["twins"] = ["2"]
    first["use"]["groups"] = ["M1"]
    first["said"] = {
        "opinion": {
            "verdict": "agree",
            "reason": "同意",
            "by": "李工",
            "at": "2026-11-20",
            "valid": True,
            "changed": ["outline"],
        },
        "overrides": [
            {
                "check": "overlap",
                "rule": "Q_OVERLAP",
                "outcome": "pass",
                "original": "fail",
                "reason": "已调解",
                "by": "李工",
                "at": "2026-11-20",
                "until": "2027-01-01",
                "counts": True,
            }
        ],
        "comments": [{"text": "看过", "by": "赵工", "at": "2026-11-19"}],
        "facts": {"investment": 3.5},
        "events": 3,
    }
    answers = content["answers"]
    answers["layers"] = [LAYER, {**LAYER, "kind": "military", "title": "禁区"}]
    answers["rejected"] = [{"where": "第 3 行", "message": "第三行坏了"}]
    for one in answers["findings"]:
        one["needs"] = one["needs"] or ["class"]
    groups = json.loads(json.dumps(table_two().content["drawn"]["groups"]))
    layer = {**groups[0]["layers"][0], "features": groups[0]["layers"][0]["features"][:1]}
    layer["features"][0]["properties"]["anchor"] = [112.47, 32.95]
    content["drawn"] = {
        "notice": "示意",
        "groups": [
            {**groups[0], "layers": [layer]},
            {"id": "overlays", "title": "检查图层", "layers": [{**layer, "title": "基本农田"}]},
        ],
    }
    return content
