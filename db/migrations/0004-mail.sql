-- Jobs that are done after the transaction that asked for them, and mail, which is one of them.

insert into app.space_grant (space_id, grantee, scope, valid_from) values
  ('00000000-0000-7000-8000-000000000002', 'system:jobs', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000002', 'system:jobs', 'write', '-infinity');

-- ── Jobs ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table app.job (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  kind text not null check (kind ~ '^[a-z-]+(\.[a-z-]+)+$'),
  input jsonb not null,
  made_at timestamptz not null default now(),
  run_at timestamptz not null default now(),
  attempts int not null default 0 check (attempts >= 0),
  ticket uuid,
  error text check (length(error) between 1 and 2000),
  done_at timestamptz,
  failed_at timestamptz,
  check (done_at is null or failed_at is null)
);
comment on table app.job is 'Something to be done after the transaction that asked for it, once run_at has come. A process that takes it sets ticket to a token of its own and run_at to when others may take it again, so that the jobs of a killed process run later elsewhere; it ends with done_at, or with failed_at after the last attempt. error is what went wrong at the last one.';
create index job_waiting on app.job (run_at, id) where done_at is null and failed_at is null;
alter table app.job enable row level security;
create policy read on app.job for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
-- Of all spaces that one may add to, only this one holds them.
create policy add on app.job for insert to puente_app with check (space_id = '00000000-0000-7000-8000-000000000002' and (space_id = any ((select app.first_spaces('add'))::uuid[]) or exists (select from app.more_to_add m where m.space = space_id offset 0)));
create policy change on app.job for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on app.job to puente_app;
grant insert (id, space_id, kind, input, run_at) on app.job to puente_app;
grant update (run_at, attempts, ticket, error, done_at, failed_at) on app.job to puente_app;

-- ── Mail ────────────────────────────────────────────────────────────────────────────────────────────────────────────
-- In a space apart from the desk: whoever reads what visitors send need not see to whom mail goes.

insert into app.space (id, name) values ('00000000-0000-7000-8000-000000000005', 'outbox');
insert into app.space_grant (space_id, grantee, scope, valid_from) values
  ('00000000-0000-7000-8000-000000000005', 'public', 'add', '-infinity'),
  ('00000000-0000-7000-8000-000000000005', 'system:jobs', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000005', 'system:jobs', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000005', 'system:operator', 'read', '-infinity'),
  ('00000000-0000-7000-8000-000000000005', 'system:operator', 'write', '-infinity'),
  ('00000000-0000-7000-8000-000000000005', 'system:operator', 'own', '-infinity');

create table app.mail (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  recipient text not null check (length(recipient) between 3 and 254 and recipient !~ '[[:cntrl:][:space:],;<>]'),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  subject text not null check (length(subject) between 1 and 200 and subject !~ '[[:cntrl:]]'),
  body bytea,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  attempts int not null default 0 check (attempts >= 0),
  sent_at timestamptz,
  refused_at timestamptz,
  refusal text check (length(refusal) between 1 and 1000),
  check (sent_at is null or (refused_at is null and body is null)),
  check (refused_at is null or refusal is not null)
);
comment on table app.mail is 'A mail to one person. body is sealed with a key outside of the database, since it may hold links that let somebody in, and is emptied when the mail was sent or its links have ended (ends_at). refusal is what the other side said at the last attempt; with refused_at it was the last word.';
create index mail_unsent on app.mail (made_at, id) where sent_at is null;
alter table app.mail enable row level security;
create policy read on app.mail for select to puente_app using (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0));
-- Of all spaces that one may add to, only this one holds them.
create policy add on app.mail for insert to puente_app with check (space_id = '00000000-0000-7000-8000-000000000005' and (space_id = any ((select app.first_spaces('add'))::uuid[]) or exists (select from app.more_to_add m where m.space = space_id offset 0)));
create policy change on app.mail for update to puente_app using (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0));
grant select on app.mail to puente_app;
grant insert (id, space_id, recipient, language, subject, body, ends_at) on app.mail to puente_app;
grant update (body, attempts, sent_at, refused_at, refusal) on app.mail to puente_app;
