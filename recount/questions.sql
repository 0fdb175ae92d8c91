-- What a contest's record must not answer: whatever a question below finds, does not follow.
-- A question begins with its step and the sentence its columns fill; `record.py` says what the
-- tables are. First the views that questions share.
CREATE TEMP VIEW Rules AS SELECT * FROM ContestOpened UNION ALL SELECT * FROM ContestAmended;
CREATE TEMP VIEW Panel AS SELECT event, at, round_id, entry_id, kept_away, value AS judge
    FROM JudgesAssigned, json_each(judge_ids);
CREATE TEMP VIEW Gone AS SELECT *, judge_id AS judge FROM JudgeStoodDown;
CREATE TEMP VIEW Seated AS SELECT round_id, entry_id, judge FROM Panel AS own
    WHERE event = (SELECT event FROM JudgesAssigned WHERE (round_id, entry_id)
        = (own.round_id, own.entry_id) ORDER BY +at DESC, event DESC)
    AND NOT EXISTS (SELECT * FROM Gone WHERE (round_id, entry_id, judge)
        = (own.round_id, own.entry_id, own.judge) AND +at > own.at);
CREATE TEMP VIEW Sealed AS
    SELECT round_id, entry_id, judge_id, version, digest, given_at FROM SheetSealed;
CREATE TEMP VIEW Opened AS SELECT round_id, entry_id, judge_id, version, digest, given_at
    FROM MarksGiven WHERE nonce <> '';
CREATE TEMP TABLE Seat AS SELECT at, value ->> 'person_id' AS judge
    FROM (SELECT * FROM JurySeated UNION ALL SELECT * FROM JudgeReplaced), json_each(seats);
CREATE TEMP VIEW Results AS SELECT * FROM ResultsPublished UNION ALL SELECT * FROM ResultsRevised;
CREATE TEMP TABLE Paper AS SELECT event, at, is_print, own,
    own ->> 'paper_id' AS paper_id, own ->> 'kind' AS kind, own ->> 'authority' AS authority,
    own ->> 'symbol' AS symbol, own ->> 'number' AS number, own ->> 'dated' AS dated,
    substr(own ->> 'dated', 1, 4) AS year, own ->> 'register' AS register,
    own ->> 'entry_id' AS entry_id, own ->> 'prize' AS prize FROM
    (SELECT event, at, 1 AS is_print, json(paper) AS own FROM PaperPrinted
    UNION ALL SELECT event, at, 0, json(value) FROM Results, json_each(papers));

-- rules: the contest was opened {} times
SELECT count(*) FROM ContestOpened HAVING count(*) <> 1;

-- rules: amendment {} is not the next one
SELECT number FROM (SELECT number, row_number() OVER (ORDER BY at, event) AS place FROM Rules)
WHERE number <> place - 1;

-- rules: amendment {} gives no reason
SELECT number FROM ContestAmended WHERE trim(coalesce(reason, '')) = '';

-- rules: amendment {} amends nothing
SELECT number FROM (SELECT number, sha256, lag(sha256) OVER (ORDER BY at, event) AS before
FROM Rules) WHERE sha256 = before;

-- rules: amendment {} is of another contest
SELECT number FROM Rules WHERE rules ->> 'id' <> said ->> 'contest_id';

-- entries: two have the receipt code {}
SELECT receipt_code FROM EntrySubmitted GROUP BY 1 HAVING count(DISTINCT entry_id) > 1;

-- entries: {} was accepted in version {}, never handed in
SELECT entry_id, version FROM EntryAccepted AS own WHERE NOT EXISTS (SELECT * FROM EntrySubmitted
WHERE entry_id = own.entry_id AND version = own.version AND +at <= own.at);

-- entries: {} was accepted in another kind or area than it was handed in
SELECT entry_id FROM EntryAccepted AS own JOIN EntrySubmitted AS old USING (entry_id, version)
WHERE own.said ->> 'kind' <> old.said ->> 'kind' OR own.said ->> 'area' <> old.said ->> 'area';

