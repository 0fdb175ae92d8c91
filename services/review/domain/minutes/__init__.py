"""Minutes of a round: what they say, who may do what with them, which steps must name some.

Read `facts` (what the record holds), `meeting` (what a person adds), `drawing` (how the two become
a paper), `stages` (draft, checked, issued), `citing`.
"""
