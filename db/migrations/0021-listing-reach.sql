-- How far a listing reaches: interests, machine translations, how often it was read, and how an organization takes over what sources say of it.

-- ── Taking over what is derived from sources ────────────────────────────────────────────────────────────────────────

alter table exchange.listing
  add column derived_id uuid references exchange.listing on delete restrict,
  add column taken_at timestamptz,
  -- What a text says, told apart from what it said before, without comparing texts.
  add column wording text not null generated always as (md5(original || title::text || body::text || sought::text)) stored,
  add constraint listing_derived check (derived_id is null or origin = 'member'),
  add constraint listing_taken check (taken_at is null or (origin = 'record' and state = 'closed'));
do $$
declare
  found text;
begin
  select conname into strict found from pg_constraint where conrelid = 'exchange.listing'::regclass and contype = 'c' and pg_get_constraintdef(oid) ~ 'origin = ''member''.*OR.*entry_key IS NULL|origin = ''record''.*OR.*entry_key IS NULL';
  execute format('alter table exchange.listing drop constraint %I', found);
end $$;
alter table exchange.listing add constraint listing_of_record check (origin = 'record' or (entry_key is null and entry_name is null and (cardinality(sources) = 0 or derived_id is not null)));
create index listing_by_language on exchange.listing (state, original, published_at, id) include (space_id, hidden_from, people_id, desk_id);
create unique index listing_taken_once on exchange.listing (derived_id) where derived_id is not null and state <> 'withdrawn';
grant select (derived_id, taken_at, wording) on exchange.listing to puente_app;
comment on column exchange.listing.derived_id is 'The listing derived from sources that this one takes the place of once it is published; its sources stand here as citations.';
comment on column exchange.listing.taken_at is 'When a listing of the organization itself took the place of this derived one; it is not opened again.';
comment on column exchange.listing.wording is 'A hash of the texts, by which translations belong to them; whoever reads the listing reads it.';

