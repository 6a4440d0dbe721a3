"""The kit as files: Word, PDF, slides, workbook and web page, each with its look, and what goes with its charts."""
