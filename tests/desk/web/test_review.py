"""Review in the browser: by keyboard alone, nothing lost when two edit, a second coder who is blind."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.web.conftest import Open, axe, press, settled, shot
from tests.desk.web.test_overview import LANGS
from tests.desk.web.test_report import unharmed

Call = Callable[..., Any]


@pytest.fixture(scope="session")
def call(entrance: str) -> Call:
    """The API as another program uses it, beside the browser."""
    base, token = entrance.split("/enter?token=")

    def do(method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{base}/api/v1{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read().decode()}") from error

    return do


def claim_of(page: Page) -> str:
    return page.locator("[data-claim]").get_attribute("data-claim") or ""


def decisions(call: Call, claim: str) -> list[dict[str, Any]]:
    return call("GET", f"/decisions?claim={claim}")["items"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("lang", LANGS)
def test_decide_by_keyboard_under_an_arabic_layout(visit: Open, call: Call, lang: str) -> None:
    page = visit("/review", lang)
    settled(page)
    shot(page, f"review-queue-{lang}")
    for code, letter, kind in (
        ("KeyA", "ش", "accept"),
        ("KeyR", "ق", "reject"),
        ("KeyU", "ع", "unsure"),
    ):
        claim = claim_of(page)
        press(page, code, letter)
        page.wait_for_function(
            "c => document.querySelector('[data-claim]').dataset.claim !== c", arg=claim
        )
        (made,) = [d for d in decisions(call, claim) if d["stands"]]
        assert made["kind"] == kind
        last = claim
    # the least certain stood first; undo takes the last one back and returns to it
    press(page, "KeyZ", "ئ")
    expect(page.locator(f"[data-claim='{last}']")).to_have_count(1)
    assert not [d for d in decisions(call, last) if d["stands"] and d["kind"] != "undo"]
    press(page, "KeyN", "ى")
    page.wait_for_function(
        "c => document.querySelector('[data-claim]').dataset.claim !== c", arg=last
    )
    assert decisions(call, claim_of(page)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_fix_by_words_picked_in_the_text(visit: Open, call: Call, lang: str) -> None:
    page = visit("/review?outcome=killed", lang)
    settled(page)
    claim = claim_of(page)
    before = [d["id"] for d in decisions(call, claim)]  # of the other language, on one desk
    press(page, "KeyF", "ب")
    page.locator("dialog [data-slot=targets]").click()
    expect(page.locator("dialog .report-text")).to_be_visible()
    shot(page, f"fix-{lang}")
    assert axe(page) == []
    # select the first word of the text with the pointer, as a person does
    words = page.evaluate(
        "() => { const box = document.querySelector('dialog .report-text');"
        " const node = document.createTreeWalker(box, NodeFilter.SHOW_TEXT).nextNode();"
        " const range = document.createRange(); range.setStart(node, 0);"
        " const end = node.data.trimEnd().search(/\\s/);"
        " range.setEnd(node, end < 0 ? node.data.trimEnd().length : end);"
        " const s = getSelection(); s.removeAllRanges(); s.addRange(range);"
        " box.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));"
        " return range.toString(); }"
    )
    expect(page.locator("dialog q").first).to_have_text(words)
    # and an actor by searching, in any script
    page.locator("dialog input[role=combobox]").fill("Syrian Democratic")
    page.locator("dialog [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    (made,) = [d for d in decisions(call, claim) if d["id"] not in before]
    assert (made["kind"], made["slot"]) == ("fix", "targets")
    assert made["value"][0]["as_written"] == words
    assert made["value"][0]["actor"] == "syr-sdf"
    press(page, "KeyZ", "ئ")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("lang", LANGS)
def test_same_and_different_incident(visit: Open, call: Call, lang: str) -> None:
    page = visit("/review?sort=tellings", lang)
    settled(page)
    for _ in range(25):
        if page.locator(".cand").count():
            break
        press(page, "KeyN")
        page.wait_for_load_state("networkidle")
    else:
        pytest.fail("no claim of the first has a candidate")
    claim = claim_of(page)
    press(page, "KeyD", "ي")
    page.wait_for_function("() => /[.]/.test(document.querySelector('[role=status]').innerText)")
    made = [d for d in decisions(call, claim) if d["stands"]]
    assert [d["kind"] for d in made] == ["different"]
    press(page, "KeyZ", "ئ")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("lang", LANGS)
def test_two_edit_and_nothing_is_lost(visit: Open, call: Call, lang: str) -> None:
    page = visit("/review", lang, allow=("status of 409",))
    settled(page)
    claim = claim_of(page)
    mine = call("GET", "/review/queue?limit=200")["items"]
    version = next(i["claim"]["version"] for i in mine if i["claim"]["id"] == claim)
    call(
        "POST", "/decisions",
        {"kind": "unsure", "claims": [claim], "why": "<img src=x onerror=alert(1)>", "seen": {claim: version}},
    )  # fmt: skip
    press(page, "KeyA", "ش")
    expect(page.locator("dialog")).to_contain_text("<img src=x onerror=alert(1)>")
    shot(page, f"merge-{lang}")
    assert axe(page) == []
    unharmed(page)
    standing = [d["kind"] for d in decisions(call, claim) if d["stands"]]
    assert standing == ["unsure"], "nothing was written yet"
    page.locator("dialog button.primary").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert {d["kind"] for d in decisions(call, claim)} >= {"unsure", "accept"}


@pytest.mark.parametrize("lang", LANGS)
def test_bulk_with_a_preview_and_back(visit: Open, call: Call, lang: str) -> None:
    page = visit("/review/bulk?type=protest", lang)
    settled(page)
    page.locator("main input[required]").fill("تجربة")
    page.locator("main .card.row > button").click()
    page.locator(".sample").first.wait_for()
    shot(page, f"bulk-{lang}")
    page.locator("main button.primary").click()
    done = page.locator(".notice[role=status]")
    done.wait_for()
    states = call("GET", "/review/progress")["states"]
    assert states.get("accepted", 0) >= 1
    done.locator("button").click()
    done.wait_for(state="detached")


@pytest.mark.parametrize("lang", LANGS)
def test_comments_are_text(visit: Open, call: Call, lang: str) -> None:
    first = call("GET", "/incidents?sort=tellings&limit=1")["items"][0]["id"]
    page = visit(f"/incident/{first}", lang)
    box = page.locator("#comments ~ div textarea, [aria-labelledby=comments] textarea").first
    evil = "<script>document.title='owned'</script><img src=x onerror=alert(1)> \u202eمرحبا\u202c"
    box.fill(evil)
    page.locator("[aria-labelledby=comments] button.primary").click()
    comment = page.locator(".comment .text").last
    expect(comment).to_contain_text("<img src=x onerror=alert(1)>")
    expect(comment.locator("[data-control=RLO]")).to_have_count(1)
    unharmed(page)
    page.locator(".comment").last.locator("button").last.click()  # withdraw
    expect(page.locator(".comment").last.locator(".text")).to_have_count(0)


@pytest.mark.parametrize("lang", LANGS)
def test_saved_search_feed_and_snapshot(visit: Open, lang: str) -> None:
    page = visit("/incidents?type=air_strike", lang)
    settled(page)
    page.locator(".bar button", has_text="احفظ" if lang == "ar" else "Save").click()
    page.locator("dialog input[required]").fill("<b>غارات</b>")
    page.locator("dialog button.primary").click()
    page.wait_for_url(re.compile("/searches"))
    saved = page.locator("[data-search]").last
    expect(saved.locator("h2")).to_contain_text("<b>غارات</b>")
    base = page.evaluate("location.origin")
    feed = page.request.get(
        base + (saved.locator("a[href^='/feeds/']").get_attribute("href") or "")
    )
    assert feed.ok
    assert "atom" in feed.headers["content-type"]
    saved.locator("button.danger").click()
    saved.wait_for(state="detached")
    page.goto(base + "/incidents?type=air_strike")
    settled(page)
    page.locator(".bar button", has_text="احفظ" if lang == "ar" else "Save").click()
    page.locator("dialog input[type=radio]").nth(1).check()
    page.locator("dialog input[required]").fill("لقطة")
    page.locator("dialog button.primary").click()
    page.wait_for_url(re.compile("/snapshot/"))
    settled(page)
    stated = page.locator(".facts .code").first.inner_text()
    with page.expect_download() as waiting:
        page.locator("a[download][href$='file.json']").click()
    import hashlib

    assert hashlib.sha256(waiting.value.path().read_bytes()).hexdigest() == stated
    shot(page, f"snapshot-{lang}")
    assert axe(page) == []
