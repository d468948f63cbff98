"""Words that count members of a series, titles that fit any text, and names of language folders."""

from __future__ import annotations

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "januar februar märz mai juni juli oktober dezember "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro "
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "one two three four five six seven eight nine ten eleven twelve st nd rd th "
    "первая вторая третья четвёртая четвертая пятая первый второй третий четвёртый четвертый пятый "
    "spring summer autumn fall winter"
)
_RELEASES = (
    "released release releases prerelease pre alpha beta rc preview candidate final stable nightly canary "
    "dev lts patch hotfix update"
)
PERIODS = frozenset(f"{_MONTHS} {_DAYS} spring summer autumn fall winter".casefold().split())
COUNTERS = frozenset(f"{_MONTHS} {_DAYS} {_ORDINALS} {_RELEASES}".casefold().split())


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in text.split(","))


GENERIC = _names("""
faq, faqs, frequently asked questions, overview, introduction, intro, getting started, quick start,
quickstart, installation, install, setup, usage, examples, example, reference, api reference,
configuration, config, changelog, change log, release notes, releases, news, about, about us, about me,
home, homepage, index, readme, contact, contact us, contributing, license, licence, privacy,
privacy policy, terms, terms of service, terms of use, imprint, untitled, new post, hello world, test,
draft, todo, page, post, blog, archive, archives, 404, not found, page not found, redirect,
redirecting, guide, guides, tutorial, tutorials, documentation, docs, help, support, troubleshooting,
basics, summary, conclusion, links, resources, notes, weekly digest, daily digest, monthly digest,
digest, newsletter, weekly newsletter, weekly update, monthly update, status update, weekly links,
links of the week, meeting notes, meeting minutes, announcement, announcements, update, updates,
welcome, next steps, prerequisites, requirements, глава, введение, обзор, установка, настройка,
быстрый старт, начало работы, часто задаваемые вопросы, вопросы и ответы, новости, о нас, о проекте,
контакты, главная, примеры, справка, дайджест, еженедельный дайджест, дайджест недели, итоги недели,
简介, 介绍, 概述, 概览, 快速开始, 快速入门, 入门, 入门指南, 开始使用, 安装, 配置, 常见问题, 关于,
关于我们, 更新日志, 每周周刊, 周刊, 周报, 新闻, 首页, 示例, 教程, 指南, はじめに, 概要, インストール,
設定, 使い方, よくある質問, クイックスタート, 入門, 変更履歴, リリースノート, お知らせ, ホーム, 例,
週刊ダイジェスト, ニュース, 소개, 개요, 시작하기, 설치, 설정, 자주 묻는 질문, einführung, übersicht,
erste schritte, einleitung, häufige fragen, introducción, primeros pasos, preguntas frecuentes,
introduction générale, démarrage rapide, foire aux questions, premiers pas
""")

# Codes of languages that sites are written in. Two letters alone would take `js/` and `go/` for languages.
LANGUAGES = _names("""
ar, az, be, bg, bn, bs, ca, cs, cy, da, de, el, en, eo, es, et, eu, fa, fi, fil, fr, ga, gl, gu, he, hi,
hr, hu, hy, id, is, it, ja, ka, kk, km, kn, ko, lt, lv, mk, ml, mn, mr, ms, my, nb, ne, nl, nn, no, pa,
pl, pt, ro, ru, sk, sl, sq, sr, sv, sw, ta, te, th, tl, tr, uk, ur, uz, vi, zh
""")
