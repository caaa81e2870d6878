-- Offers and needs: what members have to give and what they look for, from the draft to its end.
-- Who reads one: its own people always; the secretariat once it was sent to them; then everybody, or the network, but for those it is hidden from.

create schema exchange;
comment on schema exchange is 'Offers and needs of the members, and what is said of offers and needs in published sources.';
grant usage on schema exchange to puente_app;

-- ── The space of a network's members ────────────────────────────────────────────────────────────────────────────────

alter table members.network add column circle_id uuid references app.space on delete restrict;
do $$
declare
  network record;
  circle uuid;
begin
  for network in select id, desk_id from members.network loop
    circle := gen_random_uuid();
    insert into app.space (id, name) values (circle, 'circle-' || network.id);
    insert into app.space_grant (space_id, grantee, scope)
      select circle, name, 'read' from unnest(array['network:' || network.id, 'role:' || network.id || ':administrator', 'role:' || network.id || ':secretariat', 'role:' || network.id || ':curator']) name;
    insert into app.space_grant (space_id, grantee, scope) values (network.desk_id, 'system:jobs', 'add');
    update members.network set circle_id = circle where id = network.id;
  end loop;
end $$;
alter table members.network alter column circle_id set not null;
grant insert (circle_id) on members.network to puente_app;
comment on table members.network is 'Organizations that work together, run by a secretariat. desk: the space in which the secretariat works; crew: the one in which administrators say who does; circle: what its members, and nobody else, read.';
-- What ends by itself is told in the log by whatever ends it.
insert into app.space_grant (space_id, grantee, scope) values ('00000000-0000-7000-8000-000000000004', 'system:jobs', 'add');

-- ── What is hidden from some leaves no trace in the search ──────────────────────────────────────────────────────────

alter table app.search_row add column hidden_from text[] not null default '{}';
-- Not even whoever finds it learns from whom it is hidden.
revoke select on app.search_row from puente_app;
grant select (object_id, space_id, kind, path, title, detail, names, terms) on app.search_row to puente_app;
comment on table app.search_row is 'What a search finds: one row a thing, with the link and the words to show, all names it goes by, and as terms its folded words, each word of a name once more with a mark (^word), each name as a whole (=name), its kind (#kind) and its audience (@space). hidden_from: under which names of actors it is not found though its audience is theirs; nobody may read that. Written with the thing, in its transaction.';
alter policy read on app.search_row using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)) and not (hidden_from && (select app.principals())));

-- ── Listings ────────────────────────────────────────────────────────────────────────────────────────────────────────

create table exchange.numbering (
  direction text not null check (direction in ('offer', 'need')),
  year int not null,
  given int not null,
  primary key (direction, year)
);
comment on table exchange.numbering is 'How many numbers were given to offers and to needs in a year; see exchange.next_number().';
alter table exchange.numbering enable row level security;

create function exchange.next_number(wanted text) returns text
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      this_year int := extract(year from now() at time zone 'UTC');
      last int;
    begin
      if coalesce(current_setting('app.actor', true), '') in ('', 'public') or not app.actor_may('write') then
        raise exception 'only somebody signed in numbers a listing' using errcode = '42501';
      end if;
      insert into exchange.numbering as n (direction, year, given) values (wanted, this_year, 1)
        on conflict (direction, year) do update set given = n.given + 1 returning given into last;
      return case wanted when 'offer' then 'OF-' else 'NE-' end || this_year || '-' || lpad(last::text, greatest(4, length(last::text)), '0');
    end
  $$;
comment on function exchange.next_number(text) is 'The number of the next offer or need of the year; one that is given up leaves no gap, since it goes with its transaction.';
revoke execute on function exchange.next_number(text) from public;
grant execute on function exchange.next_number(text) to puente_app;

