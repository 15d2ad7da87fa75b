"""Openhour's domain: the rules, the store and the interface its functions share."""
