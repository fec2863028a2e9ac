"""What a worker does for one build, from the gathered snapshot to stored files, and the check that those are still what was built."""