create table exchange.listing (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid references app.space on delete restrict,
  people_id uuid references app.space on delete restrict,
  desk_id uuid references app.space on delete restrict,
  network_id uuid references members.network on delete restrict,
  organization_id uuid references members.organization on delete restrict,
  origin text not null default 'member' check (origin in ('member', 'record')),
  entry_key text check (length(entry_key) <= 200),
  entry_name jsonb,
  sources text[] not null default '{}',
  number text unique check (number ~ '^[A-Za-z]+(-[0-9]+)+$'),
  direction text not null check (direction in ('offer', 'need')),
  pillar text not null check (pillar in ('research', 'training', 'technology-transfer', 'production', 'commercialization')),
  country text not null check (country ~ '^[A-Z]{2}$'),
  state text not null default 'draft' check (state in ('draft', 'own-review', 'desk-review', 'returned', 'published', 'matched', 'closed', 'expired', 'withdrawn')),
  original text not null check (original in ('en', 'es', 'zh', 'vi') and title ? original),
  title jsonb not null check (length(title::text) <= 2000),
  body jsonb not null default '{}' check (length(body::text) <= 60000),
  sought jsonb not null default '{}' check (length(sought::text) <= 20000),
  stage text check (stage ~ '^[a-z]+(-[a-z0-9]+)*$'),
  ip text check (ip ~ '^[a-z]+(-[a-z]+)*$'),
  forms text[] not null default '{}',
  partner_kinds text[] not null default '{}',
  authorizations text[] not null default '{}',
  countries_wanted text[] not null default '{}',
  countries_excluded text[] not null default '{}' check (not (countries_wanted && countries_excluded)),
  amount numeric check (amount > 0),
  unit text check (length(unit) between 1 and 60),
  timing text check (length(timing) between 1 and 500),
  valid_until date,
  reason text check (length(reason) between 1 and 2000),
  hidden_from text[] not null default '{}',
  version int not null default 1,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  sent_at timestamptz,
  published_at timestamptz,
  ended_at timestamptz,
  check ((origin = 'record') = (organization_id is null)),
  check (num_nonnulls(keeper_id, people_id, desk_id, network_id, organization_id) in (0, 5)),
  check (origin = 'member' or (entry_key is not null and entry_name is not null and cardinality(sources) > 0 and number is not null and state in ('published', 'closed'))),
  check (origin = 'record' or (entry_key is null and entry_name is null and cardinality(sources) = 0)),
  check ((amount is null) = (unit is null)),
  check (state not in ('published', 'matched', 'closed', 'expired') or (published_at is not null and number is not null)),
  check (state not in ('published', 'matched', 'expired') or origin = 'record' or valid_until is not null),
  check (reason is null or state in ('draft', 'returned')),
  check (hidden_from = '{}' or space_id not in ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000004'))
);
comment on table exchange.listing is 'An offer or a need, in one pillar. space: its audience once it is published, everybody or the circle of its network; people, keeper, desk: copied from its organization. origin record: derived from published sources (sources: their keys) about an organization of the record (entry), and not entered by that; it has no members'' columns. hidden_from: under which names of actors it is not seen though its audience is theirs, copied from exchange.hiding and readable by nobody; what is hidden from somebody cannot be for everybody, who could sign out and read it. reason: why it was sent back. number: given when it first leaves its organization. Ended by its state, never deleted.';
create index listing_by_date on exchange.listing (state, published_at, id) include (space_id, hidden_from, people_id, desk_id);
create index listing_by_pillar on exchange.listing (state, pillar, direction, published_at, id) include (space_id, hidden_from, people_id, desk_id);
create index listing_by_direction on exchange.listing (state, direction, published_at, id) include (space_id, hidden_from, people_id, desk_id);
create index listing_by_country on exchange.listing (state, country, published_at, id) include (space_id, hidden_from, people_id, desk_id);
create index listing_of_organization on exchange.listing (organization_id, made_at, id) where organization_id is not null;
create index listing_waiting on exchange.listing (sent_at, id) include (desk_id, people_id) where state = 'desk-review';
alter table exchange.listing enable row level security;
create policy read on exchange.listing for select to puente_app using ((people_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = people_id offset 0))
  or (state in ('desk-review', 'returned', 'published', 'matched', 'closed', 'expired') and (desk_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = desk_id offset 0)))
  or (state in ('published', 'matched', 'closed', 'expired') and (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)) and not (hidden_from && (select app.principals()))));
create policy add on exchange.listing for insert to puente_app with check (
  (origin = 'record' and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)))
  or (origin = 'member' and state = 'draft' and (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
    and exists (select from members.organization o where o.id = organization_id and o.keeper_id = listing.keeper_id and o.people_id = listing.people_id and o.desk_id = listing.desk_id)
    and exists (select from members.network n where n.id = network_id and n.desk_id = listing.desk_id and listing.space_id in (n.circle_id, '00000000-0000-7000-8000-000000000004'))));
