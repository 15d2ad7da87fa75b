"""The pages, and the function that serves them."""
