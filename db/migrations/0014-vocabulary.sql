-- The thesaurus in four languages (SKOS): concepts, their labels, how they hang together, the files they came from, what is proposed.

-- Two spaces of the instance: what curators keep, for everybody to read; and their desk, on which proposals lie. Run by the network that is entrusted with the instance.
insert into app.space (id, name) values ('00000000-0000-7000-8000-000000000140', 'vocabulary'), ('00000000-0000-7000-8000-000000000141', 'curation');
insert into app.space_grant (space_id, grantee, scope, valid_from) values
  ('00000000-0000-7000-8000-000000000140', 'public', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000140', 'system:importer', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000140', 'system:operator', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000140', 'system:operator', 'own', '-infinity'),
  ('00000000-0000-7000-8000-000000000141', 'system:operator', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000141', 'system:operator', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000141', 'system:operator', 'own', '-infinity');
insert into app.space_grant (space_id, grantee, scope)
select given.space, left(g.grantee, 42) || office, given.scope
from app.space_grant g
  cross join unnest(array['administrator', 'secretariat', 'curator']) office
  cross join (values ('00000000-0000-7000-8000-000000000140'::uuid, 'write'), ('00000000-0000-7000-8000-000000000141'::uuid, 'read'), ('00000000-0000-7000-8000-000000000141'::uuid, 'write')) given (space, scope)
where g.space_id = '00000000-0000-7000-8000-000000000002' and g.scope = 'write' and g.valid_to is null and g.grantee like 'role:%:administrator';

create schema vocabulary;
comment on schema vocabulary is 'The thesaurus of the instance, in the terms of SKOS: what is meant by a word of any of the four languages.';
grant usage on schema vocabulary to puente_app;

create table vocabulary.scheme (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 80),
  name text not null check (length(name) between 1 and 300),
  licence text check (length(licence) between 1 and 300),
  source text check (length(source) between 1 and 500),
  added_at timestamptz not null default now(),
  version int not null default 1
);
comment on table vocabulary.scheme is 'Where concepts and labels come from: the built-in vocabulary, the members of this instance, or a thesaurus that was imported, with its licence and source.';
alter table vocabulary.scheme enable row level security;
create policy read on vocabulary.scheme for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on vocabulary.scheme for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on vocabulary.scheme for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on vocabulary.scheme to puente_app;
grant insert (id, space_id, key, name, licence, source), update (name, licence, source, version) on vocabulary.scheme to puente_app;
insert into vocabulary.scheme (id, space_id, key, name, licence) values
  ('00000000-0000-7000-8000-000000000142', '00000000-0000-7000-8000-000000000140', 'puente', 'Puente', 'CC BY 4.0'),
  ('00000000-0000-7000-8000-000000000143', '00000000-0000-7000-8000-000000000140', 'own', 'Puente', 'CC BY 4.0');

create table vocabulary.loaded (
  name text primary key check (length(name) between 1 and 255),
  space_id uuid not null references app.space on delete restrict,
  digest bytea not null check (length(digest) = 32),
  loaded_at timestamptz not null default now()
);
comment on table vocabulary.loaded is 'Which built-in files are loaded, each with its SHA-256: as long as the files are the same, a start reads nothing else.';
alter table vocabulary.loaded enable row level security;
create policy read on vocabulary.loaded for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on vocabulary.loaded for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on vocabulary.loaded for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on vocabulary.loaded to puente_app;
grant insert (name, space_id, digest), update (digest, loaded_at) on vocabulary.loaded to puente_app;

