"""The register of actions: one deed each, with its strength, an owner, a date and the measure that judges it."""
