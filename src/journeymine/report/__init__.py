"""The report: the published tables as one page that opens without a network."""

from journeymine.report.page import write_report

__all__ = ["write_report"]
