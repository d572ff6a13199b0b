"""What people type, and what it means: a roster, and messages that were collected before the code was written."""
