"""The build: what `sam build` asks for each function, and what it comes to."""
