"""Where all reports stand: matrix, facts, import."""