create policy change on exchange.listing for update to puente_app
  using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) or (state in ('desk-review', 'returned', 'published', 'matched', 'closed', 'expired') and (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))) or (origin = 'record' and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))))
  with check ((origin = 'record' and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)))
    or (origin = 'member' and exists (select from members.network n where n.id = network_id and listing.space_id in (n.circle_id, '00000000-0000-7000-8000-000000000004'))
      and ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) or (state in ('desk-review', 'returned', 'published', 'matched', 'closed', 'expired') and (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))))));
grant select (id, space_id, keeper_id, people_id, desk_id, network_id, organization_id, origin, entry_key, entry_name, sources, number, direction, pillar, country, state, original, title, body, sought, stage, ip, forms,
  partner_kinds, authorizations, countries_wanted, countries_excluded, amount, unit, timing, valid_until, reason, version, made_at, changed_at, sent_at, published_at, ended_at) on exchange.listing to puente_app;
grant insert (id, space_id, keeper_id, people_id, desk_id, network_id, organization_id, origin, entry_key, entry_name, sources, number, direction, pillar, country, state, original, title, body, sought, stage, ip, forms,
  partner_kinds, authorizations, countries_wanted, countries_excluded, amount, unit, timing, valid_until, published_at) on exchange.listing to puente_app;
grant update (space_id, entry_key, entry_name, sources, number, direction, pillar, country, state, original, title, body, sought, stage, ip, forms,
  partner_kinds, authorizations, countries_wanted, countries_excluded, amount, unit, timing, valid_until, reason, version, changed_at, sent_at, published_at, ended_at) on exchange.listing to puente_app;

-- A policy sees a row before or after, never both.
create function exchange.guard_listing() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') = '' then
        return new;
      end if;
      if new.state in ('published', 'matched', 'expired') and old.state not in ('published', 'matched', 'expired') and not app.reaches(new.desk_id, 'write') then
        raise exception 'only the secretariat publishes' using errcode = '42501';
      end if;
      if old.state in ('published', 'matched', 'closed', 'expired') and new.state in ('published', 'matched', 'closed', 'expired')
        and (new.space_id, new.direction, new.pillar, new.original, new.title, new.body, new.sought, new.stage, new.ip, new.forms, new.partner_kinds, new.authorizations, new.countries_wanted, new.countries_excluded, new.amount, new.unit, new.timing, new.number)
          is distinct from (old.space_id, old.direction, old.pillar, old.original, old.title, old.body, old.sought, old.stage, old.ip, old.forms, old.partner_kinds, old.authorizations, old.countries_wanted, old.countries_excluded, old.amount, old.unit, old.timing, old.number) then
        raise exception 'what is published is not changed unseen' using errcode = '42501';
      end if;
      return new;
    end
  $$;
comment on function exchange.guard_listing() is 'What no policy can say, since it is about the row before and after: only who writes at the desk publishes, and what stands published stays as it was reviewed. The owner of the tables, who goes by no actor, is bound by nothing.';
revoke execute on function exchange.guard_listing() from public;
create trigger guard before update on exchange.listing for each row when (new.origin = 'member') execute function exchange.guard_listing();

-- ── From whom it is hidden ──────────────────────────────────────────────────────────────────────────────────────────

create table exchange.hiding (
  listing_id uuid primary key references exchange.listing on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  organizations uuid[] not null default '{}' check (cardinality(organizations) <= 100),
  version int not null default 1
);
comment on table exchange.hiding is 'From which organizations a listing is hidden, for its own people to read (space: theirs). A trigger copies it into exchange.listing and the search, where nobody reads it and policies ask it.';
alter table exchange.hiding enable row level security;
create policy read on exchange.hiding for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)));
create policy add on exchange.hiding for insert to puente_app with check ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and exists (select from exchange.listing l where l.id = listing_id and l.keeper_id = hiding.keeper_id and l.people_id = hiding.space_id));
create policy change on exchange.hiding for update to puente_app using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)));
grant select on exchange.hiding to puente_app;
grant insert (listing_id, space_id, keeper_id, organizations), update (organizations, version) on exchange.hiding to puente_app;

create function exchange.hide() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update exchange.listing set hidden_from = array(select n.name from unnest(new.organizations) o (id), lateral (values ('organization:' || o.id), ('role:' || o.id || ':guest')) n (name) order by 1)
        where id = new.listing_id;
      return null;
    end
  $$;
comment on function exchange.hide() is 'Keeps exchange.listing.hidden_from: the names under which the people of those organizations, and their guests, act. It runs as the owner, since nobody writes that column.';
revoke execute on function exchange.hide() from public;
create trigger hide after insert or update on exchange.hiding for each row execute function exchange.hide();

