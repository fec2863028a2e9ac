"""Every change to a record of a consultation, by subject: `from consultation.actions import running`, then `running.open_(...)`.

Who needs several rows holds them in this order, so that two never wait for each other: the consultation, its batch or its channels of
files, the comment, the response, the quote or disclosure, the code, the counters of equality monitoring, the source of a file.
The consultation is held in one of three ways:

- shared (`hold_still`), by whoever adds beneath it: answers, papers, a file, a batch that is undone, what is done with a comment;
- alone but for its foreign keys (`no_key`), by whoever counts, publishes, or moves responses in and out of the figures;
- alone, by the removal of single answers.
"""
