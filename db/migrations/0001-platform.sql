-- What every module stands on: who may see what, the log, files, search.
-- Run by the owner of the database. The role puente_app exists already (see docs/operating.md); it owns nothing.

comment on schema app is 'The platform: spaces and grants, log, files, search. Knows no word of the trade.';
grant usage on schema app to puente_app;

-- ── Who acts ────────────────────────────────────────────────────────────────────────────────────────────────────────

create function app.principals_now() returns text[]
  language sql stable parallel safe
  set search_path = pg_catalog
  as $$
    select case coalesce(current_setting('app.actor', true), '')
      when '' then '{}'::text[]
      when 'public' then '{public}'::text[]
      else array['public', current_setting('app.actor', true)]
    end
  $$;
comment on function app.principals_now() is 'Under which names the actor of this transaction holds grants, worked out anew. No actor set, or the empty string that remains after a transaction: nobody.';

create function app.principals() returns text[]
  language plpgsql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    declare
      actor text := current_setting('app.actor', true);
      held text := current_setting('app.held', true);
    begin
      return case when starts_with(held, actor || ' ') then substr(held, length(actor) + 2)::text[] else app.principals_now() end;
    end
  $$;
comment on function app.principals() is 'Under which names the actor of this transaction holds grants: as app.hold() found them, where it was asked for this actor.';

create function app.hold() returns void
  language sql volatile security definer
  set search_path = pg_catalog
  as $$
    select set_config('app.held', current_setting('app.actor') || ' ' || app.principals_now()::text, true)
  $$;
comment on function app.hold() is 'Works out once for a whole transaction under which names its actor holds grants, since each statement asks several times. Called as the transaction begins.';
revoke execute on function app.hold() from public;
grant execute on function app.hold() to puente_app;

-- Two questions that API keys answer in their own way (0012); for everybody else this is the answer.
create function app.actor_may(wanted text) returns boolean
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$ select true $$;
revoke execute on function app.actor_may(text) from public;
grant execute on function app.actor_may(text) to puente_app;

create function app.signature() returns text
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$ select current_setting('app.actor', true) $$;
revoke execute on function app.signature() from public;

-- ── Spaces ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create table app.space (
  id uuid primary key,
  name text not null unique check (name ~ '^[a-z][a-z0-9-]*$')
);
comment on table app.space is 'What shares an audience. Every protected row names its space; a row of a space appears and disappears with the grants of that space.';
alter table app.space enable row level security;

create table app.space_grant (
  space_id uuid not null references app.space on delete restrict,
  grantee text not null check (grantee ~ '^(public|system:[a-z]+|network:[0-9a-f-]{36}|organization:[0-9a-f-]{36}|role:[0-9a-f-]{36}:[a-z]+|person:[0-9a-f-]{36})$'),
  scope text not null check (scope in ('read', 'add', 'write', 'own')),
  valid_from timestamptz not null default now(),
  valid_to timestamptz check (valid_to > valid_from),
  primary key (space_id, grantee, scope, valid_from)
);
comment on table app.space_grant is 'Who may read a space, add to it, write in it (change what is there; includes add), or own it (say who else may), since when and until when. A grant is ended, never deleted.';
create index space_grant_by_grantee on app.space_grant (grantee, scope) include (space_id, valid_from, valid_to);
alter table app.space_grant enable row level security;

create function app.spaces(wanted text) returns uuid[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select coalesce(array_agg(distinct g.space_id), '{}')
    from app.space_grant g
    where app.actor_may(wanted)
      and g.grantee = any (app.principals())
      and (g.scope = wanted or (wanted = 'add' and g.scope = 'write'))
      and g.valid_from <= now()
      and (g.valid_to is null or g.valid_to > now())
  $$;
comment on function app.spaces(text) is 'All spaces that the actor may read (read), add to (add) or change (write) now, for what has to name them. Policies ask app.first_spaces().';
revoke execute on function app.spaces(text) from public;
grant execute on function app.spaces(text) to puente_app;

-- In a language that keeps its plans, since every statement that is bound by a policy begins with it.
create function app.first_spaces(wanted text) returns uuid[]
  language plpgsql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    begin
      if not app.actor_may(wanted) then
        return '{}';
      end if;
      return array(select g.space_id from app.space_grant g
        where g.grantee = any (app.principals()) and g.scope = any (case wanted when 'add' then '{add,write}' else array[wanted] end)
          and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now())
        limit 65);
    end
  $$;
