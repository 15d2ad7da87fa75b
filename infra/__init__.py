"""Infrastructure: the template, the local run, the build and the operator's tools."""
