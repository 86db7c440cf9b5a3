"""Twelve families of news sites: a story in, the source of a page out.

Each writes its own markup, as such sites do; all invented, none copied.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from itertools import groupby
from typing import NamedTuple

from tests.gather.pages import furniture as f
from tests.gather.pages.stories import Story


class Family(NamedTuple):
    """A family: its name, outlet, encoding, what states the date, whether it prints the byline."""

    name: str
    outlet: str
    encoding: str
    basis: str
    byline: bool
    make: Callable[[Story, str], str]


def _links(words: tuple[str, ...] | list[str], wrap: str = "li") -> str:
    return "".join(
        f'<{wrap}><a href="/n/{i}">{escape(w)}</a></{wrap}>' for i, w in enumerate(words)
    )


def _body(story: Story, insert: str = "", after: int = 2) -> str:
    """Paragraphs, headings and lists; ``insert`` stands after a paragraph, as boxes do."""
    out, n = [], 0
    for is_item, group in groupby(story.paragraphs, lambda p: p.startswith("- ")):
        if is_item:
            out.append("<ul>" + "".join(f"<li>{escape(p[2:])}</li>" for p in group) + "</ul>")
            continue
        for p in group:
            out.append(
                f"<h2>{escape(p[3:])}</h2>" if p.startswith("## ") else f"<p>{escape(p)}</p>"
            )
            n += 1
            if n == after:
                out.append(insert)
    return "\n".join(out)


def _plain(story: Story) -> list[str]:
    return [p.removeprefix("## ").removeprefix("- ") for p in story.paragraphs]


def _linked(story: Story, outlet: str, **more: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title,
            "datePublished": f"{story.day}T09:30:00+03:00", "dateModified": f"{f.LATE}T08:00:00+03:00",
            "author": {"@type": "Person", "name": story.byline},
            "publisher": {"@type": "Organization", "name": outlet},
            "comment": [{"@type": "Comment", "datePublished": f.LATE}], **more}  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def wordpress(s: Story, outlet: str) -> str:
    comments = "".join(
        f'<li class="comment even thread-even"><article class="comment-body"><footer class="comment-meta"><b class="fn">{n}</b>'
        f'<time datetime="{f.LATE}T10:00:00+00:00">{f.LATE_WORDS}</time></footer><div class="comment-content"><p>{t}</p></div></article></li>'
        for n, t in zip(f.COMMENTS[1::2], f.COMMENTS[2::2], strict=True)
    )
    return f"""<!DOCTYPE html>
<html dir="rtl" lang="ar"><head><meta charset="UTF-8"><title>{s.title} | {outlet}</title>
<link rel="canonical" href="https://mizan.example/{s.slug}/"><meta property="og:title" content="{s.title} | {outlet}">
<meta property="og:site_name" content="{outlet}">{_linked(s, outlet)}
</head><body class="rtl post-template-default single single-post has-sidebar comments-open">
<div class="td-header-menu-wrap"><ul class="menu sf-menu">{_links(f.MENU)}</ul></div>
<div class="td-main-content-wrap"><div class="td-pb-row"><div class="td-pb-span8 td-main-content">
<article id="post-311" class="post-311 post type-post category-news tag-syria"><div class="td-post-header">
<h1 class="entry-title">{s.title}</h1><div class="td-module-meta-info"><div class="td-post-author-name">بقلم <a href="/author/x">{s.byline}</a></div>
<span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{s.day}T09:30:00+03:00">{s.words}</time></span></div></div>
<div class="td-post-sharing"><span>{f.SHARE[0]}</span>{_links(f.SHARE[1:], "span")}</div>
<div class="td-post-content tagdiv-type">{_body(s, f'<p><strong>{f.ALSO.split(":")[0]}:</strong> <a href="/n/9">{f.ALSO.split(": ")[1]}</a></p>')}
<p class="tg"><a href="https://t.me/x">{f.SUBSCRIBE}</a></p></div>
<footer><div class="td-post-source-tags"><ul class="td-tags"><li><span>{f.TAGS[0]}</span></li>{_links(f.TAGS[1:])}</ul></div></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4>{f.RELATED[0]}</h4>{_links(f.RELATED[1:], "h3")}</div>
<div class="comments" id="comments"><h4>{f.COMMENTS[0]}</h4><ol class="comment-list">{comments}</ol><div id="respond"><h3>اترك رد</h3><form><textarea></textarea></form></div></div>
</div><div class="td-pb-span4 td-main-sidebar"><aside class="widget"><h4>{f.MOST_READ[0]}</h4>{_links(f.MOST_READ[1:])}<span>{f.LATE_WORDS}</span></aside>
<aside class="widget"><h4>{f.TOPICS[0]}</h4>{_links(f.TOPICS[1:])}</aside></div></div></div></body></html>"""


def blogger(s: Story, outlet: str) -> str:
    text = "<br />\n<br />\n".join(escape(p) for p in _plain(s))
    comments = "".join(
        f'<li class="comment"><div class="comment-block"><cite class="user">{n}</cite><span class="datetime">{f.LATE_WORDS}</span>'
        f'<p class="comment-content">{t}</p></div></li>'
        for n, t in zip(f.COMMENTS[1::2], f.COMMENTS[2::2], strict=True)
    )
    return f"""<!DOCTYPE html>
