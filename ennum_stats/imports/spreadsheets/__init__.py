"""Read foreign spreadsheets into rows of cells, and write workbooks that go back to people."""
