-- An attempt is given back by every row of usage that knows of it, however accounts were joined or parted meanwhile.

-- The account that the job was first counted for, under which `carried` has it. `charged` are the rows that know of it,
-- as long as it may be given back.
ALTER TABLE kickbot.job ADD COLUMN source text;
UPDATE kickbot.job SET source = charged[1] WHERE state = 'running';

-- As before, but for the source.
CREATE OR REPLACE FUNCTION kickbot.start_job(
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
        charged_on = on_day, charged = counted, source = 'account:' || account,
        placeholder = coalesce(placed, j.placeholder)
    WHERE j.id = of_job;
END
$$;

-- End the job, which failed, and give its attempt back; whether it has ended, now or before. What was recorded after
-- all, or is another worker's by now, goes on. Whoever joins or parts accounts holds the job first: after that it tells
-- which rows know of it by now. These are locked in the order of `db/locks.py`, accounts among themselves by name.
CREATE FUNCTION kickbot.fail_job(of_job bigint, by_worker uuid, sentence text) RETURNS boolean
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    job record;
BEGIN
    SELECT * INTO job FROM kickbot.job j WHERE j.id = of_job FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN true;
    END IF;
    IF job.worker <> by_worker OR job.state NOT IN ('queued', 'running') THEN
        RETURN job.state NOT IN ('queued', 'running', 'made');
    END IF;
    UPDATE kickbot.job j SET state = 'failed', error = sentence, charged = NULL, token = NULL, updated_at = now()
        WHERE j.id = of_job;
    PERFORM FROM kickbot.usage u WHERE u.subject = ANY (job.charged) AND u.day = job.charged_on
        ORDER BY u.subject = 'all', starts_with(u.subject, 'place:'), u.subject FOR NO KEY UPDATE;
    UPDATE kickbot.usage u SET used = u.used - 1
        WHERE u.subject = ANY (job.charged) AND u.day = job.charged_on AND u.used > 0;
    UPDATE kickbot.carried c SET used = c.used - 1
        WHERE c.subject = ANY (job.charged) AND c.day = job.charged_on AND c.source = job.source AND c.used > 0;
    -- A worker that has stalled may still store the object, so the trash waits for it, as it does where one cancels.
    INSERT INTO kickbot.trash (path, due)
    SELECT job.account_id || '/' || job.object || '.wav', now() + interval '1 hour' WHERE job.object IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN true;
END
$$;

-- Cancel the job where it is open still; no row where it is not the account's, else the call to end, if any.
CREATE FUNCTION kickbot.cancel_job(of_job bigint, of_account integer) RETURNS TABLE (to_end text)
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    job record;
BEGIN
    SELECT * INTO job FROM kickbot.job j WHERE j.id = of_job AND j.account_id = of_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF job.state IN ('queued', 'running') THEN
        UPDATE kickbot.job j SET state = 'cancelled', charged = NULL, token = NULL, updated_at = now()
            WHERE j.id = of_job;
        INSERT INTO kickbot.trash (path, due)
        SELECT of_account || '/' || job.object || '.wav', now() + interval '1 hour' WHERE job.object IS NOT NULL
        ON CONFLICT DO NOTHING;
    END IF;
    to_end := CASE WHEN job.state IN ('queued', 'running', 'cancelled') THEN job.call_id END;
    RETURN NEXT;
END
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA kickbot FROM PUBLIC;
