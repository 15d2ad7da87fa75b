"""The HTTP interface: principals, request models, responses and refusals."""
