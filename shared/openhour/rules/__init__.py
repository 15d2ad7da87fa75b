"""Pure rules over frozen values. Time is a parameter; nothing here knows of AWS."""