create function exchange.take_over(wanted_id uuid, derived uuid, organization uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      d exchange.listing;
      o members.organization;
    begin
      select * into d from exchange.listing l where l.id = derived and l.origin = 'record' and l.state = 'published' for update;
      select * into o from members.organization m where m.id = organization;
      if d.id is null or o.id is null or not app.reaches(o.keeper_id, 'write')
        or not exists (select from members.entry_link e where e.organization_id = o.id and e.entry_key = d.entry_key and e.until is null) then
        raise exception 'only whoever writes for the organization that it is about takes a listing over' using errcode = '42501';
      end if;
      if exists (select from exchange.listing l where l.derived_id = d.id and l.state <> 'withdrawn') then
        return false;
      end if;
      insert into exchange.listing (id, space_id, keeper_id, people_id, desk_id, network_id, organization_id, sources, derived_id, direction, pillar, country, original, title, body, sought)
        values (wanted_id, '00000000-0000-7000-8000-000000000004', o.keeper_id, o.people_id, o.desk_id, (select n.id from members.network n where n.desk_id = o.desk_id), o.id, d.sources, d.id,
          d.direction, d.pillar, o.country, d.original, d.title, d.body, d.sought);
      insert into exchange.hiding (listing_id, space_id, keeper_id) values (wanted_id, o.people_id, o.keeper_id);
      insert into exchange.listing_concept (listing_id, concept_key, reach) select wanted_id, c.concept_key, c.reach from exchange.listing_concept c where c.listing_id = d.id and c.ended_at is null;
      update exchange.interest i set space_id = o.people_id, taker_id = o.keeper_id, receiver_id = o.id, state = 'sent', seen_at = null, version = i.version + 1
        where i.listing_id = d.id and i.state in ('sent', 'seen') and i.organization_id <> o.id;
      return true;
    end
  $$;
comment on function exchange.take_over(uuid, uuid, uuid) is 'Makes a draft of an organization from what sources say that it offers or needs, with its citations and concepts, and gives it the interests that wait. Whoever writes for the organization may, which is linked to the entry of the record; false when that was done already. It runs as the owner, since nobody else joins a draft to a derived listing.';
revoke execute on function exchange.take_over(uuid, uuid, uuid) from public;
grant execute on function exchange.take_over(uuid, uuid, uuid) to puente_app;

create function exchange.close_derived() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update exchange.listing d set state = 'closed', ended_at = now(), taken_at = now(), changed_at = now(), version = d.version + 1 where d.id = new.derived_id and d.taken_at is null;
      return null;
    end
  $$;
comment on function exchange.close_derived() is 'Closes what was derived from sources when the listing of the organization itself that takes its place is published. It runs as the owner, since the secretariat that publishes does not write the record.';
revoke execute on function exchange.close_derived() from public;
create trigger close_derived after update of state on exchange.listing for each row when (new.derived_id is not null and new.state = 'published' and old.state <> 'published') execute function exchange.close_derived();

-- ── Interests ───────────────────────────────────────────────────────────────────────────────────────────────────────

create table exchange.interest (
  id uuid primary key,
  listing_id uuid not null references exchange.listing on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  people_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  taker_id uuid not null references app.space on delete restrict,
  receiver_id uuid references members.organization on delete restrict,
  state text not null default 'sent' check (state in ('sent', 'seen', 'declined', 'withdrawn', 'handled')),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  message text check (length(message) between 1 and 4000),
  reason text check (reason ~ '^[a-z]+(-[a-z]+)*$'),
  answer text check (length(answer) between 1 and 2000),
  version int not null default 1,
  sent_at timestamptz not null default now(),
  seen_at timestamptz,
  ended_at timestamptz,
  check ((state = 'declined') = (reason is not null)),
  check (answer is null or state in ('declined', 'handled')),
  check ((state in ('sent', 'seen')) = (ended_at is null)),
  check (receiver_id <> organization_id)
);
comment on table exchange.interest is 'That a member is interested in a listing. people, keeper: those of whoever sent it; space: whose readers it is for, taker: whose writers answer it: those of the organization of the listing (receiver), or, of one derived from sources that its organization has not taken over, the desk that looks after the sender. reason: why it was declined; answer: what the taker said. One that is open for each member and listing.';
create unique index interest_once on exchange.interest (listing_id, organization_id) where state in ('sent', 'seen');
create index interest_received on exchange.interest (receiver_id, sent_at, id) include (space_id, people_id) where receiver_id is not null;
create index interest_at_desk on exchange.interest (taker_id, sent_at, id) include (space_id, people_id) where receiver_id is null;
create index interest_sent on exchange.interest (organization_id, sent_at, id) include (space_id, people_id);
create index interest_in_listing on exchange.interest (listing_id, sent_at, id) include (space_id, people_id);
alter table exchange.interest enable row level security;

create function exchange.addressee(wanted_listing uuid, wanted_organization uuid) returns table (space_id uuid, taker_id uuid, receiver_id uuid)
  language sql stable security definer
  set search_path = pg_catalog
  as $$
    select coalesce(l.people_id, t.people_id, o.desk_id), coalesce(l.keeper_id, t.keeper_id, o.desk_id), coalesce(l.organization_id, t.organization_id)
    from exchange.listing l join members.organization o on o.id = wanted_organization
      left join exchange.listing t on t.derived_id = l.id and t.state <> 'withdrawn'
    where l.id = wanted_listing and l.state = 'published' and app.reaches(o.keeper_id, 'write') and o.id is distinct from coalesce(l.organization_id, t.organization_id)
      and not (l.hidden_from && array['organization:' || o.id])
      and exists (select from members.standing s where s.organization_id = o.id and s.state = 'admitted' and s.until is null
        and (s.network_id = l.network_id or l.space_id in ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000004')))
  $$;
comment on function exchange.addressee(uuid, uuid) is 'To whom the interest of an organization in a listing goes: nothing, when that does not see the listing, or it is its own. Only who writes for the organization is told, and learns no more than what it sees. It runs as the owner, since from whom a listing is hidden nobody reads.';
revoke execute on function exchange.addressee(uuid, uuid) from public;
grant execute on function exchange.addressee(uuid, uuid) to puente_app;

create policy read on exchange.interest for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)) or (people_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = people_id offset 0)));
create policy add on exchange.interest for insert to puente_app with check ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and exists (select from members.organization o where o.id = organization_id and o.keeper_id = interest.keeper_id and o.people_id = interest.people_id)
  and exists (select from exchange.addressee(listing_id, organization_id) a where a.space_id = interest.space_id and a.taker_id = interest.taker_id and a.receiver_id is not distinct from interest.receiver_id));
