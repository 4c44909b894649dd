"""Saved pages of invented government portals: the same report inside what many kinds of sites put around it.

Each layout gets the title and the paragraphs of a report and gives a page.
"""

# ruff: noqa: E501 - lines of pages are as long as those who make pages leave them

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from desktop.registry import Registry

Layout = Callable[[str, Sequence[str]], str]
layout: Registry[Layout] = Registry()

NAV = "".join(
    f'<li><a href="/c{k}/">{name}</a></li>'
    for k, name in enumerate(
        ["首页", "走进梧澜", "政务动态", "政务公开", "政务服务", "互动交流", "专题专栏", "数据发布"]
    )
)
LINKS = "".join(f'<a href="#{k}">{name}县人民政府</a>' for k, name in enumerate(["青溪", "岚河", "石渠", "白塔"]))
FOOTER = (
    "<p>版权所有：梧澜县人民政府 主办：梧澜县人民政府办公室 电话：0990-6222018</p>"
    "<p>备案号：临ICP备19002018号-1 公网安备41990002000123号 网站标识码：4199000018</p>"
)


def spans(text: str) -> str:
    """Return a text in spans of fonts, as an editor leaves what was pasted from a word processor."""
    pieces = [text[at : at + 9] for at in range(0, len(text), 9)]
    return "".join(
        f'<span style="font-family:仿宋_GB2312;font-size:21px"><span lang="EN-US">{html.escape(piece)}</span></span>'
        for piece in pieces
    )


def ps(paragraphs: Sequence[str], attributes: str = "", indent: str = "") -> str:
    """Return paragraphs as elements."""
    return "\n".join(f"<p{attributes}>{indent}{html.escape(each)}</p>" for each in paragraphs)


