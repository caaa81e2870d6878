-- What listings carry and how many are entered at once: files attached to an offer or a need, and workbooks as they were read, until somebody confirms them.

-- So that a file can be referred to with the space that holds it: nobody attaches what another space holds.
alter table app.file add constraint file_of_space unique (id, space_id);

create table exchange.attachment (
  id uuid primary key,
  listing_id uuid not null references exchange.listing on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  part text not null check (part in ('open', 'confidential')),
  file_id uuid not null,
  added_at timestamptz not null default now(),
  ended_at timestamptz,
  foreign key (file_id, keeper_id) references app.file (id, space_id) on delete restrict
);
comment on table exchange.attachment is 'That a listing carries a file. part open: whoever sees the listing sees it (space: the people of its organization), and it stays as it was reviewed; confidential: whoever is let into the confidential part (space: that of it). The file itself lies with the keeper, and is read by whoever reads this row. One that was taken away is ended, and seen only by who writes for the organization.';
create unique index attachment_once on exchange.attachment (listing_id, part, file_id) where ended_at is null;
create index attachment_of_file on exchange.attachment (file_id);
alter table exchange.attachment enable row level security;
create policy read on exchange.attachment for select to puente_app using (
  (ended_at is null and exists (select from exchange.listing l where l.id = listing_id)
    and (part = 'open' or (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0))))
  or (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)));
create policy add on exchange.attachment for insert to puente_app with check (
  (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and exists (select from exchange.listing l where l.id = listing_id and l.keeper_id = attachment.keeper_id
    and (part = 'confidential' or (l.state in ('draft', 'returned') and l.people_id = attachment.space_id)))
  and (part = 'open' or exists (select from exchange.confidential c where c.listing_id = attachment.listing_id and c.space_id = attachment.space_id)));
create policy change on exchange.attachment for update to puente_app using (
  (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and (part = 'confidential' or exists (select from exchange.listing l where l.id = listing_id and l.state in ('draft', 'returned'))));
grant select on exchange.attachment to puente_app;
grant insert (id, listing_id, space_id, keeper_id, part, file_id), update (ended_at) on exchange.attachment to puente_app;

create policy read_with_attachment on app.file for select to puente_app using (exists (select from exchange.attachment a where a.file_id = file.id));

create table exchange.sheet (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  name text not null check (length(name) between 1 and 200),
  content jsonb not null check (length(content::text) <= 8000000),
  made_at timestamptz not null default now(),
  confirmed_at timestamptz,
  ended_at timestamptz
);
comment on table exchange.sheet is 'A workbook of listings as it was read, for whoever writes for the organization to look at; listings come of it only when it is confirmed. content: in which place each column stands, and what stands in each row, with the id that its listing gets. Ended, and emptied, when it was confirmed or another one took its place.';
create index sheet_open on exchange.sheet (organization_id, made_at) where ended_at is null;
alter table exchange.sheet enable row level security;
create policy read on exchange.sheet for select to puente_app using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)));
create policy add on exchange.sheet for insert to puente_app with check ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and exists (select from members.organization o where o.id = organization_id and o.keeper_id = sheet.keeper_id and o.people_id = sheet.space_id));
create policy change on exchange.sheet for update to puente_app using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)));
grant select on exchange.sheet to puente_app;
grant insert (id, space_id, keeper_id, organization_id, name, content), update (content, confirmed_at, ended_at) on exchange.sheet to puente_app;

-- What was closed with the old network would otherwise be read by the new one, for which it never was.
create or replace function exchange.follow_organization() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update exchange.listing l set desk_id = new.desk_id, network_id = n.id,
        -- Those of the network that it left do not go on reading.
        space_id = case when l.space_id = '00000000-0000-7000-8000-000000000004' then l.space_id else n.circle_id end,
        state = case when l.space_id <> '00000000-0000-7000-8000-000000000004' and l.state in ('published', 'matched', 'expired', 'closed') then 'withdrawn' else l.state end
      from members.network n where n.desk_id = new.desk_id and l.organization_id = new.id;
      return null;
    end
  $$;
