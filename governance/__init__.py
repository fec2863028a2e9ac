"""Who governs, delivers and decides: bodies, delivery plans, meetings, decisions, approvals, scrutiny, risks."""
