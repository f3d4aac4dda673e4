-- How often in a row an answer told of some of its time and not of all: so that it is asked again until it is whole.
ALTER TABLE question ADD COLUMN short_answers INTEGER NOT NULL DEFAULT 0;
