-- Two organizations on record that are one: which is kept, which is gone into it, since when and why.

-- Where the rows of what is gone lie that lists and search read. Nobody has a grant to read here but those who write: so it is in no list, count, map or search,
-- and comes back as it was.
insert into app.space (id, name) values ('00000000-0000-7000-8000-000000000003', 'merged');
insert into app.space_grant (space_id, grantee, scope, valid_from) values
  ('00000000-0000-7000-8000-000000000003', 'system:importer', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000003', 'system:importer', 'write', '-infinity');
grant update (space_id) on record.catalogue to puente_app;

create table record.merge (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  kept_id uuid not null references record.entry on delete restrict,
  gone_id uuid not null references record.entry on delete restrict,
  gone_title jsonb not null,
  reason text not null check (length(reason) between 1 and 1000),
  merged_at timestamptz not null default now(),
  ended_at timestamptz check (ended_at >= merged_at),
  end_reason text check (length(end_reason) between 1 and 1000),
  check (kept_id <> gone_id),
  check ((ended_at is null) = (end_reason is null))
);
comment on table record.merge is 'That an organization on record is another one: its statements are read as those of the kept one, and whatever names it means the kept one. gone_title is what it was called. Appears with the merge, ends with its taking back; no statement is changed by either.';
create unique index merge_once on record.merge (gone_id) where ended_at is null;
create index merge_by_kept on record.merge (kept_id) where ended_at is null;
alter table record.merge enable row level security;
create policy read on record.merge for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
create policy add on record.merge for insert to puente_app with check (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
create policy change on record.merge for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on record.merge to puente_app;
grant insert (id, space_id, kept_id, gone_id, gone_title, reason) on record.merge to puente_app;
grant update (ended_at, end_reason) on record.merge to puente_app;

-- Who wrote a statement: what a registry added is not ended because the sheets do not hold it.
alter table record.statement add column origin text not null default 'sheet' check (origin in ('sheet', 'registry'));
comment on table record.statement is 'One value of one field of an entry, as its citations say it. language is that of a name, or of the original of a text whose value is {language: text}. valid is the EDTF date or period for which it is claimed. origin: whether it came with the sheets or from a registry of organizations, which add and end only their own. Never changed and never deleted: a statement that no longer stands is ended and another takes its place.';
create index statement_of_registry on record.statement (entry_id) where origin = 'registry' and ended_at is null;
grant insert (origin) on record.statement to puente_app;
