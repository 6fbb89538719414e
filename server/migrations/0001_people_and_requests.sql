-- People, what they know, what they ask, and how help is thanked.
-- Moments are milliseconds since 1970-01-01 UTC. `pk` never leaves the database; `id` does.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Grows when an import changes how people are shown, so that every stored validator ends.
INSERT INTO meta (key, value) VALUES ('people_epoch', '0');

CREATE TABLE person (
    pk             INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    title          TEXT NOT NULL,
    team           TEXT NOT NULL,
    place          TEXT NOT NULL,
    email          TEXT NOT NULL,
    photo          TEXT,
    profile        TEXT,
    languages      TEXT NOT NULL CHECK (json_valid(languages)),
    time_zone      TEXT NOT NULL,
    about          TEXT NOT NULL,
    joined         INTEGER,
    presence       TEXT NOT NULL,
    presence_until INTEGER,
    weekly_limit   INTEGER,
    -- Folded forms: paging order, filters, and the look-up of a signed-in e-mail address.
    sort_key       TEXT NOT NULL,
    team_key       TEXT NOT NULL,
    place_key      TEXT NOT NULL,
    email_key      TEXT NOT NULL,
    -- Hash of what was imported last: the same line again is no change.
    imported       BLOB NOT NULL
) STRICT;
CREATE INDEX person_order ON person (sort_key, pk);
CREATE INDEX person_team  ON person (team_key);
CREATE INDEX person_place ON person (place_key);
CREATE INDEX person_email ON person (email_key) WHERE email_key <> '';

CREATE TABLE skill (
    pk   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE,
    -- The spelling that most people use.
    name TEXT NOT NULL
) STRICT;

CREATE TABLE person_skill (
    seen     INTEGER PRIMARY KEY,
    person   INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    skill    INTEGER NOT NULL REFERENCES skill,
    position INTEGER NOT NULL,
    spelling TEXT NOT NULL,
    UNIQUE (person, skill)
) STRICT;
CREATE INDEX person_skill_skill ON person_skill (skill, person);

CREATE TABLE want (
    person   INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    skill    INTEGER NOT NULL REFERENCES skill,
    position INTEGER NOT NULL,
    PRIMARY KEY (person, skill)
) STRICT, WITHOUT ROWID;
CREATE INDEX want_skill ON want (skill);

CREATE TABLE request (
    pk            INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    asker         INTEGER REFERENCES person,
    question      TEXT NOT NULL,
    details       TEXT NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('open', 'answered', 'solved', 'closed')),
    visibility    TEXT NOT NULL CHECK (visibility IN ('open', 'private')),
    context_title TEXT,
    context_url   TEXT,
    created       INTEGER NOT NULL,
    updated       INTEGER NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    answer_count  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX request_newest ON request (created, pk);
CREATE INDEX request_asker  ON request (asker, created, pk);
CREATE INDEX request_status ON request (status, created, pk);

