"""Work with others: stores handed out, merged again, what reviewers decided differently, and how far they agree."""