create table vocabulary.concept (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  scheme_id uuid not null references vocabulary.scheme on delete restrict,
  key text collate "C" not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 120),
  area text not null check (length(area) <= 120),
  state text not null default 'current' check (state in ('current', 'retired')),
  retired_by text check (retired_by in ('file', 'curation')),
  replaced_by_id uuid references vocabulary.concept on delete restrict,
  note text check (length(note) between 1 and 2000),
  note_origin text not null default 'built-in' check (note_origin in ('built-in', 'imported', 'own')),
  added_at timestamptz not null default now(),
  version int not null default 1,
  check ((state = 'retired') = (retired_by is not null)),
  check (replaced_by_id is null or (state = 'retired' and replaced_by_id <> id))
);
comment on table vocabulary.concept is 'One meaning. area: the key of the top concept of its file, or of the scheme it was imported from. Retired it stays where it is used and is offered no more; replaced_by is the concept that it was merged into, which then has copies of its labels, codes and relations (from_id).';
create index concept_by_area on vocabulary.concept (area, state, key, id) include (space_id);
create index concept_by_scheme on vocabulary.concept (scheme_id, key, id) include (space_id);
create index concept_replaced on vocabulary.concept (replaced_by_id) where replaced_by_id is not null;
alter table vocabulary.concept enable row level security;
create policy read on vocabulary.concept for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on vocabulary.concept for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on vocabulary.concept for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on vocabulary.concept to puente_app;
grant insert (id, space_id, scheme_id, key, area, note, note_origin), update (scheme_id, area, state, retired_by, replaced_by_id, note, note_origin, version) on vocabulary.concept to puente_app;

create table vocabulary.label (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  concept_id uuid not null references vocabulary.concept on delete restrict,
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  kind text not null check (kind in ('preferred', 'alternative', 'hidden')),
  text text not null check (length(text) between 1 and 200),
  folded text collate "C" not null check (length(folded) <= 400),
  position int not null default 0,
  scheme_id uuid not null references vocabulary.scheme on delete restrict,
  origin text not null check (origin in ('built-in', 'imported', 'own')),
  from_id uuid references vocabulary.concept on delete restrict,
  ended_at timestamptz,
  ended_by text check (ended_by in ('file', 'curation')),
  check ((ended_at is null) = (ended_by is null))
);
comment on table vocabulary.label is 'A word for a concept in one language: preferred (one a language), alternative, or hidden (found, never shown). folded: as it is compared, without case, accents and width. from_id: the concept that was merged into this one and had it. Ended, never deleted; what curation ended no newer file brings back.';
create unique index label_once on vocabulary.label (concept_id, language, text) where ended_at is null;
create unique index label_preferred on vocabulary.label (concept_id, language) where ended_at is null and kind = 'preferred';
create index label_by_folded on vocabulary.label (folded, language) where ended_at is null;
create index label_from on vocabulary.label (from_id) where from_id is not null;
alter table vocabulary.label enable row level security;
create policy read on vocabulary.label for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on vocabulary.label for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on vocabulary.label for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on vocabulary.label to puente_app;
grant insert (id, space_id, concept_id, language, kind, text, folded, position, scheme_id, origin, from_id), update (ended_at, ended_by) on vocabulary.label to puente_app;

create table vocabulary.relation (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  concept_id uuid not null references vocabulary.concept on delete restrict,
  kind text not null check (kind in ('broader', 'related')),
  target_id uuid not null references vocabulary.concept on delete restrict,
  scheme_id uuid not null references vocabulary.scheme on delete restrict,
  origin text not null check (origin in ('built-in', 'imported', 'own')),
  from_id uuid references vocabulary.concept on delete restrict,
  ended_at timestamptz,
  ended_by text check (ended_by in ('file', 'curation')),
  check (concept_id <> target_id),
  check ((ended_at is null) = (ended_by is null))
);
comment on table vocabulary.relation is 'That a concept has a broader one (of which it is a kind, a part or a member) or one that is related, which holds both ways. Ended, never deleted.';
create unique index relation_once on vocabulary.relation (concept_id, kind, target_id) where ended_at is null;
create index relation_by_target on vocabulary.relation (target_id, kind) where ended_at is null;
create index relation_from on vocabulary.relation (from_id) where from_id is not null;
alter table vocabulary.relation enable row level security;
create policy read on vocabulary.relation for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on vocabulary.relation for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on vocabulary.relation for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on vocabulary.relation to puente_app;
grant insert (id, space_id, concept_id, kind, target_id, scheme_id, origin, from_id), update (ended_at, ended_by) on vocabulary.relation to puente_app;

