-- The rows of article and statement follow the day of publication (store/row.go),
-- so that what is newest is found without sorting, in the full-text tables too.

CREATE TABLE fingerprint (
	row  INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE -- of what made a result: version, options and model sum
) STRICT;

CREATE TABLE story (
	row  INTEGER PRIMARY KEY AUTOINCREMENT, -- the number of no story is ever that of another
	into_story INTEGER REFERENCES story     -- the one that this one was found to be part of
) STRICT;

-- Stories that were corrected to be two and are never joined; each pair in both orders.
CREATE TABLE apart (
	story INTEGER NOT NULL REFERENCES story,
	other INTEGER NOT NULL REFERENCES story,
	PRIMARY KEY (story, other)
) STRICT, WITHOUT ROWID;

-- What was set right by hand, in the order in which it was; rows are never changed.
CREATE TABLE correction (
	row    INTEGER PRIMARY KEY,
	at     TEXT NOT NULL, -- RFC 3339
	by     TEXT NOT NULL, -- who did
	what   TEXT NOT NULL,
	detail TEXT NOT NULL, -- JSON, of which articles and names: never of rows, so that it means the same in other records
	UNIQUE (at, what, detail)
) STRICT;

CREATE TABLE article (
	row         INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	address     TEXT NOT NULL,
	hash        BLOB NOT NULL, -- SHA-256 of the body
	origin      TEXT NOT NULL,
	outlet      TEXT NOT NULL,
	url         TEXT NOT NULL,
	title       TEXT NOT NULL,
	byline      TEXT NOT NULL, -- JSON list
	published   TEXT NOT NULL, -- RFC 3339, '' where unknown
	date_only   INTEGER NOT NULL,
	declared    TEXT NOT NULL, -- language as the input has it
	language    TEXT NOT NULL, -- language as read
	previous    INTEGER REFERENCES article, -- the version before
	story       INTEGER NOT NULL REFERENCES story,
	why         TEXT NOT NULL, -- JSON, why it is in that story; '' for a story's first
	fingerprint INTEGER NOT NULL REFERENCES fingerprint,
	first       INTEGER NOT NULL, -- row of its first statement; the others follow
	statements  INTEGER NOT NULL,
	figures     INTEGER NOT NULL,
	added       INTEGER NOT NULL, -- Unix time in seconds
	sum         BLOB NOT NULL     -- checksum of everything in the entry
) STRICT;
CREATE UNIQUE INDEX article_version ON article (address, hash);
CREATE INDEX article_hash ON article (hash);
CREATE INDEX article_outlet ON article (outlet); -- with the row, that is, in the order of publication
CREATE INDEX article_story ON article (story);
CREATE INDEX article_previous ON article (previous) WHERE previous IS NOT NULL;
CREATE INDEX article_fingerprint ON article (fingerprint);

CREATE TABLE body (
	article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
	text    TEXT NOT NULL
) STRICT;

-- By what the first version of an article is compared with later articles: story.Decision.
CREATE TABLE sketch (
	article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
	terms   BLOB NOT NULL
) STRICT;

CREATE TABLE speaker (
	row  INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,                     -- given by hand, else ''
	into_speaker INTEGER REFERENCES speaker -- the one that this one was found to be
) STRICT;

-- A spelling of a speaker's name, as articles have it. One that several speakers share has a row for each.
CREATE TABLE name (
	row        INTEGER PRIMARY KEY AUTOINCREMENT,
	text       TEXT NOT NULL,
	speaker    INTEGER NOT NULL REFERENCES speaker,
	key        TEXT NOT NULL, -- folded, the same for equal spellings
	first      TEXT NOT NULL, -- folded first word of two or more, else ''
	last       TEXT NOT NULL, -- folded last word of two or more, else ''
	initials   TEXT NOT NULL, -- that a body may go by, else ''
	person     INTEGER NOT NULL, -- how many more articles have it for a person's than for something else
	fields     INTEGER NOT NULL, -- that roles in these show: lexicon.Fields
	loose      INTEGER NOT NULL, -- a single word that means whoever says most under it, where no story says whom
	pinned     INTEGER NOT NULL, -- by hand: it never comes to mean another speaker of itself
	articles   INTEGER NOT NULL, -- that credit statements to it
	statements INTEGER NOT NULL
) STRICT;
CREATE INDEX name_key ON name (key);
CREATE INDEX name_speaker ON name (speaker);
CREATE INDEX name_first ON name (first, last) WHERE last <> '';
CREATE INDEX name_last ON name (last) WHERE last <> '';
CREATE INDEX name_initials ON name (initials) WHERE initials <> '';

