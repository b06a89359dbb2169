"""The job row and its worker; knows no capability."""
