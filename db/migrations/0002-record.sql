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
create policy read on record.place for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.place for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.place for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
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
  publisher_sort text collate "C" not null generated always as (lower(publisher)) stored,
  published text,
  published_from date,
  published_newest date not null generated always as (coalesce(published_from, '0001-01-01')) stored,
  published_oldest date not null generated always as (coalesce(published_from, '9999-12-31')) stored,
  published_to date,
  url text,
  digest bytea not null,
  version int not null default 1,
  check ((published is null) = (published_from is null) and (published is null) = (published_to is null))
);
comment on table record.source is 'A published document that statements of the record rest on. published is an EDTF date as precise as known, published_from and published_to the days it spans, published_newest and published_oldest the first of them for sorting, the unknown last.';
create index source_by_newest on record.source (published_newest, id);
create index source_by_oldest on record.source (published_oldest, id);
create index source_by_publisher on record.source (publisher_sort, id);
create index source_by_title on record.source (title_sort, id);
alter table record.source enable row level security;
create policy read on record.source for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.source for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.source for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.source to puente_app;
grant insert (id, space_id, key, kind, title, title_sort, language, publisher, published, published_from, published_to, url, digest) on record.source to puente_app;
grant update (kind, title, title_sort, language, publisher, published, published_from, published_to, url, digest, version) on record.source to puente_app;

create table record.entry (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  kind text not null check (kind in ('organization', 'agreement', 'venture', 'facility', 'product', 'authorization', 'technology-transfer', 'project', 'programme', 'event',
    'flow', 'initiative', 'indicator', 'country-relation')),
  key text not null check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  digest bytea not null,
  recorded_at timestamptz not null default now(),
  version int not null default 1,
  unique (kind, key)
);
comment on table record.entry is 'A thing on record. All that is claimed about it stands in record.statement; key is its lasting name in addresses.';
alter table record.entry enable row level security;
create policy read on record.entry for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.entry for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.entry for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.entry to puente_app;
grant insert (id, space_id, kind, key, digest) on record.entry to puente_app;
grant update (digest, version) on record.entry to puente_app;

create table record.dispute (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  subject text not null,
  field text not null,
  assessment jsonb not null
);
comment on table record.dispute is 'A point on which sources contradict each other, in the words of whoever compared them; the competing statements name it. assessment is {language: text}.';
create index dispute_by_space on record.dispute (space_id);
alter table record.dispute enable row level security;
create policy read on record.dispute for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.dispute for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.dispute for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.dispute to puente_app;
grant insert (id, space_id, key, subject, field, assessment) on record.dispute to puente_app;
grant update (subject, field, assessment) on record.dispute to puente_app;

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
  dispute_id uuid references record.dispute on delete restrict,
  position int not null,
  identity bytea not null,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz check (ended_at >= recorded_at),
  check (rank <> 'deprecated' or rank_reason is not null)
);
comment on table record.statement is 'One value of one field of an entry, as its citations say it. language is that of a name, or of the original of a text whose value is {language: text}. valid is the EDTF date or period for which it is claimed. Never changed and never deleted: a statement that no longer stands is ended and another takes its place.';
create index statement_of_entry on record.statement (entry_id, field, position) where ended_at is null;
create index statement_by_field on record.statement (field, entry_id) where ended_at is null;
create index statement_by_target on record.statement (target_id, field) where target_id is not null and ended_at is null;
create index statement_by_dispute on record.statement (dispute_id, entry_id) where dispute_id is not null and ended_at is null;
create index statement_ended on record.statement (entry_id) where ended_at is not null;
create unique index statement_once on record.statement (entry_id, identity) where ended_at is null;
alter table record.statement enable row level security;
create policy read on record.statement for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.statement for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.statement for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.statement to puente_app;
grant insert (id, space_id, entry_id, field, value, target_id, language, rank, rank_reason, qualifiers, valid, valid_from, valid_to, dispute_id, position, identity) on record.statement to puente_app;
grant update (ended_at) on record.statement to puente_app;

create table record.citation (
  statement_id uuid not null references record.statement on delete restrict,
  source_id uuid not null references record.source on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  stance text not null default 'supports' check (stance in ('supports', 'disputes')),
  locator text,
  position int not null,
  primary key (statement_id, stance, source_id)
);
comment on table record.citation is 'That a source supports or disputes a statement, and where in the source. Ends with its statement.';
create index citation_by_source on record.citation (source_id, statement_id);
alter table record.citation enable row level security;
create policy read on record.citation for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.citation for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.citation to puente_app;
grant insert (statement_id, source_id, space_id, stance, locator, position) on record.citation to puente_app;

