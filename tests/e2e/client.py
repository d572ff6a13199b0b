"""A person in the browser: what they write, choose, press and read in the Playground's personal chat."""

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect

from bot.demo import Playground

# Wide enough for the chats beside the conversation; below about 640 the Playground cuts cards off.
WIDTH, HEIGHT = 1280, 1000
PATIENCE = 20_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_LOCAL = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost)[:/]")
_CARD = ".ac-adaptiveCard"
# The lowest card with the words that stands below so many others. What is marked is the box of its message: it stays
# when an answer replaces the card in it, whereas its place is another once something has come by itself.
_MARK = """([words, above, mark]) => {
    const cards = [...document.querySelectorAll(".ac-adaptiveCard")].slice(above);
    const card = cards.filter(each => each.innerText.includes(words)).at(-1);
    if (!card) return "";
    const message = card.closest(".fai-OutputCard").parentElement.parentElement;
    return message.dataset.story ||= mark;
}"""


def chromium_program() -> str | None:
    """The system's Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_program(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Client:
    """One persona's page. `presses` counts every click on a button or a choice, not the typing or sending."""

    playground: Playground
    page: Page
    presses: int = 0
    marks: int = 0

    async def open(self) -> None:
        """Opens the page in the personal chat; the Playground tells the bot at once that it was installed."""
        await self.page.route("**/*", _only_local)
        await self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        self.page.set_default_timeout(PATIENCE)
        await self.page.goto(self.playground.url)
        await self.page.get_by_role("treeitem", name="Personal Chat").wait_for()

    async def says(self, text: str) -> None:
        box = self.page.locator('[data-lexical-editor="true"]')
        await box.click()
        await self.page.keyboard.insert_text(text)
        await self.page.get_by_role("button", name="Send Message").click()

    async def card(self, words: str, *, below: int = 0) -> "ShownCard":
        """The lowest card with these words, of those that have so many `below` which they stand; waits for it."""
        self.marks += 1
        found = await self.page.wait_for_function(_MARK, arg=[words, below, f"card-{self.marks}"], timeout=PATIENCE)
        return ShownCard(self, self.page.locator(f'[data-story="{await found.json_value()}"] {_CARD}').first)

    async def count_of_cards(self) -> int:
        return await self.page.locator(_CARD).count()

    async def texts(self) -> list[str]:
        """What the cards of the chat say, from the oldest."""
        return await self.page.locator(_CARD).all_inner_texts()

    async def never_unsupported(self) -> None:
        """AssertionError if the page or the Playground's log says that something of ours is not supported."""
        for where, text in (
            ("the page", await self.page.locator("body").inner_text()),
            ("the Playground's log", self.playground.log()),
        ):
            found = [line for line in text.splitlines() if "not supported" in line.lower()]
            assert not found, f"{where} says: {found[0]}"


@dataclass
class ShownCard:
    """A card in the chat, by its message: it stays the same one when an answer replaces what it shows."""

    client: Client
    at: Locator
    # What was written and ticked since the last press, each as what makes it stand there again.
    entered: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    async def text(self) -> str:
        """What is seen of it, without what is folded away."""
        return await self.at.inner_text()

    async def shows(self, words: str) -> None:
        """Waits until it has these words."""
        await expect(self.at).to_contain_text(words, use_inner_text=True, timeout=PATIENCE)

    async def fill(self, label: str, text: str) -> None:
        """Types into the field of this label; a date as 2026-04-20."""
        box = self._field(label)

        async def stands() -> None:
            if await box.input_value() != text:
                await box.fill(text)
                # The client takes a field for written once it is left, and on a busy machine a moment later.
                await box.blur()
                await box.page.wait_for_timeout(250)

        await stands()
        self.entered.append(stands)

    async def value(self, label: str) -> str:
        """What stands in the field of this label."""
        return await self._field(label).input_value()

    async def choose(self, label: str, option: str) -> None:
        """Picks an option of a group of radio buttons or checkboxes, or of a list that opens."""
        group = self._labelled(label)
        single = group.locator("input[role=combobox], select")
        if await single.count():
            await self._press(single)
            await self._press(self.client.page.get_by_role("option", name=option).first)
            return
        line = group.locator("label", has_text=option).first
        await self._press(line)
        tick = line.locator("xpath=..").locator("input")
        if await tick.is_checked():
            self.entered.append(tick.check)

    async def toggle(self, title: str) -> None:
        """Presses a toggle, or a button that only shows or hides something."""
        button = self.at.get_by_role("button", name=title, exact=True)
        await self._press(button if await button.count() else self.at.get_by_label(title))

    async def press(self, title: str) -> None:
        """Presses the button, from behind the three dots if it is there."""
        # The Playground empties a card's fields when a message comes by itself meanwhile; Teams keeps them.
        for stands in self.entered:
            await stands()
        self.entered.clear()
        button = self.at.get_by_role("button", name=title, exact=True)
        # What opens an address is a link.
        button = button.or_(self.at.get_by_role("link", name=title, exact=True))
        dots = self.at.get_by_role("button").filter(has_text="...")
        await button.or_(dots).first.wait_for()
        if not await button.count():
            await self._press(dots.last)
            button = self.client.page.get_by_role("menuitem", name=title).or_(
                self.client.page.get_by_role("button", name=title, exact=True)
            )
        await self._press(button.last)

    async def downloads(self, title: str) -> bytes:
        """The file behind a button that opens an address."""
        page = self.client.page
        await page.evaluate("window.opened = null; window.open = address => { window.opened = String(address); }")
        await self.press(title)
        await page.wait_for_function("window.opened")
        answer = await page.context.request.get(await page.evaluate("window.opened"))
        assert answer.ok, answer.status
        return await answer.body()

    async def buttons(self) -> list[str]:
        return [text.strip() for text in await self.at.get_by_role("button").all_inner_texts() if text.strip()]

    async def _press(self, what: Locator) -> None:
        await what.click()
        self.client.presses += 1

    def _labelled(self, label: str) -> Locator:
        """The nearest box around a label and its input."""
        named = self.at.locator("label.ac-richTextBlock", has_text=label).first
        return named.locator("xpath=..")

    def _field(self, label: str) -> Locator:
        return self._labelled(label).locator("textarea, input").first


async def _only_local(route: Route) -> None:
    if _LOCAL.match(route.request.url):
        await route.continue_()
    else:
        await route.abort()
