"""Recognise which site of the register a row of a list means."""
