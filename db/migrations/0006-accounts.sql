-- Who signs in and how (schema auth), and which organizations and persons the network consists of (schema members).
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
comment on table auth.account is 'One person who may sign in; its id is that of the person. The password is an argon2id hash in PHC form; without one there is a passkey, or a link that sets one. Confirmed when a link sent to the address was followed.';

create table auth.session (
  id uuid primary key,
  account_id uuid not null references auth.account on delete restrict,
  token bytea not null unique check (length(token) = 32),
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  proven_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  address text not null check (length(address) <= 100),
  agent text not null check (length(agent) <= 400)
);
comment on table auth.session is 'A browser that is signed in. The token is the SHA-256 of what the cookie holds. proven_at: when the person last showed who they are, which sensitive acts ask for anew. It ends with its date or is ended.';
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

create table auth.totp (
  account_id uuid primary key references auth.account on delete restrict,
  secret bytea not null,
  made_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint not null default 0
);
comment on table auth.totp is 'The second factor by an authenticator app (RFC 6238): its sealed secret, and the last time step that was used, so that no code works twice. It counts once a first code confirmed it.';

create table auth.recovery_code (
  account_id uuid not null references auth.account on delete restrict,
  digest bytea not null check (length(digest) = 32),
  made_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (account_id, digest)
);
comment on table auth.recovery_code is 'Codes that stand in for the second factor, each once; SHA-256 of the code. New ones end the old.';

create table auth.passkey (
  id text primary key check (length(id) <= 2000),
  account_id uuid not null references auth.account on delete restrict,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 100),
  made_at timestamptz not null default now(),
  used_at timestamptz,
  ended_at timestamptz
);
comment on table auth.passkey is 'A passkey (WebAuthn Level 3): the credential id in base64url, its public key in COSE form, the counter it last gave.';
create index passkey_of_account on auth.passkey (account_id) where ended_at is null;

