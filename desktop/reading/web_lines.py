"""Lines of web pages that no report has: counters, buttons, who edited the page and who runs the site."""

from __future__ import annotations

import re

_LONGEST = 120
_COUNTER = re.compile(
    r"[\[【(（|｜]?\s*(?:浏览|点击|阅读|访问|查看|点阅)\s*(?:次\s*数|量|数|率|人次)?\s*[:：]\s*[\[【(（]?\s*[\d,]*"
    r"\s*(?:人次|次)?\s*[\]】)）]?"
    r"|[\[【(（]?\s*(?:选择)?(?:字[体号]|文字)(?:大小|显示)?\s*[:：]?\s*[\[【(（]?\s*(?:特大|超大|[大中小])"
    r"(?:\s*[/|、,\]】\[【]?\s*(?:特大|超大|默认|[大中小])){0,4}\s*[\]】)）]?"
    r"|[\[【]\s*(?:大|中|小|(?:打印|关闭|收藏|推荐|返回|下载|转发)(?:本页|此页|窗口|页面|顶部|列表)?|(?:我要)?纠错)\s*[\]】]"
    r"|(?:信息|文章|稿件|内容)?(?:来源|作者)\s*[:：]\s*[^\s|｜\d]*"
    r"|(?:视力保护色|保护视力色)\s*[:：]?|(?:一键)?分享(?:到|至)?\s*[:：](?:\s*(?:微信|微博|新浪微博|QQ空间|QQ|朋友圈))*"
)
_EDITED = (
    r"(?:责任编辑|责\s*编|编\s*辑|校\s*对|审\s*核|初审|复审|终审|审核人|录入|录入人|录入员|撰稿|供稿|通讯员|作者"
    r"|值班编辑|文章录入|信息员)"
)
_FURNITURE = re.compile(
    rf"[\[【(（]?\s*{_EDITED}\s*[:：].*"
    r"|(?:信息|文章|稿件|内容)?来\s*源\s*[:：].*"
    r"|(?:您|你)?(?:当前|现在)?(?:所在)?的?位置\s*(?:是|为)?\s*[:：].*|.*首页\s*(?:[>＞»›/→-]+|\s).*|首\s*页"
    r"|(?:打印|关闭|收藏|推荐|返回|刷新|下载|纠错|我要纠错|转发|分享|举报|点赞|朗读|播放|暂停|语音播报|放大|缩小|默认)"
    r"(?:本页|此页|该页|窗口|页面|本文|文章|顶部|首页|列表|上级|上一页|上一级)?"
    r"(?:\s*[|｜/]?\s*(?:打印|关闭|收藏|分享|返回)(?:本页|此页|窗口|页面|顶部|列表)?)*"
    r"|(?:分享|转发|一键分享)(?:到|至).{0,40}|(?:微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|朋友圈|\s|[、|])+"
    r"|扫一扫.{0,30}|(?:微信|手机)?扫码.{0,20}|(?:用|使用|打开)?微信.{0,4}扫.{0,20}"
    r"|(?:上一[篇条页]|下一[篇条页]|前一篇|后一篇)\s*[:：]?.*"
    r"|相关(?:解读|阅读|链接|文章|信息|报道|文件|稿件|新闻|推荐|政策|附件下载)\s*[:：]?|延伸阅读|热点推荐|猜你喜欢|阅读[原全]文"
    r"|(?:版权所有|版权归属|Copyright|©|ICP备|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持\s*[:：]|网站标识码"
    r"|网站(?:地图|声明|帮助|管理|维护|导航)|联系我们|关于我们|隐私声明|政府网站找错|党政机关).{0,100}"
    r"|.{0,40}(?:ICP备\s*\d+|公网安备|网站标识码).{0,60}"
    r"|(?:无障碍|适老化|长者|老年|关怀)(?:阅读|浏览|模式|版|服务|助手)?|长者模式|繁體.{0,2}|繁体.{0,2}|简体.{0,2}|English"
    r"|登录|注册|搜索|请输入.{0,12}|智能问答|智能机器人|移动(?:版|端)|手机版|政务新媒体|政务微博|政务微信"
    r"|今天是.{0,30}|(?:您好[,，]?)?欢迎(?:您|光临|访问).{0,30}"
    r"|[\d:：\-\s年月日]{0,30}星期[一二三四五六日天].{0,20}"
    r"|(?:大|中|小|\s|[|/\[\]【】:：]|字号|字体)+|[|｜>＞»›·\-—_=*\s]+",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    rf"[\[【(（]?\s*(?:{_EDITED}\s*[:：]|扫一扫|上一[篇条]|下一[篇条]|相关(?:解读|阅读|链接|文章|信息|报道|文件|稿件|新闻)"
    r"|版权所有|主办(?:单位)?\s*[:：]|Copyright|分享(?:到|至)|延伸阅读|网站地图)",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:索\s*引\s*号|(?:发布|发文|制发|成文)(?:机构|单位|机关|日期|时间)|公开(?:日期|时间)|(?:公文|发文)?文\s*号"
    r"|(?:发文)?字号|(?:信息|文件|公文)?名\s*称|标\s*题|生成日期|主题(?:词|分类)|有\s*效\s*性)\s*[:：\t]"
)


def is_furniture(line: str) -> bool:
    """Tell a line of a page that says nothing of a report."""
    bare = line.strip()
    return bool(bare) and len(bare) <= _LONGEST and "。" not in bare and _FURNITURE.fullmatch(bare) is not None


def closes(line: str) -> bool:
    """Tell a line, behind the last sentence of a page, after which nothing of the report comes."""
    return _CLOSES.match(line.strip()) is not None


def begins(line: str) -> bool:
    """Tell a line before the title that says of the report what it is: its number, its date, who issued it."""
    return _BEGINS.search(line) is not None


def without_counters(line: str) -> str:
    """Return a line without the counters and buttons that stand among its labels."""
    if len(line) > _LONGEST or "。" in line:
        return line
    bare = _COUNTER.sub("", line)
    return line if bare == line else bare.strip(" \t|｜\xa0")
