-- New counterparts reach whoever answers for a listing: by a mail a day, by a feed, by a number where they begin.

alter table matching.match add column found_at timestamptz not null default clock_timestamp();
comment on column matching.match.found_at is 'Since when it is among the best, whatever its score has been since.';

-- ── What has been seen ──────────────────────────────────────────────────────────────────────────────────────────────

create table matching.seen (
  listing_id uuid not null references exchange.listing on delete restrict,
  other_id uuid not null references exchange.listing on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  seen_at timestamptz not null default now(),
  primary key (listing_id, other_id)
);
comment on table matching.seen is 'That somebody who answers for a listing has been shown a counterpart of it (space: its people; keeper: copied from the listing); until then it is new. It stays when the counterpart goes, so that one that comes again is not new.';
alter table matching.seen enable row level security;
create policy read on matching.seen for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)));
create policy add on matching.seen for insert to puente_app with check ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and exists (select from exchange.listing l where l.id = listing_id and l.keeper_id = seen.keeper_id and l.people_id = seen.space_id) and exists (select from exchange.listing o where o.id = other_id));
grant select on matching.seen to puente_app;
grant insert (listing_id, other_id, space_id, keeper_id) on matching.seen to puente_app;

-- ── How somebody is told ────────────────────────────────────────────────────────────────────────────────────────────

create table matching.notice (
  person_id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  often text not null default 'daily' check (often in ('daily', 'never')),
  told_until timestamptz not null default clock_timestamp(),
  mailed_on date,
  feed bytea unique check (length(feed) = 32),
  version int not null default 1
);
comment on table matching.notice is 'How a person is told of new counterparts of the listings that they answer for, in the space of their own; without a row, by mail. told_until: what was found before that has been told of, or does not have to be; mailed_on: the day of the last mail, since there is one a day at most. feed: SHA-256 of the secret in the address of their feed.';
alter table matching.notice enable row level security;
create policy read on matching.notice for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)));
create policy add on matching.notice for insert to puente_app with check ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))
  and exists (select from app.space s where s.id = space_id and s.name = 'person-' || person_id));
create policy change on matching.notice for update to puente_app using ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)));
grant select on matching.notice to puente_app;
grant insert (person_id, space_id, often, feed), update (often, told_until, feed, version) on matching.notice to puente_app;

create function matching.feed_of(digest bytea) returns uuid
  language sql stable security definer
  set search_path = pg_catalog
  as $$ select n.person_id from matching.notice n where n.feed = digest $$;
comment on function matching.feed_of(bytea) is 'Whose feed has an address with this secret. It runs as the owner, since a reader of feeds is not signed in; whoever has not got the secret learns nothing.';

-- ── What there is to tell ───────────────────────────────────────────────────────────────────────────────────────────

create table matching.news (
  listing_id uuid primary key references exchange.listing on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  found_at timestamptz not null
);
comment on table matching.news is 'When a counterpart of a listing of a member was found last, so that whoever is to be told is found without looking through all that is kept.';
create index news_by_date on matching.news (found_at);
create index news_of_organization on matching.news (organization_id, found_at);
alter table matching.news enable row level security;

create function matching.note_news() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      insert into matching.news as n (listing_id, organization_id, found_at)
        select l.id, l.organization_id, max(f.found_at) from fresh f join exchange.listing l on l.id = f.listing_id where l.organization_id is not null group by l.id
        on conflict (listing_id) do update set organization_id = excluded.organization_id, found_at = excluded.found_at;
      if not found then
        return null;
      end if;
      -- One that waits is enough; held until the commit, it is not taken before that.
      perform from app.job j where j.kind = 'matching.digests' and j.done_at is null and j.failed_at is null and j.ticket is null limit 1 for share skip locked;
      if not found then
        insert into app.job (id, space_id, kind, input, run_at) values (gen_random_uuid(), '00000000-0000-7000-8000-000000000002', 'matching.digests', '{}',
          (date_trunc('day', now() at time zone 'UTC' - interval '5 hours') + interval '1 day 5 hours') at time zone 'UTC');
      end if;
      return null;
    end
  $$;
comment on function matching.note_news() is 'Notes of which listings of members a counterpart was found, and has their people told at five o''clock UTC: at midnight in Havana, at noon in Hanoi.';
create trigger news after insert on matching.match referencing new table as fresh for each statement execute function matching.note_news();

create function matching.to_tell() returns setof uuid
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      return query select distinct r.person_id from matching.news w
        join members.role r on r.organization_id = w.organization_id and r.role in ('admin', 'editor') and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now())
        left join matching.notice n on n.person_id = r.person_id
        where w.found_at > now() - interval '30 days' and w.found_at > coalesce(n.told_until, r.valid_from) and n.often is distinct from 'never';
    end
  $$;
comment on function matching.to_tell() is 'Whoever answers for listings of which a counterpart was found since they were told last, and wants to know.';

