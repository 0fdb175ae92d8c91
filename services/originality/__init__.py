"""Originality: texts are compared, a report says what they share, a person rules."""
