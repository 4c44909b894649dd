-- NAME.hebao

CREATE TABLE store (
    id TEXT NOT NULL,                       -- UUID of this store
    created_at TEXT NOT NULL,
    sequence INTEGER NOT NULL,              -- of the last change made in this store
    clock INTEGER NOT NULL                  -- logical clock: at least that of every change in the log
);

CREATE TABLE reviewer (
    id TEXT PRIMARY KEY,                    -- UUID
    name TEXT NOT NULL,
    store_id TEXT NOT NULL,                 -- the store in which the reviewer was first named
    UNIQUE (store_id, name)
);

CREATE TABLE text (
    sha256 TEXT PRIMARY KEY,                -- of the body as UTF-8
    body TEXT NOT NULL
);

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    source_sha256 TEXT NOT NULL UNIQUE,     -- what a report is known by
    source_name TEXT NOT NULL,
    reader TEXT NOT NULL,
    text_sha256 TEXT NOT NULL REFERENCES text,
    imported_at TEXT NOT NULL,
    program TEXT NOT NULL,                  -- versions that the machine's readings were made with
    catalogue TEXT NOT NULL,
    machine_facts TEXT NOT NULL,            -- JSON: what the machine read; the columns below hold corrections as well
    district TEXT, city TEXT, province TEXT, level TEXT, adcode TEXT, year INTEGER,
    title TEXT, doc_number TEXT, issuer TEXT,
    candidates TEXT NOT NULL,               -- JSON: division codes still possible
    district_key TEXT,                      -- division code, else the name under city and province; NULL: unknown
    counts INTEGER NOT NULL,                -- 1: this report makes the cells of its district and year
    withdrawn INTEGER NOT NULL,
    state TEXT NOT NULL,                    -- unreviewed, in_review, verified
    extracted INTEGER NOT NULL, auto INTEGER NOT NULL, verified INTEGER NOT NULL,   -- figures by state
    rejected INTEGER NOT NULL, queried INTEGER NOT NULL,
    findings INTEGER NOT NULL               -- not dismissed
);

CREATE INDEX report_slot ON report (district_key, year);

CREATE TABLE page (
    report_id INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,      -- half-open span of the text
    width REAL NOT NULL, height REAL NOT NULL,          -- points
    boxes BLOB NOT NULL,                    -- zlib of four little-endian floats a character, NaN where it has no box
    PRIMARY KEY (report_id, number)
);

CREATE TABLE numerals (
    report_id INTEGER PRIMARY KEY REFERENCES report,
    classes TEXT NOT NULL                   -- JSON: [[start, stop, class], ...] in text order
);

CREATE TABLE figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given twice: a screen may still hold one that is gone
    report_id INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,
    value REAL NOT NULL, unit TEXT NOT NULL, approx TEXT, kind TEXT NOT NULL, indicator TEXT,
    confidence REAL NOT NULL,
    because TEXT NOT NULL,                  -- JSON: the words that decided the indicator
    state TEXT NOT NULL,                    -- extracted, auto, verified, rejected, queried
    district_key TEXT, year INTEGER,        -- its report's, while that report counts
    anchor TEXT,                            -- names its place in decisions; NULL: "start-stop"
    machine TEXT                            -- JSON: the machine's reading, where a decision stands; NULL: it has none
);

CREATE INDEX figure_report ON figure (report_id, start);

CREATE INDEX figure_series ON figure (indicator, year, district_key, value)
    WHERE indicator IS NOT NULL AND year IS NOT NULL;

CREATE TABLE finding (
    report_id INTEGER NOT NULL REFERENCES report,
    fingerprint TEXT NOT NULL,              -- dismissals (decisions of kind "finding") hold on to it
    check_id TEXT NOT NULL,
    severity TEXT NOT NULL,
    figures TEXT NOT NULL,                  -- JSON: spans of the figures compared
    arguments TEXT NOT NULL,                -- JSON: what fills the sentence
    start INTEGER, stop INTEGER             -- evidence in the text
);

CREATE INDEX finding_report ON finding (report_id);

CREATE TABLE own_indicator (
    id TEXT PRIMARY KEY,
    definition TEXT NOT NULL                -- JSON, in the terms of indicators.toml
);

