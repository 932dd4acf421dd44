"""Pages as tests read them."""

from __future__ import annotations

from html.parser import HTMLParser


class Read(HTMLParser):
    """A page, read: its links, identifiers, texts of marks, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.marks: list[str] = []
        self.loaded: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[str] = []
        self._marked = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"]) if "href" in given else None
        if tag in {"script", "img"} or (tag == "link" and given.get("rel") in {"stylesheet", "icon"}):
            self.loaded += [value for value in (given.get("src"), given.get("href")) if value]
        if tag == "script" and "src" not in given and given.get("type") != "application/ld+json":
            self.wrong.append("a script in the page")
        self.wrong += [f"{tag} {key}" for key in given if key == "style" or key.startswith("on")]
        if tag == "style":
            self.wrong.append("a style in the page")
        if tag == "label" and "for" in given:
            self.labels.add(given["for"])
        if tag in {"input", "select", "textarea"} and given.get("type") not in {"hidden", "checkbox"}:
            self.fields.append(given["id"])
        self._marked = tag == "mark"
        if self._marked:
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._marked = self._marked and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self._marked:
            self.marks[-1] += data
