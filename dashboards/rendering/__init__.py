"""What is drawn of a page: its blocks as Dash components, these as HTML, and the document around them."""
