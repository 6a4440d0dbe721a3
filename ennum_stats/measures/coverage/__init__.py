"""How many schools programmes reached: bounded by what documents say, counted where lists are."""
