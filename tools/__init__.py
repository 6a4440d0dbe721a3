"""What helps those who work on the project and is no part of the package."""
