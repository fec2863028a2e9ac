"""Who governs, delivers and decides: bodies, delivery plans, meetings, money. Its place on the map; nothing lives here yet."""
