"""Contests and their rules, agencies, people, entries, documents and receipts."""
