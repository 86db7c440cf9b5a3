"""Report: a printed situation report of incidents, in Arabic and English, as HTML and PDF.

In: incidents of a period. Out: one page without scripts that asks nothing of the network, and the
same on paper. May import the rest of ``publish``; loads matplotlib and WeasyPrint when it writes.
"""

from isnad.publish.report.collect import Summary, collect
from isnad.publish.report.page import html, pdf

__all__ = ["Summary", "collect", "html", "pdf"]
