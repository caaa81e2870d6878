-- Calls for urgent needs: what is needed in an outbreak or a shortage, by when, and what members pledge to give.
-- Who reads one: the desk of the network that runs it, the people of the member behind it; once it is open, everybody or the network. Pledges are read by whoever gave
-- them, the desk and the member behind the call, and by nobody else; others see sums, if the call shows them.

create schema calls;
comment on schema calls is 'Calls for urgent needs, and what members pledge.';
grant usage on schema calls to puente_app;

-- ── Calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────

create table calls.numbering (
  year int primary key,
  given int not null
);
comment on table calls.numbering is 'How many numbers were given to calls in a year; see calls.next_number().';
alter table calls.numbering enable row level security;

create function calls.next_number() returns text
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      this_year int := extract(year from now() at time zone 'UTC');
      last int;
    begin
      if coalesce(current_setting('app.actor', true), '') in ('', 'public') or not app.actor_may('write') then
        raise exception 'only somebody signed in numbers a call' using errcode = '42501';
      end if;
      insert into calls.numbering as n (year, given) values (this_year, 1) on conflict (year) do update set given = n.given + 1 returning given into last;
      return 'CA-' || this_year || '-' || lpad(last::text, greatest(4, length(last::text)), '0');
    end
  $$;
comment on function calls.next_number() is 'The number of the next call of the year; one that is given up leaves no gap, since it goes with its transaction.';
revoke execute on function calls.next_number() from public;
grant execute on function calls.next_number() to puente_app;

create table calls.call (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  keeper_id uuid references app.space on delete restrict,
  people_id uuid references app.space on delete restrict,
  network_id uuid not null references members.network on delete restrict,
  organization_id uuid references members.organization on delete restrict,
  origin text not null check (origin in ('desk', 'member')),
  number text unique check (number ~ '^CA(-[0-9]+)+$'),
  kind text not null check (kind in ('outbreak', 'shortage', 'disaster', 'other')),
  state text not null default 'draft' check (state in ('draft', 'requested', 'returned', 'open', 'due', 'closed', 'withdrawn')),
  original text not null check (original in ('en', 'es', 'zh', 'vi') and title ? original),
  title jsonb not null check (length(title::text) <= 2000),
  body jsonb not null default '{}' check (length(body::text) <= 60000),
  countries text[] not null default '{}',
  place text check (length(place) between 1 and 200),
  deadline date,
  shows_totals boolean not null default true,
  reason text check (length(reason) between 1 and 2000),
  outcome text check (outcome in ('met', 'partly-met', 'not-met', 'called-off')),
  report jsonb check (length(report::text) <= 60000),
  report_original text check (report_original in ('en', 'es', 'zh', 'vi') and report ? report_original),
  version int not null default 1,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  requested_at timestamptz,
  opened_at timestamptz,
  ended_at timestamptz,
  check (num_nonnulls(keeper_id, people_id, organization_id) in (0, 3)),
  check (origin = 'desk' or organization_id is not null),
  check (state not in ('open', 'due', 'closed') or (opened_at is not null and number is not null and deadline is not null)),
  check ((state = 'closed') = (outcome is not null)),
  check ((outcome is null) = (report is null) and (report is null) = (report_original is null)),
  check (reason is null or state in ('draft', 'returned'))
);
comment on table calls.call is 'A call for what is urgently needed, run by the secretariat of a network (desk). organization: the member behind it, whose people and keeper spaces are copied; without one, the network itself calls. origin: who writes it before it is opened: the desk, or that member, who asks for it. space: its audience once it is open, everybody or the circle of the network. due: its last day is over and the secretariat has not told the outcome. shows_totals: whether its readers see how much is pledged before it is closed. reason: why a request was sent back. Ended by its state, never deleted.';
create index call_by_date on calls.call (state, opened_at, id) include (space_id, people_id, desk_id, origin);
create index call_by_deadline on calls.call (state, deadline, id) include (space_id, people_id, desk_id, origin);
create index call_of_desk on calls.call (desk_id, made_at, id) include (state, origin, people_id, space_id);
create index call_of_organization on calls.call (organization_id, made_at, id) where organization_id is not null;
alter table calls.call enable row level security;
create policy read on calls.call for select to puente_app using ((people_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = people_id offset 0))
  or ((origin = 'desk' or state not in ('draft', 'withdrawn')) and (desk_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = desk_id offset 0)))
  or (state in ('open', 'due', 'closed') and (space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0))));
