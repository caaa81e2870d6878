-- The organizations of the networks: how they come in, how they stand, who acts for them, what they say of themselves.
-- Two spaces decide on most rows: that of the organization's own people, and the desk of the network that admitted it, so that the secretariat needs no grant
-- in the spaces of each of its members.

alter table members.network add column applications int not null default 0;

create table members.organization (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  people_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 80),
  name jsonb not null,
  original text not null check (original in ('en', 'es', 'zh', 'vi') and name ? original),
  name_sort text not null collate "C",
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  country text not null check (country ~ '^[A-Z]{2}$'),
  website text check (length(website) <= 2000),
  profile jsonb not null default '{}',
  strengths jsonb not null default '{}',
  ror text unique,
  gln text unique,
  lei text unique,
  parent_id uuid references members.organization on delete restrict check (parent_id <> id),
  kept_by text not null default 'organization' check (kept_by in ('organization', 'secretariat')),
  version int not null default 1,
  made_at timestamptz not null default now()
);
comment on table members.organization is 'An organization that is or was in a network, as it describes itself, for everybody to read. keeper: the space in which its admins and editors write it; people: the one in which its admins say who acts for it; desk: that of the network which admitted it first, whose secretariat may write for it. kept_by: who wrote it last.';
create index organization_by_name on members.organization (name_sort, id);
create index organization_by_country on members.organization (country, name_sort, id);
create index organization_by_kind on members.organization (kind, name_sort, id);
-- One for each pillar. Asked with ? the planner would take them for few, and read and sort them all.
create index organization_in_research on members.organization (name_sort, id) where strengths -> 'research' is not null;
create index organization_in_training on members.organization (name_sort, id) where strengths -> 'training' is not null;
create index organization_in_technology_transfer on members.organization (name_sort, id) where strengths -> 'technology-transfer' is not null;
create index organization_in_production on members.organization (name_sort, id) where strengths -> 'production' is not null;
create index organization_in_commercialization on members.organization (name_sort, id) where strengths -> 'commercialization' is not null;
create index organization_by_parent on members.organization (parent_id) where parent_id is not null;

create table members.logo (
  organization_id uuid primary key references members.organization on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes bytea not null check (length(bytes) between 1 and 200000),
  version int not null default 1,
  ended_at timestamptz
);
comment on table members.logo is 'The sign of an organization, for everybody to see.';

create table members.standing (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  network_id uuid not null references members.network on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  state text not null check (state in ('admitted', 'suspended', 'left')),
  founding boolean not null default false,
  since date not null,
  until date check (until >= since),
  made_at timestamptz not null default now()
);
comment on table members.standing is 'How an organization stands in a network, from when until when: admitted, suspended, left. The one without an end is how it stands now; the others are its history. desk: that of the network.';
create unique index standing_now on members.standing (organization_id, network_id) where until is null;
create index standing_of_network on members.standing (network_id, state) where until is null;

create table members.standing_reason (
  standing_id uuid primary key references members.standing on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  reason text not null check (length(reason) between 1 and 2000)
);
comment on table members.standing_reason is 'Why an organization stands as it does, for its people and the secretariat alone.';

create table members.invitation (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  organization_id uuid references members.organization on delete restrict,
  network_id uuid references members.network on delete restrict,
  email text not null check (length(email) <= 254),
  role text not null,
  guest_until timestamptz,
  invited_by uuid references members.person on delete restrict,
  sent_at timestamptz not null default now(),
  ends_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  check (num_nonnulls(organization_id, network_id) = 1),
  check (case when network_id is null then role in ('admin', 'editor', 'signatory', 'quality', 'trader', 'viewer', 'guest') else role in ('administrator', 'secretariat', 'curator') end),
  check ((role = 'guest') = (guest_until is not null))
);
comment on table members.invitation is 'Somebody is asked to act for an organization in a role, or for a network in an office; a guest until a day that is set. The link that accepts it lies in auth.link, as a hash.';
create index invitation_of_organization on members.invitation (organization_id, sent_at, id);
create index invitation_of_network on members.invitation (network_id, sent_at, id) where network_id is not null;