create function matching.due(person uuid) returns table (listing_id uuid, since text, until text, space_id uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:accounts' then
        raise exception 'only the part of the system that writes to people asks this' using errcode = '42501';
      end if;
      -- Nobody is at writing what was found before this moment.
      perform pg_advisory_xact_lock_shared(hashtextextended('matching', 0));
      return query select w.listing_id, greatest(min(coalesce(n.told_until, r.valid_from)), now() - interval '30 days')::text, clock_timestamp()::text, p.space_id
        from members.role r join members.person p on p.id = r.person_id join matching.news w on w.organization_id = r.organization_id left join matching.notice n on n.person_id = r.person_id
        where r.person_id = person and r.role in ('admin', 'editor') and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now())
          and n.often is distinct from 'never' and n.mailed_on is distinct from (now() at time zone 'UTC')::date
          and w.found_at > coalesce(n.told_until, r.valid_from) and w.found_at > now() - interval '30 days'
        group by w.listing_id, p.space_id;
    end
  $$;
comment on function matching.due(uuid) is 'Of which listings somebody is to be told, as far as what was found after one moment and until another; nothing when they had their mail of the day, or want none. Of what is older than thirty days nobody is told.';

create function matching.tell(person uuid, until timestamptz, mailed boolean) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      today date := (now() at time zone 'UTC')::date;
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:accounts' then
        raise exception 'only the part of the system that writes to people asks this' using errcode = '42501';
      end if;
      insert into matching.notice as n (person_id, space_id, told_until, mailed_on) select p.id, p.space_id, until, case when mailed then today end from members.person p where p.id = person
        on conflict (person_id) do update set told_until = excluded.told_until, mailed_on = coalesce(excluded.mailed_on, n.mailed_on)
          where n.often <> 'never' and n.told_until < until and (not mailed or n.mailed_on is distinct from today);
      return found;
    end
  $$;
comment on function matching.tell(uuid, timestamptz, boolean) is 'Notes until when somebody has been told; false when somebody else has told them meanwhile, or they want to know no more.';
revoke execute on function matching.note_news(), matching.feed_of(bytea), matching.to_tell(), matching.due(uuid), matching.tell(uuid, timestamptz, boolean) from public;
grant execute on function matching.feed_of(bytea), matching.to_tell(), matching.due(uuid), matching.tell(uuid, timestamptz, boolean) to puente_app;

-- ── Saved searches: whoever is told at once is found from what was published ────────────────────────────────────────

alter table app.saved_search add column gate text[] not null default '{}', add column needs text[] not null default '{}', add column read_with text;
comment on column app.saved_search.gate is 'Lexemes of which at least one stands in whatever the search finds: those of its longest word. Marked !, what is left of a word without one of its letters, as app.search_spelling keeps it.';
comment on column app.saved_search.needs is 'The same for each of its words, the lexemes of one separated by the unit separator.';
comment on column app.saved_search.read_with is 'The version of the vocabulary with which gate and needs were made; another one, and they are made anew.';
grant insert (gate, needs, read_with), update (gate, needs, read_with) on app.saved_search to puente_app;
create index saved_search_by_gate on app.saved_search using gin (gate) where ended_at is null and often = 'at-once';
drop index app.saved_search_at_once;
create index saved_search_by_reading on app.saved_search (read_with, id) where ended_at is null and often = 'at-once';

drop function app.note_published(uuid);
create function app.note_published(job uuid, objects uuid[]) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      fresh uuid[];
    begin
      if not exists (select from app.saved_search s where s.ended_at is null and s.often = 'at-once') then
        return false;
      end if;
      select array_agg(r.object_id) into fresh from app.search_row r where r.object_id = any (objects) and r.published_at = now();
      if fresh is null then
        return false;
      end if;
      insert into app.job (id, space_id, kind, input) values (job, '00000000-0000-7000-8000-000000000002', 'search.published', jsonb_build_object('objects', fresh));
      return true;
    end
  $$;
comment on function app.note_published(uuid, uuid[]) is 'Has those who want to know at once told of what the transaction at hand publishes, as far as there are any: queues a job that names it. It runs as the owner, since nobody sees what others search for.';
revoke execute on function app.note_published(uuid, uuid[]) from public;
grant execute on function app.note_published(uuid, uuid[]) to puente_app;

create function app.searches_met(objects uuid[]) returns setof uuid
  language plpgsql stable security definer
  set search_path = pg_catalog
  set plan_cache_mode = force_custom_plan
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:accounts' then
        raise exception 'only the part of the system that writes to people asks who searches for what' using errcode = '42501';
      end if;
      return query
        with things as materialized (select r.space_id, r.kind, r.facets, tsvector_to_array(r.terms) as lexemes from app.search_row r where r.object_id = any (objects)),
        keyed as materialized (
          select t.kind, t.facets, t.lexemes || array(select '!' || n from app.search_spelling w, unnest(w.near) n
            where w.space_id = t.space_id and w.word in (select substr(l, 2) from unnest(t.lexemes) l where l like '^%')) as keys from things t)
        select distinct s.id from keyed k join app.saved_search s on s.gate && k.keys
        where s.ended_at is null and s.often = 'at-once' and (s.kind is null or s.kind = k.kind) and s.facets <@ k.facets
          and not exists (select from unnest(s.needs) n where not (string_to_array(n, E'\x1f') && k.keys));
    end
  $$;
comment on function app.searches_met(uuid[]) is 'The searches of which somebody wants to know at once that may find some of these things: at least one lexeme of each of their words stands there, or a word one slip away in a name. By an index over what is searched for, so that what nobody looks for costs nothing. What each finds, and its person may see, is asked afterwards.';
revoke execute on function app.searches_met(uuid[]) from public;
grant execute on function app.searches_met(uuid[]) to puente_app;
