"""What a consultation found, as the public reads it: pages, a PDF, a table, and what was done about it.

`reading` gathers what there is of one consultation; everything else is made from that alone, in words and pictures.
"""