create policy change on exchange.interest for update to puente_app using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) or (taker_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = taker_id offset 0)));
grant select on exchange.interest to puente_app;
grant insert (id, listing_id, organization_id, people_id, keeper_id, space_id, taker_id, receiver_id, language, message), update (state, reason, answer, version, seen_at, ended_at) on exchange.interest to puente_app;

create function exchange.guard_interest() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') = '' then
        return new;
      end if;
      if old.state not in ('sent', 'seen') or (new.state <> old.state and not app.reaches(case new.state when 'withdrawn' then new.keeper_id else new.taker_id end, 'write')) then
        raise exception 'whoever sent an interest withdraws it, whoever it went to answers it, once' using errcode = '42501';
      end if;
      return new;
    end
  $$;
comment on function exchange.guard_interest() is 'What no policy can say, since it is about the row before and after: which side does what with an interest, and that what has ended stays so.';
revoke execute on function exchange.guard_interest() from public;
create trigger guard before update on exchange.interest for each row execute function exchange.guard_interest();

create function exchange.interest_letter(interest uuid) returns table (people uuid[], title jsonb, original text, sender jsonb, sender_original text, state text, reason text, answer text, from_desk boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that tells of interests reads whom to tell' using errcode = '42501';
      end if;
      return query select
          array(select distinct r.person_id from members.role r where r.role in ('admin', 'editor') and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now())
            and r.organization_id = case when i.state in ('declined', 'handled') then i.organization_id else i.receiver_id end),
          l.title, l.original, o.name, o.original, i.state, i.reason, i.answer, i.receiver_id is null
        from exchange.interest i join exchange.listing l on l.id = i.listing_id join members.organization o on o.id = i.organization_id where i.id = interest;
    end
  $$;
comment on function exchange.interest_letter(uuid) is 'Whom to tell of an interest, and what: those of the listing that it has come or was withdrawn, those who sent it what became of it. It runs as the owner, since what is done later reads neither listings nor who acts for whom.';
revoke execute on function exchange.interest_letter(uuid) from public;
grant execute on function exchange.interest_letter(uuid) to puente_app;

-- ── Machine translations ────────────────────────────────────────────────────────────────────────────────────────────

create table exchange.translation (
  listing_id uuid not null references exchange.listing on delete restrict,
  wording text not null check (wording ~ '^[0-9a-f]{32}$'),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  state text not null default 'asked' check (state in ('asked', 'done', 'failed')),
  title text check (length(title) between 1 and 2000),
  body text check (length(body) <= 60000),
  sought text check (length(sought) <= 20000),
  asked_at timestamptz not null default now(),
  done_at timestamptz,
  primary key (listing_id, wording, language),
  check ((state = 'done') = (title is not null))
);
comment on table exchange.translation is 'What a machine makes of the texts of a published listing in another language, made once when the first reader asks. wording: the texts that it translates; once the listing says something else nobody reads it. The confidential part is never among it.';
alter table exchange.translation enable row level security;
create policy read on exchange.translation for select to puente_app using (exists (select from exchange.listing l where l.id = listing_id and l.wording = translation.wording));
create policy add on exchange.translation for insert to puente_app with check (exists (select from exchange.listing l where l.id = listing_id and l.wording = translation.wording and l.state in ('published', 'matched', 'closed', 'expired') and l.original <> language));
-- What could not be made is asked for again a day later.
create policy change on exchange.translation for update to puente_app using (state = 'failed' and done_at < now() - interval '1 day' and exists (select from exchange.listing l where l.id = listing_id and l.wording = translation.wording))
  with check (exists (select from exchange.listing l where l.id = listing_id and l.wording = translation.wording));
