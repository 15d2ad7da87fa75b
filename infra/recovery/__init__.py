"""Recovery: what an operator does to a stack after something went wrong. All traffic held and let
go again, the tables copied as they were at one second and written back, and what failed for good
handed over once more.

Tables' names bind when the store is imported, so nothing here imports it until the stack is known.
"""