create table vocabulary.code (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  concept_id uuid not null references vocabulary.concept on delete restrict,
  register text not null check (register ~ '^[a-z0-9]{2,20}$'),
  code text not null check (length(code) between 1 and 40),
  scheme_id uuid not null references vocabulary.scheme on delete restrict,
  origin text not null check (origin in ('built-in', 'imported', 'own')),
  from_id uuid references vocabulary.concept on delete restrict,
  ended_at timestamptz,
  ended_by text check (ended_by in ('file', 'curation')),
  check ((ended_at is null) = (ended_by is null))
);
comment on table vocabulary.code is 'By what a register elsewhere knows a concept: a MeSH descriptor, a category of ICD, a heading of the Harmonized System. Ended, never deleted.';
create unique index code_once on vocabulary.code (concept_id, register, code) where ended_at is null;
create index code_by_code on vocabulary.code (register, code) where ended_at is null;
create index code_from on vocabulary.code (from_id) where from_id is not null;
alter table vocabulary.code enable row level security;
create policy read on vocabulary.code for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on vocabulary.code for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on vocabulary.code for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on vocabulary.code to puente_app;
grant insert (id, space_id, concept_id, register, code, scheme_id, origin, from_id), update (ended_at, ended_by) on vocabulary.code to puente_app;

create table vocabulary.exact_match (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  concept_id uuid not null references vocabulary.concept on delete restrict,
  scheme_id uuid not null references vocabulary.scheme on delete restrict,
  uri text not null check (length(uri) between 1 and 500),
  unique (scheme_id, uri)
);
comment on table vocabulary.exact_match is 'Which concept here a concept of an imported scheme is (skos:exactMatch): found again by it at the next import.';
create index exact_match_of_concept on vocabulary.exact_match (concept_id);
alter table vocabulary.exact_match enable row level security;
create policy read on vocabulary.exact_match for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on vocabulary.exact_match for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on vocabulary.exact_match to puente_app;
grant insert (id, space_id, concept_id, scheme_id, uri) on vocabulary.exact_match to puente_app;

create table vocabulary.proposal (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  concept_id uuid references vocabulary.concept on delete restrict,
  broader_id uuid references vocabulary.concept on delete restrict,
  labels jsonb not null,
  why text not null check (length(why) between 1 and 2000),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  state text not null default 'sent' check (state in ('sent', 'accepted', 'declined')),
  reason text check (length(reason) between 1 and 2000),
  result_id uuid references vocabulary.concept on delete restrict,
  sent_at timestamptz not null default now(),
  decided_at timestamptz,
  version int not null default 1,
  turn timestamp not null generated always as ((sent_at at time zone 'UTC') + case when decided_at is null then interval '1000 years' else interval '0' end) stored,
  check (length(labels::text) <= 20000),
  check ((decided_at is null) = (state = 'sent')),
  check (state <> 'declined' or reason is not null),
  check (state <> 'accepted' or result_id is not null)
);
comment on table vocabulary.proposal is 'What an editor of a member proposes: a concept that is missing (no concept_id; broader_id says where it belongs), labels for one that is there, or a correction of it (no labels). Lies in the space in which the member is written (space_id) and on the desk of the curators (desk_id), who accept it, as it is or changed, or decline it with a reason. turn: the order of the list, newest first; what is open is put a thousand years ahead.';
create index proposal_by_turn on vocabulary.proposal (turn, id) include (desk_id, space_id);
create index proposal_open on vocabulary.proposal (sent_at, id) include (desk_id, space_id) where decided_at is null;
create index proposal_of_organization on vocabulary.proposal (organization_id, sent_at);
alter table vocabulary.proposal enable row level security;
create policy read on vocabulary.proposal for select to puente_app using ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = desk_id offset 0)));
create policy add on vocabulary.proposal for insert to puente_app with check (state = 'sent' and desk_id = '00000000-0000-7000-8000-000000000141' and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))
  and exists (select from members.organization o where o.id = organization_id and o.keeper_id = proposal.space_id));
create policy change on vocabulary.proposal for update to puente_app using ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)));
grant select on vocabulary.proposal to puente_app;
grant insert (id, space_id, desk_id, organization_id, person_id, concept_id, broader_id, labels, why, language) on vocabulary.proposal to puente_app;
grant update (state, reason, result_id, decided_at, version) on vocabulary.proposal to puente_app;
