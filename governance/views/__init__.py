"""Pages of bodies, delivery plans, meetings, decisions, the plan's life, scrutiny and risks."""
