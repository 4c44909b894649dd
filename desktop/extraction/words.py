"""The words around a number that say what it is, as data: modifiers, slogans, hotlines, nouns and verbs of counting."""

from __future__ import annotations

import re

from desktop.model import Approx

MODIFIERS: dict[str, Approx] = {
    **dict.fromkeys("超 逾 超过 突破 超出 至少 最少 不少于 不低于 不下于 不下 不小于 多于 高于 大于 ≥ ＞".split(), "more"),
    **dict.fromkeys("约 大约 约为 约有 约计 大概 大致".split(), "about"),
    **dict.fromkeys("近 将近 接近 不足 不到 不满 未满 最多 至多 不超过 不高于 不多于 不大于 少于 低于 小于 ≤ ＜".split(), "less"),
}
"""What stands in front of a number and blurs it."""

MODIFIER_ENDS = frozenset(word[-1] for word in MODIFIERS)

STUCK = re.compile("(?:[最附邻就远贴亲临靠走拉]近|(?:[预签履公违条契特邀]|(?<!立)制|(?<![整综融联结组配])合|(?<!环)节)约|[赶反高]超)\\Z")
"""Words that end like a modifier of one character: 节约12万元, 附近3个."""

SUFFIXES: dict[str, Approx] = {
    "以上": "more",
    "有余": "more",
    "左右": "about",
    "上下": "about",
    "以内": "less",
    "之内": "less",
    "以下": "less",
}
"""What stands behind the unit and blurs the number; it is not part of the span."""

HOTLINES = frozenset("110 112 114 119 120 122 999".split())
HOTLINE_HEADS = ("123", "96", "95", "100")

FIXED_NAMES = tuple(
    "三支一扶 三台县 五台县 五台山 九台区 七台河 三门峡 五家渠 六枝 二道区 三门县 四套班子 三套班子 八项规定 三驾马车 五谷 三农 三夏 三秋 三公经费 三定 "
    "一件事 两会 两委 两法 两高 两新 两岸 两翼 两地 两手 两头 两面 三包 三资 四风 四好 五好 五星 六保 六稳 七一 八一 五一 五四 六一 十一黄金周 "
    "三句半 四世 三峡 三亚 三明 三原 三水 三河 三江 三角 三轮 三维 三甲 三审 三无 三违 两违 两非 两抢 两怀 三级 两级 四级 五级 两个一百年 三支队伍一起抓 "
    "百家讲坛 百家争鸣 千家万户 万家灯火 百户长 五保户 三张网 两张网 一张网 两张皮 两本账 三本账 四张清单 三张清单 两张清单 五张清单 十户长 三类主体 "
    "三道防线 两道防线 一道防线 六道 四面八方 三头六臂 五位一体 六位一体 三位一体 四位一体 七位一体 两位一体 三部曲 四部曲 五部曲 四部委 五部门 三驾".split()
)
"""Names that begin with a Chinese numeral and might be taken for a number with its measure word."""

SLOGANS = tuple(
    "制度 意识 自信 维护 确立 坚持 全面 统一 结合 到位 一批 必须 务必 文明 清单 规定 防线 主线 底线 红线 战线 班子 攻坚战 硬仗 禁令 融合 同步 贯通 离不开 优先 百分百 "
    "百分之百 零 主体责任 围绕 聚焦 导向 服务年 必 “ ‘ 《".split()
)
"""What stands behind a small Chinese number and its measure word where the whole is a slogan: 三项制度, 四个意识."""

ABSTRACT = tuple(
    "强化 提升 深化 推进 着力 注重 创新 优化 转变 转向 环节 方面 层面 维度 阶段 关键 重点 突出 联动 闭环 体系 机制 原则 纪律 率先 确保 严禁 严格 更 最 统筹 关系 优势 "
    "根本 能力 责任 职责 体制 带头 主动 工作法 动作 过硬 规范化 现代化 常态化 法治化 行动 工程 模式 抓手 字诀 清零 工作 内容 特点 要求 意义 目标".split()
)
"""What cannot be counted out: behind a small Chinese number it makes a slogan or a summary, even after a verb."""

