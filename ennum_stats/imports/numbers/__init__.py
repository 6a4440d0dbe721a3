"""Take in published numbers: calls and observations, as documents print them."""