create function exchange.hide_in_search() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      new.hidden_from := coalesce((select l.hidden_from from exchange.listing l where l.id = new.object_id), '{}');
      return new;
    end
  $$;
comment on function exchange.hide_in_search() is 'Copies from whom a listing is hidden into its row in the search. It runs as the owner, since the secretariat writes that row too and does not read from whom it is hidden.';
revoke execute on function exchange.hide_in_search() from public;
create trigger hide_listing before insert or update on app.search_row for each row when (new.kind = 'listing') execute function exchange.hide_in_search();

create policy add_listing on app.search_row for insert to puente_app with check (kind = 'listing' and exists (select from exchange.listing l where l.id = object_id and search_row.space_id = l.space_id and (l.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = l.desk_id offset 0))));
create policy change_listing on app.search_row for update to puente_app using (kind = 'listing' and exists (select from exchange.listing l where l.id = object_id and search_row.space_id = l.space_id and (l.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = l.desk_id offset 0))));

-- ── What it is about ────────────────────────────────────────────────────────────────────────────────────────────────

create table exchange.listing_concept (
  listing_id uuid not null references exchange.listing on delete restrict,
  concept_key text collate "C" not null references vocabulary.concept (key) on delete restrict,
  reach text not null check (reach in ('own', 'above')),
  published_at timestamptz,
  ended_at timestamptz,
  primary key (listing_id, concept_key)
);
comment on table exchange.listing_concept is 'What a listing is about: concepts that its organization confirmed (own) and all that stand above these (above), so that browsing by a wide concept is a walk along an index too. published_at: that of the listing, by which lists are ordered. Seen with the listing. Ended, never deleted.';
create index listing_concept_by_concept on exchange.listing_concept (concept_key, published_at, listing_id) where published_at is not null and ended_at is null;
alter table exchange.listing_concept enable row level security;
create policy read on exchange.listing_concept for select to puente_app using (exists (select from exchange.listing l where l.id = listing_id));
create policy add on exchange.listing_concept for insert to puente_app with check (exists (select from exchange.listing l where l.id = listing_id
  and ((l.keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = l.keeper_id offset 0)) or (l.origin = 'record' and (l.space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = l.space_id offset 0))))));
create policy change on exchange.listing_concept for update to puente_app using (exists (select from exchange.listing l where l.id = listing_id
  and ((l.keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = l.keeper_id offset 0)) or (l.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = l.desk_id offset 0)) or (l.origin = 'record' and (l.space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = l.space_id offset 0))))));
grant select on exchange.listing_concept to puente_app;
grant insert (listing_id, concept_key, reach), update (reach, ended_at) on exchange.listing_concept to puente_app;

create function exchange.date_concept() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      new.published_at := (select l.published_at from exchange.listing l where l.id = new.listing_id);
      return new;
    end
  $$;
comment on function exchange.date_concept() is 'Copies when a listing was published to what it is about.';
revoke execute on function exchange.date_concept() from public;
create trigger date_concept before insert or update on exchange.listing_concept for each row execute function exchange.date_concept();

create function exchange.follow_state() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update exchange.listing_concept c set published_at = new.published_at where c.listing_id = new.id;
      update app.search_row r set space_id = case when new.state in ('published', 'matched', 'closed', 'expired') then new.space_id else new.people_id end,
          terms = case when new.state in ('published', 'matched', 'closed', 'expired') then r.terms else array_to_tsvector('{}') end
        where r.object_id = new.id;
      return null;
    end
  $$;
comment on function exchange.follow_state() is 'What was said of a listing elsewhere follows it: the days of its concepts, and its row in the search, which nobody finds while it is not published. It runs as the owner, since whoever takes a listing back does not write in its audience.';
revoke execute on function exchange.follow_state() from public;
create trigger follow_state after update of state on exchange.listing for each row when (new.origin = 'member' and new.state <> old.state) execute function exchange.follow_state();

-- ── The confidential part ───────────────────────────────────────────────────────────────────────────────────────────

create table exchange.confidential (
  listing_id uuid primary key references exchange.listing on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  text text not null check (length(text) between 1 and 8000),
  version int not null default 1
);
comment on table exchange.confidential is 'What a listing says only to those who are let into its own space (space): the organization, and whoever gave a recorded undertaking of confidentiality.';
alter table exchange.confidential enable row level security;
create policy read on exchange.confidential for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)));
create policy add on exchange.confidential for insert to puente_app with check ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))
  and exists (select from exchange.listing l where l.id = listing_id and l.keeper_id = confidential.keeper_id));
