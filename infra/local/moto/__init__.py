"""Patches of moto, where it is less strict, less atomic or slower than AWS."""
