-- Keys with which programs use the API for a person or an organization, and answers that are given again when a program asks twice.

-- ── Keys ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table auth.api_key (
  id uuid primary key,
  account_id uuid references auth.account on delete restrict,
  organization_id uuid references members.organization on delete restrict,
  made_by uuid not null references auth.account on delete restrict,
  digest bytea not null unique check (length(digest) = 32),
  hint text not null check (length(hint) between 1 and 40),
  name text not null check (length(name) between 1 and 100),
  scopes text[] not null check (cardinality(scopes) between 1 and 100 and array_to_string(scopes, ' ', '') ~ '^[a-z]+:(read|write)( [a-z]+:(read|write))*$'),
  made_at timestamptz not null default now(),
  ends_at timestamptz not null check (ends_at > made_at and ends_at <= made_at + interval '367 days'),
  used_at timestamptz,
  ended_at timestamptz,
  check (num_nonnulls(account_id, organization_id) = 1)
);
comment on table auth.api_key is 'A key with which a program uses the API: for a person (account_id) or for an organization. digest is the SHA-256 of what was shown once; hint its beginning, by which its owner knows it again. It reaches the fields of its scopes, field:read or field:write, until ends_at or until somebody revokes it (ended_at). used_at is written at most once an hour.';
create index api_key_of_account on auth.api_key (account_id, made_at, id) where account_id is not null;
create index api_key_of_organization on auth.api_key (organization_id, made_at, id) where organization_id is not null;
create index api_key_by_date on auth.api_key (made_at, id);
alter table auth.api_key enable row level security;
create policy read on auth.api_key for select to puente_auth using (true);
create policy add on auth.api_key for insert to puente_auth with check (true);
create policy change on auth.api_key for update to puente_auth using (true);
grant select, insert (id, account_id, organization_id, made_by, digest, hint, name, scopes, ends_at), update (used_at, ended_at) on auth.api_key to puente_auth;

-- ── A key is an actor ───────────────────────────────────────────────────────────────────────────────────────────────

create function app.principals_of_key(key uuid) returns text[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select coalesce((
      select case when k.account_id is not null then array['public', 'person:' || k.account_id] || app.principals_of(k.account_id)
        else array['public', 'organization:' || k.organization_id, 'role:' || k.organization_id || ':editor', 'role:' || k.organization_id || ':viewer']
          || (select array_agg('network:' || s.network_id order by s.network_id) from members.standing s
            where s.organization_id = k.organization_id and s.state = 'admitted' and s.until is null) end
      from auth.api_key k
      where k.id = key and k.ended_at is null and k.ends_at > now()
        and case when k.account_id is not null then exists (select from auth.account a where a.id = k.account_id and a.closed_at is null)
          else exists (select from members.standing s where s.organization_id = k.organization_id and s.state = 'admitted' and s.until is null) end), '{}')
  $$;
comment on function app.principals_of_key(uuid) is 'Under which names a key holds grants: those of its person as of now, or its organization with what an editor of it may. Nobody, not even the public, once the key has ended, its account is closed, or its organization is admitted nowhere.';
revoke execute on function app.principals_of_key(uuid) from public;
grant execute on function app.principals_of_key(uuid) to puente_auth;

create function app.acting_key() returns uuid
  language sql stable parallel safe
  set search_path = pg_catalog
  as $$
    -- The planner tries such expressions out, also where no key acts.
    select case when current_setting('app.actor', true) like 'key:%' then substr(current_setting('app.actor', true), 5)::uuid end
  $$;
comment on function app.acting_key() is 'The key that acts; nothing when the actor is no key.';
revoke execute on function app.acting_key() from public;

create or replace function app.principals_now() returns text[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select case
      when coalesce(current_setting('app.actor', true), '') = '' then '{}'::text[]
      when current_setting('app.actor', true) = 'public' then '{public}'::text[]
      when current_setting('app.actor', true) like 'person:%'
        then array['public', current_setting('app.actor', true)] || app.principals_of(substr(current_setting('app.actor', true), 8)::uuid)
      when current_setting('app.actor', true) like 'key:%' then app.principals_of_key(app.acting_key())
      else array['public', current_setting('app.actor', true)]
    end
  $$;

create or replace function app.actor_may(wanted text) returns boolean
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select case when app.acting_key() is null or wanted = 'read' then true
      when wanted in ('add', 'write') then exists (select from auth.api_key k, unnest(k.scopes) scope
        where k.id = app.acting_key() and scope like '%:write')
      else false end
  $$;
comment on function app.actor_may(text) is 'Whether the actor may do something at all, whichever the space: a key without a scope to write adds and changes nothing, and no key says who else may see a space. Everybody else may what their grants say.';

-- ── What a key did stands in the log with whose it is ───────────────────────────────────────────────────────────────

create or replace function app.signature() returns text
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select coalesce((select coalesce('person:' || k.account_id, 'organization:' || k.organization_id) || ',' from auth.api_key k where k.id = app.acting_key()), '')
      || current_setting('app.actor', true)
  $$;
comment on function app.signature() is 'As whom the actor signs an entry of the log: a key with its person or organization before it, person:…,key:….';

-- ── Answers that are given again ────────────────────────────────────────────────────────────────────────────────────

create table app.idempotency_key (
  actor text not null check (length(actor) between 1 and 200),
  digest bytea not null check (length(digest) = 32),
  request bytea not null check (length(request) = 32),
  ticket uuid not null,
  asked_at timestamptz not null default now(),
  acted_at timestamptz,
  ends_at timestamptz not null,
  status int check (status between 200 and 599),
  media_type text check (length(media_type) <= 200),
  location text check (length(location) <= 4096),
  body bytea,
  primary key (actor, digest)
);
comment on table app.idempotency_key is 'What a program asked with an Idempotency-Key, and what it was answered, for a day: asked again, it is answered the same and nothing is done twice. digest: SHA-256 of the key; request: of method, path and body. ticket: of the attempt that is at it. acted_at is written by that attempt in the transaction of the act itself, so that what was done and what is known of it never differ; status, media_type, location and body follow with the answer. Each actor reaches their own alone.';
create index idempotency_key_by_end on app.idempotency_key (ends_at);
alter table app.idempotency_key enable row level security;
-- By actor instead of by space: nobody shares what they were answered, not with their own organization either.
create policy read on app.idempotency_key for select to puente_app using (actor = (select nullif(current_setting('app.actor', true), '')));
create policy add on app.idempotency_key for insert to puente_app with check (actor = (select nullif(current_setting('app.actor', true), '')));
create policy change on app.idempotency_key for update to puente_app using (actor = (select nullif(current_setting('app.actor', true), '')));
grant select on app.idempotency_key to puente_app;
grant insert (actor, digest, request, ticket, ends_at) on app.idempotency_key to puente_app;
grant update (request, ticket, asked_at, acted_at, ends_at, status, media_type, location, body) on app.idempotency_key to puente_app;

create function app.forget_answers() returns int
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      forgotten int;
    begin
      delete from app.idempotency_key where ends_at <= now();
      get diagnostics forgotten = row_count;
      return forgotten;
    end
  $$;
comment on function app.forget_answers() is 'Deletes answers whose day is over: they count for nothing any more and nothing refers to them. It runs as the owner, since nobody may delete rows; whoever calls it takes only what has ended.';
revoke execute on function app.forget_answers() from public;
grant execute on function app.forget_answers() to puente_app;
