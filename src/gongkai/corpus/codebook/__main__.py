"""Print docs/codebook.md."""

from gongkai.corpus.codebook import document

print(document(), end="")
