"""A printed cell becomes a value with a status (FORM.md, "What a printed cell can be")."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from gongkai.document import ILLEGIBLE
from gongkai.forms import Column

DASHES = frozenset("-‐‑‒–—―－─━_/\\／＼⁄∕")
_MARKS_OF_LAYOUT = frozenset({"_", "\\\\"})  # what is left of a rule, and the end of a row in LaTeX
_NOT_APPLICABLE = frozenset({"无", "無", "没有", "不适用", "N/A", "n/a", "NA", "空"})
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_PLAIN = re.compile(rf"([-+−]?)\s*({_NUMBER})")
_ANNOTATED = re.compile(rf"(?P<before>[^\d]*?)(?P<sign>[-−]?)(?P<number>{_NUMBER})(?P<after>[^\d].*)?", re.S)
_UNITS = r"(?:件次|件|条|项|个|份|次|宗|例|元|万元|亿元|人民币|人次|起|家|部)"
_FOOTNOTE = re.compile("[¹²³⁰-₉①-⓿❶-➓]")
_BETWEEN_DIGITS = re.compile(rf"\d{_FOOTNOTE.pattern}+\d")
_NOTE = re.compile(rf"{_UNITS}?\s*[（(【\[].*|{_UNITS}[^\d]*|[*＊※①-⑳#]+", re.S)
_HARMLESS_BEFORE = re.compile(r"(?:共计|共|约|合计|总计|计|人民币|¥|￥|为|:|：|\s)*")
_WRAPPED = re.compile(r"[\d,.]+(?:\n[\d,.]+)+")
_UP = re.compile(r"(?:增加了?|新增|增长|增|上升|↑|⬆|\+|＋|加)\s*")
_DOWN = re.compile(r"(?:[减減]少了?|[减減]|下降|↓|⬇|降低|－)\s*")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
# A lone mark that a recogniser makes of a printed 0; the value is a reading, so it is flagged.
_ZERO_LIKE = frozenset("OoQDＯｏ○〇◯Οο°口囗")
# What is said in words has more letters than one; less is what is left of a figure.
_WORDS = re.compile(r".+[\u3400-\u9fff]|[\u3400-\u9fff].|.*[^\W\d_]{2}", re.S)
_REFERENCE = re.compile(r"(?:附件?|表|第|图)\s*\d+|\d+\s*[年月日]")
_NUMBER_ALONE = re.compile(r"\d{1,3}\s*[年月日]")  # a figure that a word ran into
_SPACED_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_LOOKALIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "Z": "2", "S": "5", "B": "8"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a printed cell says: `value` is None unless `status` is `number` or `annotated`."""

    value: float | None
    status: str
    note: str = ""
    flags: tuple[str, ...] = ()


def read_cell(raw: str, column: Column | None = None) -> Reading:
    """Read one printed cell. `column` matters for columns of changes, where 减少2 is -2 and a sign is expected."""
    if raw.isascii() and raw.isdigit():
        return Reading(float(raw), "number")
    if marks := "".join(_FOOTNOTE.findall(raw)):
        # Marks of footnotes, which normalising would turn into digits of the number: 181① is not 1811.
        if _BETWEEN_DIGITS.search(raw):
            return Reading(None, "unreadable", raw, ("several_numbers",))
        bare = read_cell(_FOOTNOTE.sub("", raw), column)
        if bare.status == "blank":
            return _mark_alone(marks)
        status = "annotated" if bare.status == "number" else bare.status
        return replace(bare, status=status, note=bare.note + marks)
    text = unicodedata.normalize("NFKC", raw).strip()
    compact = re.sub(r"\s+", "", text)
    if not compact:
        return Reading(None, "blank")
    if compact in _MARKS_OF_LAYOUT:
        return Reading(None, "dash", "", ("ambiguous_dash",))  # rather a piece of a rule than something printed
    if (len(compact) <= 4 and all(char in DASHES for char in compact)) or compact in _NOT_APPLICABLE:
        return Reading(None, "dash")
    if compact == ILLEGIBLE:
        return Reading(None, "unreadable")
    if column is not None and column.kind == "change" and (change := _change(compact)):
        return change
    if match := _PLAIN.fullmatch(text):
        return Reading(_signed(match[1], match[2]), "number")
    if _WRAPPED.fullmatch(raw.strip()) and (match := _PLAIN.fullmatch(compact)):
        # A number that its narrow cell broke in two lines; two numbers are possible, if less likely.
        return Reading(_signed(match[1], match[2]), "number", "", ("number_guess",))
    if compact == "一":
        # The numeral one, or a dash that became a character: nothing tells which.
        return Reading(None, "dash", raw.strip(), ("ambiguous_dash",))
    if compact in _ZERO_LIKE:
        return Reading(0.0, "number", "", ("number_guess",))
    if is_spaced_number(text):
        return Reading(float(compact), "number", "", ("number_guess",))
    if _CHINESE.fullmatch(compact):
        return _chinese(compact)
    if re.fullmatch(r"[\dOolI|ZSB,.]+", text) and text != "|":
        return _lookalike(compact)
    return _annotated(text, raw.strip())


