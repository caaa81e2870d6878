-- Searches that people keep, and are told of what is published for them.

alter table app.search_row add column published_at timestamptz not null default now();
grant select (published_at), update (published_at) on app.search_row to puente_app;
create index search_row_by_published on app.search_row (published_at, object_id);

create table app.saved_search (
  id uuid primary key,
  space_id uuid not null references app.space on delete restrict,
  person_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  words text not null check (length(words) between 1 and 200),
  kind text,
  facets text[] not null default '{}',
  often text not null check (often in ('at-once', 'daily', 'weekly', 'never')),
  turn int not null default 1,
  since_at timestamptz not null default now(),
  looked_at timestamptz not null default now(),
  told uuid[] not null default '{}',
  saved_at timestamptz not null default now(),
  ended_at timestamptz,
  version int not null default 1
);
comment on table app.saved_search is 'A search that a person keeps, in the space of their own: its words, kind and facets, and how often they are told of what is published for it. Nothing published before since_at is told of. looked_at: until when the last mail reaches; told: what has been told of though it was published less than a day before that, since a transaction may end later than it began. turn: the look that is waited for; a job of another turn does nothing. Removed, or with the account of its person, it is ended.';
create index saved_search_of_person on app.saved_search (person_id, saved_at, id) where ended_at is null;
create index saved_search_at_once on app.saved_search (id) where ended_at is null and often = 'at-once';
alter table app.saved_search enable row level security;
create policy read on app.saved_search for select to puente_app using ((space_id = any ((select app.first_spaces('read'))::uuid[]) or exists (select from app.more_to_read m where m.space = space_id offset 0))
  or (select current_setting('app.actor', true)) = 'system:accounts');
create policy add on app.saved_search for insert to puente_app with check ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))
  and exists (select from app.space s where s.id = space_id and s.name = 'person-' || person_id));
create policy change on app.saved_search for update to puente_app using ((space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0))
  or (select current_setting('app.actor', true)) = 'system:accounts');
grant select on app.saved_search to puente_app;
grant insert (id, space_id, person_id, name, words, kind, facets, often), update (name, often, turn, since_at, looked_at, told, ended_at, version) on app.saved_search to puente_app;

create function app.published(words tsquery, filter tsquery, since timestamptz, most int) returns table (object_id uuid, published_at timestamptz)
  language plpgsql stable security definer
  set search_path = pg_catalog
  set plan_cache_mode = force_custom_plan
  as $$
    #variable_conflict use_column
    declare
      spaces uuid[] := app.first_spaces('read');
      who text[] := app.principals();
      few boolean := cardinality(spaces) <= 64;
      wanted tsquery := words && filter;
    begin
      return query select r.object_id, r.published_at from app.search_row r
        where r.published_at > since and r.terms @@ wanted and not (r.hidden_from && who)
          and case when few then r.space_id = any (spaces) else exists (select from app.reached g where g.space = r.space_id and g.scope = 'read' offset 0) end
        order by r.published_at desc, r.object_id desc limit most;
    end
  $$;
comment on function app.published(tsquery, tsquery, timestamptz, int) is 'What the actor may see of what was published since some moment and has all words of a search, the newest first. It runs as the owner, so that the planner may choose the index of words or that of days.';
revoke execute on function app.published(tsquery, tsquery, timestamptz, int) from public;
grant execute on function app.published(tsquery, tsquery, timestamptz, int) to puente_app;

create function app.note_published(job uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if not exists (select from app.saved_search s where s.ended_at is null and s.often = 'at-once') then
        return false;
      end if;
      -- One that waits is enough; held until the commit, it is not taken before that.
      perform from app.job j where j.kind = 'search.published' and j.done_at is null and j.failed_at is null and j.ticket is null limit 1 for share skip locked;
      if found then
        return false;
      end if;
      insert into app.job (id, space_id, kind, input) values (job, '00000000-0000-7000-8000-000000000002', 'search.published', '{}');
      return true;
    end
  $$;
comment on function app.note_published(uuid) is 'Has those who want to know at once told of what the transaction at hand publishes, as far as there are any: queues a job unless one waits. It runs as the owner, since nobody sees what others search for.';
revoke execute on function app.note_published(uuid) from public;
grant execute on function app.note_published(uuid) to puente_app;
