"""Charts that Office draws itself, in Word, on slides and in workbooks."""