CREATE TABLE change (                   -- the log: appended to, never altered
    id INTEGER PRIMARY KEY,                 -- order in this file
    uuid TEXT NOT NULL UNIQUE,
    store_id TEXT NOT NULL,                 -- where it was made, as the how-manieth, at what logical time
    sequence INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    at TEXT NOT NULL,
    reviewer_id TEXT NOT NULL REFERENCES reviewer,
    group_id TEXT NOT NULL,                 -- one edit
    verb TEXT NOT NULL,
    why TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,            -- the report
    text_sha256 TEXT NOT NULL,              -- the text that anchors count in
    kind TEXT NOT NULL,                     -- figure, cell, fact, report, choice, finding
    anchor TEXT NOT NULL,                   -- "start-stop", an indicator, a fact, "state", a slot, a fingerprint
    place TEXT,                             -- JSON: a figure's quote with the words before and after it
    before TEXT, after TEXT,                -- JSON: what was decided; NULL: nothing
    supersedes TEXT,                        -- uuid of the change on the same target before it
    undoes TEXT,                            -- uuid of the change that it reverses
    undoes_group TEXT,                      -- the edit that this undo or redo is about
    program TEXT NOT NULL, catalogue TEXT NOT NULL
);

CREATE INDEX change_target ON change (source_sha256, kind, anchor);

CREATE INDEX change_reviewer ON change (reviewer_id);

CREATE TABLE decision (                 -- the log folded: what stands now
    report_id INTEGER NOT NULL REFERENCES report,
    kind TEXT NOT NULL, anchor TEXT NOT NULL,
    value TEXT NOT NULL,                    -- JSON: the standing change's `after`
    change_id INTEGER NOT NULL REFERENCES change,
    reviewer_id TEXT NOT NULL REFERENCES reviewer,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (report_id, kind, anchor)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (pairs, content = '', columnsize = 0, detail = none, tokenize = 'ascii');

CREATE INDEX report_order ON report (adcode IS NULL, adcode, district, year);

CREATE INDEX figure_rejected ON figure (indicator, year, district_key) WHERE state = 'rejected';

CREATE INDEX decision_cell ON decision (anchor) WHERE kind = 'cell';

CREATE TABLE unchecked (               -- reports that have changed since the checks ran over them
    report_id INTEGER PRIMARY KEY REFERENCES report
);

CREATE TABLE passage (                 -- a hash of a passage, and a report that has it
    hash INTEGER NOT NULL,
    report_id INTEGER NOT NULL REFERENCES report,
    PRIMARY KEY (hash, report_id)
) WITHOUT ROWID;

CREATE TABLE lost (                     -- decisions on figures whose place is not in the text as read anew
    report_id INTEGER NOT NULL REFERENCES report,
    anchor TEXT NOT NULL,
    PRIMARY KEY (report_id, anchor)
) WITHOUT ROWID;

CREATE TABLE doubt (                    -- characters of a text that recognition is unsure of
    report_id INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,
    sureness REAL NOT NULL                  -- 0 to 1
);

CREATE INDEX doubt_report ON doubt (report_id, start);

CREATE TABLE side (                     -- decisions that stand side by side on one target since a merge
    report_id INTEGER NOT NULL REFERENCES report,
    kind TEXT NOT NULL, anchor TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change,
    disputed INTEGER NOT NULL,              -- 1: they differ, and a third person has to look
    PRIMARY KEY (report_id, kind, anchor, change_id)
) WITHOUT ROWID;

CREATE INDEX side_disputed ON side (report_id) WHERE disputed = 1;

CREATE INDEX decision_choice ON decision (anchor) WHERE kind = 'choice';

CREATE TABLE person (                   -- how each reviewer is shown in this store
    reviewer_id TEXT PRIMARY KEY REFERENCES reviewer,
    name TEXT NOT NULL,                     -- the reviewer's, with something behind it where another has the same
    same_as TEXT NOT NULL                   -- the reviewer who stands for this person: itself, or as somebody said
);

CREATE TABLE merged (                   -- the stores that were merged into this file
    at TEXT NOT NULL,
    store_id TEXT NOT NULL, name TEXT NOT NULL,         -- the other store, and what its file was called
    first_change INTEGER NOT NULL, last_change INTEGER NOT NULL,    -- numbers that its changes have here; 0: none
    clock INTEGER NOT NULL                  -- logical time here once it was merged
);

CREATE TABLE named_store (              -- what the files of other stores were called
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE held (                     -- what a store knew: when it had made `sequence` changes,
    store_id TEXT NOT NULL, sequence INTEGER NOT NULL,  -- it took in those of the other up to number `upto`
    other_id TEXT NOT NULL, upto INTEGER NOT NULL,
    PRIMARY KEY (store_id, sequence, other_id)
);

CREATE TABLE checked_by (               -- the thresholds of the checks, where not the usual ones
    limits TEXT NOT NULL
);


-- NAME.hebao-sources

CREATE TABLE source (
    sha256 TEXT PRIMARY KEY,
    body BLOB NOT NULL
);

