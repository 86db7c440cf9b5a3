"""A desk with accounts in the browser: signing in, inviting, roles, and what a link may not do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.web.conftest import axe, press, shot

pytestmark = pytest.mark.xdist_group("web-en")
ROOT = Path(__file__).parents[3]
NAME, PASSWORD = "سميرة", "a long enough one"


@pytest.fixture(scope="module")
def desk(chromium: str, demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk with one admin, on a copy of the invented archive; its address."""
    folder = tmp_path_factory.mktemp("accounts")
    path = folder / "small.isnad"
    isnad = [sys.executable, "-m", "isnad"]
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "XDG_DATA_HOME": str(folder)}
    shutil.copy(demo, path)
    subprocess.run(
        [*isnad, "desk", "--archive", str(path), "--add-admin", NAME],
        input=f"{PASSWORD}\n".encode(), env=env, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    said = folder / "log"
    with said.open("wb") as log:
        server = subprocess.Popen(
            [*isnad, "desk", "--archive", str(path), "--accounts", "--no-browser"],
            stdout=log, stderr=subprocess.STDOUT, env=env,
        )  # fmt: skip
    try:
        for _ in range(600):
            if found := re.search(r"http://\S+", said.read_text("utf-8")):
                yield found[0].rstrip("/")
                return
            assert server.poll() is None, said.read_text("utf-8")
            time.sleep(0.1)
        raise AssertionError(said.read_text("utf-8"))
    finally:
        server.terminate()
        server.wait(20)


def fresh(browser: Browser, address: str, lang: str) -> Page:
    context = browser.new_context(locale="ar" if lang == "ar" else "en-GB", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(address)
    return page


def sign_in(page: Page, name: str, password: str) -> None:
    page.locator("input[autocomplete=username]").fill(name)
    page.locator("input[type=password]").fill(password)
    page.locator("main button.primary").click()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_from_invitation_to_reading(browser: Browser, desk: str, lang: str) -> None:
    lead = fresh(browser, f"{desk}/incidents?type=shelling", lang)
    lead.wait_for_url(re.compile("/login"))
    assert axe(lead) == []
    shot(lead, f"login-{lang}")
    sign_in(lead, NAME, "not the password")
    expect(lead.locator("main [role=alert]")).to_be_visible()
    sign_in(lead, NAME, PASSWORD)
    lead.wait_for_url(re.compile(r"/incidents\?type=shelling"))  # where the reader meant to go
    lead.goto(f"{desk}/admin")
    lead.locator("form select").select_option("viewer")
    lead.locator("form button.primary").click()
    link = lead.locator(".notice .link").inner_text()
    assert link.startswith(f"{desk}/invite/")
    shot(lead, f"admin-accounts-{lang}")
    assert axe(lead) == []
    # the invited one, in a browser of their own
    guest = fresh(browser, link, lang)
    guest.locator("input[autocomplete=username]").fill(f"<i>guest</i> {lang}")
    for field in guest.locator("input[type=password]").all():
        field.fill("another long one")
    assert axe(guest) == []
    shot(guest, f"invite-{lang}")
    guest.locator("main button.primary").click()
    guest.locator(".list [data-incident]").first.wait_for()
    expect(guest.locator("header")).to_contain_text(f"<i>guest</i> {lang}")
    # a viewer reads and decides nothing; what is not theirs is not shown, and refused if asked
    assert guest.locator("a[href='/admin']").count() == 0
    head = guest.locator(".list .head").first.get_attribute("href")
    guest.goto(desk + (head or ""))
    guest.locator("#tellings").wait_for()
    assert guest.locator(".side td button").count() == 0
    guest.goto(f"{desk}/account")
    guest.locator("main .spread button").first.click()
    guest.wait_for_url(re.compile("/login"))
    guest.goto(f"{desk}/incidents")
    guest.wait_for_url(re.compile("/login"))
    # the link worked once
    again = fresh(browser, link, lang)
    expect(again.locator("main [role=alert]")).to_be_visible()
    for page in (lead, guest, again):
        page.context.close()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_second_coder_is_blind_and_a_lead_settles(browser: Browser, desk: str, lang: str) -> None:
    lead = fresh(browser, desk, lang)
    lead.wait_for_url(re.compile("/login"))
    sign_in(lead, NAME, PASSWORD)
    lead.locator(".list").wait_for()
    link = lead.evaluate(
        '() => fetch(\'/api/v1/invitations\', { method: \'POST\', body: \'{"role":"coder","note":""}\','
        " headers: { 'Content-Type': 'application/json' } }).then(r => r.json()).then(j => j.link)"
    )
    coder = fresh(browser, desk + link, lang)
    coder.locator("input[autocomplete=username]").fill(f"عمر {lang}")
    for field in coder.locator("input[type=password]").all():
        field.fill("another long one")
    coder.locator("main button.primary").click()
    coder.locator(".list").wait_for()
    # the first decides …
    lead.goto(f"{desk}/review")
    claim = claim_of(lead)
    press(lead, "KeyA", "ش")
    lead.wait_for_function(
        "c => document.querySelector('[data-claim]')?.dataset.claim !== c", arg=claim
    )
    # … the second is shown the claim as it was coded, and nothing of that
    coder.goto(f"{desk}/review/second")
    assert claim_of(coder) == claim
    told = coder.locator("main").inner_text()
    assert NAME not in told
    assert coder.locator("[data-claim] .tag.good").count() == 0
    assert axe(coder) == []
    shot(coder, f"second-coder-{lang}")
    press(coder, "KeyR", "ق")
    coder.locator("[data-claim] .tag.good, main > .page > p.card").first.wait_for()
    # a lead sees both beside each other and chooses
    lead.goto(f"{desk}/review/adjudicate")
    pair = lead.locator(f"[data-pair='{claim}']")
    pair.locator("input[type=radio]").nth(1).check()
    shot(lead, f"adjudication-{lang}")
    assert axe(lead) == []
    pair.locator("button.primary").click()
    pair.wait_for(state="detached")
    lead.goto(f"{desk}/review/agreement")
    expect(lead.locator("main tbody tr").first).to_be_visible()
    shot(lead, f"agreement-{lang}")
    for page in (lead, coder):
        page.context.close()


def claim_of(page: Page) -> str:
    found = page.locator("[data-claim]")
    found.wait_for()
    return found.get_attribute("data-claim") or ""


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_sends_nobody_elsewhere(browser: Browser, desk: str, onward: str) -> None:
    page = fresh(browser, desk, "en")
    page.wait_for_url(re.compile("/login"))
    page.goto(f"{desk}/login?next={onward}")
    sign_in(page, NAME, PASSWORD)
    page.locator(".list").wait_for()
    assert page.url.startswith(f"{desk}/")
    page.context.close()


def test_no_other_site_may_frame_it(browser: Browser, desk: str) -> None:
    page = browser.new_page()
    page.set_content(f"<iframe src='{desk}/login'></iframe>")
    page.wait_for_timeout(500)
    assert page.frames[1].url.startswith("chrome-error:") or not page.frames[1].url.startswith(desk)
    page.close()