grant select on exchange.translation to puente_app;
grant insert (listing_id, wording, language), update (state, asked_at) on exchange.translation to puente_app;

create function exchange.to_translate(listing uuid, wanted_language text) returns table (wording text, original text, title jsonb, body jsonb, sought jsonb)
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that has texts translated reads them for that' using errcode = '42501';
      end if;
      return query select l.wording, l.original, l.title, l.body, l.sought from exchange.listing l join exchange.translation t on t.listing_id = l.id and t.wording = l.wording
        where l.id = listing and t.language = wanted_language and t.state <> 'done' and l.state in ('published', 'matched', 'closed', 'expired');
    end
  $$;
comment on function exchange.to_translate(uuid, text) is 'The texts of a published listing that a reader asked for in another language. It runs as the owner, since what is done later reads no listings.';
revoke execute on function exchange.to_translate(uuid, text) from public;
grant execute on function exchange.to_translate(uuid, text) to puente_app;

create function exchange.keep_translation(listing uuid, of_wording text, wanted_language text, new_title text, new_body text, new_sought text) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that has texts translated keeps translations' using errcode = '42501';
      end if;
      update exchange.translation t set state = case when new_title is null then 'failed' else 'done' end, title = new_title, body = new_body, sought = new_sought, done_at = now()
        where t.listing_id = listing and t.wording = of_wording and t.language = wanted_language and t.state <> 'done';
    end
  $$;
comment on function exchange.keep_translation(uuid, text, text, text, text, text) is 'Keeps what a machine made of the texts of a listing, or, without a title, that it could not.';
revoke execute on function exchange.keep_translation(uuid, text, text, text, text, text) from public;
grant execute on function exchange.keep_translation(uuid, text, text, text, text, text) to puente_app;

-- ── How often a listing was read ────────────────────────────────────────────────────────────────────────────────────

create table exchange.view_day (
  listing_id uuid not null references exchange.listing on delete restrict,
  day date not null,
  space_id uuid not null references app.space on delete restrict,
  views int not null check (views > 0),
  primary key (listing_id, day)
);
comment on table exchange.view_day is 'How often a listing of a member was read on a day (UTC), for its own people (space). A count and nothing of who: no row is of a person, an address or a visit.';
alter table exchange.view_day enable row level security;
create policy read on exchange.view_day for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)));
grant select on exchange.view_day to puente_app;

create function exchange.count_views(seen jsonb) returns int
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      counted int;
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that counts adds to the counts' using errcode = '42501';
      end if;
      insert into exchange.view_day as v (listing_id, day, space_id, views)
        select l.id, (now() at time zone 'UTC')::date, l.people_id, s.views from jsonb_to_recordset(seen) s (listing uuid, views int)
          join exchange.listing l on l.id = s.listing and l.origin = 'member' and l.state in ('published', 'matched', 'closed', 'expired')
          where s.views > 0
          order by l.id
        on conflict (listing_id, day) do update set views = v.views + excluded.views;
      get diagnostics counted = row_count;
      return counted;
    end
  $$;
comment on function exchange.count_views(jsonb) is 'Adds to how often listings were read today: [{"listing": …, "views": …}], each listing once. It runs as the owner, since nobody else writes counts.';
revoke execute on function exchange.count_views(jsonb) from public;
grant execute on function exchange.count_views(jsonb) to puente_app;