create table members.role (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  role text not null check (role in ('admin', 'editor', 'signatory', 'quality', 'trader', 'viewer', 'guest')),
  deputy_of uuid references members.role on delete restrict,
  valid_from timestamptz not null default now(),
  valid_to timestamptz check (valid_to >= valid_from),
  check (deputy_of is null or valid_to is not null),
  check (role <> 'guest' or valid_to is not null)
);
comment on table members.role is 'What a person may do for an organization, from when until when. guest: belongs to it no more than before, and reads what its people read, such as an auditor; always for a time that is set. deputy_of: it stands in for that role, for a time that is set. Ended, never deleted.';
create index role_of_person on members.role (person_id, valid_from);
create index role_of_organization on members.role (organization_id, valid_from, id);
create index role_of_deputy on members.role (deputy_of) where deputy_of is not null;
create unique index role_once on members.role (organization_id, person_id, role) where valid_to is null;

create table members.application (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  network_id uuid not null references members.network on delete restrict,
  number int not null check (number > 0),
  person_id uuid references members.person on delete restrict,
  contact_name text not null check (length(contact_name) between 1 and 200),
  contact_email text not null check (length(contact_email) <= 254),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  organization_id uuid references members.organization on delete restrict,
  name jsonb not null,
  original text not null check (original in ('en', 'es', 'zh', 'vi') and name ? original),
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  country text not null check (country ~ '^[A-Z]{2}$'),
  website text check (length(website) <= 2000),
  ror text,
  gln text,
  lei text,
  why text not null check (length(why) between 1 and 4000),
  entry_key text check (length(entry_key) <= 200),
  state text not null default 'sent' check (state in ('sent', 'asked', 'answered', 'admitted', 'declined', 'withdrawn')),
  reason text check (length(reason) between 1 and 2000),
  sent_at timestamptz not null default now(),
  decided_at timestamptz,
  version int not null default 1,
  unique (network_id, number),
  check ((decided_at is null) = (state in ('sent', 'asked', 'answered'))),
  check (state <> 'declined' or reason is not null),
  check (state <> 'admitted' or organization_id is not null)
);
comment on table members.application is 'An organization asks to be admitted to a network. It lies in the own space of who sent it, once they have shown that the address is theirs; until then, and beside that, the desk of the network reads it, and nobody else. person: who sent it. organization: the member it became, or the one that wants to be in another network too.';
create index application_by_date on members.application (sent_at desc, id desc);
create index application_of_person on members.application (person_id, sent_at);

create table members.message (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  application_id uuid not null references members.application on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  side text not null check (side in ('applicant', 'secretariat')),
  text text not null check (length(text) between 1 and 4000),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  sent_at timestamptz not null default now()
);
comment on table members.message is 'A question of the secretariat about an application, or an answer to one, in the language it was written in.';
create index message_of_application on members.message (application_id, sent_at, id);

create table members.claim (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  person_id uuid not null references members.person on delete restrict,
  entry_id uuid not null,
  entry_key text not null check (length(entry_key) <= 200),
  entry_name jsonb not null,
  entry_websites text[] not null default '{}',
  email text not null check (length(email) <= 254),
  evidence text not null check (length(evidence) between 1 and 4000),
  document_id uuid references app.file on delete restrict,
  state text not null default 'sent' check (state in ('sent', 'verified', 'refused', 'withdrawn', 'ended')),
  reason text check (length(reason) between 1 and 2000),
  sent_at timestamptz not null default now(),
  decided_at timestamptz,
  version int not null default 1,
  check ((decided_at is null) = (state = 'sent')),
  check (state not in ('refused', 'ended') or reason is not null)
);
comment on table members.claim is 'The people of an organization say that an entry of the public record is about them, and how one can tell: the domain of a mail address, a document. The secretariat verifies it or refuses it with a reason; verified, the entry is theirs until it is ended. What the entry was called and which websites it named are kept as they were read then.';
create unique index claim_of_organization on members.claim (organization_id) where state in ('sent', 'verified');
create index claim_by_date on members.claim (sent_at desc, id desc);

create table members.entry_link (
  claim_id uuid primary key references members.claim on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  entry_id uuid not null,
  entry_key text not null check (length(entry_key) <= 200),
  since timestamptz not null default now(),
  until timestamptz check (until >= since)
);
comment on table members.entry_link is 'That an entry of the public record is about a member, for everybody to see; what a verified claim became.';
create unique index entry_link_of_entry on members.entry_link (entry_id) where until is null;
create unique index entry_link_of_organization on members.entry_link (organization_id) where until is null;

-- ── Who a person is ─────────────────────────────────────────────────────────────────────────────────────────────────