-- rounds: {} was never opened
SELECT round_id FROM event WHERE round_id NOT NULL EXCEPT SELECT round_id FROM RoundOpened;

-- rounds: {} has {} twice
SELECT round_id, type FROM event WHERE type IN ('RoundOpened', 'SheetsOpened', 'RoundClosed')
GROUP BY 1, 2 HAVING count(*) > 1;

-- seals: {1}: {2} sealed two sheets in one version in {0}
SELECT round_id, entry_id, judge_id FROM SheetSealed GROUP BY 1, 2, 3, version HAVING count(*) > 1;

-- seals: {1}: the sheet of {2} in {0} was never sealed
SELECT round_id, entry_id, judge_id FROM MarksGiven AS own WHERE nonce = ''
AND (at < coalesce((SELECT at FROM SheetsOpened WHERE round_id = own.round_id), '9')
OR EXISTS (SELECT * FROM SheetSealed WHERE (round_id, entry_id, judge_id, version)
    = (own.round_id, own.entry_id, own.judge_id, own.version)));

-- seals: {1}: the sheet of {2} in {0} is not the one that was sealed
SELECT * FROM Opened EXCEPT SELECT * FROM Sealed;

-- seals: {1}: the sheet of {2} in {0} was sealed and dropped
SELECT * FROM Sealed WHERE round_id IN (SELECT round_id FROM SheetsOpened)
EXCEPT SELECT * FROM Opened;

-- seals: {1}: {2} sealed a sheet in {0} when others were open
SELECT own.round_id, own.entry_id, own.judge_id FROM SheetSealed AS own
JOIN SheetsOpened AS opened USING (round_id) WHERE own.at > opened.at;

-- seals: {} was sealed and closed, but never opened
SELECT round_id FROM SheetSealed WHERE round_id IN (SELECT round_id FROM RoundClosed)
EXCEPT SELECT round_id FROM SheetsOpened;

-- seals: {} sheets of {} were said to be opened
SELECT sheets, round_id FROM SheetsOpened AS own
WHERE sheets <> (SELECT count(*) FROM Opened WHERE round_id = own.round_id);

-- seals: {} was not opened by two who hold its keys
SELECT round_id FROM SheetsOpened AS own WHERE (SELECT count(DISTINCT value)
FROM json_each(holders) WHERE value IN (SELECT value FROM RoundSealed AS seal,
json_each(json_insert(officers, '$[#]', recovery)) WHERE seal.round_id = own.round_id)) < 2;

-- sheets: {1}: versions of {2} in {0} are doubled or missing
SELECT round_id, entry_id, judge_id FROM MarksGiven GROUP BY 1, 2, 3
HAVING count(*) <> max(version) OR count(DISTINCT version) <> max(version);

-- judges: {} was shared out with no seed
SELECT round_id FROM RoundOpened WHERE seed = '';

-- judges: {} judges {}, but is not of the jury
SELECT judge, entry_id FROM (SELECT judge, entry_id, min(at) AS since FROM Panel
GROUP BY round_id, entry_id, judge) AS own WHERE NOT EXISTS
(SELECT * FROM Seat WHERE judge = own.judge AND at <= since AND NOT EXISTS (SELECT *
FROM JudgeReplaced AS gone WHERE judge_id = judge AND gone.at > Seat.at AND gone.at < since));

-- judges: {} judges {} despite a conflict
SELECT judge, entry_id FROM Panel AS own WHERE judge IN (SELECT value FROM json_each(kept_away))
OR EXISTS (SELECT * FROM Gone WHERE (round_id, entry_id, judge)
    = (own.round_id, own.entry_id, own.judge) AND ground = 'CONFLICT' AND +at < own.at);

-- judges: {} judges {}, kept apart by the chair
SELECT judge, entry_id FROM Seated AS own JOIN ConflictPinned AS pin USING (entry_id)
WHERE judge_id = judge AND side = 'APART' AND NOT EXISTS (SELECT * FROM RoundClosed
WHERE round_id = own.round_id AND at < pin.at) AND NOT EXISTS (SELECT * FROM ConflictPinned AS off
WHERE pin_id = pin.pin_id AND is_lifted AND NOT EXISTS (SELECT * FROM RoundClosed
WHERE round_id = own.round_id AND at < off.at));

