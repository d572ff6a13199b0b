"""What is true: the municipality's rules as plain dataclasses and functions, standard library only."""
