"""The review desk: text, figures and evidence of one report."""
