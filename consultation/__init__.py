"""What people told us: consultations, concerns, responses. Its place on the map; nothing lives here yet."""
