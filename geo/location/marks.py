"""The words that relate a parcel to a name, as patterns over folded text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from geo.location.numerals import HAN

if TYPE_CHECKING:
    from geo.location.reading import Direction

Kind = Literal[
    "name", "separator", "stop", "conjunction", "lead", "four", "suffix", "front", "as_bound",
    "crossing", "between", "both", "enclosed", "within", "near", "distance",
]  # fmt: skip
DIRECTIONS: dict[str, Direction] = {
    "东北": "NE", "东南": "SE", "西北": "NW", "西南": "SW",
    "东": "E", "南": "S", "西": "W", "北": "N",
}  # fmt: skip

_D = "(?:东北|东南|西北|西南|东|南|西|北)"
ROAD_END = "路街巷道线"
FEATURE_END = (
    "路街巷道弄线桥河江渠湖库沟溪港站"
    "厂场校学院园区村庄营屯镇乡县市楼厦城店寺庙塔馆所局苑府居铺司团)"
)
_AREA_WORD = (
    r"(?:(?:[三四五六多]边|矩|长方)形)?"
    r"(?:区域|地块|地段|范围|片区|地区|地带|宗地|用地|土地|空地|位置|方位|部分|部位|处|一带|一[块宗处片](?:地块?|土地|用地)?)"
)
_AREA_TRAIL = rf"(?:的?{_AREA_WORD}(?:以内|之内|范围内|内|处)?)?"
_TRAIL = rf"{_AREA_TRAIL}(?:紧邻|紧靠|相邻|毗邻|紧挨)?"
_METRES = "(?:公里|千米|公尺|米|km|m)"
_END = (
    r"(?=$|[、,;。:.)!?(的]"
    rf"|(?:约|大约|近)?[\d一二两三四五六七八九十]+[\d.,百千多余]*(?:[-至到][\d.]+)?{_METRES})"
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_AMOUNT = rf"(?:(?<!\d){_NUMBER}(?:{_METRES}?\s?[-至到]\s?{_NUMBER})?|(?<![{HAN}半])[{HAN}半]+)"

_SIDE_WORD = "(?:方向|方位|一侧|侧|边|面|部|端|岸|角|沿)"

# The order matters: of two marks at one place the first one listed is taken.
PATTERNS: dict[str, str] = {
    "bracket": r"\([^()]*\)",
    "lead": (
        r"介于|(?:选址|厂址|地址|地点|位置)?(?:(?:位|坐落|座落|处|建|分布|布局|选址)(?:于|在)|地处|坐落|选址为)在?"
        r"|(?:建设地点|坐落地点|地点|地址|位置|范围|界址|界线)(?:在|为|是|:)"
    ),
    "four": r"其?四至(?:范围|界限|边界|界址|情况|坐标)?(?:分别)?(?:为|是|如下)?:?",
    "as_bound": rf"为(?P<d>{_D})(?:侧|部|面|边)?(?:边界|界线|界)",
    "front": (
        rf"(?P<d>{_D})(?:两?[侧面边]|部|方|方向)?(?:边界|界)?(?:分别|均|都|各)?"
        r"(?P<verb>(?:毗邻|毗连|紧邻|紧临|紧靠|紧接|相邻|邻近|临近|靠近|相距|距离?)(?:于|着)?"
        r"|[起止](?:于|自)|[靠接依临]着|[至到抵临邻靠接依起止濒连隔枕傍倚]|[为是以与和:-]|(?<=界)(?![线址])"
        rf"|(?<=[侧面边])(?![及与和])(?=[^,;。、:]{{1,20}}[{FEATURE_END}](?:$|[,;。、])))"
    ),
    "distance": (
        rf"(?:约|大约|大概|近|为|各)?(?P<bound>不足|不到|不超过|不大于|小于|超过|大于|不[少小]于|不低于|至少)?"
        rf"(?:约|大约|大概|近)?(?P<amount>{_AMOUNT})(?:余|多|来)?\s?"
        r"(?P<unit>公里|千米|公尺|米|km|m(?![a-z0-9²])|华里|里(?=$|[、,;。处左以之范]))(?:左右)?"
        rf"(?P<limit>范围以?内|[之以]?内|范围|[之以开]外|外)?{_TRAIL}"
    ),
    "suffix": (
        rf"(?:(?:以|之|的|偏|往|朝|正|靠|(?<!面)向)(?P<d>{_D}){_SIDE_WORD}?"
        rf"|(?<!面向)(?P<d2>{_D}){_SIDE_WORD})(?:偏{_D})?{_TRAIL}"
    ),
    "crossing": (
        r"的?(?:平面)?(?:交叉路口|[十丁]?字?交叉口|丁字口|(?:十字|丁字|三岔|T型|T形)路口"
        r"|(?<=[路街道巷线])路口|交叉[处点]?|交[汇会][处口点]?|交口|交[接界](?:处|(?=[东西南北]))"
        r"|相交[处口]?(?:路口)?|汇合处|[拐转]角处?"
        r"|(?<=[路街道巷])口(?=$|[的东南西北、,;。以交附]))处?的?"
    ),
    "between": r"的?(?:之间|中间|间(?=$|[、,;。的]))|(?<=[路街道线])路?段(?:之间)?(?=$|[,;。])",
    "both": rf"的?(?:东西|南北)?(?:两[侧旁厢边岸翼]|沿[线路岸]|沿街(?=$|[、,;。])){_TRAIL}"
    r"|(?<=[路街道线河])(?:东西|南北)(?=$|[、,;。的])",
    "enclosed": (
        r"(?:(?<=[路街道巷线河])等?[三四五六七八\d](?:条(?:道路|路|街道?)|路))?(?:所|共同|相互)?(?:围合|合围|围成|包围|环绕|围起|闭合|围(?=的|区域|地块))"
        rf"(?:而成|起来|成|形成)?{_TRAIL}"
    ),
    "within": (
        r"的?(?:规划|用地|红线|控制|建设|(?<=园)园区|(?<=厂)厂区|(?<=[院厂校])院)?(?:范围[以之]?内|辖区(?:范围)?[以之]?内?|境内|区域内"
        rf"|[以之]内|内部|里[面边]|之中|中部|腹地|内(?![环乡蒙外河江丘黄])){_TRAIL}"
    ),
    "near": r"的?(?:附近|周边|周围|旁边|对面|一带|近旁|旁(?=$|[、,;。])"
    r"|[以之]外(?=$|[、,;。的])|(?<=环)外(?=$|[、,;。的]))(?:的?(?:区域|地块))?",
    "bare": rf"(?P<d>{_D}){_AREA_TRAIL}",
    "conjunction": r"以及|与|和|及|跟|同|暨|并|且|至|到|-",
    "stop": r"[;。]",
    "separator": r"[、,]|(?<=[^!-~])[.:](?!\d)|(?<=[东南西北侧边面部])[/|&+]"
    rf"|(?<=[^!-~])[/|](?={_D}[至到抵临邻靠接侧面])",
}
EACH = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in PATTERNS.items()}
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
# Finds the next mark and, by its last group, tells which one it is.
ANY = re.compile(
    "|".join(
        f"(?P<{kind}>{_NAMED_GROUP.sub('(?:', pattern)})" for kind, pattern in PATTERNS.items()
    ),
    re.IGNORECASE,
)
# Where a mark turns out to be something else, what else it may be.
INSTEAD: dict[str, tuple[str, ...]] = {
    "front": ("suffix", "bare"),
    "suffix": ("bare",),
}
AT_END = re.compile(_END)
NAME_GOES_ON = re.compile(
    r"支路|支线|道路|绿化带|辅路|辅道|便道|匝道|连接线|规划道?路|区间路|巷道|通道|大道|路(?!口)|新城|新区|城区|桥|大街|街|县|湾|苑"
)
# 东至县, 西连岛路: a name that only looks like 东至甲路.
SIDE_IN_NAME = re.compile(
    r"路(?![、,;。中边]|$)|县(?![前后府政衙城医]|[东西南北][街关门])|街|大道|苑|湾|岛"
)
SUBJECT = re.compile(r".*(?:项目区?|地块|宗地|用地|场地|土地|区域)|其")
# 热电厂西信臣路南: a landmark, its side, and the next road with its own.
NEXT_ROAD = re.compile(rf"[^东南西北,;。、()]{{2,6}}(?:路|街|大道|巷|河)(?:[以之])?{_D}")
LANDMARK_END = re.compile(r"(?:厂|公司|集团|[小中大]学|学[校院]|医院|小区|公园|村|大厦)$")
# 南阳, 北环, 东风 …: a direction that begins the next name instead of ending the last one.
BEGINS_NAME = re.compile(
    r"[东南西北](?:[外内中一二三四五六七八]*环|[京阳安风峡昌宁湖站门苑海莞延段口桥支]|大道|大街|关"
    r"|[路街巷侧边面部]|[一二三四五六七八九十]+[路街]|[东南西北])"
)
HAS_MARK = re.compile(rf"[以之]{_D}|{_D}[侧面]?至|四至|之间|交[叉汇会]")
DIRECTION = re.compile(_D)
DIRECTION_ONLY = re.compile(rf"[以之]?(?P<d>{_D})(?:侧|面|边|部|方|方向)?")
# 和畅路, 和平东路: one character between 和 and the kind of road.
AFTER_HARMONY = re.compile(
    r"[^甲乙丙丁戊经纬横纵A-Za-z一二三四五六七八九十东西南北\d][东西南北中]?[一二三四五六七八九]?"
    "(?:大道|大街|路|街|巷)|[平顺田硕静政龙][区县]"
)
# 和, 同, 与 begin a name where no name stands before them: 甲路以南、同乐街以西.
JOINS_NAMES = frozenset("与和跟同暨")
DIRECTED = frozenset({"suffix", "bare", "front", "as_bound"})
PIECE_ENDS = ("一块", "一宗", "地块", "宗地", "土地", "用地", "片区")
CLAIMS = frozenset(
    {"suffix", "bare", "as_bound", "crossing", "between", "both", "within", "near", "distance"}
)
BETWEEN_AHEAD = re.compile(r"[^,;。]{2,40}?(?:之间|中间|围合|合围|围成|[路街道]段(?:$|[,;。]))")
# 甲路至乙路 with nothing behind it.
LINE_TO_END = re.compile(r"[^,;。、]{1,12}?(?:路|街|大道|巷)(?=$|[、,;。)])")