create or replace function app.principals_of(person uuid) returns text[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    with roles as (
        select r.organization_id, r.role, s.network_id
        from members.role r left join members.standing s on s.organization_id = r.organization_id and s.state = 'admitted' and s.until is null
        where r.person_id = person and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now())),
      named as (
        select 'organization:' || organization_id as name from roles where role <> 'guest'
        union select 'role:' || organization_id || ':' || role from roles where network_id is not null
        union select 'network:' || network_id from roles where network_id is not null and role <> 'guest'
        union select 'role:' || o.network_id || ':' || o.office from members.office o
          where o.person_id = person and o.valid_from <= now() and (o.valid_to is null or o.valid_to > now()))
    select coalesce(array_agg(name order by name), '{}') from named
  $$;
comment on function app.principals_of(uuid) is 'Under which names a person holds grants beside their own: each organization they act for; while that is admitted to some network, their role in it and the network; and their offices. A guest goes by that role alone. It runs as the owner, since it decides what may be read at all.';

create function members.next_application(of_network uuid) returns int
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      given int;
    begin
      if coalesce(current_setting('app.actor', true), '') in ('', 'public') or not app.actor_may('write') then
        raise exception 'only somebody signed in or the system numbers an application' using errcode = '42501';
      end if;
      update members.network set applications = applications + 1 where id = of_network returning applications into given;
      return given;
    end
  $$;
comment on function members.next_application(uuid) is 'The number of the next application to a network; one that is given up leaves no gap, since it goes with its transaction.';
revoke execute on function members.next_application(uuid) from public;
grant execute on function members.next_application(uuid) to puente_app;

create function members.is_under(organization uuid, above uuid) returns boolean
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    with recursive up as (
      select o.id, o.parent_id from members.organization o where o.id = organization
      union select o.id, o.parent_id from up join members.organization o on o.id = up.parent_id)
    select exists (select from up where id = above)
  $$;
comment on function members.is_under(uuid, uuid) is 'Whether an organization is another one or stands, over any number of parents, under it.';
revoke execute on function members.is_under(uuid, uuid) from public;
grant execute on function members.is_under(uuid, uuid) to puente_app;

-- ── Policies and grants ─────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  name text;
begin
  foreach name in array array['organization', 'logo', 'standing', 'standing_reason', 'invitation', 'role', 'application', 'message', 'claim', 'entry_link'] loop
    execute format('alter table members.%I enable row level security', name);
    execute format('grant select on members.%I to puente_app', name);
  end loop;
  foreach name in array array['organization', 'logo', 'standing', 'entry_link'] loop
    execute format('create policy read on members.%I for select to puente_app using (space_id = any ((select app.first_spaces(''read''))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0))', name);
  end loop;
  foreach name in array array['standing_reason', 'invitation', 'role', 'application', 'message', 'claim'] loop
    execute format('create policy read on members.%I for select to puente_app using ((space_id = any ((select app.first_spaces(''read''))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces(''read''))::uuid[]) or exists (select from app.more_to_read m where m.space = desk_id offset 0)))', name);
  end loop;
end $$;

create policy add on members.organization for insert to puente_app with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))
  and exists (select from members.network n where n.desk_id = organization.desk_id));
create policy change on members.organization for update to puente_app
  using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)));
create policy add on members.logo for insert to puente_app with check (((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)))
  and exists (select from members.organization o where o.id = organization_id and o.keeper_id = logo.keeper_id and o.desk_id = logo.desk_id));
create policy change on members.logo for update to puente_app
  using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)));

create policy add on members.standing for insert to puente_app with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))
  and exists (select from members.network n where n.id = network_id and n.desk_id = standing.desk_id));
create policy change on members.standing for update to puente_app using (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0));
create policy add on members.standing_reason for insert to puente_app with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))
  and exists (select from members.standing s where s.id = standing_id and s.desk_id = standing_reason.desk_id));

create policy add on members.invitation for insert to puente_app with check (((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)))
  and (exists (select from members.organization o where o.id = organization_id and o.people_id = invitation.space_id and o.desk_id = invitation.desk_id)
    or ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) and exists (select from members.network n where n.id = network_id and n.crew_id = invitation.space_id and n.desk_id = invitation.desk_id))));
create policy change on members.invitation for update to puente_app
  using ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)));
create policy add on members.role for insert to puente_app with check (((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)))
  and exists (select from members.organization o where o.id = organization_id and o.people_id = role.space_id and o.desk_id = role.desk_id));
create policy change on members.role for update to puente_app
  using ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)));