-- judges: {} left {}, and nobody said why
SELECT judge, own.entry_id FROM JudgesAssigned AS own JOIN Panel AS old
USING (round_id, entry_id) WHERE +old.at < +own.at
AND judge NOT IN (SELECT value FROM json_each(own.judge_ids)) AND NOT EXISTS
(SELECT * FROM Gone WHERE (round_id, entry_id, judge)
    = (own.round_id, own.entry_id, old.judge) AND +at <= own.at);

-- judges: {} marked {} in {} without being assigned to it
SELECT judge_id, entry_id, round_id FROM MarksGiven
EXCEPT SELECT judge, entry_id, round_id FROM Panel;

-- judges: {} handed {} on, though it was marked already
SELECT judge, own.entry_id FROM Gone AS own JOIN MarksGiven AS given
USING (round_id, entry_id, judge_id) WHERE own.ground = 'HANDED_ON' AND +given.at <= own.at;

-- judges: {1} counts without {0}, and no minutes say so
SELECT judge, entry_id FROM Gone WHERE ground = 'COUNTED_WITHOUT' AND trim(minutes) = '';

-- judges: {} was to judge {} in {}, and gave no sheet
SELECT judge, entry_id, round_id FROM Seated
WHERE (round_id, entry_id) IN (SELECT own.round_id, value ->> 'entry_id'
    FROM RoundClosed AS own, json_each(own.said -> 'table'))
EXCEPT SELECT judge_id, entry_id, round_id FROM MarksGiven;

-- council: event {} names no minutes
SELECT number FROM event WHERE type IN ('VoteRecorded', 'TieResolved', 'CouncilDecided')
AND trim(said ->> 'minutes') = '';

-- results: revision {} does not come after the one before
SELECT own FROM (SELECT said ->> 'revision' AS own, lag(said ->> 'revision', 1, 1) OVER
(ORDER BY at, event) AS before FROM ResultsRevised) WHERE own <= before;

-- papers: one is for prize {} of {}, which nobody published
SELECT prize, entry_id, event FROM Paper WHERE NOT is_print AND prize NOT NULL
EXCEPT SELECT value ->> 'prize', value ->> 'entry_id', event
FROM Results, json_each(coalesce(said -> 'lines', said -> 'changed'));

-- papers: {} is a certificate that was printed, but never published
SELECT paper_id FROM Paper WHERE kind = 'CERTIFICATE' AND at <= (SELECT max(at) FROM Results)
EXCEPT SELECT paper_id FROM Paper WHERE NOT is_print;

-- papers: {} is not the paper it was
SELECT paper_id FROM Paper GROUP BY 1 HAVING count(DISTINCT own) > 1;

-- papers: {} is dated {}, but issued {}
SELECT paper_id, dated, min(at) AS first FROM Paper GROUP BY 1
HAVING julianday(first) - julianday(dated) NOT BETWEEN -2 AND 3;

-- papers: {}/{} was given twice
SELECT number, symbol FROM Paper WHERE kind <> 'CERTIFICATE' AND number > 0
GROUP BY number, authority, symbol, year HAVING count(DISTINCT paper_id) > 1;

-- papers: {}/{} is dated before a lower number
SELECT own.number, symbol FROM Paper AS own JOIN Paper AS low USING (authority, symbol, kind, year)
WHERE own.number > low.number AND low.number > 0 AND own.dated < low.dated;

-- papers: number {} in the golden book was given twice
SELECT register FROM Paper WHERE register NOT NULL
GROUP BY register, authority, symbol, year HAVING count(DISTINCT paper_id) > 1;

-- papers: a number below {} is missing in the golden book
SELECT max(register) FROM Paper WHERE register NOT NULL AND NOT is_print
GROUP BY event, authority, symbol, year HAVING max(register) - min(register) + 1 <> count(*);

-- papers: {} was revoked, but never issued
SELECT paper_id FROM PaperRevoked EXCEPT SELECT paper_id FROM Paper;
