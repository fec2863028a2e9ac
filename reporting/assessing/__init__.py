"""The annual strategic assessment: what is read for its pages and for its builds, and a year set against the year before."""
