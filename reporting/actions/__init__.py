"""Every change that a person or the schedule makes, by subject. A worker’s own writes are in `reporting.builds.packs`.

What is said of a pack after it is built (approved, issued, withdrawn) begins with `holding.hold`: it locks the plans in the order of
their keys, so that what one issue is checked against can't change meanwhile; then packs are written, each by its version.
"""