-- What a speaker is called: the name given by hand, else the spelling in full that most articles have.
CREATE VIEW speaker_name AS SELECT row, coalesce(nullif(name, ''),
	(SELECT text FROM name n WHERE n.speaker = s.row ORDER BY last <> '' DESC, articles DESC, n.row LIMIT 1), '') AS name FROM speaker s;

-- Speakers that were corrected to be two and are never joined; each pair in both orders.
CREATE TABLE different (
	speaker INTEGER NOT NULL REFERENCES speaker,
	other   INTEGER NOT NULL REFERENCES speaker,
	PRIMARY KEY (speaker, other)
) STRICT, WITHOUT ROWID;

-- What an article credits to a name. A name's newest articles come last.
CREATE TABLE credit (
	name       INTEGER NOT NULL REFERENCES name,
	article    INTEGER NOT NULL,
	outlet     TEXT NOT NULL,
	role       TEXT NOT NULL, -- the first that the article gives, '' for none
	statements INTEGER NOT NULL,
	direct     INTEGER NOT NULL, -- of them, those in quotation marks at least in part
	words      INTEGER NOT NULL, -- of all their contents
	PRIMARY KEY (name, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
	row        INTEGER PRIMARY KEY,
	article    INTEGER NOT NULL,
	kind       TEXT NOT NULL,
	polarity   TEXT NOT NULL,
	who        INTEGER REFERENCES name, -- over the record; NULL where nobody is named
	key        TEXT NOT NULL, -- the speaker's ID inside the article
	name       TEXT NOT NULL, -- as the article has it
	role       TEXT NOT NULL,
	unnamed    TEXT NOT NULL,
	reporter   TEXT NOT NULL,
	cue        TEXT NOT NULL, -- the words that credit
	date       TEXT NOT NULL,
	confidence REAL NOT NULL,
	spans      BLOB NOT NULL, -- store/span.go
	text       TEXT NOT NULL  -- the content
) STRICT;

CREATE TABLE figure (
	article   INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
	n         INTEGER NOT NULL,
	value     REAL NOT NULL,
	high      REAL NOT NULL,
	bound     TEXT NOT NULL,
	unit      TEXT NOT NULL,
	head      TEXT NOT NULL,
	subject   TEXT NOT NULL, -- lemmas, a space between
	as_of     TEXT NOT NULL,
	statement INTEGER NOT NULL, -- number inside the article, -1 in the outlet's own voice
	spans     BLOB NOT NULL,
	PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE edit (
	article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, -- the later version
	n       INTEGER NOT NULL,
	what    TEXT NOT NULL, -- quotation, attribution or figure
	change  TEXT NOT NULL, -- added, removed or changed
	speaker_before TEXT NOT NULL,
	speaker_after  TEXT NOT NULL,
	before  TEXT NOT NULL,
	after   TEXT NOT NULL,
	PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

-- The texts are kept once, above; what is marked in them is found by store/highlight.go. After the words of a
-- speaker's name comes U+E000 with the number of its row of name, by which other names of the speaker find it.
CREATE VIRTUAL TABLE statement_text USING fts5 (
	text, speaker, addressee, venue, outlet, kind,
	content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE name_text USING fts5 (
	text, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE article_text USING fts5 (
	title, body, outlet,
	speaker, addressee, venue, kind, -- of all its statements
	content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- What a text is found by where its words are not remembered to the letter: see check.Shingles.
CREATE VIRTUAL TABLE statement_shingle USING fts5 (
	shingles, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE article_shingle USING fts5 (
	shingles, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE statement_shingles USING fts5vocab (statement_shingle, row);
CREATE VIRTUAL TABLE article_shingles USING fts5vocab (article_shingle, row);

-- A batch of articles is one segment of each table, and segments are merged eight at a time: half the writing of the defaults.
INSERT INTO statement_text (statement_text, rank) VALUES ('hashsize', 16777216), ('automerge', 8);
INSERT INTO article_text (article_text, rank) VALUES ('hashsize', 16777216), ('automerge', 8);
INSERT INTO statement_shingle (statement_shingle, rank) VALUES ('hashsize', 16777216), ('automerge', 8);
INSERT INTO article_shingle (article_shingle, rank) VALUES ('hashsize', 16777216), ('automerge', 8);

-- What is watched, and how that goes. Times are Unix seconds, 0 for never.
CREATE TABLE feed (
	row      INTEGER PRIMARY KEY AUTOINCREMENT,
	address  TEXT NOT NULL UNIQUE,
	title    TEXT NOT NULL,
	kind     TEXT NOT NULL,    -- '' before it was read
	since    INTEGER NOT NULL, -- when it was named
	visited  INTEGER NOT NULL,
	next     INTEGER NOT NULL, -- when it is to be visited
	interval INTEGER NOT NULL, -- seconds between visits
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,    -- as its server says
	status   INTEGER NOT NULL, -- of the last answer, 0 where there was none
	error    TEXT NOT NULL,    -- why the last visit brought nothing
	failures INTEGER NOT NULL, -- visits in a row that brought nothing
	items    INTEGER NOT NULL, -- that it had when last read
	ended    TEXT NOT NULL     -- why it is visited no more
) STRICT;

-- The articles that feeds have named, each once.
CREATE TABLE item (
	row      INTEGER PRIMARY KEY,
	address  TEXT NOT NULL UNIQUE,
	feed     INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE, -- the first that named it
	said     TEXT NOT NULL,    -- JSON, what the feed says of it
	first    INTEGER NOT NULL, -- visit that brought a text
	visits   INTEGER NOT NULL, -- that brought one
	next     INTEGER,          -- when it is to be visited, NULL for no more
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	failures INTEGER NOT NULL, -- visits in a row
	result   TEXT NOT NULL,    -- of the last visit, '' before
	article  TEXT NOT NULL     -- ID of the latest version, '' where there is none
) STRICT;
CREATE INDEX item_next ON item (next) WHERE next IS NOT NULL;
CREATE INDEX item_feed ON item (feed, article, next);

-- Which articles are one report: those that have the words of another, as copies of a wire have.
CREATE TABLE report (
	article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
	first   INTEGER NOT NULL, -- row of the first article with these words, often this one
	print   BLOB NOT NULL     -- hashes of some runs of words, four bytes each, ascending
) STRICT;

-- Who may correct, by a password or, for programs, by a token.
CREATE TABLE user (
	name     TEXT PRIMARY KEY,
	password TEXT NOT NULL, -- package password
	made     INTEGER NOT NULL -- Unix seconds
) STRICT, WITHOUT ROWID;
CREATE TABLE token (
	hash BLOB PRIMARY KEY,     -- SHA-256
	name TEXT NOT NULL UNIQUE, -- of what uses it
	made INTEGER NOT NULL,     -- Unix seconds
	used INTEGER NOT NULL      -- day on which it was last, in Unix seconds, 0 before
) STRICT, WITHOUT ROWID;

-- Stories side by side as they were made last, those that take long. One is good while the story's state is the same.
CREATE TABLE comparison (
	story INTEGER PRIMARY KEY REFERENCES story,
	state BLOB NOT NULL,
	made  INTEGER NOT NULL, -- Unix time in seconds
	parts BLOB NOT NULL,    -- of the page, Zstandard
	json  BLOB NOT NULL     -- as format json has it, Zstandard
) STRICT;