<html dir='rtl' xmlns='http://www.w3.org/1999/xhtml' xmlns:b='http://www.google.com/2005/gml/b'><head>
<meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/><meta content='blogger' name='generator'/>
<title>{outlet}: {s.title}</title><meta content='{s.title}' property='og:title'/></head><body class='loading'>
<div class='header-outer'><div class='titlewrapper'><h1 class='title'><a href='https://rasid.example/'>{outlet}</a></h1></div></div>
<div class='tabs-outer'><ul>{_links(f.MENU)}</ul></div>
<div class='main-outer'><div class='columns'><div class='column-center-outer'><div class='main section' id='main'><div class='widget Blog' id='Blog1'>
<div class='blog-posts hfeed'><h2 class='date-header'><span>{s.words}</span></h2><div class='post-outer'><div class='post hentry' itemprop='blogPost'>
<h3 class='post-title entry-title' itemprop='name'>{s.title}</h3>
<div class='post-body entry-content' id='post-body-1' itemprop='description articleBody'><div dir="rtl" style="text-align: right;" trbidi="on">
{text}<br /><div style='clear: both;'></div></div></div>
<div class='post-footer'><span class='post-author vcard'>مرسلة بواسطة <span class='fn'>{s.byline}</span></span>
<abbr class='published' itemprop='datePublished' title='{s.day}T09:30:00+03:00'>9:30 ص</abbr>
<span class='post-labels'>{f.TAGS[0]}: {_links(f.TAGS[1:], "i")}</span><div class='post-share-buttons'>{_links(f.SHARE, "i")}</div></div></div>
<div class='comments' id='comments'><h4>{f.COMMENTS[0]}</h4><ol>{comments}</ol></div></div></div></div></div></div>
<div class='column-right-outer'><div class='widget PopularPosts'><h2>{f.MOST_READ[0]}</h2>{_links(f.MOST_READ[1:])}</div>
<div class='widget Label'><h2>{f.TOPICS[0]}</h2>{_links(f.TOPICS[1:])}</div></div></div></div></body></html>"""


def drupal(s: Story, outlet: str) -> str:
    fields = "".join(
        f'<article class="comment js-comment" typeof="schema:Comment"><span>{n}</span><span property="schema:dateCreated" content="{f.LATE}"></span>'
        f'<div class="field--name-comment-body"><p>{t}</p></div></article>'
        for n, t in zip(f.COMMENTS[1::2], f.COMMENTS[2::2], strict=True)
    )
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl" prefix="schema: http://schema.org/"><head><meta charset="utf-8" /><meta name="Generator" content="Drupal 9" />
<link rel="canonical" href="https://rafid.example/node/77" /><title>{s.title} | {outlet}</title>
<meta property="article:published_time" content="{s.day}T09:30:00+0300" /><meta property="article:modified_time" content="{f.LATE}T09:30:00+0300" /></head>
<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas"><header role="banner"><div class="site-branding"><a href="/" rel="home">{outlet}</a></div></header>
<div class="region region-primary-menu"><nav><ul>{_links(f.MENU)}</ul></nav></div>
<main role="main"><div class="region region-content"><div class="block block-page-title-block"><h1 class="page-title"><span class="field field--name-title">{s.title}</span></h1></div>
<article data-history-node-id="77" class="node node--type-article node--view-mode-full"><div class="node__meta"><span>كتبه <span class="author">{s.byline}</span> في {s.words}</span></div>
<div class="node__content"><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">{_body(s, f'<div class="embedded-entity"><div class="field-label">{f.RELATED[0]}</div>{_links(f.RELATED[1:], "div")}</div>')}</div>
<div class="field field--name-field-tags"><h3 class="field__label">{f.TAGS[0]}</h3><ul>{_links(f.TAGS[1:])}</ul></div></div>
<section class="field field--name-comment comment-wrapper"><h2>{f.COMMENTS[0]}</h2>{fields}</section></article></div></main>
<div class="region region-sidebar-first"><div class="views-element-container"><h2>{f.MOST_READ[0]}</h2><div class="view-content">{_links(f.MOST_READ[1:], "div")}<time datetime="{f.LATE}">{f.LATE_WORDS}</time></div></div>
<h2>{f.TOPICS[0]}</h2>{_links(f.TOPICS[1:], "div")}</div></div></body></html>"""


