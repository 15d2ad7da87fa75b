"""Capacity planning: what practices use of AWS, what that costs, and which quotas they reach."""
