"""How far reviewers agree: by indicator, by two reviewers, by district, and what they differ on."""
