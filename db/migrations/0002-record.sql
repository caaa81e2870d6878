-- The public record: sources, and entries made of statements with citations.
-- A statement is what somebody says about an entry; citations say who. Two statements of one field may stand side by side.

create schema record;
comment on schema record is 'The public record of the cooperation, every statement with its sources.';
grant usage on schema record to puente_app;

create table record.place (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  country text not null check (country ~ '^[A-Z]{2}$'),
  names jsonb not null,
  region text,
  latitude numeric(7, 4) not null check (latitude between -90 and 90),
  longitude numeric(7, 4) not null check (longitude between -180 and 180)
);
comment on table record.place is 'A city, district, province or zone that entries lie in, with its name in each language as far as it has one.';
create index place_by_space on record.place (space_id);
alter table record.place enable row level security;
create policy read on record.place for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.place for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[]));
create policy change on record.place for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
grant select on record.place to puente_app;
grant insert (id, space_id, key, country, names, region, latitude, longitude) on record.place to puente_app;
grant update (country, names, region, latitude, longitude) on record.place to puente_app;

create table record.source (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  kind text not null,
  title text not null,
  title_sort text not null collate "C",
  language text not null,
  publisher text not null,
  published text,
  published_from date,
  published_to date,
  url text,
  digest bytea not null,
  version int not null default 1,
  check ((published is null) = (published_from is null) and (published is null) = (published_to is null))
);
comment on table record.source is 'A published document that statements of the record rest on. published is an EDTF date as precise as known, published_from and published_to the days it spans.';
create index source_by_newest on record.source ((coalesce(published_from, '0001-01-01')), id);
create index source_by_oldest on record.source ((coalesce(published_from, '9999-12-31')), id);
create index source_by_publisher on record.source ((lower(publisher) collate "C"), id);
create index source_by_title on record.source (title_sort, id);
alter table record.source enable row level security;
create policy read on record.source for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.source for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[]));
create policy change on record.source for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
grant select on record.source to puente_app;
grant insert (id, space_id, key, kind, title, title_sort, language, publisher, published, published_from, published_to, url, digest) on record.source to puente_app;
grant update (kind, title, title_sort, language, publisher, published, published_from, published_to, url, digest, version) on record.source to puente_app;

create table record.entry (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  kind text not null check (kind in ('organization', 'agreement')),
  key text not null check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  digest bytea not null,
  recorded_at timestamptz not null default now(),
  version int not null default 1,
  unique (kind, key)
);
comment on table record.entry is 'A thing on record. All that is claimed about it stands in record.statement; key is its lasting name in addresses.';
alter table record.entry enable row level security;
create policy read on record.entry for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.entry for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[]));
create policy change on record.entry for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
grant select on record.entry to puente_app;
grant insert (id, space_id, kind, key, digest) on record.entry to puente_app;
grant update (digest, version) on record.entry to puente_app;

create table record.statement (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  entry_id uuid not null references record.entry on delete restrict,
  field text not null check (field ~ '^[a-z][a-z_]*$'),
  value jsonb not null,
  target_id uuid references record.entry on delete restrict,
  language text,
  rank text not null default 'normal' check (rank in ('preferred', 'normal', 'deprecated')),
  rank_reason jsonb,
  qualifiers jsonb not null default '{}',
  valid text,
  valid_from date,
  valid_to date,
  position int not null,
  identity bytea not null,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz check (ended_at >= recorded_at),
  check (rank <> 'deprecated' or rank_reason is not null)
);
comment on table record.statement is 'One value of one field of an entry, as its citations say it. language is that of a name, or of the original of a text whose value is {language: text}. valid is the EDTF date or period for which it is claimed. Never changed and never deleted: a statement that no longer stands is ended and another takes its place.';
create index statement_of_entry on record.statement (entry_id, field, position) where ended_at is null;
create index statement_by_target on record.statement (target_id, field) where target_id is not null and ended_at is null;
create unique index statement_once on record.statement (entry_id, identity) where ended_at is null;
alter table record.statement enable row level security;
create policy read on record.statement for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.statement for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[]));
create policy change on record.statement for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
grant select on record.statement to puente_app;
grant insert (id, space_id, entry_id, field, value, target_id, language, rank, rank_reason, qualifiers, valid, valid_from, valid_to, position, identity) on record.statement to puente_app;
grant update (ended_at) on record.statement to puente_app;