create policy change on exchange.confidential for update to puente_app using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)));
grant select on exchange.confidential to puente_app;
grant insert (listing_id, space_id, keeper_id, language, text), update (language, text, version) on exchange.confidential to puente_app;

create table exchange.undertaking (
  id uuid primary key,
  listing_id uuid not null references exchange.confidential on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  signed_on date not null,
  note text check (length(note) between 1 and 1000),
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
comment on table exchange.undertaking is 'That another organization gave an undertaking of confidentiality, as the owner of the listing recorded it (space: its people); until it is ended that organization reads the confidential part.';
create unique index undertaking_once on exchange.undertaking (listing_id, organization_id) where ended_at is null;
alter table exchange.undertaking enable row level security;
create policy read on exchange.undertaking for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)));
create policy add on exchange.undertaking for insert to puente_app with check ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and exists (select from exchange.listing l where l.id = listing_id and l.keeper_id = undertaking.keeper_id and l.people_id = undertaking.space_id));
create policy change on exchange.undertaking for update to puente_app using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)));
grant select on exchange.undertaking to puente_app;
grant insert (id, listing_id, space_id, keeper_id, organization_id, signed_on, note), update (ended_at) on exchange.undertaking to puente_app;

-- ── What ends by itself ─────────────────────────────────────────────────────────────────────────────────────────────

create function exchange.come_due(listing uuid) returns table (number text, title jsonb, original text, space_id uuid, desk_id uuid, organization_id uuid, valid_until date, ended text, people uuid[])
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      l exchange.listing;
      is_over boolean;
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that does what comes due ends listings' using errcode = '42501';
      end if;
      select * into l from exchange.listing e where e.id = listing and e.origin = 'member' and e.state in ('published', 'matched') for update;
      if not found then
        return;
      end if;
      is_over := l.valid_until < (now() at time zone 'UTC')::date;
      if is_over then
        update exchange.listing e set state = 'expired', ended_at = now(), changed_at = now(), version = e.version + 1 where e.id = l.id;
      end if;
      return query select l.number, l.title, l.original, l.space_id, l.desk_id, l.organization_id, l.valid_until, case when is_over then 'yes' else 'no' end,
        array(select distinct r.person_id from members.role r where r.organization_id = l.organization_id and r.role in ('admin', 'editor') and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now()));
    end
  $$;
comment on function exchange.come_due(uuid) is 'Ends a listing whose last day is over, and says whom to tell of that, or that it will end. It runs as the owner, since what is done later reads neither listings nor who acts for whom.';
revoke execute on function exchange.come_due(uuid) from public;
grant execute on function exchange.come_due(uuid) to puente_app;

-- The guard asks who publishes; what ends by itself, or with its organization, publishes nothing.
create function exchange.follow_organization() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update exchange.listing l set desk_id = new.desk_id, network_id = n.id,
        -- Those of the network that it left do not go on reading.
        space_id = case when l.space_id = '00000000-0000-7000-8000-000000000004' then l.space_id else n.circle_id end,
        state = case when l.space_id <> '00000000-0000-7000-8000-000000000004' and l.state in ('published', 'matched', 'expired') then 'withdrawn' else l.state end
      from members.network n where n.desk_id = new.desk_id and l.organization_id = new.id;
      return null;
    end
  $$;
comment on function exchange.follow_organization() is 'The listings of an organization go to the desk of the network that looks after it from now on; those for the network that it left alone end.';
revoke execute on function exchange.follow_organization() from public;
create trigger listings_follow after update of desk_id on members.organization for each row when (new.desk_id <> old.desk_id) execute function exchange.follow_organization();

create function exchange.end_with_standing() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update exchange.listing l set state = case new.state when 'left' then 'closed' else 'expired' end, ended_at = now(), changed_at = now(), version = l.version + 1
        where l.organization_id = new.organization_id and l.network_id = new.network_id and l.state in ('published', 'matched');
      return null;
    end
  $$;
comment on function exchange.end_with_standing() is 'Whoever is suspended in a network, or leaves it, offers nothing there: what they had published expires, and can be renewed after a suspension, or is closed. The log entry is that of the standing.';
revoke execute on function exchange.end_with_standing() from public;
create trigger listings_end after insert on members.standing for each row when (new.state in ('suspended', 'left')) execute function exchange.end_with_standing();
