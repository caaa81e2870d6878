-- Who somebody is at an OpenID Connect provider (schema auth), and the terms of use that they accepted (schema members).

create table auth.identity (
  id uuid primary key,
  issuer text not null check (length(issuer) between 1 and 500),
  subject text not null check (length(subject) between 1 and 255),
  account_id uuid not null references auth.account on delete restrict,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  ended_at timestamptz check (ended_at >= made_at)
);
comment on table auth.identity is 'By which name an OpenID Connect provider knows the holder of an account: the issuer, and the subject that it gave them. Made by the holder while signed in; used_at is when it signed them in last. Ended when they disconnect it, never deleted.';
create unique index identity_once on auth.identity (issuer, subject) where ended_at is null;
create unique index identity_of_account on auth.identity (account_id, issuer) where ended_at is null;
alter table auth.identity enable row level security;
create policy read on auth.identity for select to puente_auth using (true);
create policy add on auth.identity for insert to puente_auth with check (true);
create policy change on auth.identity for update to puente_auth using (true);
grant select, insert (id, issuer, subject, account_id), update (used_at, ended_at) on auth.identity to puente_auth;

-- ── Terms of use ────────────────────────────────────────────────────────────────────────────────────────────────────

create table members.terms (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  version int not null unique check (version > 0),
  texts jsonb not null check (texts ?& array['en', 'es', 'zh', 'vi'] and length(texts::text) <= 800000),
  published_at timestamptz not null default now()
);
comment on table members.terms is 'The terms of use in one version, in all languages. Public; the one with the highest version holds. Never changed: a new wording is a new version.';
alter table members.terms enable row level security;
create policy read on members.terms for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on members.terms for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on members.terms to puente_app;
grant insert (id, space_id, version, texts) on members.terms to puente_app;

create table members.acceptance (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  terms_id uuid not null references members.terms on delete restrict,
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  accepted_at timestamptz not null default now(),
  unique (person_id, terms_id)
);
comment on table members.acceptance is 'That a person accepted a version of the terms of use, when, and in which language they were shown it. It lies in the space of their own, and nobody accepts for somebody else. Never changed.';
alter table members.acceptance enable row level security;
create policy read on members.acceptance for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on members.acceptance for insert to puente_app with check ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))
  and 'person:' || person_id = current_setting('app.actor', true)
  and exists (select from members.person p where p.id = person_id and p.space_id = acceptance.space_id));
grant select on members.acceptance to puente_app;
grant insert (id, space_id, person_id, terms_id, language) on members.acceptance to puente_app;
