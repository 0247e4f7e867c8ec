-- The web app may have a database role of its own, which has no rights on our tables. What it deletes reaches ours by
-- their foreign keys, and up to PostgreSQL 17 the triggers there run with its rights: so these have their owner's.
ALTER FUNCTION kickbot.count_save() SECURITY DEFINER SET search_path = '';
ALTER FUNCTION kickbot.add_saves(text, integer, integer) SECURITY DEFINER SET search_path = '';

-- A trigger needs nobody's right to call it.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA kickbot FROM PUBLIC;