create policy add on calls.call for insert to puente_app with check (state = 'draft'
  and exists (select from members.network n where n.id = network_id and n.desk_id = call.desk_id and call.space_id in (n.circle_id, '00000000-0000-7000-8000-000000000004'))
  and (organization_id is null or exists (select from members.organization o join members.standing s on s.organization_id = o.id and s.network_id = call.network_id and s.state = 'admitted' and s.until is null
    where o.id = call.organization_id and o.keeper_id = call.keeper_id and o.people_id = call.people_id))
  and ((origin = 'desk' and (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))) or (origin = 'member' and (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)))));
create policy change on calls.call for update to puente_app
  using ((origin = 'member' and (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)))
    or ((origin = 'desk' or state not in ('draft', 'withdrawn')) and (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))))
  with check (exists (select from members.network n where n.id = network_id and call.space_id in (n.circle_id, '00000000-0000-7000-8000-000000000004')) and ((origin = 'member' and (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)))
    or ((origin = 'desk' or state not in ('draft', 'withdrawn')) and (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)))));
grant select on calls.call to puente_app;
grant insert (id, space_id, desk_id, keeper_id, people_id, network_id, organization_id, origin, kind, original, title) on calls.call to puente_app;
grant update (space_id, kind, state, number, original, title, body, countries, place, deadline, shows_totals, reason, outcome, report, report_original, version, changed_at, requested_at, opened_at, ended_at) on calls.call to puente_app;

-- A policy sees a row before or after, never both.
create function calls.guard_call() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') = '' then
        return new;
      end if;
      if (new.state in ('open', 'due', 'closed') or old.state in ('open', 'due', 'closed')) and not app.reaches(new.desk_id, 'write') and current_setting('app.actor', true) <> 'system:jobs' then
        raise exception 'only the secretariat opens a call and changes one that is open' using errcode = '42501';
      end if;
      if old.state in ('open', 'due', 'closed') and (new.state not in ('open', 'due', 'closed')
        or (new.space_id, new.kind, new.number, new.original, new.title, new.body, new.countries, new.place, new.shows_totals) is distinct from (old.space_id, old.kind, old.number, old.original, old.title, old.body, old.countries, old.place, old.shows_totals)) then
        raise exception 'what members answer to is not changed' using errcode = '42501';
      end if;
      if old.state = 'closed' then
        raise exception 'a call that is closed stays as it is' using errcode = '42501';
      end if;
      return new;
    end
  $$;
comment on function calls.guard_call() is 'What no policy can say, since it is about the row before and after: only who writes at the desk opens a call or goes on with it, what members answer to stays as it was when they read it, and what is closed stays closed.';
revoke execute on function calls.guard_call() from public;
create trigger guard before update on calls.call for each row execute function calls.guard_call();

-- ── What is needed ──────────────────────────────────────────────────────────────────────────────────────────────────

create table calls.line (
  id uuid primary key,
  call_id uuid not null references calls.call on delete restrict,
  original text not null check (original in ('en', 'es', 'zh', 'vi') and item ? original),
  item jsonb not null check (length(item::text) <= 4000),
  amount numeric not null check (amount > 0 and amount <= 1e15),
  unit text not null check (length(unit) between 1 and 60),
  concepts text[] not null default '{}' check (cardinality(concepts) <= 12),
  version int not null default 1,
  made_at timestamptz not null default now(),
  ended_at timestamptz
);
comment on table calls.line is 'One thing that a call asks for: what, and how much of it. concepts: keys of the vocabulary, by which members who offer it are found. Seen with its call, and written only before that is open. Ended, never deleted.';
create index line_of_call on calls.line (call_id, made_at, id);
alter table calls.line enable row level security;
create policy read on calls.line for select to puente_app using (exists (select from calls.call c where c.id = call_id));
create policy add on calls.line for insert to puente_app with check (exists (select from calls.call c where c.id = call_id and c.state in ('draft', 'returned', 'requested')
  and ((c.origin = 'member' and c.state <> 'requested' and (c.keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = c.keeper_id offset 0))) or (c.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = c.desk_id offset 0)))));
create policy change on calls.line for update to puente_app using (exists (select from calls.call c where c.id = call_id and c.state in ('draft', 'returned', 'requested')
  and ((c.origin = 'member' and c.state <> 'requested' and (c.keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = c.keeper_id offset 0))) or (c.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = c.desk_id offset 0)))));
grant select on calls.line to puente_app;
grant insert (id, call_id, original, item, amount, unit, concepts), update (original, item, amount, unit, concepts, version, ended_at) on calls.line to puente_app;

-- ── What happened ───────────────────────────────────────────────────────────────────────────────────────────────────

