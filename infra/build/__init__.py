"""The build: one artifact for each function, made by `sam build`."""
