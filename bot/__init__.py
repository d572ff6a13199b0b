"""Where Teams comes in and goes out: settings, front door, turns, messenger, command line."""
