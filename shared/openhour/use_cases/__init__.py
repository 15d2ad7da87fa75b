"""What the product does, one module a noun: load rows, let the rules decide, save the result."""
