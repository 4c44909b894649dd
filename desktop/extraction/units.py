"""The measure words of official Chinese, as data, and what stands for one directly behind a number.

A unit is the measure word alone: `12万余条` is counted in 条, `3个批次` in 批次, `2个工作日` in 工作日. Where a report leaves
the measure word out (`21乡镇`, `3000群众`) the noun is the unit. The longest entry wins, so that `12部门` is not 12部.
"""

from __future__ import annotations

from desktop.model import Kind

# Measure words that also stand in front of 次 (人次, 件次) or take it in brackets or behind a stroke: 人(次), 人/次.
_WITH_TIMES = "人 件 户 家 场 批 车 班 案 台 艘 项 例 条 辆 架 轮 频 点 站 处 企 票 剂 起 宗 份 套 部 村 校 课 店 组 名 个 期 卷 册"

_COUNT = """
个 件 项 条 次 人 名 位 员 份 家 户 场 期 卷 起 宗 例 案 批 轮 回 趟 遍 届 班 堂 节 讲 处 所 座 栋 幢 间 套 台 部 本 册 篇 幅 张 块 面 则 段 集
页 字 封 单 票 笔 桩 类 种 样 款 支 队 组 对 双 副 串 排 盏 辆 艘 架 具 把 根 棵 株 粒 头 只 匹 羽 尾 口 眼 片 枚 颗 道 门 床 桌 席 剂 针 站 点 岗 辑
分 倍 亩 顷 公顷 平方米 平方公里 平方千米 平米 平方 立方米 立方 公里 千米 米 里 延米 延长米 厘米 毫米 海里 吨 公斤 千克 克 斤 升 毫升 千瓦时 千瓦 兆瓦
课时 学时 标段 位次 方面 人份 人天 人日 人月 车辆 栏 版块 板块 部分 批件 标箱 箱 包 袋 瓶 桶 盒 筐 捆 束 壶 杯 帧 首 伙 台套 件套 宗地
km KM ㎡ m² m2 M² ㎞ kg KG GB TB PB MB Mbps kW KW kWh MW t ℃
"""

_PERCENT = "% ‰ 个百分点 百分点 个千分点"

_MONEY = """
元 圆 块钱 元人民币 人民币元 元整 美元 欧元 港元 港币 日元 英镑 澳元 加元 韩元 卢布 新台币 澳门元 美金
"""

_DURATION = """
小时 个小时 分钟 秒 秒钟 天 日 工作日 个工作日 个自然日 自然日 个日历日 日历日 个月 个自然月 周 个周 星期 个星期 个礼拜 钟头 个钟头 个季度 整天
"""

# Group words that are whole units behind 个: 3个批次 is 3 批次.
_GROUPS = "批次 人次 场次 件次 户次 家次 班次 轮次 频次 课时 学时"

# Nouns that stand directly behind an Arabic numeral; the noun is the unit.
_NOUNS = """
镇 乡 街道 乡镇 镇街 村 社区 村居 县 区 市 县区 区县 市县 县市 省 省份 地市 部门 单位 机关 部委 委局 局 企业 公司 商户 店铺 门店 学校 高校 中小学 校 院校 院 医院
群众 党员 干部 职工 居民 村民 学生 师生 家庭 人员 市民 农户 网民 观众 读者 农民 农民工 青少年 执法人员 网格员 调解员 律师 专家 代表 委员
问题 案件 事项 项目 隐患 场所 点位 站点 网点 中心 平台 系统 窗口 网格 小区 院落 基地 工作站 服务站 法庭 法院 司法所 派出所 科室 岗位 企事业单位
市场主体 经营主体 执法主体 个体工商户 条例 台账 片区 栏目 专题 账号 组织 人口 支队 大队 中队 支部 党支部
"""

