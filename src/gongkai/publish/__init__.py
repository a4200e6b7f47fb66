"""Publishing: the notebooks run on a report, exported as web pages, with the data as Parquet and CSV beside them."""

from gongkai.publish.run import STEPS, run_report

__all__ = ["STEPS", "run_report"]
