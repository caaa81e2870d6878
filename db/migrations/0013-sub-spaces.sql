-- Spaces within spaces, periods of a space, grants with a beginning and an end: what a dossier with several parties needs.

-- ── Spaces within spaces, and one after the other ───────────────────────────────────────────────────────────────────

alter table app.space
  add column parent_id uuid references app.space on delete restrict,
  add column first_id uuid references app.space on delete restrict,
  add column period int not null default 1 check (period >= 1),
  add constraint space_period unique (first_id, period),
  add constraint space_first check ((first_id is null) = (period = 1)),
  add constraint space_parent check (parent_id <> id and parent_id <> first_id);
create index space_within on app.space (parent_id) where parent_id is not null;
comment on table app.space is 'What shares an audience. Every protected row names its space; a row of a space appears and disappears with the grants of that space. parent: the space around it; whoever is not let in there, or no longer, is not let in here. first, period: a space that goes on in another one is the first of several periods; whoever comes later is let into those that their grants say, and no row is rewritten.';

create function app.covers(outer_name text, inner_name text) returns boolean
  language sql immutable parallel safe
  set search_path = pg_catalog
  as $$
    select outer_name = inner_name or outer_name = 'public' or (outer_name like 'organization:%' and inner_name like 'role:' || substr(outer_name, 14) || ':%' and inner_name not like '%:guest')
  $$;
comment on function app.covers(text, text) is 'Whether whoever goes by the inner name goes by the outer one too: everybody is the public, and whoever has a role in an organization belongs to it. A guest of an organization does not belong to it.';
revoke execute on function app.covers(text, text) from public;

create function app.goes_with(leaver text, name text) returns boolean
  language sql immutable parallel safe
  set search_path = pg_catalog
  as $$ select app.covers(leaver, name) or (leaver like 'organization:%' and name = 'role:' || substr(leaver, 14) || ':guest') $$;
comment on function app.goes_with(text, text) is 'Whether somebody leaves when somebody else does: with an organization whoever has a role in it, and its guests.';
revoke execute on function app.goes_with(text, text) from public;

create function app.first_of(space uuid) returns uuid
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$ select coalesce(s.first_id, s.id) from app.space s where s.id = space $$;
comment on function app.first_of(uuid) is 'The first period of a space.';
revoke execute on function app.first_of(uuid) from public;

create function app.newest_of(space uuid) returns uuid
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$ select s.id from app.space s where s.id = app.first_of(space) or s.first_id = app.first_of(space) order by s.period desc limit 1 $$;
comment on function app.newest_of(uuid) is 'The newest period of a space.';
revoke execute on function app.newest_of(uuid) from public;

create function app.lets_in(space uuid, name text, since timestamptz, until timestamptz) returns boolean
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select exists (select from app.space_grant g
      where g.space_id = app.newest_of(space) and app.covers(g.grantee, name) and g.scope <> 'own'
        and g.valid_from <= since and (g.valid_to is null or g.valid_to >= until))
  $$;
comment on function app.lets_in(uuid, text, timestamptz, timestamptz) is 'Whether a space lets in whoever goes by a name, for the whole of a time; until: null for a time without an end.';
revoke execute on function app.lets_in(uuid, text, timestamptz, timestamptz) from public;

create function app.add_grant(space uuid, wanted_grantee text, wanted_scope text, since timestamptz, until timestamptz) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      around uuid := (select s.parent_id from app.space s where s.id = space);
    begin
      if since < now() or until <= now() then
        raise exception 'nobody is let in for a time that is over' using errcode = '22007';
      end if;
      if around is not null and not app.lets_in(around, wanted_grantee, since, until) then
        raise exception 'the space around this one does not let them in for that time' using errcode = '42501', constraint = 'space_grant_within';
      end if;
      insert into app.space_grant (space_id, grantee, scope, valid_from, valid_to)
      select space, wanted_grantee, wanted_scope, since, until
      where not exists (select from app.space_grant g where g.space_id = space and g.grantee = wanted_grantee and g.scope = wanted_scope
        and g.valid_from <= since and (g.valid_to is null or g.valid_to >= until));
    end
  $$;
comment on function app.add_grant(uuid, text, text, timestamptz, timestamptz) is 'Writes a grant unless it is there already; for the functions that asked whether the actor may.';
revoke execute on function app.add_grant(uuid, text, text, timestamptz, timestamptz) from public;

create or replace function app.make_space(space uuid, space_name text, grants jsonb) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') in ('', 'public') or not app.actor_may('write') then
        raise exception 'only somebody signed in or the system makes a space' using errcode = '42501';
      end if;
      if space_name like 'person-%' then
        raise exception 'the own space of a person is made with them' using errcode = '42501';
      end if;
      insert into app.space (id, name) values (space, space_name);
      perform app.add_grant(space, g ->> 'grantee', g ->> 'scope', now(), (g ->> 'until')::timestamptz) from jsonb_array_elements(grants) g;
    end
  $$;

