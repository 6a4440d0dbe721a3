"""Single schools: registers and lists of them, what may be counted on, what lists say against documents."""
