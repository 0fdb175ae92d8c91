"""Checks that need no arithmetic: questions to the record that nothing may answer.

What a question finds does not follow; its columns fill the sentence before it.
"""

from recount.kit import need
from recount.record import Record

SHEET = "round_id, entry_id, judge_id, version, digest, given_at"
PLACE = "round_id = own.round_id AND entry_id = own.entry_id"
BOOK = "authority, symbol, substr(dated, 1, 4)"
PAPERS = " UNION ALL ".join(
    f"SELECT event, at, '{name}' AS source, value AS own FROM {name}, json_each({papers})"
    for name, papers in (
        ("ResultsPublished", "papers"),
        ("ResultsRevised", "papers"),
        ("PaperPrinted", "json_array(json(paper))"),
    )
)
FIELDS = "paper_id kind authority symbol number dated register entry_id prize".split()
TABLES = f"""
CREATE TEMP VIEW Rules AS SELECT * FROM ContestOpened UNION ALL SELECT * FROM ContestAmended;
CREATE TEMP VIEW Panel AS SELECT event, at, round_id, entry_id, kept_away, value AS judge
    FROM JudgesAssigned, json_each(judge_ids);
CREATE TEMP VIEW Seated AS SELECT round_id, entry_id, judge FROM Panel AS own
    WHERE event = (SELECT event FROM JudgesAssigned WHERE {PLACE} ORDER BY +at DESC, event DESC)
    AND NOT EXISTS (SELECT * FROM JudgeStoodDown WHERE {PLACE} AND judge_id = judge
    AND +at > own.at);
CREATE TEMP TABLE Ending AS SELECT round_id, coalesce((SELECT at FROM RoundClosed AS closed
    WHERE closed.round_id = own.round_id), '9') AS ending FROM RoundOpened AS own;
CREATE TEMP TABLE Standing AS SELECT round_id, value ->> 'entry_id' AS entry_id
    FROM RoundClosed AS own, json_each(own.said -> 'table');
CREATE TEMP TABLE Seat AS SELECT at, value ->> 'person_id' AS judge
    FROM (SELECT * FROM JurySeated UNION ALL SELECT * FROM JudgeReplaced), json_each(seats);
CREATE TEMP VIEW Results AS
    SELECT * FROM ResultsPublished UNION ALL SELECT * FROM ResultsRevised;
CREATE TEMP TABLE Prize AS
    SELECT event, value ->> 'entry_id' AS entry_id, value ->> 'prize' AS prize
    FROM Results, json_each(coalesce(said -> 'lines', said -> 'changed'));
CREATE TEMP TABLE Paper AS SELECT event, at, source, own,
    {", ".join(f"own ->> '{one}' AS {one}" for one in FIELDS)} FROM ({PAPERS});
"""

