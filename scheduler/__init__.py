"""When: the calendar, the clock, the planner and the delivery loop."""