CREATE TABLE request_skill (
    request  INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    skill    INTEGER NOT NULL REFERENCES skill,
    position INTEGER NOT NULL,
    PRIMARY KEY (request, skill)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_skill_skill ON request_skill (skill, request);

-- Who was asked by name. The row stays when they pass, since they may go on reading.
CREATE TABLE asked (
    request  INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    person   INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    position INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    -- 1 while they have neither answered nor passed and help is still wanted.
    waiting  INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (request, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX asked_recent  ON asked (person, created);
CREATE INDEX asked_waiting ON asked (person) WHERE waiting = 1;

CREATE TABLE pass (
    request INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    person  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    reason  TEXT NOT NULL,
    named   INTEGER REFERENCES person ON DELETE SET NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (request, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    pk       INTEGER PRIMARY KEY,
    id       TEXT NOT NULL,
    request  INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    author   INTEGER NOT NULL REFERENCES person,
    text     TEXT NOT NULL,
    created  INTEGER NOT NULL,
    accepted INTEGER NOT NULL DEFAULT 0,
    UNIQUE (request, id)
) STRICT;
CREATE INDEX answer_request ON answer (request, created, pk);
CREATE INDEX answer_author  ON answer (author);
CREATE UNIQUE INDEX answer_accepted ON answer (request) WHERE accepted = 1;

CREATE TABLE thanks (
    pk       INTEGER PRIMARY KEY,
    request  INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    sender   INTEGER NOT NULL REFERENCES person,
    receiver INTEGER NOT NULL REFERENCES person,
    skill    INTEGER REFERENCES skill,
    note     TEXT NOT NULL,
    created  INTEGER NOT NULL,
    CHECK (sender <> receiver)
) STRICT;
-- Thanked once for a skill: evidence cannot be pumped up.
CREATE UNIQUE INDEX thanks_once ON thanks (request, sender, receiver, coalesce(skill, 0));
CREATE INDEX thanks_receiver ON thanks (receiver);

-- What was seen of a skill. Kept by the triggers below, so that no writer can forget it.
CREATE TABLE evidence (
    person   INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    skill    INTEGER NOT NULL REFERENCES skill,
    accepted INTEGER NOT NULL DEFAULT 0,
    thanks   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person, skill)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_skill ON evidence (skill, person);

CREATE TRIGGER evidence_accept AFTER UPDATE OF accepted ON answer WHEN NEW.accepted > OLD.accepted BEGIN
    INSERT INTO evidence (person, skill, accepted)
        SELECT NEW.author, skill, 1 FROM request_skill WHERE request = NEW.request
        ON CONFLICT (person, skill) DO UPDATE SET accepted = accepted + 1;
END;
CREATE TRIGGER evidence_unaccept AFTER UPDATE OF accepted ON answer WHEN NEW.accepted < OLD.accepted BEGIN
    UPDATE evidence SET accepted = accepted - 1
        WHERE person = NEW.author AND skill IN (SELECT skill FROM request_skill WHERE request = NEW.request);
END;
CREATE TRIGGER evidence_thanks AFTER INSERT ON thanks WHEN NEW.skill IS NOT NULL BEGIN
    INSERT INTO evidence (person, skill, thanks) VALUES (NEW.receiver, NEW.skill, 1)
        ON CONFLICT (person, skill) DO UPDATE SET thanks = thanks + 1;
END;
CREATE TRIGGER evidence_unthanks AFTER DELETE ON thanks WHEN OLD.skill IS NOT NULL BEGIN
    UPDATE evidence SET thanks = thanks - 1 WHERE person = OLD.receiver AND skill = OLD.skill;
END;

CREATE TRIGGER answer_counts AFTER INSERT ON answer BEGIN
    UPDATE request SET answer_count = answer_count + 1 WHERE pk = NEW.request;
    UPDATE asked SET waiting = 0 WHERE request = NEW.request AND person = NEW.author;
END;
CREATE TRIGGER pass_settles AFTER INSERT ON pass BEGIN
    UPDATE asked SET waiting = 0 WHERE request = NEW.request AND person = NEW.person;
END;
CREATE TRIGGER end_settles AFTER UPDATE OF status ON request WHEN NEW.status IN ('solved', 'closed') BEGIN
    UPDATE asked SET waiting = 0 WHERE request = NEW.pk;
END;

-- Who can help with what: by their own word, or by help that was seen.
CREATE VIEW can_help (person, skill) AS
    SELECT person, skill FROM person_skill
    UNION
    SELECT person, skill FROM evidence WHERE accepted + thanks > 0;

-- Full text, folded before it gets here; `+` and `#` tell C, C++ and C# apart.
CREATE VIRTUAL TABLE person_text USING fts5 (
    name, title, team, place, skills,
    tokenize = "unicode61 remove_diacritics 2 tokenchars '+#'", prefix = '1 2 3'
);
CREATE VIRTUAL TABLE request_text USING fts5 (
    question, details, skills, answers,
    tokenize = "unicode61 remove_diacritics 2 tokenchars '+#'", prefix = '3 4'
);

-- What changed, in order: the ids of server-sent events.
CREATE TABLE event (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    request INTEGER NOT NULL REFERENCES request ON DELETE CASCADE,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX event_created ON event (created);

-- Answers to writes that carried an Idempotency-Key.
CREATE TABLE idempotency (
    person      INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    key         TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    status      INTEGER NOT NULL,
    location    TEXT,
    etag        TEXT,
    body        TEXT NOT NULL,
    created     INTEGER NOT NULL,
    PRIMARY KEY (person, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_created ON idempotency (created);
