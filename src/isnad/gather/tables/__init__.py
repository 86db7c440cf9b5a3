"""Tables: files with a row of headings in, one report a row out.

In: CSV, XLSX or Parquet as a :class:`isnad.gather.kinds.Source`. Out: reports, remarks, refusals;
which column is which field is said once, for all of them (``headings.py``). Touches no other file.
"""
