"""Users, grants, units, calendars and who may reach what."""