comment on function app.first_spaces(text) is 'Some of the spaces that the actor may read, add to or write: at most 65, which for nearly everybody are all. A policy asks these first, once per statement, and only for an actor with more looks up one space after the other (app.more_to_read and its like); so what security costs does not grow with how many spaces somebody has.';
revoke execute on function app.first_spaces(text) from public;
grant execute on function app.first_spaces(text) to puente_app;

create function app.has_more_spaces(wanted text) returns boolean
  language plpgsql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    begin
      return cardinality(app.first_spaces(wanted)) > 64;
    end
  $$;
comment on function app.has_more_spaces(text) is 'Whether the actor may have more spaces than app.first_spaces() lists; see there.';
revoke execute on function app.has_more_spaces(text) from public;
grant execute on function app.has_more_spaces(text) to puente_app;

-- Written so that no index by grantee answers it: the planner knows nothing of how many grants somebody holds, and would read them all for each space. The names are
-- looked up in a hash, since somebody with a thousand roles has thousands.
create view app.reached with (security_barrier) as
  select g.space_id as space, g.scope from app.space_grant g
  where case when g.grantee in (select unnest(app.principals())) then true else false end and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now());
comment on view app.reached is 'The grants that the actor of this transaction holds now, to look up one space. Nobody sees whose they are, or who else holds one.';
create view app.more_to_read with (security_barrier) as
  select r.space from app.reached r where r.scope = 'read' and (select app.has_more_spaces('read'));
create view app.more_to_add with (security_barrier) as
  select r.space from app.reached r where r.scope in ('add', 'write') and (select app.has_more_spaces('add'));
create view app.more_to_write with (security_barrier) as
  select r.space from app.reached r where r.scope = 'write' and (select app.has_more_spaces('write'));
comment on view app.more_to_read is 'The spaces that the actor may read, for an actor with more than a few; else empty. Policies look one up with an offset, so that it is looked up and not all of them read.';
comment on view app.more_to_add is 'As app.more_to_read, for the spaces that the actor may add to.';
comment on view app.more_to_write is 'As app.more_to_read, for the spaces that the actor may write.';
grant select on app.more_to_read, app.more_to_add, app.more_to_write to puente_app;

create function app.reaches(wanted_space uuid, wanted text) returns boolean
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select app.actor_may(wanted) and exists (
      select from app.reached r where r.space = wanted_space and (r.scope = wanted or (wanted = 'add' and r.scope = 'write')))
  $$;
comment on function app.reaches(uuid, text) is 'Whether the actor may read, add to, write or own one space now.';
revoke execute on function app.reaches(uuid, text) from public;

create policy read on app.space for select to puente_app using (id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = id offset 0));
grant select on app.space to puente_app;
-- app.space_grant has no policy: nobody but the owner, and what works in its name, sees who else holds a grant.

insert into app.space (id, name) values
  ('00000000-0000-7000-8000-000000000001', 'record'),
  ('00000000-0000-7000-8000-000000000002', 'desk');
