"""What people told us: consultations, concerns, responses."""