def tables(s: Story, outlet: str) -> str:
    body = "<br><br>".join(f'<font size="4">{escape(p)}</font>' for p in _plain(s))
    comments = "".join(
        f'<tr><td bgcolor="#eee"><b>{n}</b> <font size="1">{f.LATE_WORDS}</font></td></tr><tr><td>{t}</td></tr>'
        for n, t in zip(f.COMMENTS[1::2], f.COMMENTS[2::2], strict=True)
    )
    return f"""<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{outlet} - {s.title}</title></head>
<body bgcolor="#ffffff"><table width="980" align="center"><tr><td colspan="3"><a href="index.php"><img src="logo.gif" alt="{outlet}"></a></td></tr>
<tr><td colspan="3"><table><tr>{_links(f.MENU, "td")}</tr></table></td></tr>
<tr><td width="180" valign="top"><table><tr><td bgcolor="#900"><b>{f.MOST_READ[0]}</b></td></tr>{"".join(f"<tr><td><a href='n.php?{i}'>{w}</a><br><font size=1>{f.LATE_WORDS}</font></td></tr>" for i, w in enumerate(f.MOST_READ[1:]))}</table>
<table><tr><td><b>{f.TOPICS[0]}</b></td></tr><tr><td>{_links(f.TOPICS[1:], "div")}</td></tr></table></td>
<td valign="top"><table width="100%"><tr><td><font size="5" color="red"><b>{s.title}</b></font></td></tr>
<tr><td><font color="gray">{s.words}</font></td></tr><tr><td><font color="gray">بقلم: {s.byline}</font></td></tr>
<tr><td align="justify">{body}</td></tr><tr><td><a href="print.php">طباعة</a> | <a href="send.php">أرسل إلى صديق</a> | {f.SHARE[0]}</td></tr>
<tr><td><b>{f.RELATED[0]}</b></td></tr><tr><td>{_links(f.RELATED[1:], "div")}</td></tr>
<tr><td><b>{f.COMMENTS[0]}</b></td></tr>{comments}</table></td></tr>
<tr><td colspan="3" align="center"><font size="1">جميع الحقوق محفوظة © {outlet} 2020</font></td></tr></table></body></html>"""


