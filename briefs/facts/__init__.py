"""Statements found in sentences, and claims merged from them."""