create policy add on members.application for insert to puente_app with check (state = 'sent'
  and ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)) or (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)))
  and exists (select from members.network n where n.id = network_id and n.desk_id = application.desk_id));
create policy change on members.application for update to puente_app
  using ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)) or (decided_at is null and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))))
  with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)) or (state in ('answered', 'withdrawn') and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))));
create policy add on members.message for insert to puente_app with check (
  exists (select from members.application a where a.id = application_id and a.decided_at is null and a.space_id = message.space_id and a.desk_id = message.desk_id)
  and case side when 'secretariat' then (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)) else (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) end);

create policy add on members.claim for insert to puente_app with check (state = 'sent'
  and ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)))
  and exists (select from members.organization o where o.id = organization_id and o.people_id = claim.space_id and o.desk_id = claim.desk_id));
create policy change on members.claim for update to puente_app
  using ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)) or (state = 'sent' and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))))
  with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)) or (state = 'withdrawn' and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))));

create policy add on members.entry_link for insert to puente_app with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))
  and exists (select from members.claim c where c.id = claim_id and c.state = 'verified' and c.desk_id = entry_link.desk_id and c.organization_id = entry_link.organization_id));
create policy change on members.entry_link for update to puente_app using (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0));

-- Persons are seen by those they work with or write to, not only by themselves.
drop policy read on members.person;
create policy read on members.person for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0))
  or (select current_setting('app.actor', true)) = 'system:accounts'
  or exists (select from members.role r where r.person_id = person.id)
  or exists (select from members.office o where o.person_id = person.id)
  or exists (select from members.application a where a.person_id = person.id)
  or exists (select from members.claim c where c.person_id = person.id));

grant insert (id, space_id, keeper_id, people_id, desk_id, key, name, original, name_sort, kind, country, website, ror, gln, lei, kept_by) on members.organization to puente_app;
grant update (name, original, name_sort, kind, country, website, profile, strengths, ror, gln, lei, parent_id, kept_by, version) on members.organization to puente_app;
grant insert (organization_id, space_id, keeper_id, desk_id, media_type, bytes), update (media_type, bytes, version, ended_at) on members.logo to puente_app;
grant insert (id, space_id, desk_id, network_id, organization_id, state, founding, since), update (until, founding) on members.standing to puente_app;
grant insert (standing_id, space_id, desk_id, reason) on members.standing_reason to puente_app;
grant insert (id, space_id, desk_id, organization_id, network_id, email, role, guest_until, invited_by, ends_at), update (accepted_at, withdrawn_at) on members.invitation to puente_app;
grant insert (id, space_id, desk_id, organization_id, person_id, role, deputy_of, valid_from, valid_to), update (valid_to) on members.role to puente_app;
grant insert (id, space_id, desk_id, network_id, number, person_id, contact_name, contact_email, language, organization_id, name, original, kind, country, website, ror, gln, lei, why, entry_key) on members.application to puente_app;
grant update (space_id, person_id, organization_id, state, reason, decided_at, version) on members.application to puente_app;
grant insert (id, space_id, desk_id, application_id, person_id, side, text, language) on members.message to puente_app;
grant insert (id, space_id, desk_id, organization_id, person_id, entry_id, entry_key, entry_name, entry_websites, email, evidence, document_id) on members.claim to puente_app;
grant update (state, reason, decided_at, version) on members.claim to puente_app;
grant insert (claim_id, space_id, desk_id, organization_id, entry_id, entry_key), update (until) on members.entry_link to puente_app;

-- A member's line in the search lies in the directory, where its people do not write; that it is theirs is what lets them.
create policy add_own on app.search_row for insert to puente_app with check (exists (select from members.organization o where o.id = object_id and o.space_id = search_row.space_id
  and ((o.keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = o.keeper_id offset 0)) or (o.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = o.desk_id offset 0)))));
create policy change_own on app.search_row for update to puente_app using (exists (select from members.organization o where o.id = object_id and o.space_id = search_row.space_id
  and ((o.keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = o.keeper_id offset 0)) or (o.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = o.desk_id offset 0)))));
alter policy add on app.search_spelling with check (space_id = any ((select app.first_spaces('add'))::uuid[]) or exists (select from app.more_to_add m where m.space = space_id offset 0));

-- The desk sees what a claim rests on, though it lies with the organization's people.
create index claim_document on members.claim (document_id) where document_id is not null;
create policy read_with_claim on app.file for select to puente_app using (exists (select from members.claim c where c.document_id = file.id));