def amp(s: Story, outlet: str) -> str:
    return f"""<!doctype html>
<html ⚡ lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{s.title}</title><link rel="canonical" href="https://ufuq.example/news/{s.slug}">
<style amp-boilerplate>body{{visibility:hidden}}</style>{_linked(s, outlet, publisher={"@type": "NewsMediaOrganization", "name": outlet, "logo": {"@type": "ImageObject"}})}</head>
<body><amp-sidebar id="sb" layout="nodisplay"><ul>{_links(f.MENU)}</ul></amp-sidebar><header class="ampstart-headerbar"><a href="/">{outlet}</a></header>
<main><article><h1 class="headline">{s.title}</h1><p class="article-meta"><span class="by">{s.byline}</span> · <time datetime="{s.day}">{s.words}</time></p>
<amp-img src="/a.jpg" width="600" height="300" alt="صورة"></amp-img><amp-social-share type="twitter"></amp-social-share>
<div class="story-body">{_body(s, f'<amp-ad type="x"><div placeholder>إعلان</div></amp-ad><div class="also-read"><span>اقرأ أيضا</span><a href="/z">{f.ALSO.split(": ")[1]}</a></div>', 1)}</div>
<section class="article-tags"><span>{f.TAGS[0]}</span>{_links(f.TAGS[1:], "span")}</section></article>
<section class="recommended"><h2>{f.RELATED[0]}</h2><amp-list>{_links(f.RELATED[1:], "div")}</amp-list></section>
<section><h2>{f.MOST_READ[0]}</h2>{_links(f.MOST_READ[1:], "p")}</section></main><amp-consent layout="nodisplay"><div>نستخدم ملفات تعريف الارتباط</div></amp-consent>
<footer><p>{f.SUBSCRIBE}</p></footer></body></html>"""


def nextjs(s: Story, outlet: str) -> str:
    data = {"props": {"pageProps": {"article": {"id": 5, "title": s.title, "publishedAt": f"{s.day}T06:30:00Z",
            "body": _body(s, f'<p>{f.ALSO}</p>')}, "mostRead": [{"title": t, "publishedAt": f.LATE} for t in f.MOST_READ[1:]],
            "comments": [{"content": t * 8} for t in f.COMMENTS[2::2]]}}, "page": "/a/[slug]"}  # fmt: skip
    state = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charSet="utf-8"/><title>{s.title} - {outlet}</title>
<meta property="og:site_name" content="{outlet}"/><meta property="og:title" content="{s.title}"/><meta property="og:url" content="https://madar.example/a/{s.slug}"/>
<meta property="article:published_time" content="{s.day}T06:30:00Z"/><meta name="author" content="{s.byline}"/></head>
<body><div id="__next"><div class="css-1x"><div class="css-menu">{_links(f.MENU, "span")}</div><div class="css-skeleton"></div></div></div>
<script id="__NEXT_DATA__" type="application/json">{state}</script><script src="/_next/static/main.js" defer></script></body></html>"""


def old(s: Story, outlet: str) -> str:
    body = "\n<P ALIGN=RIGHT>".join(
        p.replace("\u2067", "").replace("\u2069", "") for p in _plain(s)
    )
    return f"""<HTML DIR=RTL><HEAD><TITLE>{s.title} - {outlet}</TITLE>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256"></HEAD>
<BODY BGCOLOR=#FFFFFF><CENTER><MARQUEE>{f.MOST_READ[2]}</MARQUEE><A HREF="/"><IMG SRC=logo.gif ALT="{outlet}"></A></CENTER><HR>
<TABLE WIDTH=760><TR><TD WIDTH=140 VALIGN=TOP>{"<BR>".join(f"<A HREF=x{i}.htm>{w}</A>" for i, w in enumerate(f.MENU))}<P><B>{f.TOPICS[0]}</B><BR>{"<BR>".join(f"<A HREF=t>{w}</A>" for w in f.TOPICS[1:])}</TD>
<TD VALIGN=TOP><H2>{s.title}</H2><P ALIGN=RIGHT>{s.place} - {s.words} - {body}
<P><FONT SIZE=2>{f.ALSO}</FONT><HR><P><A HREF=print>طباعة</A> <P>عدد القراءات: 1534
<P><B>{f.COMMENTS[0]}</B><P>{f.COMMENTS[1]} ({f.LATE_WORDS})<BR>{f.COMMENTS[2]}<P>{f.COMMENTS[3]}<BR>{f.COMMENTS[4]}</TD></TR></TABLE>
<HR><CENTER>جميع الحقوق محفوظة لموقع {outlet}</CENTER></BODY></HTML>"""


def telegram(s: Story, outlet: str) -> str:
    text = "<br/><br/>".join([f"<b>{s.title}</b>", *(escape(p) for p in _plain(s))])
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Telegram Widget</title><base target="_blank">
<meta property="og:title" content="{outlet}"><meta property="og:site_name" content="Telegram"></head>
<body class="widget_frame_base tgme_widget body_widget_post"><div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="nabd/311">
<div class="tgme_widget_message_user"><a href="https://t.me/nabd"><i class="tgme_widget_message_user_photo"></i></a></div>
<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/nabd"><span dir="auto">{outlet}</span></a></div>
<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>
<div class="tgme_widget_message_footer js-message_footer"><div class="tgme_widget_message_link"><a href="https://t.me/nabd/311">t.me/nabd/311</a></div>
<div class="tgme_widget_message_info"><span class="tgme_widget_message_views">4.1K views</span><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/nabd/311"><time datetime="{s.day}T06:30:00+00:00" class="datetime">6:30</time></a></span></div></div></div></div></body></html>"""