ARABIC_SLOGANS = tuple("意识 自信 维护 确立 全面 一批 务必 必由之路 伟大 到位 统一 结合".split())
"""The same behind an Arabic number of at most ten."""

CONCRETE = re.compile(
    "部门|单位|乡镇|街镇|镇街|街道|社区|行政村|机关|小组|工作组|中心|平台|窗口|工作站|服务站|派出所|司法所|案件|项目|事项|企业|公司|系统|场所|基地|法庭|法院|协会|地市|小区|网格|学校"
    "|文件|预案|专班|人员|名额|品牌|栏目|专栏|账号|公众号|专题片|隐患|问题|指标|标准|条例|课题|行业|展馆|广场|公园|长廊|支部|党组织|班次|点位|片区|规章|意见书|建议书|方案|目录|议题|法规"
    "|办件|执法主体|机构|园区|经验|案例|课程|线索|团队|荣誉|称号|证照|证明|材料|职权|奖项|国家级|省级|市级|措施|任务|队伍|地区|国家|省份|市场|科室|岗位|示范|专利|活动|服务点|规范"
)
"""Nouns that are counted: a small Chinese number with 个, 项, 条 or 种 in front of one is a figure."""

COUNTING_VERBS = frozenset(
    "出台 制定 推出 提出 新增 完成 建成 办理 受理 召开 开展 举办 组织 发放 发现 整改 审查 清理 废止 修订 修改 制发 评查 查处 立案 移送 培训 聘请 配备 设立 成立 建立 新建 "
    "打造 发布 印发 收到 收集 审结 办结 调解 化解 答复 公开 公布 公示 备案 取消 下放 承接 调整 设置 建设 接受 接待 解答 提供 编制 梳理 归集 推送 引进 选派 选聘 命名 评选 "
    "表彰 荣获 获得 获评 入选 通报 约谈 督办 挂牌 检查 抽查 巡查 排查 处置 处理 罚款 挽回 减免 压缩 缩短 减少 增加 精简 削减 压减 提前 延长 超过 突破 共有 设有 现有 拥有 其中 "
    "分为 累计 共计 合计 总计 达到 达成 先后 分别 各类 各级 全区 全县 全市 全年 集中 专题 听取 研究 审议 通过 参加 参与 旁听 讲授 承办 协办 办好 实施 覆盖 涉及 包括 含有 "
    "对全 依托 联合 指导 监督 纠正 撤销 驳回 维持 确认 结案 败诉 胜诉 应诉 出庭 创建 培育 选树 推广 形成 总结 邀请 任命 招录 招聘 录用 调配 增设 增配 细化 明确 落实".split()
)
"""Verbs (and words of sum) directly in front of a number that is counted."""

ABSTRACT_UNITS = frozenset("个 项 条 种 类 张 道 面 节 块 层 步 位 点 头 口 门 字 段 集 样 款 线 把 根 片 首 笔 单 堂 本 方面".split())
"""Measure words that slogans are made with: behind a small Chinese number they count only what can be counted."""

FURNITURE_LABELS = (
    "浏览次数 浏览量 浏览 点击次数 点击量 点击数 点击率 点击 阅读次数 阅读量 阅读数 阅读 访问次数 访问量 访问 发布日期 发布时间 发文日期 发文时间 成文日期 成文时间 生成日期 "
    "生成时间 更新日期 更新时间 公开日期 公开时间 印发日期 创建时间 日期 时间 索引号 信息索引 字号 字体 邮编 邮政编码 电话 联系电话 咨询电话 传真 标识码 网站标识码 备案号 "
    "主题分类 编号 序号 人气 热度 次数 有效期 身份证号 信用代码 QQ 微信号 邮箱"
).split()
"""What stands in front of a colon and a number that a web page, not the report, says."""
