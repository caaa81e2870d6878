-- What the desk deals with: reports of abuse, corrections brought to an end, mails taken back.

create table members.report (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  about text not null check (about ~ '^/' and length(about) <= 300),
  reason text not null check (reason in ('illegal', 'personal-data', 'impersonation', 'spam', 'harm', 'other')),
  claim text not null check (length(claim) between 1 and 4000),
  contact text check (length(contact) <= 254),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  sent_at timestamptz not null default now(),
  outcome text check (outcome in ('nothing', 'changed', 'removed')),
  note text check (length(note) between 1 and 2000),
  closed_at timestamptz,
  version int not null default 1,
  turn timestamp not null generated always as ((sent_at at time zone 'UTC') + case when closed_at is null then interval '1000 years' else interval '0' end) stored,
  check ((closed_at is null) = (outcome is null)),
  check (note is null or outcome is not null)
);
comment on table members.report is 'That a public page does harm, as somebody says; the desk closes it with an outcome, and a note that goes to whoever left an address. Lies in the space of the desk, which anybody may add to and not read. turn: the order of the list, newest first; what is open is put a thousand years ahead, so that it comes before all that is closed.';
create index report_by_turn on members.report (turn, id) include (space_id);
create index report_open on members.report (sent_at, id) include (space_id) where closed_at is null;
alter table members.report enable row level security;
create policy read on members.report for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
-- Of all spaces that one may add to, only this one holds them.
create policy add on members.report for insert to puente_app with check (space_id = '00000000-0000-7000-8000-000000000002' and (space_id = any ((select app.first_spaces('add'))::uuid[]) or exists (select from app.more_to_add m where m.space = space_id offset 0)));
create policy change on members.report for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on members.report to puente_app;
grant insert (id, space_id, about, reason, claim, contact, language) on members.report to puente_app;
grant update (outcome, note, closed_at, version) on members.report to puente_app;

-- ── Corrections come to an end ──────────────────────────────────────────────────────────────────────────────────────

alter table record.correction
  add column outcome text check (outcome in ('done', 'declined')),
  add column note text check (length(note) between 1 and 2000),
  add column closed_at timestamptz,
  add column version int not null default 1,
  add column turn timestamp not null generated always as ((sent_at at time zone 'UTC') + case when closed_at is null then interval '1000 years' else interval '0' end) stored,
  add check ((closed_at is null) = (outcome is null)),
  add check (note is null or outcome is not null);
comment on table record.correction is 'What a visitor says is wrong on the record, until the desk has dealt with it (outcome, with a note that goes to whoever left an address). Lies in a space that visitors may add to and not read. turn: the order of the list, newest first; what is open is put a thousand years ahead.';
create index correction_by_turn on record.correction (turn, id) include (space_id);
create index correction_open on record.correction (sent_at, id) include (space_id) where closed_at is null;
create policy change on record.correction for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant update (outcome, note, closed_at, version) on record.correction to puente_app;

-- ── Mails taken back ────────────────────────────────────────────────────────────────────────────────────────────────

alter table app.mail
  add column withdrawn_at timestamptz,
  add check (withdrawn_at is null or (body is null and sent_at is null));
comment on table app.mail is 'A mail to one person. body is sealed with a key outside of the database, since it may hold links that let somebody in, and is emptied when the mail was sent, its links have ended (ends_at) or somebody took it back (withdrawn_at). refusal is what the other side said at the last attempt; with refused_at it was the last word, unless somebody has it tried again.';
grant update (withdrawn_at) on app.mail to puente_app;

-- ── Who is signed in, with their offices, is one question ───────────────────────────────────────────────────────────

grant usage on schema app to puente_auth;
grant execute on function app.principals_of(uuid) to puente_auth;
