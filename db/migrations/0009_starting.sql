-- A start counts and begins its job in one statement: no lock on a row of usage waits for the process that asked.

-- Kicks of the web app up to this id are seen: each was counted on the day on which it first was, if on any.
ALTER TABLE kickbot.usage ADD COLUMN seen bigint NOT NULL DEFAULT 0;
UPDATE kickbot.usage SET seen = coalesce((SELECT max(id) FROM public.kickgen_generatedkick), 0)
WHERE subject = 'all' OR starts_with(subject, 'account:');

-- The kicks of the web app that the subject has not seen yet and that count on the day, and the newest id there is. The
-- web app dates by UTC, whose day is ours or the next one: what it made on an earlier day of ours has an earlier date,
-- or was made on our last evening. Only `account:1` and `all` count what the web app makes.
CREATE FUNCTION kickbot.unseen_web_kicks(of_subject text, on_day date, OUT kicks integer, OUT newest bigint)
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
    account CONSTANT integer :=
        CASE WHEN starts_with(of_subject, 'account:') THEN split_part(of_subject, ':', 2)::integer END;
    last_seen CONSTANT bigint := coalesce((SELECT max(u.seen) FROM kickbot.usage u WHERE u.subject = of_subject), 0);
BEGIN
    kicks := 0;
    IF account IS NOT NULL OR of_subject = 'all' THEN
        SELECT count(*) FILTER (WHERE k.created_at >= on_day AND coalesce(d.web_made, true)), max(k.id)
        INTO kicks, newest
        FROM public.kickgen_generatedkick k LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id
        WHERE k.id > last_seen AND (account IS NULL OR k.user_id = account);
    END IF;
END
$$;

-- Lock the subject's row of usage, which is there from now on, and see to it that it counts what the web app has made.
CREATE FUNCTION kickbot.hold_usage(of_subject text, on_day date, OUT used integer, OUT added boolean)
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    unseen record;
BEGIN
    added := false;
    LOOP
        SELECT u.used INTO used FROM kickbot.usage u WHERE u.subject = of_subject AND u.day = on_day FOR NO KEY UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO kickbot.usage (subject, day, used, seen)
        SELECT of_subject, on_day, 0, coalesce(max(u.seen), 0) FROM kickbot.usage u WHERE u.subject = of_subject
        ON CONFLICT DO NOTHING;
        added := FOUND;
    END LOOP;
    unseen := kickbot.unseen_web_kicks(of_subject, on_day);
    IF unseen.newest IS NOT NULL THEN
        UPDATE kickbot.usage u SET used = u.used + unseen.kicks, seen = unseen.newest
        WHERE u.subject = of_subject AND u.day = on_day RETURNING u.used INTO used;
    END IF;
END
$$;

-- Count one kick for each of `subjects`, in whose order their rows are locked, or for none, and begin the job. `filed_for`
-- is the account that had the job when it was filed; another may have it by now, which then is the one that counts.
-- The outcome is `started`, `cancelled`, `lost` (to another worker), or `full` where `subject` has reached its limit.
-- The same start again finds what it has begun.
CREATE FUNCTION kickbot.start_job(
    of_job bigint, by_worker uuid, filed_for integer, placed text, on_day date, subjects text[], limits text[],
    chosen_object uuid, names text[],
    OUT outcome text, OUT account integer, OUT object uuid, OUT name text, OUT subject text, OUT most integer,
    OUT kept integer
) LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    job record;
    counted text[];
    held record;
    added text[] := '{}';
    tried integer := 0;
BEGIN
    SELECT * INTO job FROM kickbot.job j WHERE j.id = of_job FOR NO KEY UPDATE;
    account := job.account_id;
    IF NOT FOUND OR job.state = 'cancelled' THEN
        outcome := 'cancelled';
        RETURN;
    END IF;
    IF job.worker = by_worker AND job.state = 'running' AND job.object = chosen_object THEN
        outcome := 'started';
        object := job.object;
        name := job.name;
        RETURN;
    END IF;
    IF job.worker <> by_worker OR job.state <> 'queued' THEN
        outcome := 'lost';
        RETURN;
    END IF;

    counted := array_replace(subjects, 'account:' || filed_for, 'account:' || account);
    FOR rank IN 1 .. cardinality(counted) LOOP
        most := limits[rank];
        held := kickbot.hold_usage(counted[rank], on_day);
        IF held.added THEN
            added := added || counted[rank];
        END IF;
        IF held.used >= most THEN
            outcome := 'full';
            subject := counted[rank];
            kept := (SELECT count(*) FROM public.kickgen_generatedkick k WHERE k.user_id = account);
            DELETE FROM kickbot.usage u WHERE u.subject = ANY (added) AND u.day = on_day AND u.used = 0;
            RETURN;
        END IF;
    END LOOP;
    UPDATE kickbot.usage u SET used = u.used + 1 WHERE u.subject = ANY (counted) AND u.day = on_day;

    -- Starts of one account wait for one another at its row of usage, so no two of them choose the same name.
    LOOP
        tried := tried + 1;
        name := coalesce(names[tried], rtrim(left(names[1], 31 - length(tried::text))) || ' ' || tried);
        EXIT WHEN NOT EXISTS (
            SELECT FROM kickbot.take t WHERE t.account_id = account AND t.name = start_job.name
            UNION ALL SELECT FROM public.kickgen_generatedkick k
                WHERE k.user_id = account AND k.name = start_job.name
            UNION ALL SELECT FROM kickbot.job j
                WHERE j.account_id = account AND j.state = 'running' AND j.name = start_job.name
        );
    END LOOP;
    outcome := 'started';
    object := chosen_object;
    UPDATE kickbot.job j SET state = 'running', updated_at = now(), object = chosen_object, name = start_job.name,
        charged_on = on_day, charged = counted, placeholder = coalesce(placed, j.placeholder)
    WHERE j.id = of_job;
END
$$;
