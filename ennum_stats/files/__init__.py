"""Write files whole or not at all, clear what killed processes left, and say what systems refuse."""