create table calls.step (
  id uuid primary key,
  call_id uuid not null references calls.call on delete restrict,
  what text not null check (what in ('opened', 'update', 'extended', 'due', 'closed')),
  original text check (original in ('en', 'es', 'zh', 'vi') and text ? original),
  text jsonb check (length(text::text) <= 40000),
  deadline date,
  made_at timestamptz not null default now(),
  check ((what = 'update') = (text is not null) and (text is null) = (original is null)),
  check ((what = 'extended') = (deadline is not null))
);
comment on table calls.step is 'What happened in a call, for all who read it: that it was opened, put off, that its last day is over, that it was closed; and what the secretariat says meanwhile (update). Never changed.';
create index step_of_call on calls.step (call_id, made_at, id);
alter table calls.step enable row level security;
create policy read on calls.step for select to puente_app using (exists (select from calls.call c where c.id = call_id));
create policy add on calls.step for insert to puente_app with check (exists (select from calls.call c where c.id = call_id and c.state in ('open', 'due', 'closed') and (c.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = c.desk_id offset 0))));
grant select on calls.step to puente_app;
grant insert (id, call_id, what, original, text, deadline) on calls.step to puente_app;

-- ── Pledges ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create table calls.pledge (
  id uuid primary key,
  call_id uuid not null references calls.call on delete restrict,
  line_id uuid not null references calls.line on delete restrict,
  space_id uuid not null references app.space on delete restrict,
  keeper_id uuid not null references app.space on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  behind_id uuid references app.space on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  state text not null default 'offered' check (state in ('offered', 'accepted', 'declined', 'withdrawn', 'delivered')),
  amount numeric not null check (amount > 0 and amount <= 1e15),
  available_from date not null,
  available_until date check (available_until >= available_from),
  language text not null check (language in ('en', 'es', 'zh', 'vi')),
  conditions text check (length(conditions) between 1 and 2000),
  note text check (length(note) between 1 and 2000),
  accepted numeric check (accepted > 0 and accepted <= amount),
  decline_code text check (decline_code ~ '^[a-z]+(-[a-z]+)*$'),
  decline_note text check (length(decline_note) between 1 and 2000),
  version int not null default 1,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  decided_at timestamptz,
  check ((state in ('accepted', 'delivered')) = (accepted is not null)),
  check ((state = 'declined') = (decline_code is not null) and (decline_note is null or decline_code is not null))
);
comment on table calls.pledge is 'What a member pledges for one line of a call, in the unit of that line. space, keeper: of the member that pledges; desk: of the network that runs the call; behind: the people of the member behind the call, who read it too. accepted: how much of it the secretariat takes. Changed and withdrawn until the last day of the call; never deleted.';
create index pledge_of_call on calls.pledge (call_id, made_at, id) include (space_id, desk_id, behind_id);
create index pledge_of_line on calls.pledge (line_id);
create index pledge_of_organization on calls.pledge (organization_id, made_at, id);
alter table calls.pledge enable row level security;
create policy read on calls.pledge for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0)) or (desk_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = desk_id offset 0)) or (behind_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = behind_id offset 0)));
create policy add on calls.pledge for insert to puente_app with check (state = 'offered' and (keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0))
  and exists (select from members.organization o where o.id = organization_id and o.keeper_id = pledge.keeper_id and o.people_id = pledge.space_id)
  and exists (select from calls.call c join calls.line l on l.call_id = c.id and l.ended_at is null where c.id = pledge.call_id and l.id = pledge.line_id and c.state = 'open' and c.deadline >= (now() at time zone 'UTC')::date
    and c.desk_id = pledge.desk_id and c.people_id is not distinct from pledge.behind_id and c.organization_id is distinct from pledge.organization_id));
create policy change on calls.pledge for update to puente_app using ((keeper_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = keeper_id offset 0)) or (desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)));
grant select on calls.pledge to puente_app;
grant insert (id, call_id, line_id, space_id, keeper_id, desk_id, behind_id, organization_id, amount, available_from, available_until, language, conditions, note) on calls.pledge to puente_app;
grant update (state, amount, available_from, available_until, language, conditions, note, accepted, decline_code, decline_note, version, changed_at, decided_at) on calls.pledge to puente_app;