def liveblog(s: Story, outlet: str) -> str:
    posts = "".join(
        f'<div class="live-entry" id="p{i}"><time class="live-time" datetime="{s.day}T1{i}:05:00+03:00">1{i}:05</time><div class="live-text"><p>{escape(p)}</p></div></div>'
        for i, p in enumerate(_plain(s))
    )
    data = {"@context": "https://schema.org", "@graph": [{"@type": "BreadcrumbList", "itemListElement": [{"name": "أخبار"}]},
            {"@type": "LiveBlogPosting", "headline": s.title, "datePublished": f"{s.day}T09:30:00+03:00", "coverageEndTime": f.LATE,
             "publisher": {"name": outlet}, "liveBlogUpdate": [{"@type": "BlogPosting", "datePublished": f.LATE, "articleBody": "…"}]}]}  # fmt: skip
    return f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>تغطية مباشرة: {s.title}</title>
<meta property="og:site_name" content="{outlet}"><script type="application/ld+json">{json.dumps(data)}</script></head>
<body><nav>{_links(f.MENU, "span")}</nav><main class="liveblog"><h1>{s.title}</h1><div class="share-tools">{_links(f.SHARE, "span")}</div>
<div class="live-stream">{posts}</div><button>تحميل المزيد</button>
<section class="rel"><h3>{f.RELATED[0]}</h3><ul>{_links(f.RELATED[1:])}</ul></section></main>
<div class="rail"><h3>{f.MOST_READ[0]}</h3><ol>{_links(f.MOST_READ[1:])}</ol></div></body></html>"""


def agency(s: Story, outlet: str) -> str:
    lines = _plain(s)
    return f"""<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8"><title>{outlet} : {s.title}</title></head><body>
<div id="wrapper"><div id="head"><a href="/"><img src="/l.png" alt="{outlet}"></a><ul>{_links(f.MENU)}</ul></div>
<div id="bulletin"><div class="slug">سياسي/ {s.slug} 0311</div><h2>{s.title}</h2>
<div class="txt"><p>{s.place}، {s.words} ({outlet}) - {escape(lines[0])}</p>{"".join(f"<p>{escape(p)}</p>" for p in lines[1:])}</div>
<div class="icons"><a href="#">طباعة</a> <a href="#">نسخ الرابط</a></div></div>
<div id="others"><h4>آخر الأخبار</h4>{"".join(f'<div><span class="d">{f.LATE_WORDS}</span> <a href="/n">{w}</a></div>' for w in f.RELATED[1:])}<h4>{f.MOST_READ[0]}</h4>{_links(f.MOST_READ[1:], "div")}</div>
<div id="bottom">كل الحقوق محفوظة {outlet}</div></div></body></html>"""


def ngo(s: Story, outlet: str) -> str:
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"/><title>{s.title} | {outlet}</title>
<meta name="dcterms.date" content="{s.day}"/><meta name="dcterms.creator" content="x"/><meta property="og:site_name" content="{outlet}"/></head><body class="page-node-report">
<div class="cookie-banner" role="dialog">نستخدم ملفات تعريف الارتباط لتحسين تجربتك <button>موافق</button></div><header class="global-header"><ul>{_links(f.MENU)}</ul></header>
<div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/r">تقارير</a></div><main id="main-content"><article class="rw-article">
<h1>{s.title}</h1><dl class="rw-entity-meta"><dt>تاريخ النشر</dt><dd>{s.words}</dd><dt>الصيغة</dt><dd><a href="/f">تقرير حالة</a></dd></dl>
<section class="rw-attachment"><ul><li><a href="/x.pdf">تنزيل التقرير (PDF | 1.2 MB)</a></li></ul></section>
<div class="rw-report__content">{_body(s)}</div>
<section class="disclaimer"><h2>إخلاء مسؤولية</h2><p>الآراء الواردة هنا لا تعبر بالضرورة عن رأي المنظمة ولا عن رأي الجهات المانحة لها بأي حال من الأحوال أبدا.</p></section></article>
<section class="related-content"><h2>{f.RELATED[0]}</h2>{_links(f.RELATED[1:], "article")}</section></main>
<footer><div class="newsletter"><h3>النشرة البريدية</h3><p>{f.SUBSCRIBE}</p></div><ul>{_links(f.TOPICS)}</ul></footer></body></html>"""


