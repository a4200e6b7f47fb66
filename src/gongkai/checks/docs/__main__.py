"""Prints docs/rules.md."""

from gongkai.checks.docs import document

print(document(), end="")
