"""XML as a tree of elements, and as Conftest shows it; entities are refused, for their texts grow without end."""

from collections.abc import Mapping
from typing import Any, Final
from xml.parsers import expat

from muniment.errors import InputError

_DEPTH: Final = 200


class Element:
    """An element without its namespace: attributes as written, children in order, and the texts beside them."""

    __slots__ = ("attributes", "children", "name", "texts")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = name.rpartition(":")[2]
        self.attributes = attributes
        self.children: list[Element] = []
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        """All of its texts, without blanks around them."""
        return "".join(self.texts).strip()


def root_element(text: str) -> Element:
    """The root of a text. Raises InputError."""
    stack = [Element("", {})]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEPTH:
            raise InputError(f"nested deeper than {_DEPTH}", code="limit-exceeded")
        element = Element(name, attributes)
        stack[-1].children.append(element)
        stack.append(element)

    def text_found(data: str) -> None:
        stack[-1].texts.append(data)

    def refuse(*_: Any) -> None:
        raise InputError("entities are not read", code="syntax-error")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = text_found
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.lstrip("\ufeff\r\n ").encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise InputError(f"is no XML: {error}", code="syntax-error") from error
    return stack[0].children[0]


def read_xml(text: str) -> dict[str, Any]:
    """Elements by name; attributes have a dash before their names, texts beside them are `#content`."""
    root = root_element(text)
    return {root.name: _shown(root)}


def _shown(element: Element) -> Any:
    node: dict[str, Any] = {}
    for key, value in element.attributes.items():
        _add(node, f"-{key.rpartition(':')[2]}", value)
    for child in element.children:
        _add(node, child.name, _shown(child))
    if node and element.text:
        node["#content"] = element.text
    return node or element.text


def _add(parent: dict[str, Any], name: str, value: Any) -> None:
    """Puts an element or attribute into another element; those of one name are a list."""
    known = parent.get(name)
    if known is None:
        parent[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        parent[name] = [known, value]