def unnamed(s: Story, outlet: str) -> str:
    """A site of utility classes: nothing in its markup says what is what."""
    comments = "".join(f'<div class="p-3 border"><div class="text-sm">{n} <time datetime="{f.LATE}">{f.LATE_WORDS}</time></div><div class="mt-2">{t}</div></div>'
                       for n, t in zip(f.COMMENTS[1::2], f.COMMENTS[2::2], strict=True))  # fmt: skip
    return f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{s.title} | {outlet}</title></head>
<body class="bg-white antialiased"><div class="flex"><a class="font-bold" href="/">{outlet}</a>{_links(f.MENU, "span")}</div>
<div class="grid grid-cols-12 gap-4"><div class="col-span-8"><h1 class="text-3xl">{s.title}</h1>
<div class="flex text-xs"><div>بقلم {s.byline}</div><div><time datetime="{s.day}T09:30:00+03:00">{s.words}</time></div></div>
<div class="flex mt-2"><span>{f.SHARE[0]}</span>{_links(f.SHARE[1:], "span")}</div>
<div class="prose">{_body(s, f'<div class="my-4 p-2"><h4>{f.RELATED[0]}</h4>{_links(f.RELATED[1:], "div")}</div>')}</div>
<div class="mt-6">{f.SUBSCRIBE}</div><div class="flex"><span>{f.TAGS[0]}</span>{_links(f.TAGS[1:], "span")}</div>
<div class="mt-8"><h3 class="text-xl">{f.COMMENTS[0]}</h3>{comments}</div></div>
<div class="col-span-4"><h3>{f.MOST_READ[0]}</h3>{_links(f.MOST_READ[1:], "div")}<h3>{f.TOPICS[0]}</h3>{_links(f.TOPICS[1:], "div")}</div></div></body></html>"""


FAMILIES = (
    Family("wordpress", "صحيفة الميزان", "utf-8", "json-ld", True, wordpress),
    Family("blogger", "مدونة الراصد", "utf-8", "meta", True, blogger),
    Family("drupal", "شبكة الرافد الإخبارية", "utf-8", "open-graph", True, drupal),
    Family("tables", "موقع الجزيرة السورية", "utf-8", "stamp", True, tables),
    Family("amp", "أفق نيوز", "utf-8", "json-ld", True, amp),
    Family("nextjs", "مدار اليوم", "utf-8", "open-graph", True, nextjs),
    Family("old", "منتدى الفرات", "windows-1256", "dateline", False, old),
    Family("telegram", "نبض الميدان", "utf-8", "time", False, telegram),
    Family("liveblog", "قناة الشرفة", "utf-8", "json-ld", False, liveblog),
    Family("agency", "وكالة أنباء الوادي", "utf-8", "dateline", False, agency),
    Family("ngo", "مرصد حماية المدنيين", "utf-8", "meta", False, ngo),
    Family("unnamed", "منصة درب", "utf-8", "time", True, unnamed),
)