create function calls.guard_pledge() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      own boolean := (new.amount, new.available_from, new.available_until, new.language, new.conditions, new.note) is distinct from (old.amount, old.available_from, old.available_until, old.language, old.conditions, old.note)
        or new.state in ('offered', 'withdrawn') and new.state <> old.state;
      decided boolean := new.state not in ('offered', 'withdrawn') and (new.state, new.accepted, new.decline_code, new.decline_note) is distinct from (old.state, old.accepted, old.decline_code, old.decline_note);
    begin
      if coalesce(current_setting('app.actor', true), '') = '' then
        return new;
      end if;
      if own and (new.state not in ('offered', 'withdrawn') or not app.reaches(new.keeper_id, 'write')
        or not exists (select from calls.call c where c.id = new.call_id and c.state = 'open' and c.deadline >= (now() at time zone 'UTC')::date)) then
        raise exception 'whoever pledges changes a pledge, until the last day of the call, and it is decided on anew' using errcode = '42501';
      end if;
      if decided and not app.reaches(new.desk_id, 'write') then
        raise exception 'only the secretariat decides on a pledge' using errcode = '42501';
      end if;
      return new;
    end
  $$;
comment on function calls.guard_pledge() is 'What no policy can say, since it is about the row before and after: what is pledged only the member changes, while the call is open; what becomes of it only the desk decides.';
revoke execute on function calls.guard_pledge() from public;
create trigger guard before update on calls.pledge for each row execute function calls.guard_pledge();

create table calls.delivery (
  id uuid primary key,
  pledge_id uuid not null references calls.pledge on delete restrict,
  call_id uuid not null references calls.call on delete restrict,
  amount numeric not null check (amount > 0 and amount <= 1e15),
  delivered_on date not null,
  note text check (length(note) between 1 and 1000),
  recorded_at timestamptz not null default now()
);
comment on table calls.delivery is 'That some of what was pledged has arrived, as the secretariat recorded it. Seen with its pledge.';
create index delivery_of_pledge on calls.delivery (pledge_id, delivered_on, id);
alter table calls.delivery enable row level security;
create policy read on calls.delivery for select to puente_app using (exists (select from calls.pledge p where p.id = pledge_id));
create policy add on calls.delivery for insert to puente_app with check (exists (select from calls.pledge p where p.id = pledge_id and p.call_id = delivery.call_id and p.state in ('accepted', 'delivered') and (p.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = p.desk_id offset 0))));
grant select on calls.delivery to puente_app;
grant insert (id, pledge_id, call_id, amount, delivered_on, note) on calls.delivery to puente_app;

create table calls.total (
  line_id uuid primary key references calls.line on delete restrict,
  call_id uuid not null references calls.call on delete restrict,
  pledged numeric not null default 0,
  accepted numeric not null default 0,
  delivered numeric not null default 0
);
comment on table calls.total is 'How much is pledged, accepted and delivered for a line of a call, kept by triggers: for those who read no pledges. Readers of the call see it if the call shows it, and when the call is closed; never from how many, or from whom.';
create index total_of_call on calls.total (call_id);
alter table calls.total enable row level security;
create policy read on calls.total for select to puente_app using (exists (select from calls.call c where c.id = call_id
  and (c.shows_totals or c.state = 'closed' or (c.people_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = c.people_id offset 0)) or (c.desk_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = c.desk_id offset 0)))));
grant select on calls.total to puente_app;

create function calls.add_up() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      counted uuid;
    begin
      if tg_table_name = 'pledge' then
        counted := new.line_id;
      else
        select p.line_id into counted from calls.pledge p where p.id = new.pledge_id;
      end if;
      -- Two who pledge for one line at once count one after the other.
      perform pg_advisory_xact_lock(hashtextextended('total ' || counted, 0));
      insert into calls.total as t (line_id, call_id, pledged, accepted, delivered)
        select counted, new.call_id, coalesce(sum(p.amount) filter (where p.state in ('offered', 'accepted', 'delivered')), 0), coalesce(sum(p.accepted), 0),
          coalesce((select sum(d.amount) from calls.delivery d join calls.pledge q on q.id = d.pledge_id where q.line_id = counted), 0)
        from calls.pledge p where p.line_id = counted
        on conflict (line_id) do update set pledged = excluded.pledged, accepted = excluded.accepted, delivered = excluded.delivered;
      return null;
    end
  $$;
comment on function calls.add_up() is 'Keeps calls.total. It runs as the owner, since whoever pledges does not see what others do.';
revoke execute on function calls.add_up() from public;
create trigger add_up after insert or update on calls.pledge for each row execute function calls.add_up();
create trigger add_up after insert on calls.delivery for each row execute function calls.add_up();

-- ── Who is told ─────────────────────────────────────────────────────────────────────────────────────────────────────

