"""Stories told in a browser: the whole bot as a program, and Microsoft's Playground in front of it."""