create function app.make_sub_space(space uuid, space_name text, around uuid, grants jsonb) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if not app.reaches(app.newest_of(around), 'add') then
        raise exception 'the actor may not add to the space around' using errcode = '42501';
      end if;
      if space_name like 'person-%' then
        raise exception 'the own space of a person is made with them' using errcode = '42501';
      end if;
      insert into app.space (id, name, parent_id) values (space, space_name, app.first_of(around));
      perform app.add_grant(space, g ->> 'grantee', g ->> 'scope', now(), (g ->> 'until')::timestamptz) from jsonb_array_elements(grants) g;
    end
  $$;
comment on function app.make_sub_space(uuid, text, uuid, jsonb) is 'Makes a space within another one, such as the own side of a party in a dossier. Whoever adds to the one around may; the grants say who is let in and who owns it, and let in nobody whom the one around does not.';
revoke execute on function app.make_sub_space(uuid, text, uuid, jsonb) from public;
grant execute on function app.make_sub_space(uuid, text, uuid, jsonb) to puente_app;

-- ── Letting in, letting out ─────────────────────────────────────────────────────────────────────────────────────────

drop function app.grant_space(uuid, text, text);
create function app.grant_space(space uuid, wanted_grantee text, wanted_scope text, since timestamptz default now(), until timestamptz default null) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if not app.reaches(space, 'own') then
        raise exception 'the actor does not own this space' using errcode = '42501';
      end if;
      perform app.add_grant(space, wanted_grantee, wanted_scope, since, until);
    end
  $$;
comment on function app.grant_space(uuid, text, text, timestamptz, timestamptz) is 'Whoever owns a space lets others into it, from now or a later time on, until they are let out or a time that is set. It is of one period: who is to see what was before is let into earlier ones too.';
revoke execute on function app.grant_space(uuid, text, text, timestamptz, timestamptz) from public;
grant execute on function app.grant_space(uuid, text, text, timestamptz, timestamptz) to puente_app;

create function app.end_grants(space uuid, name text) returns int
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      ended int;
    begin
      if not app.reaches(app.newest_of(space), 'own') then
        raise exception 'the actor does not own this space' using errcode = '42501';
      end if;
      with recursive within as (
          select s.id from app.space s where s.id = app.first_of(space) or s.first_id = app.first_of(space)
          union select s.id from within w join app.space s on s.parent_id = w.id or s.first_id = w.id),
        those as (
          update app.space_grant g set valid_to = greatest(now(), g.valid_from + interval '1 microsecond')
          from within w where g.space_id = w.id and app.goes_with(name, g.grantee) and (g.valid_to is null or g.valid_to > now())
          returning 1)
      select count(*) into ended from those;
      if not exists (select from app.space_grant g where g.space_id = app.newest_of(space) and g.scope = 'own' and g.valid_to is null) then
        raise exception 'a space needs somebody who owns it' using errcode = '23514', constraint = 'space_grant_owner';
      end if;
      return ended;
    end
  $$;
comment on function app.end_grants(uuid, text) is 'Whoever owns a space lets somebody out: of all its periods and all spaces within it, at once, under their name and under every narrower one. Returns how many grants ended. Refused when nobody would be left who owns the space.';
revoke execute on function app.end_grants(uuid, text) from public;
grant execute on function app.end_grants(uuid, text) to puente_app;

create function app.next_period(space uuid, next uuid, leaver text default null) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      newest uuid := app.newest_of(space);
    begin
      if not app.reaches(newest, 'own') then
        raise exception 'the actor does not own this space' using errcode = '42501';
      end if;
      perform from app.space s where s.id = app.first_of(space) for update;
      newest := app.newest_of(space);
      insert into app.space (id, name, parent_id, first_id, period)
        select next, f.name || '-p' || n.period + 1, f.parent_id, f.id, n.period + 1 from app.space n join app.space f on f.id = app.first_of(n.id) where n.id = newest;
      insert into app.space_grant (space_id, grantee, scope, valid_from, valid_to)
        select next, g.grantee, g.scope, min(greatest(g.valid_from, now())), case when bool_or(g.valid_to is null) then null else max(g.valid_to) end
        from app.space_grant g
        where g.space_id = newest and (g.valid_to is null or g.valid_to > now()) and (leaver is null or not app.goes_with(leaver, g.grantee))
        group by g.grantee, g.scope;
      update app.space_grant g set valid_to = greatest(now(), g.valid_from + interval '1 microsecond')
        from app.space s where g.space_id = s.id and (s.id = app.first_of(space) or s.first_id = app.first_of(space)) and s.id <> next
          and leaver is not null and app.goes_with(leaver, g.grantee) and g.scope <> 'read' and (g.valid_to is null or g.valid_to > now());
      if not exists (select from app.space_grant g where g.space_id = next and g.scope = 'own' and g.valid_to is null) then
        raise exception 'a space needs somebody who owns it' using errcode = '23514', constraint = 'space_grant_owner';
      end if;
    end
  $$;
comment on function app.next_period(uuid, uuid, text) is 'Whoever owns a space begins its next period: a new space with the same audience, in which everything new is written. Whoever is let in from then on sees of the past only the periods that they are let into. leaver: somebody who goes, and keeps what they could read until now.';
revoke execute on function app.next_period(uuid, uuid, text) from public;
grant execute on function app.next_period(uuid, uuid, text) to puente_app;