insert into app.space_grant (space_id, grantee, scope, valid_from) values
  ('00000000-0000-7000-8000-000000000001', 'public', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000001', 'system:importer', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000002', 'public', 'add', '-infinity'),
  ('00000000-0000-7000-8000-000000000002', 'system:importer', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000002', 'system:importer', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000002', 'system:operator', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000002', 'system:operator', 'write', '-infinity');

-- ── Log ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table app.log_chain (
  chain text primary key check (chain ~ '^[a-z]+(:[0-9a-z-]+)?$'),
  entries bigint not null,
  head bytea not null
);
comment on table app.log_chain is 'The newest entry of each chain: how many there are and the hash of the last. Locked while one is added, so the entries of one chain follow each other and chains do not wait for one another.';
alter table app.log_chain enable row level security;

create table app.log_entry (
  id uuid primary key,
  position bigint generated always as identity unique,
  transaction xid8 not null default pg_current_xact_id(),
  chain text not null references app.log_chain on delete restrict,
  number bigint not null check (number > 0),
  space_id uuid not null references app.space on delete restrict,
  at timestamptz not null,
  actor text not null,
  organization_id uuid,
  verb text not null check (verb ~ '^[a-z-]+(\.[a-z-]+)+$'),
  object_kind text not null,
  object_id uuid,
  commitment bytea not null check (length(commitment) = 32),
  previous bytea not null,
  hash bytea not null check (length(hash) = 32),
  unique (chain, number)
);
comment on table app.log_entry is 'One row for each act that changed something. Only app.log_append() writes here and nobody may change or delete a row; each row carries the hash of the one before it in its chain.';
-- Of the expression, so that no other index gives the order: the planner would walk back through all positions for the newest of one space.
create index log_entry_newest on app.log_entry (space_id, (-position));
create index log_entry_by_object on app.log_entry (object_id, position) where object_id is not null;
alter table app.log_entry enable row level security;
create policy read on app.log_entry for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
grant select on app.log_entry to puente_app;

create table app.log_payload (
  entry_id uuid primary key references app.log_entry on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  salt bytea not null check (length(salt) = 32),
  payload text not null check (payload::json is not null)
);
comment on table app.log_payload is 'The change itself, apart from its entry: it can be withheld from some or erased by law, and the chain, which holds only the salted commitment to it, still verifies.';
alter table app.log_payload enable row level security;
create policy read on app.log_payload for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
grant select on app.log_payload to puente_app;

create function app.log_hash(e app.log_entry) returns bytea
  language sql immutable parallel safe
  set search_path = pg_catalog
  as $$
    select sha256(convert_to(concat_ws(E'\n', 'puente-log-1', e.chain, e.number, e.id,
      to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor, coalesce(e.organization_id::text, '-'),
      e.verb, e.object_kind, coalesce(e.object_id::text, '-'), encode(e.commitment, 'hex'), encode(e.previous, 'hex')), 'UTF8'))
  $$;
comment on function app.log_hash(app.log_entry) is 'The hash of an entry: SHA-256 of its fields, one a line, in this order. src/platform/log/chain.ts computes the same on its own to verify.';

-- Of every person's own space a grant to the part of the system that makes accounts would be one more for each person, read at each of its acts; so it is named here.
create function app.log_append(entry_id uuid, chain_name text, space uuid, organization uuid, what text, kind text, object uuid, salt bytea, payload text) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      last app.log_chain;
      e app.log_entry;
    begin
      if coalesce(current_setting('app.actor', true), '') = '' then
        raise exception 'nobody acts: the log needs an actor' using errcode = '42501';
      end if;
      if not (app.reaches(space, 'add') or (current_setting('app.actor') = 'system:accounts' and exists (select from app.space s where s.id = space and s.name like 'person-%'))) then
        raise exception 'the actor may not write in this space' using errcode = '42501';
      end if;
      insert into app.log_chain values (chain_name, 0, ''::bytea) on conflict do nothing;
      select * into strict last from app.log_chain where chain = chain_name for update;
      e.id := entry_id;
      e.chain := chain_name;
      e.number := last.entries + 1;
      e.space_id := space;
      e.at := clock_timestamp();
      e.actor := app.signature();
      e.organization_id := organization;
      e.verb := what;
      e.object_kind := kind;
      e.object_id := object;
      e.commitment := sha256(salt || convert_to(payload, 'UTF8'));
      e.previous := last.head;
      e.hash := app.log_hash(e);
      insert into app.log_entry (id, chain, number, space_id, at, actor, organization_id, verb, object_kind, object_id, commitment, previous, hash)
        values (e.id, e.chain, e.number, e.space_id, e.at, e.actor, e.organization_id, e.verb, e.object_kind, e.object_id, e.commitment, e.previous, e.hash);
      insert into app.log_payload values (e.id, e.space_id, salt, payload);
      update app.log_chain set entries = e.number, head = e.hash where chain = chain_name;
    end
  $$;
comment on function app.log_append(uuid, text, uuid, uuid, text, text, uuid, bytea, text) is 'Adds one entry to a chain in the transaction of the act it tells of. The actor is the one of the transaction, not an argument.';
revoke execute on function app.log_append(uuid, text, uuid, uuid, text, text, uuid, bytea, text) from public;
grant execute on function app.log_append(uuid, text, uuid, uuid, text, text, uuid, bytea, text) to puente_app;

-- ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────

create table app.file (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  sha256 bytea not null check (length(sha256) = 32),
  bytes bigint not null check (bytes >= 0),
  media_type text not null,
  name text not null check (length(name) between 1 and 255),
  added_at timestamptz not null default now(),
  unique (space_id, sha256, name)
);
comment on table app.file is 'That a space holds a file; the bytes lie outside the database under their SHA-256, once, however many spaces hold them. Having the hash gives nobody the file.';
alter table app.file enable row level security;
create policy read on app.file for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on app.file for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on app.file to puente_app;
grant insert (id, space_id, sha256, bytes, media_type, name) on app.file to puente_app;

-- ── Search ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create table app.search_row (
  object_id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  kind text not null,
  path text not null,
  title jsonb not null,
  detail jsonb not null,
  names text[] not null,
  terms tsvector not null
);
comment on table app.search_row is 'What a search finds: one row a thing, with the link and the words to show, all names it goes by, and as terms its folded words, each word of a name once more with a mark (^word), each name as a whole (=name), its kind (#kind) and its audience (@space). Written with the thing, in its transaction.';
create index search_row_terms on app.search_row using gin (terms);
alter table app.search_row enable row level security;
create policy read on app.search_row for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on app.search_row for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on app.search_row for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on app.search_row to puente_app;
grant insert (object_id, space_id, kind, path, title, detail, names, terms) on app.search_row to puente_app;
grant update (space_id, kind, path, title, detail, names, terms) on app.search_row to puente_app;

-- A word that stands in a fifth of all rows must not cost a look at each: several looks into the index, the best first and unfinished words after whole ones,
-- each taking no more rows than are wanted, and none of the later ones once there are enough.
create function app.search(words tsquery, names tsquery, whole text, wanted text[], cap int) returns table (object_id uuid, kind text, score real)
  language sql stable security definer
  set search_path = pg_catalog
  as $$
    with asked as materialized (
      select few, among, among && replace(names::text, ':*', '')::tsquery as whole_names, among && names as names, among && replace(words::text, ':*', '')::tsquery as whole_words,
        among && words as words, among && quote_literal('=' || whole)::tsquery as called
      from (select cardinality(spaces) <= 8 as few,
          case when cardinality(spaces) > 8 then ''::tsquery else (select string_agg(quote_literal('@' || s), ' | ')::tsquery from unnest(spaces) s) end
        && coalesce((select string_agg(quote_literal('#' || k), ' | ')::tsquery from unnest(wanted) k), ''::tsquery) as among from (select app.first_spaces('read') as spaces) reader) audience),
    called as materialized (
      select r.object_id, r.kind, 20 + ts_rank('{0.1, 0.3, 0.6, 1.0}', r.terms, words, 1) as score from app.search_row r where r.terms @@ (select a.called from asked a) and ((select a.few from asked a) or exists (select from app.reached g where g.space = r.space_id and g.scope = 'read' offset 0)) limit cap),
    named as materialized (
      select r.object_id, r.kind, 10 + ts_rank('{0.1, 0.3, 0.6, 1.0}', r.terms, words, 1) as score from app.search_row r where r.terms @@ (select a.whole_names from asked a) and ((select a.few from asked a) or exists (select from app.reached g where g.space = r.space_id and g.scope = 'read' offset 0)) limit cap),
    begun as materialized (
      select r.object_id, r.kind, 10 + ts_rank('{0.1, 0.3, 0.6, 1.0}', r.terms, words, 1) as score from app.search_row r where r.terms @@ (select a.names from asked a) and ((select a.few from asked a) or exists (select from app.reached g where g.space = r.space_id and g.scope = 'read' offset 0))
      limit case when (select count(*) from named) < cap then cap else 0 end),
    others as materialized (
      select r.object_id, r.kind, ts_rank('{0.1, 0.3, 0.6, 1.0}', r.terms, words, 1) as score from app.search_row r where r.terms @@ (select a.whole_words from asked a) and ((select a.few from asked a) or exists (select from app.reached g where g.space = r.space_id and g.scope = 'read' offset 0))
      limit case when greatest((select count(*) from named), (select count(*) from begun)) < cap then cap else 0 end),
    rest as materialized (
      select r.object_id, r.kind, ts_rank('{0.1, 0.3, 0.6, 1.0}', r.terms, words, 1) as score from app.search_row r where r.terms @@ (select a.words from asked a) and ((select a.few from asked a) or exists (select from app.reached g where g.space = r.space_id and g.scope = 'read' offset 0))
      limit case when greatest((select count(*) from named), (select count(*) from begun), (select count(*) from others)) < cap then cap else 0 end)
    select f.object_id, f.kind, max(f.score)::real
    from (select * from called union all select * from named union all select * from begun union all select * from others union all select * from rest) f
    group by f.object_id, f.kind
    order by 3 desc, f.object_id
    limit cap
  $$;
comment on function app.search(tsquery, tsquery, text, text[], int) is 'What the actor may see among what fits the words, best first: what is called just so, then what has all words in its names (names: the same query over marked words), then the rest. Past the cap, some rows of the last step are left out, in no order. The audience is part of the index query, so what is hidden costs no time and leaves no trace in the counts; for somebody with more spaces than a handful, which would each be looked up in the index, the space of each row found is looked up instead, before it counts. Row-level security stands behind it when the rows are read.';
revoke execute on function app.search(tsquery, tsquery, text, text[], int) from public;
grant execute on function app.search(tsquery, tsquery, text, text[], int) to puente_app;

create table app.search_spelling (
  space_id uuid not null references app.space on delete restrict,
  word text collate "C" not null,
  near text[] collate "C" not null,
  primary key (space_id, word)
);
comment on table app.search_spelling is 'The words of names, each with what is left of it without each of its letters, so that a mistyped word finds those one slip away.';
create index search_spelling_near on app.search_spelling using gin (near);
alter table app.search_spelling enable row level security;
create policy read on app.search_spelling for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on app.search_spelling for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on app.search_spelling to puente_app;
grant insert (space_id, word, near) on app.search_spelling to puente_app;

create function app.near_words(keys json) returns table (asked text, word text)
  language sql stable security definer
  set search_path = pg_catalog
  as $$
    select distinct k.word, s.word from json_to_recordset(keys) as k (word text, near text)
      join app.search_spelling s on s.near @> array[k.near collate "C"]
    where (s.space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = s.space_id offset 0))
    order by 1, 2 limit 1000
  $$;
comment on function app.near_words(json) is 'The words of names that the actor may see and that share a key with a word asked for. It runs as the owner because the index of keys cannot be used under row-level security; it applies the same rule itself.';
revoke execute on function app.near_words(json) from public;
grant execute on function app.near_words(json) to puente_app;
