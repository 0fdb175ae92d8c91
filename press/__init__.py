"""Printing, the same in every service that prints: PDF/A by Typst, DOCX by python-docx.

`font` finds the face papers are set in and the characters it has, `typesetting` makes the PDF,
`word` says to Word what python-docx does not say in one line, `sheets` is what comes off the
press. It knows the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, and no paper in particular.
Typst and python-docx are heavy: a service imports `sheets` alone, and the rest in a child process.
"""
