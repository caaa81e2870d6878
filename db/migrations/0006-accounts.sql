-- Who signs in and how (schema auth), and who works for the network (schema members).
-- The role puente_auth exists already (see docs/operating.md); only src/platform/access works as it.

create schema auth;
comment on schema auth is 'Accounts and how they sign in. Reached as puente_auth alone, by src/platform/access: what answers a visitor works as puente_app and sees nothing of it. Secrets lie here only as hashes or sealed.';
grant usage on schema auth to puente_auth;

create table auth.account (
  id uuid primary key,
  email text not null unique check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254),
  name text not null check (length(name) between 1 and 200),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  password text check (password like '$argon2id$%'),
  made_at timestamptz not null default now(),
  confirmed_at timestamptz,
  closed_at timestamptz
);
comment on table auth.account is 'One person who may sign in; its id is that of the person. The password is an argon2id hash in PHC form; without one a link sets it. Confirmed when a link sent to the address was followed.';

create table auth.session (
  id uuid primary key,
  account_id uuid not null references auth.account on delete restrict,
  token bytea not null unique check (length(token) = 32),
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  address text not null check (length(address) <= 100),
  agent text not null check (length(agent) <= 400)
);
comment on table auth.session is 'A browser that is signed in. The token is the SHA-256 of what the cookie holds. It ends with its date or is ended.';
create index session_of_account on auth.session (account_id, seen_at) where ended_at is null;

create table auth.link (
  id uuid primary key,
  digest bytea not null unique check (length(digest) = 32),
  purpose text not null check (purpose in ('first', 'invitation', 'password', 'address')),
  account_id uuid references auth.account on delete restrict,
  email text check (length(email) <= 254),
  about_id uuid,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz
);
comment on table auth.link is 'A link that works once, sent by mail or handed over: the first administrator, an invitation, a new password, a confirmed address. The digest is the SHA-256 of what the link holds; a newer link of the same purpose ends an older one.';
create index link_of_account on auth.link (account_id, purpose) where used_at is null;

create table auth.attempt (
  subject bytea not null check (length(subject) = 32),
  origin text not null check (length(origin) <= 100),
  failures int not null,
  failed_at timestamptz not null,
  next_at timestamptz not null,
  primary key (subject, origin)
);
comment on table auth.attempt is 'Failed sign-ins by account asked for (a hash, whether there is one or not) and where they came from: a network address, or a browser that signed in before. The wait grows for that pair alone, so guessing from elsewhere never locks the owner out.';

do $$
declare
  name text;