CHECKS: dict[str, dict[str, str]] = {
    "rules": {
        "the contest was opened {} times": """
            SELECT count(*) FROM ContestOpened HAVING count(*) <> 1""",
        "amendment {} is not the next one": """
            SELECT number FROM (SELECT number, row_number() OVER (ORDER BY at, event) AS place
            FROM Rules) WHERE number <> place - 1""",
        "amendment {} gives no reason": """
            SELECT number FROM ContestAmended WHERE trim(coalesce(reason, '')) = ''""",
        "amendment {} amends nothing": """
            SELECT number FROM (SELECT number, sha256, lag(sha256) OVER (ORDER BY at, event)
            AS before FROM Rules) WHERE sha256 = before""",
        "amendment {} is of another contest": """
            SELECT number FROM Rules WHERE rules ->> 'id' <> said ->> 'contest_id'""",
    },
    "entries": {
        "two have the receipt code {}": """
            SELECT receipt_code FROM EntrySubmitted GROUP BY receipt_code
            HAVING count(DISTINCT entry_id) > 1""",
        "{} was accepted in version {}, never handed in": """
            SELECT entry_id, version FROM EntryAccepted AS own WHERE NOT EXISTS (SELECT * FROM
            EntrySubmitted WHERE entry_id = own.entry_id AND version = own.version
            AND +at <= own.at)""",
        "{} was accepted in another kind or area than it was handed in": """
            SELECT entry_id FROM EntryAccepted AS own JOIN EntrySubmitted AS handed
            USING (entry_id, version) WHERE own.said ->> 'kind' <> handed.said ->> 'kind'
            OR own.said ->> 'area' <> handed.said ->> 'area'""",
    },
    "rounds": {
        "{} was never opened": """
            SELECT round_id FROM event WHERE round_id NOT NULL
            EXCEPT SELECT round_id FROM RoundOpened""",
        "{} has {} twice": """
            SELECT round_id, type FROM event WHERE type IN ('RoundOpened', 'SheetsOpened',
            'RoundClosed') GROUP BY round_id, type HAVING count(*) > 1""",
    },
    "seals": {
        "{1}: {2} sealed two sheets in one version in {0}": """
            SELECT round_id, entry_id, judge_id FROM SheetSealed
            GROUP BY 1, 2, 3, version HAVING count(*) > 1""",
        "{1}: the sheet of {2} in {0} was never sealed": f"""
            SELECT round_id, entry_id, judge_id FROM MarksGiven AS own WHERE nonce = '' AND
            (at < coalesce((SELECT at FROM SheetsOpened WHERE round_id = own.round_id), '9')
            OR EXISTS (SELECT * FROM SheetSealed WHERE {PLACE} AND judge_id = own.judge_id
            AND version = own.version))""",
        "{1}: the sheet of {2} in {0} is not the one that was sealed": f"""
            SELECT {SHEET} FROM MarksGiven WHERE nonce <> '' EXCEPT
            SELECT {SHEET} FROM SheetSealed""",
        "{1}: the sheet of {2} in {0} was sealed and dropped": f"""
            SELECT {SHEET} FROM SheetSealed WHERE round_id IN (SELECT round_id FROM SheetsOpened)
            EXCEPT SELECT {SHEET} FROM MarksGiven""",
        "{1}: {2} sealed a sheet in {0} when others were open": """
            SELECT own.round_id, own.entry_id, own.judge_id FROM SheetSealed AS own
            JOIN SheetsOpened AS opened USING (round_id) WHERE own.at > opened.at""",
        "{} was sealed and closed, but never opened": """
            SELECT round_id FROM SheetSealed WHERE round_id IN (SELECT round_id FROM RoundClosed)
            EXCEPT SELECT round_id FROM SheetsOpened""",
        "{} sheets of {} were said to be opened": """
            SELECT sheets, round_id FROM SheetsOpened AS own WHERE sheets <> (SELECT count(*)
            FROM MarksGiven WHERE round_id = own.round_id AND nonce <> '')""",
        "{} was not opened by two who hold its keys": """
            SELECT round_id FROM SheetsOpened AS own WHERE (SELECT count(DISTINCT value)
            FROM json_each(holders) WHERE value IN (SELECT value FROM RoundSealed AS seal,
            json_each(json_insert(officers, '$[#]', recovery))
            WHERE seal.round_id = own.round_id)) < 2""",
    },
    "sheets": {
        "{1}: versions of {2} in {0} are doubled or missing": """
            SELECT round_id, entry_id, judge_id FROM MarksGiven GROUP BY 1, 2, 3
            HAVING count(*) <> max(version) OR count(DISTINCT version) <> max(version)""",
    },
    "judges": {
        "{} was shared out with no seed": """
            SELECT round_id FROM RoundOpened WHERE seed = ''""",
        "{} judges {}, but is not of the jury": """
            SELECT judge, entry_id FROM (SELECT *, min(at) AS since FROM Panel GROUP BY round_id,
            entry_id, judge) AS own WHERE NOT EXISTS (SELECT * FROM Seat WHERE judge = own.judge
            AND at <= since AND NOT EXISTS (SELECT * FROM JudgeReplaced AS gone
            WHERE judge_id = judge AND gone.at > Seat.at AND gone.at < since))""",
        "{} judges {} despite a conflict": f"""
            SELECT judge, entry_id FROM Panel AS own WHERE judge IN
            (SELECT value FROM json_each(kept_away)) OR EXISTS (SELECT * FROM JudgeStoodDown
            WHERE {PLACE} AND judge_id = judge AND ground = 'CONFLICT' AND +at < own.at)""",
        "{} judges {}, kept apart by the chair": """
            SELECT judge, entry_id FROM Seated JOIN Ending USING (round_id)
            JOIN ConflictPinned AS pin USING (entry_id) WHERE judge_id = judge AND side = 'APART'
            AND pin.at <= ending AND pin_id NOT IN
            (SELECT pin_id FROM ConflictPinned WHERE is_lifted AND at <= ending)""",
        "{} left {}, and nobody said why": f"""
            SELECT judge, own.entry_id FROM JudgesAssigned AS own JOIN Panel AS old
            USING (round_id, entry_id) WHERE +old.at < +own.at
            AND judge NOT IN (SELECT value FROM json_each(own.judge_ids)) AND NOT EXISTS
            (SELECT * FROM JudgeStoodDown WHERE {PLACE} AND judge_id = judge AND +at <= own.at)""",
        "{} marked {} in {} without being assigned to it": """
            SELECT judge_id, entry_id, round_id FROM MarksGiven
            EXCEPT SELECT judge, entry_id, round_id FROM Panel""",
        "{} handed {} on, though it was marked already": f"""
            SELECT judge_id, entry_id FROM JudgeStoodDown AS own WHERE ground = 'HANDED_ON'
            AND EXISTS (SELECT * FROM MarksGiven WHERE {PLACE} AND judge_id = own.judge_id
            AND +at <= own.at)""",
        "{1} counts without {0}, and no minutes say so": """
            SELECT judge_id, entry_id FROM JudgeStoodDown
            WHERE ground = 'COUNTED_WITHOUT' AND trim(minutes) = ''""",
        "{} was to judge {} in {}, and gave no sheet": f"""
            SELECT judge, entry_id, round_id FROM Seated AS own
            WHERE (round_id, entry_id) IN (SELECT * FROM Standing) AND NOT EXISTS
            (SELECT * FROM MarksGiven WHERE {PLACE} AND judge_id = judge)""",
    },
    "council": {
        "event {} names no minutes": """
            SELECT number FROM event WHERE type IN ('VoteRecorded', 'TieResolved',
            'CouncilDecided') AND trim(said ->> 'minutes') = ''""",
    },
    "results": {
        "revision {} does not come after the one before": """
            SELECT revision FROM (SELECT said ->> 'revision' AS revision, lag(said ->> 'revision',
            1, 1) OVER (ORDER BY at, event) AS before FROM ResultsRevised)
            WHERE revision <= before""",
    },
    "papers": {
        "{} is for a prize nobody published": """
            SELECT paper_id FROM Paper AS own WHERE source <> 'PaperPrinted' AND prize NOT NULL
            AND NOT EXISTS (SELECT * FROM Prize WHERE event = own.event
            AND entry_id = own.entry_id AND prize = own.prize)""",
        "{} is a certificate that was printed, but never published": """
            SELECT paper_id FROM Paper AS own WHERE kind = 'CERTIFICATE' AND NOT EXISTS
            (SELECT * FROM Paper AS p WHERE paper_id = own.paper_id AND source <> 'PaperPrinted')
            AND at <= (SELECT max(at) FROM Results)""",
        "{} is not the paper it was": """
            SELECT paper_id FROM Paper GROUP BY paper_id HAVING count(DISTINCT own) > 1""",
        "{} is dated {}, but issued {}": """
            SELECT paper_id, dated, min(at) AS first FROM Paper GROUP BY paper_id
            HAVING julianday(first) - julianday(dated) NOT BETWEEN -2 AND 3""",
        "{}/{} was given twice": f"""
            SELECT number, symbol FROM Paper WHERE kind <> 'CERTIFICATE' AND number > 0
            GROUP BY number, {BOOK} HAVING count(DISTINCT paper_id) > 1""",
        "{}/{} is dated before a lower number": """
            SELECT high.number, symbol FROM Paper AS high JOIN Paper AS low
            USING (authority, symbol, kind) WHERE high.number > low.number AND low.number > 0
            AND high.dated < low.dated
            AND substr(high.dated, 1, 4) = substr(low.dated, 1, 4)""",
        "number {} in the golden book was given twice": f"""
            SELECT register FROM Paper WHERE register NOT NULL
            GROUP BY register, {BOOK} HAVING count(DISTINCT paper_id) > 1""",
        "a number below {} is missing in the golden book": f"""
            SELECT max(register) FROM Paper WHERE register NOT NULL AND source <> 'PaperPrinted'
            GROUP BY event, {BOOK} HAVING max(register) - min(register) + 1 <> count(*)""",
        "{} was revoked, but never issued": """
            SELECT paper_id FROM PaperRevoked EXCEPT SELECT paper_id FROM Paper""",
    },
}


def check(record: Record, step: str) -> str:
    """Ask every question of a step."""
    for sentence, query in CHECKS[step].items():
        for row in record.ask(f"{query} LIMIT 1"):
            need(step, holds=False, what=sentence.format(*row))
    return f"{len(CHECKS[step])} questions answered by nothing"
