"""What is taken along from a page or read elsewhere: tables, PDF, slides, framed charts, feeds and the calendar."""