create table calls.recipient (
  call_id uuid not null references calls.call on delete restrict,
  organization_id uuid not null references members.organization on delete restrict,
  desk_id uuid not null references app.space on delete restrict,
  why text not null check (why in ('offer', 'chosen')),
  offers jsonb not null default '[]',
  concepts text[] not null default '{}',
  queued_at timestamptz not null default now(),
  mailed_at timestamptz,
  reminded_at timestamptz,
  primary key (call_id, organization_id)
);
comment on table calls.recipient is 'That a call is made known to a member, once: because of what it offers (offers: up to three of its listings; concepts: what they have in common with the call), or because the secretariat chose its kind or country. mailed_at, reminded_at: when its people were written to, by what is done later.';
create index recipient_waiting on calls.recipient (call_id, organization_id) where mailed_at is null;
alter table calls.recipient enable row level security;
create policy read on calls.recipient for select to puente_app using ((desk_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = desk_id offset 0)));
create policy add on calls.recipient for insert to puente_app with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0)) and exists (select from calls.call c where c.id = call_id and c.state = 'open' and c.desk_id = recipient.desk_id));
grant select on calls.recipient to puente_app;
grant insert (call_id, organization_id, desk_id, why, offers, concepts) on calls.recipient to puente_app;

create function calls.editors_of(organization uuid) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that writes mails asks who acts for a member' using errcode = '42501';
      end if;
      return array(select distinct r.person_id from members.role r where r.organization_id = organization and r.role in ('admin', 'editor') and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now()) order by 1 limit 50);
    end
  $$;
comment on function calls.editors_of(uuid) is 'Whom to write to at a member: its admins and editors. It runs as the owner, since the secretariat of a network does not see who acts for a member that is at home in another.';
revoke execute on function calls.editors_of(uuid) from public;
grant execute on function calls.editors_of(uuid) to puente_app;

create function calls.next_recipients(wanted uuid, matter text, most int) returns table (organization_id uuid, organization_name jsonb, organization_original text, number text, kind text, title jsonb, original text, deadline date, why text, offers jsonb, concepts text[], people uuid[])
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that writes mails makes a call known' using errcode = '42501';
      end if;
      return query
        with taken as materialized (
          select r.organization_id from calls.recipient r join calls.call c on c.id = r.call_id
          where r.call_id = wanted and c.state = 'open' and case matter when 'call' then r.mailed_at is null else r.mailed_at is not null and r.reminded_at is null
            and not exists (select from calls.pledge p where p.call_id = wanted and p.organization_id = r.organization_id) end
          order by r.organization_id limit most for update of r skip locked),
        noted as (
          update calls.recipient r set mailed_at = coalesce(r.mailed_at, now()), reminded_at = case matter when 'call' then r.reminded_at else now() end
          from taken t where r.call_id = wanted and r.organization_id = t.organization_id returning r.*)
        select n.organization_id, o.name, o.original, c.number, c.kind, c.title, c.original, c.deadline, n.why, n.offers, n.concepts, calls.editors_of(n.organization_id)
        from noted n join members.organization o on o.id = n.organization_id join calls.call c on c.id = n.call_id;
    end
  $$;
comment on function calls.next_recipients(uuid, text, int) is 'The next members to whom a call is made known (matter call), or who are reminded of it and have not pledged (matter reminder), each noted as written to: the mails are queued in the same transaction, so none is written to twice. It runs as the owner, since what is done later reads neither calls nor who acts for whom.';
revoke execute on function calls.next_recipients(uuid, text, int) from public;
grant execute on function calls.next_recipients(uuid, text, int) to puente_app;

-- ── The last day ────────────────────────────────────────────────────────────────────────────────────────────────────

create function calls.come_due(wanted uuid) returns table (number text, title jsonb, original text, space_id uuid, desk_id uuid, network_id uuid, deadline date, ended text)
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      c calls.call;
      is_over boolean;
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that does what comes due ends the time for pledges' using errcode = '42501';
      end if;
      select * into c from calls.call e where e.id = wanted and e.state = 'open' for update;
      if not found then
        return;
      end if;
      is_over := c.deadline < (now() at time zone 'UTC')::date;
      if is_over then
        update calls.call e set state = 'due', changed_at = now(), version = e.version + 1 where e.id = c.id;
        insert into calls.step (id, call_id, what) values (gen_random_uuid(), c.id, 'due');
      end if;
      return query select c.number, c.title, c.original, c.space_id, c.desk_id, c.network_id, c.deadline, case when is_over then 'yes' else 'no' end;
    end
  $$;
comment on function calls.come_due(uuid) is 'Ends the time for pledges to a call whose last day is over, and says what to tell the secretariat. It runs as the owner, since what is done later does not read calls.';
revoke execute on function calls.come_due(uuid) from public;
grant execute on function calls.come_due(uuid) to puente_app;