@layout("trs")
def trs(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_法治政府_梧澜县人民政府</title>
<meta name="SiteName" content="梧澜县人民政府"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2024-01-22 16:08"><script>var hits=3456;</script></head><body>
<div class="header"><div class="logo">梧澜县人民政府</div><ul class="nav">{NAV}</ul></div>
<div class="BreadcrumbNav">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 法治政府</div>
<div class="article"><h1>{title}</h1>
<div class="pages-date">2024-01-22 16:08&nbsp;&nbsp;<span>来源：梧澜县司法局</span> <span>浏览次数：<em id="hits">3456</em></span>
<span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span><span class="print">打印</span></div>
<div class="pages_content" id="UCAP-CONTENT"><div class="view TRS_UEDITOR trs_paper_default">
{ps(paragraphs, ' style="text-indent: 2em; text-align: justify;"')}</div></div>
<div class="editor">责任编辑：张三</div><div class="share">分享到：<a>微信</a><a>微博</a></div></div>
<div class="footer">{FOOTER}</div></body></html>"""


@layout("nested tables")
def nested_tables(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>梧澜县政府网-{title}</title></head><body><center>
<table width="1000"><tr><td><img src="top.jpg"></td></tr><tr><td><table><tr><td><a href="/">首页</a></td>
<td><a href="/1">梧澜概况</a></td><td><a href="/2">政府信息公开</a></td></tr></table></td></tr></table>
<table width="1000"><tr><td width="200" valign="top"><table>
<tr><td><a href="/a">机构职能</a></td></tr><tr><td><a href="/b">规划计划</a></td></tr><tr><td><a href="/c">财政信息</a></td></tr>
</table></td><td><table width="100%"><tr><td align="center"><b>{title}</b></td></tr>
<tr><td align="center">发布时间：2024-01-22 作者：办公室 点击：1283次</td></tr>
<tr><td class="zw"><br>{"<br><br>".join("　　" + html.escape(each) for each in paragraphs)}<br></td></tr>
<tr><td align="right">【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</td></tr></table>
</td></tr></table><table><tr><td>版权所有 梧澜县人民政府　地址：梧澜县澜江路18号　邮编：419900</td></tr></table>
</center></body></html>"""


@layout("span soup")
def span_soup(title: str, paragraphs: Sequence[str]) -> str:
    inside = "".join(f'<p class="MsoNormal"><o:p></o:p>{spans(each)}<o:p></o:p></p>' for each in paragraphs)
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>{title}</title></head><body>
<div id="top"><div class="weather">今天是2024年3月5日 星期二 晴 12℃</div><ul>{NAV}</ul></div>
<div class="wz">您现在的位置：<a href="/">网站首页</a>&gt;&gt;<a href="/x">信息公开</a>&gt;&gt;正文</div>
<div class="main"><div class="title">{title}</div><div class="info">信息来源：县政府办　发布日期：2024-01-22　阅读：[ 872 ]</div>
<div id="zoom">{inside}</div><p align="right">审核：李四　编辑：王五</p></div>
<div class="link">友情链接：{LINKS}</div><div id="bottom">{FOOTER}</div></body></html>"""


@layout("nbsp paragraphs")
def nbsp_paragraphs(title: str, paragraphs: Sequence[str]) -> str:
    inside = "<p>&nbsp;</p>".join(f"<p>&nbsp;&nbsp;&nbsp; {html.escape(each)}</p>" for each in paragraphs)
    return f"""<html><head><title>{title} - 梧澜县人民政府网站</title></head><body class="page">
<div class="nav"><a href="/">首页</a>|<a href="/1">公开</a>|<a href="/2">服务</a></div>
<h2 style="text-align:center">{title}</h2><div class="time">时间：2024-01-22 09:30:00 浏览量：<script>hit(1);</script>2,048</div>
<div class="content">{inside}</div>
<div class="page-turn">上一篇：<a href="/10">梧澜县2022年政府信息公开年报</a><br>下一篇：<a href="/12">关于3项收费的公告</a></div>
<div class="copy">{FOOTER}</div></body></html>"""


@layout("all in one paragraph")
def all_in_one_paragraph(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>{title}</title></head><body><div id="wrap"><div id="menu">{NAV}</div>
<div id="c"><h1>{title}</h1><p class="txt">{"<br/>".join(map(html.escape, paragraphs[:-2]))}</p>
<p style="text-align:right">{html.escape(paragraphs[-2])}</p><p style="text-align:right">{html.escape(paragraphs[-1])}</p>
<div class="bdsharebuttonbox"><a>分享到：</a><a>QQ空间</a><a>新浪微博</a></div></div>
<div id="right"><h3>相关阅读</h3><ul><li><a href="/1">我县新增5家企业</a></li><li><a href="/2">我县召开2次会议</a></li></ul></div>
</div></body></html>"""


@layout("label table")
def label_table(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><meta name="ArticleTitle" content="{title}"><title>{title}_政府信息公开</title></head><body>
<div class="location">首页 &gt; 政府信息公开 &gt; 法定主动公开内容</div>
<table class="xxgk"><tr><td>索引号：</td><td>004199/2024-00012</td><td>主题分类：</td><td>司法</td></tr>
<tr><td>发布机构：</td><td>梧澜县人民政府</td><td>发文日期：</td><td>2024年01月22日</td></tr>
<tr><td>名　　称：</td><td colspan="3">{title}</td></tr><tr><td>文　　号：</td><td>梧政〔2024〕5号</td><td>有效性：</td><td>有效</td></tr>
</table><div class="xxgk-content">{ps(paragraphs)}</div>
<div class="tools"><a>打印本页</a><a>关闭窗口</a></div><div class="foot">{FOOTER}<a href="/1">网站地图</a><a href="/2">联系我们</a></div>
</body></html>"""


@layout("flat body")
def flat_body(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>{title}</title><script src="a.js"></script></head><body>
<a href="/">首页</a> <a href="/1">政务公开</a> <a href="/2">网上办事</a> <a href="/3">公众参与</a>
<h3 align="center">{title}</h3><font size="2">作者：佚名 文章来源：本站原创 点击数：<script>document.write(77)</script>77 更新时间：2024-1-22</font><hr>
{"".join(f"<p>　　{html.escape(each)}" for each in paragraphs)}<hr>
<p>文章录入：admin　责任编辑：admin</p><p>上一篇文章：<a href="/9">没有了</a></p><p>{FOOTER}</p></body></html>"""


@layout("attachments")
def attachments(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>{title}</title></head><body><div class="nav"><ul>{NAV}</ul></div>
<div class="con"><div class="con-title">{title}</div><div class="TRS_Editor"><style>.x{{color:red}}</style>
{ps(paragraphs, ' align="justify"', "　　")}</div>
<div class="qrcode"><img src="q.png"><p>扫一扫在手机打开当前页</p></div></div>
<div class="related"><h4>相关解读</h4><ul><li><a href="/j1">一图读懂：2023年法治政府建设，办结复议999件</a></li></ul></div></body></html>"""


@layout("hidden parts")
def hidden_parts(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>{title}</title></head><body><div style="display:none">本月访问88888人次，共收到来信777件。</div>
<div hidden>旧版正文：受理12345件，办结54321件。</div><div id="js_article"><h1 id="activity-name">{title}</h1>
<div id="meta_content"><span>原创</span> <span>梧澜发布</span> <em>2024-01-22 18:00</em></div>
<div id="js_content" style="visibility: hidden; opacity: 0;">{"".join(f"<section><p><span>{html.escape(each)}</span></p></section>" for each in paragraphs)}</div>
<div class="tool_area">阅读 5023</div></div><script>var a="收到999件。";</script></body></html>"""


@layout("buttons of text")
def buttons_of_text(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>{title}</title></head><body><div id="header"><div>梧澜县人民政府门户网站</div>
<div>无障碍阅读 | 长者模式 | 登录 | 注册</div></div><div class="bt">{title}</div>
<div class="bz">字号：[ 大 中 小 ]　打印　收藏　关闭</div><div class="bz">发布时间：2024-01-22　访问量：4,321次</div>
<div class="nr">{"".join(f"<div>{html.escape(each)}</div>" for each in paragraphs)}</div>
<div class="bz">【打印本页】【关闭窗口】</div><div class="bz">分享到：微信 新浪微博 QQ空间</div>
<div class="dy">下一篇：没有了</div><div class="end">主办单位：梧澜县人民政府　承办单位：县政务服务和大数据局　技术支持：澜江科技</div>
</body></html>"""


@layout("aspx form")
def aspx_form(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><body><form id="form1" action="x.aspx"><input type="hidden" name="__VIEWSTATE" value="dDwtMTIzNDU2">
<div id="Head"><a href="/">设为首页</a><a href="/f">加入收藏</a><select><option>2023年</option><option>2022年</option></select></div>
<div id="ctl00_main"><span id="lblTitle">{title}</span><br><span id="lblDate">2024-01-22</span>&nbsp;浏览：<span>965</span>次
<div id="lblContent">{"".join(f"<div>　　{spans(each)}</div><div>&nbsp;</div>" for each in paragraphs)}</div></div>
<div id="Foot"><a href="/1">关于我们</a><a href="/2">网站声明</a><p>您是第1286541位访客</p></div></form></body></html>"""


@layout("font tags")
def font_tags(title: str, paragraphs: Sequence[str]) -> str:
    inside = "".join(f"<p><font face='仿宋'><font size=4>&emsp;&emsp;{html.escape(each)}</font>" for each in paragraphs)
    return f"""<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY><TABLE><TR><TD><MARQUEE>欢迎访问梧澜县人民政府网站！</MARQUEE></TD></TR>
<TR><TD><A HREF="/">首页</A> → <A HREF="/x">法治政府</A> → 正文</TD></TR><TR><TD ALIGN=center><STRONG>{title}</STRONG></TD></TR>
<TR><TD>{inside}</TD></TR><TR><TD><P ALIGN=right>[关闭窗口]</P></TD></TR></TABLE></BODY></HTML>"""


@layout("rows of a table")
def rows_of_a_table(title: str, paragraphs: Sequence[str]) -> str:
    rows = "".join(f"<tr><td>　　{html.escape(each)}</td></tr>" for each in paragraphs)
    return f"""<html><head><title>{title}-梧澜县人民政府门户网站</title></head><body><table class="daohang"><tr><td>
<a href="/">首页</a></td><td><a href="/1">新闻中心</a></td><td><a href="/2">公众参与</a></td></tr></table>
<table><tbody><tr><th>{title}</th></tr><tr><td>日期：2024-01-22　来源：县司法局　【字体：大 中 小】　阅读次数：61</td></tr>{rows}
<tr><td align="right"><a href="#">【返回顶部】</a> <a href="#">【打印】</a></td></tr></tbody></table>
<table class="banquan"><tr><td>{FOOTER}</td></tr></table></body></html>"""


@layout("beside other prose")
def beside_other_prose(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>{title}</title></head><body><div class="left"><h3>领导之窗</h3>
<p>县长主持县政府全面工作，分管审计、财政工作。</p><ul><li><a href="/1">副县长</a></li><li><a href="/2">县政府办</a></li></ul></div>
<div class="right"><div class="head"><h2>{title}</h2></div><div class="body">{ps(paragraphs)}</div></div>
<div class="foot"><p>本网站由梧澜县人民政府主办，累计访问3,219,004人次。</p><a href="/3">网站地图</a> <a href="/4">隐私声明</a></div>
</body></html>"""


@layout("unclosed")
def unclosed(title: str, paragraphs: Sequence[str]) -> str:
    inside = "".join(f"<div><b><font color=black><p>{html.escape(each)}" for each in paragraphs)
    return f"""<title>{title}</title><body><div class=nav><a href=/>首页<a href=/1>政务公开<a href=/2>专题</div>
<div class=article><h1>{title}</h1><div class=text>{inside}"""


@layout("title in the head only")
def title_in_the_head_only(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><head><title>{title} | 梧澜县人民政府</title></head><body><ul class="top-nav">{NAV}</ul>
<img src="title.png" alt="{title}"><div class="neirong">{ps(paragraphs)}</div><ul class="list">{NAV}</ul></body></html>"""


@layout("preformatted")
def preformatted(title: str, paragraphs: Sequence[str]) -> str:
    inside = "\n".join("　　" + html.escape(each) for each in paragraphs)
    return f"""<html><head><title>{title}</title></head><body><div><a href="/">首页</a> / <a href="/1">公告</a></div>
<h4>{title}</h4><pre>
{inside}
</pre><input type="button" value="打印"><button>关闭</button></body></html>"""


@layout("in pieces")
def in_pieces(title: str, paragraphs: Sequence[str]) -> str:
    third = len(paragraphs) // 3
    pieces = (paragraphs[:third], paragraphs[third : 2 * third], paragraphs[2 * third :])
    inside = "<div class='ad'><a href='/ad'>点击办理</a></div>".join(
        f"<div class='part'>{ps(each)}</div>" for each in pieces
    )
    return f"""<html><head><meta name="articletitle" content="{title}"><title>政务公开</title></head><body>
<header><nav>{NAV}</nav></header><main><article><header><h1>{title}</h1><time>2024-01-22</time></header>{inside}</article>
<aside><h2>热点推荐</h2><a href="/1">12345热线办理333件</a></aside></main><footer>{FOOTER}</footer></body></html>"""
