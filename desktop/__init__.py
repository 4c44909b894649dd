"""Hebao 核报: annual rule-of-law reports in, tables that can be stood behind out."""

__version__ = "0.4.0"
