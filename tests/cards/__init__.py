"""Every card against Microsoft's schema, the house rules and the last card that was looked at."""