create table auth.challenge (
  id uuid primary key,
  challenge text not null check (length(challenge) <= 200),
  account_id uuid references auth.account on delete restrict,
  ends_at timestamptz not null,
  used_at timestamptz
);
comment on table auth.challenge is 'What a passkey is asked to sign, once, within minutes.';

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
  foreach name in array array['account', 'session', 'link', 'totp', 'recovery_code', 'passkey', 'challenge', 'attempt'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('create policy read on auth.%I for select to puente_auth using (true)', name);
    execute format('create policy add on auth.%I for insert to puente_auth with check (true)', name);
    execute format('create policy change on auth.%I for update to puente_auth using (true)', name);
    execute format('grant select, insert, update on auth.%I to puente_auth', name);
  end loop;
end $$;

-- ── Persons, organizations, networks ────────────────────────────────────────────────────────────────────────────────

create schema members;
comment on schema members is 'The networks on this instance, the organizations in them, and the persons who act for these.';
grant usage on schema members to puente_app;

insert into app.space (id, name) values ('00000000-0000-7000-8000-000000000004', 'directory');
insert into app.space_grant (space_id, grantee, scope, valid_from) values
  ('00000000-0000-7000-8000-000000000004', 'public', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000004', 'system:operator', 'write', '-infinity');

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
comment on table members.person is 'A person with an account, as those see them who work with them. The id is that of the account; the space is that of the organizations they act for, or their own.';

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

create table members.organization (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  people_id uuid not null references app.space on delete restrict,
  name jsonb not null,
  original text not null check (original in ('en', 'es', 'zh', 'vi')),
  name_sort text collate "C" not null,
  kind text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  website text check (length(website) <= 2000),
  domain text check (domain ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$' and length(domain) <= 253),
  profile jsonb not null default '{}',
  strengths jsonb not null default '{}',
  ror text unique,
  gln text unique,
  lei text unique,
  logo bytea check (length(logo) = 32),
  parent_id uuid references members.organization on delete restrict,
  version int not null default 1,
  made_at timestamptz not null default now()
);
comment on table members.organization is 'An organization that is or was in a network, as it describes itself. Anybody who may read the directory sees it; only who may write in its keeper, the space of its admins and editors, changes it. people: the space in which its admins say who acts for it.';
create index organization_by_name on members.organization (name_sort, id);
create index organization_by_country on members.organization (country, name_sort, id);

create table members.standing (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  network_id uuid not null references members.network on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  state text not null check (state in ('admitted', 'suspended', 'left')),
  founding date,
  reason text check (length(reason) <= 2000),
  valid_from timestamptz not null default now(),
  valid_to timestamptz check (valid_to >= valid_from)
);
comment on table members.standing is 'How an organization stands in a network, from when until when: admitted, suspended, left. One stands now; the others are its history. founding: since when it is a founding member.';
create unique index standing_now on members.standing (network_id, organization_id) where valid_to is null;
create index standing_of_organization on members.standing (organization_id, valid_from);

create table members.role (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  role text not null check (role in ('admin', 'editor', 'signatory', 'quality', 'trader', 'viewer')),
  deputy_of uuid references members.role on delete restrict,
  valid_from timestamptz not null default now(),
  valid_to timestamptz check (valid_to > valid_from)
);
comment on table members.role is 'What a person may do for an organization, from when until when. deputy_of: it stands in for that role. Ended, never deleted.';
create index role_of_person on members.role (person_id, valid_from);
create index role_of_organization on members.role (organization_id, valid_from);

create function app.principals_of(person uuid) returns text[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    with roles as (
        select r.organization_id, r.role from members.role r
        where r.person_id = person and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now())),
      named as (
        select 'organization:' || organization_id as name from roles
        union select 'role:' || organization_id || ':' || role from roles
        union select 'network:' || s.network_id from roles join members.standing s using (organization_id) where s.state = 'admitted' and s.valid_to is null
        union select 'role:' || o.network_id || ':' || o.office from members.office o
          where o.person_id = person and o.valid_from <= now() and (o.valid_to is null or o.valid_to > now()))
    select coalesce(array_agg(name order by name), '{}') from named
  $$;
comment on function app.principals_of(uuid) is 'Under which names a person holds grants beside their own: each organization they act for and their role in it, the networks these are admitted to, their offices. It runs as the owner, since it decides what may be read at all.';
revoke execute on function app.principals_of(uuid) from public;

create or replace function app.principals() returns text[]
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

-- ── Coming in: applications, claims, invitations ────────────────────────────────────────────────────────────────────

create table members.application (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  network_id uuid not null references members.network on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  number int not null,
  name jsonb not null,
  original text not null check (original in ('en', 'es', 'zh', 'vi')),
  kind text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  website text check (length(website) <= 2000),
  ror text,
  gln text,
  lei text,
  why text not null check (length(why) between 1 and 4000),
  entry_key text,
  state text not null default 'sent' check (state in ('sent', 'asked', 'answered', 'admitted', 'declined', 'withdrawn')),
  reason text check (length(reason) <= 2000),
  organization_id uuid references members.organization on delete restrict,
  sent_at timestamptz not null default now(),
  decided_at timestamptz,
  version int not null default 1,
  check ((decided_at is null) = (state in ('sent', 'asked', 'answered')))
);
comment on table members.application is 'An organization asks to be admitted. Its space is shared by who sent it and the secretariat, and nobody else; admitted, it becomes an organization.';
create unique index application_number on members.application (network_id, number);
create index application_by_date on members.application (network_id, sent_at, id);

create table members.message (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  application_id uuid not null references members.application on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  side text not null check (side in ('applicant', 'secretariat')),
  text text not null check (length(text) between 1 and 4000),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  sent_at timestamptz not null default now()
);
comment on table members.message is 'A question of the secretariat about an application, or an answer to one.';
create index message_of_application on members.message (application_id, sent_at, id);

create table members.claim (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  entry_key text not null,
  evidence text not null check (length(evidence) between 1 and 4000),
  state text not null default 'sent' check (state in ('sent', 'verified', 'refused')),
  reason text check (length(reason) <= 2000),
  sent_at timestamptz not null default now(),
  decided_at timestamptz,
  version int not null default 1,
  check ((decided_at is null) = (state = 'sent'))
);
comment on table members.claim is 'The people of an organization say that an entry of the public record is theirs, and how one can tell. The secretariat, at its desk, verifies it or refuses it; verified, the entry is theirs.';
create unique index claim_verified on members.claim (entry_key) where state = 'verified';
create unique index claim_open on members.claim (organization_id) where state = 'sent';
create index claim_by_date on members.claim (sent_at, id);

create table members.invitation (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  email text not null check (length(email) <= 254),
  role text not null check (role in ('admin', 'editor', 'signatory', 'quality', 'trader', 'viewer')),
  invited_by uuid references members.person on delete restrict,
  sent_at timestamptz not null default now(),
  ends_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
comment on table members.invitation is 'Somebody is asked to act for an organization in a role. The link that accepts it lies in auth.link, as a hash.';
create index invitation_of_organization on members.invitation (organization_id, sent_at);

-- ── Spaces that the application makes ───────────────────────────────────────────────────────────────────────────────

alter table app.space_grant drop constraint space_grant_scope_check;
alter table app.space_grant add constraint space_grant_scope_check check (scope in ('read', 'add', 'write', 'own'));
comment on table app.space_grant is 'Who may read a space, add to it, write in it (change what is there; includes add), or own it (say who else may), since when and until when. A grant is ended, never deleted.';

create function app.make_space(space uuid, space_name text, grants jsonb) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') in ('', 'public') then
        raise exception 'only somebody signed in or the system makes a space' using errcode = '42501';
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
      if not space = any (app.spaces('own')) then
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
-- Who may read follows from the space, as everywhere. Who may write follows from a space too, but of the thing that gives the right: else an admin of one
-- organization could write a role in another into a space of their own.

do $$
declare
  name text;
begin
  foreach name in array array['network', 'person', 'office', 'organization', 'standing', 'role', 'application', 'message', 'claim', 'invitation'] loop
    execute format('alter table members.%I enable row level security', name);
    execute format('create policy read on members.%I for select to puente_app using (space_id = any ((select app.spaces(''read''))::uuid[]))', name);
    execute format('grant select on members.%I to puente_app', name);
  end loop;
  foreach name in array array['network', 'person', 'application', 'message'] loop
    execute format('create policy add on members.%I for insert to puente_app with check (space_id = any ((select app.spaces(''add''))::uuid[]))', name);
  end loop;
  foreach name in array array['network', 'person', 'application'] loop
    execute format('create policy change on members.%I for update to puente_app using (space_id = any ((select app.spaces(''write''))::uuid[]))', name);
  end loop;
end $$;

create policy add on members.office for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[])
  and exists (select from members.network n where n.id = network_id and n.crew_id = office.space_id));
create policy change on members.office for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
create policy add on members.organization for insert to puente_app with check (keeper_id = any ((select app.spaces('write'))::uuid[]));
create policy change on members.organization for update to puente_app using (keeper_id = any ((select app.spaces('write'))::uuid[]));
create policy add on members.claim for insert to puente_app with check (state = 'sent' and space_id = any ((select app.spaces('add'))::uuid[])
  and exists (select from members.organization o where o.id = organization_id and o.keeper_id = any ((select app.spaces('write'))::uuid[])));
create policy change on members.claim for update to puente_app using (desk_id = any ((select app.spaces('write'))::uuid[]));
create policy add on members.standing for insert to puente_app with check (keeper_id = any ((select app.spaces('write'))::uuid[])
  and exists (select from members.network n where n.id = network_id and n.desk_id = standing.keeper_id));
create policy change on members.standing for update to puente_app using (keeper_id = any ((select app.spaces('write'))::uuid[]));
create policy add on members.role for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[])
  and exists (select from members.organization o where o.id = organization_id and o.people_id = role.space_id));
