"""Many reports as data: `gk.Panel`."""

from gongkai.corpus.panel.panel import Panel

__all__ = ["Panel"]