# A measure word in front of one of these is part of another word: 12部署, 3条例, 5人民, 2点钟.
_VOID: dict[str, str] = {
    "个": "体",
    "人": "民",
    "次": "性",
    "名": "列誉称义",
    "期": "间限",
    "份": "额",
    "部": "署队落属级位",
    "本": "级",
    "场": "景",
    "面": "向临积对",
    "道": "路德",
    "类": "似",
    "批": "复文示评判",
    "所": "有属在",
    "间": "接隔",
    "组": "成建",
    "站": "式",
    "点": "钟半整名评",
    "分": "别局类析布散包钟享级校院行支之",
    "字": "样号体",
    "里": "程面",
    "班": "子",
    "双": "随公创重减向",
    "对": "全各有口标行基照于涉接象",
    "节": "日约能点水",
    "单": "位独",
    "块": "头",
    "头": "部痛",
    "口": "头岸径腔",
    "门": "户口诊",
    "台": "账阶",
    "首": "次要批个先创",
    "队": "伍",
    "款": "项",
    "包": "括容含村保联",
    "回": "访应复头",
    "克": "服难",
    "升": "级至到为",
    "支": "持撑付",
    "集": "中体团成",
    "讲": "座述话师",
    "排": "查名放",
    "岗": "位",
    "样": "板",
    "把": "关握",
    "员": "工",
    "元": "旦宵素月",
    "天": "然",
    "周": "边年期围岁",
    "日": "常报均前益后起止",
    "市": "场级民委政",
    "区": "级域委直",
    "县": "级域委直",
    "省": "级委直",
    "乡": "村贤",
    "村": "级",
    "镇": "级",
    "局": "面部",
    "院": "落长",
    "校": "园长",
    "项目": "标录",
    "代表": "性作",
    "组织": "开召实全部领对各",
    "中心": "组",
}


def _inventory() -> dict[str, tuple[str, Kind]]:
    known: dict[str, tuple[str, Kind]] = {word: (word, "count") for word in _NOUNS.split()}
    known |= {word: (word, "count") for word in _COUNT.split()}
    for word in _WITH_TIMES.split():
        known |= {form: (f"{word}次", "count") for form in (f"{word}次", f"{word}(次)", f"{word}（次）", f"{word}/次", f"{word}·次")}
    for word, other in (("台", "套"), ("件", "套"), ("套", "台")):
        known |= {form: (f"{word}({other})", "count") for form in (f"{word}({other})", f"{word}（{other}）", f"{word}/{other}")}
    known |= {f"{size}{word}": (word, "count") for size in "大小" for word in ("类", "项")}
    known |= {f"个{word}": (word, "count") for word in _GROUPS.split()}
    known |= {word: (word.removeprefix("个"), "percent") for word in _PERCENT.split()}
    known |= {word: (word.removeprefix("个"), "duration") for word in _DURATION.split()}
    known |= {word: ("元", "money") for word in ("元", "圆", "块钱", "元人民币", "人民币元", "元整")}
    known |= {word: (word, "money") for word in _MONEY.split() if word not in known}
    known["平米"] = ("平方米", "count")
    return known


Entry = tuple[str, str, Kind, str]
"""A word of the inventory, its unit, its kind, and the characters that must not follow it."""

NOUNS = frozenset(_NOUNS.split())


Shelf = tuple[dict[str, tuple[Entry, ...]], Entry | None]
"""The entries that begin with one character: those of two and more by their second, longest first, and the single one."""


def _index() -> dict[str, Shelf]:
    shelves: dict[str, Shelf] = {}
    for word, (unit, kind) in sorted(_inventory().items(), key=lambda item: -len(item[0])):
        entry = (word, unit, kind, _VOID.get(word, ""))
        longer, single = shelves.get(word[0], ({}, None))
        if len(word) == 1:
            single = entry
        else:
            longer[word[1]] = (*longer.get(word[1], ()), entry)
        shelves[word[0]] = (longer, single)
    return shelves


_INDEX = _index()


def unit_at(text: str, at: int) -> Entry | None:
    """Return the longest entry that stands in `text` at `at`, or None; at least one character stands behind it."""
    shelf = _INDEX.get(text[at])
    if shelf is None:
        return None
    longer, single = shelf
    for entry in longer.get(text[at + 1], ()):
        word = entry[0]
        if text.startswith(word, at) and text[at + len(word)] not in entry[3]:
            return entry
    return None if single is None or text[at + 1] in single[3] else single