create policy change on members.role for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
create policy add on members.invitation for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[])
  and exists (select from members.organization o where o.id = organization_id and o.people_id = invitation.space_id));
create policy change on members.invitation for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));

grant insert (id, space_id, desk_id, crew_id, key, name), update (name) on members.network to puente_app;
grant insert (id, space_id, name, language), update (name, language, version) on members.person to puente_app;
grant insert (id, space_id, network_id, person_id, office, valid_to), update (valid_to) on members.office to puente_app;
grant insert (id, space_id, keeper_id, people_id, name, original, name_sort, kind, country, website, domain, profile, strengths, ror, gln, lei, parent_id) on members.organization to puente_app;
grant update (name, original, name_sort, kind, country, website, domain, profile, strengths, ror, gln, lei, logo, parent_id, version) on members.organization to puente_app;
grant insert (id, space_id, network_id, organization_id, keeper_id, state, founding, reason), update (valid_to) on members.standing to puente_app;
grant insert (id, space_id, organization_id, person_id, role, deputy_of, valid_from, valid_to), update (valid_to) on members.role to puente_app;
grant insert (id, space_id, network_id, person_id, number, name, original, kind, country, website, ror, gln, lei, why, entry_key) on members.application to puente_app;
grant update (name, kind, country, website, ror, gln, lei, why, entry_key, state, reason, organization_id, decided_at, version) on members.application to puente_app;
grant insert (id, space_id, application_id, person_id, side, text, language) on members.message to puente_app;
grant insert (id, space_id, organization_id, person_id, desk_id, entry_key, evidence), update (state, reason, decided_at, version) on members.claim to puente_app;
grant insert (id, space_id, organization_id, email, role, invited_by, ends_at), update (accepted_at, withdrawn_at) on members.invitation to puente_app;
