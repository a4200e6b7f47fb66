"""Old Word files (.doc, .wps, XML) and RTF become .docx by LibreOffice, kept from macros, links and the network."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.errors import UnreadableFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_XML = b"schemas.microsoft.com/office/"  # Word's XML in one piece, without the zip archive of a .docx
_SECONDS = 60
_MOST_BYTES = 100_000_000
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_INSTALL = (
    "install LibreOffice (https://www.libreoffice.org; on Debian and Ubuntu: apt-get install libreoffice-writer), "
    "or save the file as .docx"
)
# No macro runs, nothing that the file links to is loaded, no link or field is updated.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
<prop oor:name="Field" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""


def program() -> str | None:
    """The LibreOffice of this machine; None where there is none."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_docx(data: bytes, path: Path) -> bytes:
    """The file as .docx. Raises UnreadableFile for what is no Word file, and where LibreOffice is missing or fails."""
    if not data:
        raise UnreadableFile(path, "the file is empty")
    suffix = _suffix(data, path)
    soffice = program()
    if soffice is None:
        raise UnreadableFile(path, f"is an old Word file or RTF; to read it, {_INSTALL}")
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
        desk = Path(folder)
        (desk / "profile" / "user").mkdir(parents=True)
        (desk / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        original = desk / f"report{suffix}"
        original.write_bytes(data)
        profile = f"-env:UserInstallation={(desk / 'profile').as_uri()}"
        convert = ["--convert-to", "docx", "--outdir", str(desk), str(original)]
        _run([soffice, profile, "--headless", "--norestore", *convert], path)
        converted = desk / "report.docx"
        if not converted.exists():
            raise UnreadableFile(path, "LibreOffice cannot read it: it is damaged, or protected by a password")
        return converted.read_bytes()


def _suffix(data: bytes, path: Path) -> str:
    """The ending by which LibreOffice knows the kind of file."""
    if len(data) > _MOST_BYTES:
        raise UnreadableFile(path, f"is no report in Word: {len(data) / 1e6:.0f} MB")
    if data.startswith(_RTF):
        return ".rtf"
    if _XML in data[:4096].replace(b"\0", b""):
        return ".xml"
    if not data.startswith(_OLE):
        raise UnreadableFile(path, "is no Word file")
    if _stream("EncryptedPackage") in data:
        raise UnreadableFile(path, "is protected by a password; save it without one")
    if _stream("WordDocument") not in data:
        # LibreOffice would take it for text, and make a document of its bytes.
        raise UnreadableFile(path, "is no Word file; Excel, PowerPoint and other programs write files of this kind")
    return ".doc"


def _stream(name: str) -> bytes:
    """The name of a stream as it stands in the directory of an OLE file."""
    return name.encode("utf-16-le")


def _run(command: list[str], path: Path) -> None:
    """Run a program to its end, or kill it and all that it started when it takes too long."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            _kill(process)
            raise UnreadableFile(path, f"LibreOffice could not read it in {_SECONDS} seconds") from None


def _kill(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":  # soffice is a script; the program that works is its child
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
