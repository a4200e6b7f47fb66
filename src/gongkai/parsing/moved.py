"""Columns printed in another order than the form's, as a total that stands before what it adds up."""

from __future__ import annotations

from gongkai.parsing.headers import Header, comparable
from gongkai.parsing.lines import Line, Token, is_value


def under_moved(line: Line, header: Header, size: int) -> tuple[list[Token | None], bool]:
    """The line's figures in the form's order, by the names above them, or else by the order of these; and whether that
    is beyond doubt, as it is in a row of the header's own drawn table that has a cell for every column."""
    tokens: list[Token | None] = [None] * size
    if not comparable(header.line, line):
        order = sorted(header.spans, key=lambda column: header.spans[column])
        for column, token in zip(order, line.values, strict=False):
            tokens[column] = token
        return tokens, False
    told = True
    for token in line.tokens:
        hits = header.named_over(token)
        if token in line.label and not (hits and is_value(token.text)):
            continue
        told = told and (len(hits) == 1 or not token.text)
        for column in hits:
            tokens[column] = token if token.text or tokens[column] is None else tokens[column]
    return tokens, told and line.kind == "ruled" and all(tokens) and len(header.spans) == size
