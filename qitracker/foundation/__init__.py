"""What every capability stands on: errors, rights, the clock, words, settings, the database."""
