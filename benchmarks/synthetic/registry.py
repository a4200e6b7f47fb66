"""The registry of layouts: each makes the content of one file from a draft, and converters may turn it into another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.synthetic.draft import Draft

Convert = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Layout:
    """`render` makes the file's bytes; `chain` names the converters that then change its format, in order."""

    name: str
    suffix: str
    render: Callable[[Draft], bytes]
    damages: frozenset[str]
    chain: tuple[str, ...] = ()

    @property
    def format(self) -> str:
        return self.suffix.removeprefix(".")


LAYOUTS: dict[str, Layout] = {}


def layout(
    suffix: str, damages: frozenset[str], chain: tuple[str, ...] = ()
) -> Callable[[Callable[[Draft], str | bytes]], Callable[[Draft], str | bytes]]:
    """Register a function as the layout of its name; text becomes UTF-8."""

    def register(function: Callable[[Draft], str | bytes]) -> Callable[[Draft], str | bytes]:
        def render(draft: Draft) -> bytes:
            content = function(draft)
            return content.encode() if isinstance(content, str) else content

        name = function.__name__
        LAYOUTS[name] = Layout(name, suffix, render, damages, chain)
        return function

    return register