def is_spaced_number(text: str) -> bool:
    """Whether a text can be one number with blanks between its thousands: 1 234; two are possible as well."""
    return _SPACED_THOUSANDS.fullmatch(text.strip()) is not None


def looks_like_value(text: str) -> bool:
    """Whether a printed word can stand in a cell of figures (a number, a dash, a number with a unit or a note, one that
    cannot be read)."""
    if not text.strip():
        return False
    reading = read_cell(text)
    if reading.status in ("number", "dash") or text.strip() == ILLEGIBLE:
        return True
    if reading.status == "annotated":
        return bool(re.match(r"[¥￥+\-−\s]*[\d.]", unicodedata.normalize("NFKC", text).strip()))
    return _change(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))) is not None


def _signed(sign: str, digits: str) -> float:
    value = float(re.sub("[,，]", "", digits))
    return -value if sign in ("-", "−") else value


def _change(compact: str) -> Reading | None:
    """A change as organs print it: -2, ↓2, 减少2, ＋3, 增3, —2 (a long dash for the sign)."""
    for pattern, sign in ((_DOWN, -1.0), (_UP, 1.0), (re.compile("[—–―─-]+"), -1.0)):
        match = re.fullmatch(rf"(?:{pattern.pattern})({_NUMBER})({_UNITS})?", compact)
        if match:
            plain = (pattern is _UP and compact[0] == "+") or compact[0] == "-"
            status = "number" if plain and not match[2] else "annotated"
            return Reading(sign * _signed("", match[1]), status, "" if status == "number" else compact)
    return None


def _chinese(compact: str) -> Reading:
    import cn2an  # slow to import, and rarely needed

    try:
        value = float(cn2an.cn2an(compact.replace("〇", "零"), "smart"))
    except ValueError:
        return Reading(None, "text", compact)
    return Reading(value, "annotated", compact)


def _lookalike(compact: str) -> Reading:
    """Digits with a letter among them (1O, l2): what a recogniser leaves of a number."""
    match = _PLAIN.fullmatch(compact.translate(_LOOKALIKE))
    if not match:
        return Reading(None, "unreadable", compact, ("number_guess",))
    return Reading(_signed(match[1], match[2]), "number", "", ("number_guess",))


def _annotated(text: str, raw: str) -> Reading:
    """A number with a unit or a note (22（其中修订16件）, 251000元), kept as `raw` has it; anything else is text."""
    match = _ANNOTATED.fullmatch(text)
    if not match or not _HARMLESS_BEFORE.fullmatch(match["before"]):
        return _words(raw)
    after = (match["after"] or "").strip()
    if _NOTE.fullmatch(after):
        shown = raw if len(raw) == len(text) else text  # normalising may change the length
        note = shown[: match.start("number")] + shown[match.end("number") :]
        return Reading(_signed(match["sign"], match["number"]), "annotated", note.strip())
    if re.search(r"\d", after):
        # Two numbers in one cell: which of them the cell holds is not known.
        return Reading(None, "unreadable", raw, ("several_numbers",))
    return _words(raw)


def _words(raw: str) -> Reading:
    has_number = re.search(r"\d", _REFERENCE.sub("", raw)) is not None or _NUMBER_ALONE.fullmatch(raw) is not None
    if _WORDS.match(raw):
        return Reading(None, "text", raw, ("number_guess",) * has_number)
    return Reading(None, "text" if raw.isalpha() else "unreadable", raw, ("number_guess",))


def _mark_alone(marks: str) -> Reading:
    """A mark of a footnote without what it is on (③): more likely the figure itself."""
    value = unicodedata.numeric(marks[0], None) if len(marks) == 1 else None
    if value is None:
        return Reading(None, "unreadable", marks, ("number_guess",))
    return Reading(value, "annotated", marks, ("number_guess",))
