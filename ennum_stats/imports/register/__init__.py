"""Take in the register of sites, their links from year to year, and the borders of communes."""