create table record.citation (
  statement_id uuid not null references record.statement on delete restrict,
  source_id uuid not null references record.source on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  stance text not null default 'supports' check (stance in ('supports', 'disputes')),
  locator text,
  position int not null,
  primary key (statement_id, source_id, stance)
);
comment on table record.citation is 'That a source supports or disputes a statement, and where in the source. Ends with its statement.';
create index citation_by_source on record.citation (source_id, statement_id);
alter table record.citation enable row level security;
create policy read on record.citation for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.citation for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[]));
grant select on record.citation to puente_app;
grant insert (statement_id, source_id, space_id, stance, locator, position) on record.citation to puente_app;

-- Projections: what lists read, written with the statements they follow from.

create table record.organization (
  entry_id uuid primary key references record.entry on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  key text not null,
  kind text not null,
  country text not null,
  place_id uuid references record.place on delete restrict,
  names jsonb not null,
  acronym text,
  name_sort text not null collate "C",
  parent_id uuid references record.entry on delete restrict
);
comment on table record.organization is 'The organizations as lists show them; follows from their statements.';
create index organization_by_name on record.organization (name_sort, entry_id);
create index organization_by_country on record.organization (country, name_sort, entry_id);
create index organization_by_kind on record.organization (kind, name_sort, entry_id);
create index organization_by_parent on record.organization (parent_id) where parent_id is not null;
alter table record.organization enable row level security;
create policy read on record.organization for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.organization for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[]));
create policy change on record.organization for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
grant select on record.organization to puente_app;
grant insert (entry_id, space_id, key, kind, country, place_id, names, acronym, name_sort, parent_id) on record.organization to puente_app;
grant update (kind, country, place_id, names, acronym, name_sort, parent_id) on record.organization to puente_app;

create table record.agreement (
  entry_id uuid primary key references record.entry on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  key text not null,
  kind text not null,
  status text not null,
  title jsonb not null,
  title_sort text not null collate "C",
  signed text,
  signed_from date,
  signed_to date,
  place_id uuid references record.place on delete restrict,
  parties jsonb not null,
  countries text[] not null,
  organizations uuid[] not null
);
comment on table record.agreement is 'The agreements as lists show them; follows from their statements. countries are those of the parties, organizations the parties that are on record.';
create index agreement_by_newest on record.agreement ((coalesce(signed_from, '0001-01-01')), entry_id);
create index agreement_by_oldest on record.agreement ((coalesce(signed_from, '9999-12-31')), entry_id);
create index agreement_by_title on record.agreement (title_sort, entry_id);
create index agreement_by_organization on record.agreement using gin (organizations);
create index agreement_by_country on record.agreement using gin (countries);
alter table record.agreement enable row level security;
create policy read on record.agreement for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.agreement for insert to puente_app with check (space_id = any ((select app.spaces('write'))::uuid[]));
create policy change on record.agreement for update to puente_app using (space_id = any ((select app.spaces('write'))::uuid[]));
grant select on record.agreement to puente_app;
grant insert (entry_id, space_id, key, kind, status, title, title_sort, signed, signed_from, signed_to, place_id, parties, countries, organizations) on record.agreement to puente_app;
grant update (kind, status, title, title_sort, signed, signed_from, signed_to, place_id, parties, countries, organizations) on record.agreement to puente_app;

create table record.correction (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  about text check (length(about) <= 300),
  claim text not null check (length(claim) between 1 and 4000),
  evidence text check (length(evidence) <= 2000),
  contact text check (length(contact) <= 320),
  language text not null,
  sent_at timestamptz not null default now()
);
comment on table record.correction is 'What a visitor says is wrong on the record, for the desk to look into. Lies in a space that visitors may add to and not read.';
create index correction_by_date on record.correction (sent_at, id);
alter table record.correction enable row level security;
create policy read on record.correction for select to puente_app using (space_id = any ((select app.spaces('read'))::uuid[]));
create policy add on record.correction for insert to puente_app with check (space_id = any ((select app.spaces('add'))::uuid[]));
grant select on record.correction to puente_app;
grant insert (id, space_id, about, claim, evidence, contact, language) on record.correction to puente_app;
