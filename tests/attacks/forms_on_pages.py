"""The forms on a page, as a browser would read them: where they go, and what a person may fill in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "email", "url", "tel", "number", "password", "date", "time", "datetime-local"}


@dataclass
class Form:
    """One form: its address, what it sends untouched, and the names of the fields a person types in."""

    action: str
    method: str
    sent: dict = field(default_factory=dict)
    typed: dict = field(default_factory=dict)

    @property
    def free(self):
        """The fields that take any words at all."""
        return [name for name, kind in self.typed.items() if kind in ("textarea", "text", "search")]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self._form, self._area, self._select = [], None, None, None
        self.words, self.values = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self._form)
        name, kind = given.get("name"), given.get("type", "text")
        if tag == "input":
            self.values.append(given.get("value") or "")
        if tag == "textarea":
            self._area = (name, [])
        if tag == "select":
            self._select = name
        if self._form is None:
            return
        if tag == "option" and self._select:
            if given.get("value") and not self._form.sent.get(self._select):
                self._form.sent[self._select] = given["value"]
        elif tag in ("input", "button") and name:
            self._put(tag, name, kind, given)
        elif tag == "textarea" and name:
            self._form.typed[name] = "textarea"

    def _put(self, tag, name, kind, given):
        if kind in TYPED and tag == "input":
            self._form.typed[name] = kind
        elif kind in ("radio", "checkbox"):
            if "checked" in given or kind == "radio":
                self._form.sent.setdefault(name, given.get("value", "on"))
        elif kind != "file":
            self._form.sent[name] = given.get("value") or ""
            return
        if given.get("value") and kind in TYPED:
            self._form.sent[name] = given["value"]

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            name, parts = self._area
            text = "".join(parts).removeprefix("\n")
            self.values.append(text)
            if self._form is not None and name:
                self._form.sent[name] = text
            self._area = None

    def handle_data(self, data):
        if self._area is not None:
            self._area[1].append(data)
        else:
            self.words.append(data)


def read(response):
    """This will return the forms of a page that send something, and all that stands in fields."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return [form for form in reader.forms if form.method == "post"], reader.values