-- What lists read, written in the transaction that writes the statements it follows from.

create table record.catalogue (
  entry_id uuid primary key references record.entry on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  entry_kind text not null,
  key text not null,
  kind text,
  status text,
  title jsonb not null,
  title_sort text not null collate "C",
  acronym text,
  country text,
  countries text[] not null,
  organizations uuid[] not null,
  place_id uuid references record.place on delete restrict,
  parent_id uuid references record.entry on delete restrict,
  parties jsonb not null,
  date text,
  date_from date,
  date_newest date not null generated always as (coalesce(date_from, '0001-01-01')) stored,
  date_oldest date not null generated always as (coalesce(date_from, '9999-12-31')) stored,
  date_to date,
  ended_from date,
  amount numeric,
  unit text,
  stage text,
  fields text[] not null,
  disputed boolean not null,
  umbrella boolean not null,
  known_from date,
  unique (entry_kind, key)
);
comment on table record.catalogue is 'Every entry as lists show it; follows from its statements. kind is the kind of organization, event and so on; country where it lies, countries all that it concerns, organizations those that any statement names, fields those it has statements of. date is the EDTF date it counts from, ended_from the day it no longer was, known_from the day its first source was published, date_newest and date_oldest the date to sort by, the unknown last. umbrella: it groups others, which count on their own.';
-- With the space, so that counting what a reader may see need not look at the rows.
create index catalogue_by_title on record.catalogue (entry_kind, title_sort, entry_id) include (space_id);
create index catalogue_by_newest on record.catalogue (entry_kind, date_newest, entry_id) include (space_id);
create index catalogue_by_oldest on record.catalogue (entry_kind, date_oldest, entry_id) include (space_id);
create index catalogue_by_country on record.catalogue (entry_kind, country, title_sort, entry_id) include (space_id);
create index catalogue_by_country_and_kind on record.catalogue (entry_kind, country, kind, title_sort, entry_id) include (space_id) where country is not null;
create index catalogue_by_kind on record.catalogue (entry_kind, kind, title_sort, entry_id) include (space_id);
create index catalogue_by_status on record.catalogue (entry_kind, status, date_newest, entry_id) include (space_id);
create index catalogue_by_known on record.catalogue (entry_kind, known_from) include (space_id);
create index catalogue_by_place on record.catalogue (entry_kind, place_id) include (space_id);
create index catalogue_by_parent on record.catalogue (parent_id, title_sort, entry_id) where parent_id is not null;
create index catalogue_disputed on record.catalogue (entry_kind, title_sort, entry_id) include (space_id) where disputed;
alter table record.catalogue enable row level security;
create policy read on record.catalogue for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.catalogue for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.catalogue for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.catalogue to puente_app;
grant insert (entry_id, space_id, entry_kind, key, kind, status, title, title_sort, acronym, country, countries, organizations, place_id, parent_id, parties, date, date_from, date_to, ended_from, amount, unit, stage, fields, disputed, umbrella, known_from) on record.catalogue to puente_app;
grant update (kind, status, title, title_sort, acronym, country, countries, organizations, place_id, parent_id, parties, date, date_from, date_to, ended_from, amount, unit, stage, fields, disputed, umbrella, known_from) on record.catalogue to puente_app;

create table record.tally (
  space_id uuid not null references app.space on delete restrict,
  kind text not null,
  n bigint not null,
  primary key (space_id, kind)
);
comment on table record.tally is 'How many entries of each kind, and sources, a space holds; counted when they are written, so that nobody counts them on a read.';
alter table record.tally enable row level security;
create policy read on record.tally for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.tally for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.tally for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.tally to puente_app;
grant insert (space_id, kind, n) on record.tally to puente_app;
grant update (n) on record.tally to puente_app;

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
create policy read on record.correction for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
-- Of all spaces that one may add to, only this one holds them.
create policy add on record.correction for insert to puente_app with check (space_id = '00000000-0000-7000-8000-000000000002' and (space_id = any ((select app.first_spaces('add'))::uuid[]) or exists (select from app.more_to_add m where m.space = space_id offset 0)));
grant select on record.correction to puente_app;
grant insert (id, space_id, about, claim, evidence, contact, language) on record.correction to puente_app;