begin
  foreach name in array array['account', 'session', 'link', 'attempt'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('create policy read on auth.%I for select to puente_auth using (true)', name);
    execute format('create policy add on auth.%I for insert to puente_auth with check (true)', name);
    execute format('create policy change on auth.%I for update to puente_auth using (true)', name);
    execute format('grant select, insert, update on auth.%I to puente_auth', name);
  end loop;
end $$;

-- ── Networks and persons ────────────────────────────────────────────────────────────────────────────────

create schema members;
comment on schema members is 'The networks on this instance, and the persons who work for them.';
grant usage on schema members to puente_app;

insert into app.space (id, name) values ('00000000-0000-7000-8000-000000000004', 'directory');
insert into app.space_grant (space_id, grantee, scope, valid_from) values
  ('00000000-0000-7000-8000-000000000004', 'public', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000004', 'system:operator', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000004', 'system:operator', 'own', '-infinity'),
  ('00000000-0000-7000-8000-000000000002', 'system:operator', 'own', '-infinity');

create table members.network (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  crew_id uuid not null references app.space on delete restrict,
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name jsonb not null,
  made_at timestamptz not null default now()
);
comment on table members.network is 'A network of organizations run by a secretariat. Public. desk: the space in which the secretariat works; crew: the one in which an administrator says who does.';

create table members.person (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  name text not null check (length(name) between 1 and 200),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  version int not null default 1
);
comment on table members.person is 'A person with an account, as those see them who may read their own space. The id is that of the account.';

create table members.office (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  network_id uuid not null references members.network on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  office text not null check (office in ('administrator', 'secretariat', 'curator')),
  valid_from timestamptz not null default now(),
  valid_to timestamptz check (valid_to > valid_from)
);
comment on table members.office is 'Who works for the network itself: administers the instance, runs the secretariat, curates the record. Ended, never deleted.';
create unique index office_once on members.office (network_id, person_id, office) where valid_to is null;
create index office_of_person on members.office (person_id);

create function app.principals_of(person uuid) returns text[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select coalesce(array_agg('role:' || o.network_id || ':' || o.office order by o.network_id, o.office), '{}') from members.office o
    where o.person_id = person and o.valid_from <= now() and (o.valid_to is null or o.valid_to > now())
  $$;
comment on function app.principals_of(uuid) is 'Under which names a person holds grants beside their own: their offices in networks. It runs as the owner, since it decides what may be read at all.';
revoke execute on function app.principals_of(uuid) from public;

create or replace function app.principals_now() returns text[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select case
      when coalesce(current_setting('app.actor', true), '') = '' then '{}'::text[]
      when current_setting('app.actor', true) = 'public' then '{public}'::text[]
      when current_setting('app.actor', true) like 'person:%'
        then array['public', current_setting('app.actor', true)] || app.principals_of(substr(current_setting('app.actor', true), 8)::uuid)
      else array['public', current_setting('app.actor', true)]
    end
  $$;

-- ── Spaces that the application makes ───────────────────────────────────────────────────────────────────────────────

create function app.make_space(space uuid, space_name text, grants jsonb) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') in ('', 'public') or not app.actor_may('write') then
        raise exception 'only somebody signed in or the system makes a space' using errcode = '42501';
      end if;
      if space_name like 'person-%' then
        raise exception 'the own space of a person is made with them' using errcode = '42501';
      end if;
      insert into app.space (id, name) values (space, space_name);
      insert into app.space_grant (space_id, grantee, scope) select space, g ->> 'grantee', g ->> 'scope' from jsonb_array_elements(grants) g;
    end
  $$;
comment on function app.make_space(uuid, text, jsonb) is 'Makes a new space and its grants. Anybody who acts may: it holds nothing yet, and a space that exists is never touched.';
revoke execute on function app.make_space(uuid, text, jsonb) from public;
grant execute on function app.make_space(uuid, text, jsonb) to puente_app;

create function app.grant_space(space uuid, wanted_grantee text, wanted_scope text) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if not app.reaches(space, 'own') then
        raise exception 'the actor does not own this space' using errcode = '42501';
      end if;
      insert into app.space_grant (space_id, grantee, scope)
      select space, wanted_grantee, wanted_scope
      where not exists (select from app.space_grant g where g.space_id = space and g.grantee = wanted_grantee and g.scope = wanted_scope and g.valid_to is null);
    end
  $$;
comment on function app.grant_space(uuid, text, text) is 'Whoever owns a space lets others in, from now on.';
revoke execute on function app.grant_space(uuid, text, text) from public;
grant execute on function app.grant_space(uuid, text, text) to puente_app;

-- ── Policies and grants ─────────────────────────────────────────────────────────────────────────────────────────────
-- Who may read follows from the space, as everywhere. To add to a space is not enough here: anybody may add to the desk.

alter table members.network enable row level security;
create policy read on members.network for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on members.network for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on members.network for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on members.network to puente_app;
grant insert (id, space_id, desk_id, crew_id, key, name), update (name) on members.network to puente_app;

alter table members.person enable row level security;
create policy read on members.person for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy change on members.person for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on members.person to puente_app;
grant update (name, language, version) on members.person to puente_app;

create function members.make_person(person uuid, space uuid, person_name text, person_language text) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') not in ('system:accounts', 'system:operator') then
        raise exception 'only the system makes a person' using errcode = '42501';
      end if;
      insert into app.space (id, name) values (space, 'person-' || person);
      insert into app.space_grant (space_id, grantee, scope) values (space, 'person:' || person, 'read'), (space, 'person:' || person, 'write');
      insert into members.person (id, space_id, name, language) values (person, space, person_name, person_language);
    end
  $$;
comment on function members.make_person(uuid, uuid, text, text) is 'Makes a person and the space of their own, which they alone read and write.';
revoke execute on function members.make_person(uuid, uuid, text, text) from public;
grant execute on function members.make_person(uuid, uuid, text, text) to puente_app;

alter table members.office enable row level security;
create policy read on members.office for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on members.office for insert to puente_app with check ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))
  and exists (select from members.network n where n.id = network_id and n.crew_id = office.space_id));
create policy change on members.office for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on members.office to puente_app;
grant insert (id, space_id, network_id, person_id, office, valid_to), update (valid_to) on members.office to puente_app;
