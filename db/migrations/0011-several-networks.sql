-- Several networks on one instance: who runs the instance itself, which network looks after a member, and lists that stay fast with a hundred thousand members.

-- ── Who runs the instance ───────────────────────────────────────────────────────────────────────────────────────────

create function app.written_by(names text[], among uuid[]) returns uuid[]
  language sql stable parallel safe security definer
  set search_path = pg_catalog
  as $$
    select coalesce(array_agg(distinct g.space_id), '{}') from app.space_grant g
    where g.space_id = any (among) and g.grantee = any (names) and g.scope = 'write' and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now())
  $$;
comment on function app.written_by(text[], uuid[]) is 'Which of some spaces are written by whoever goes by these names. It says, as somebody is recognized, which pages of the instance they are shown.';
revoke execute on function app.written_by(text[], uuid[]) from public;
grant execute on function app.written_by(text[], uuid[]) to puente_auth;

-- ── Which network looks after a member ──────────────────────────────────────────────────────────────────────────────

create function members.settle_home(of_organization uuid) returns text
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      home uuid;
      chosen members.network;
    begin
      if coalesce(current_setting('app.actor', true), '') in ('', 'public') then
        raise exception 'only somebody signed in or the system settles which network looks after a member' using errcode = '42501';
      end if;
      select n.id into home from members.organization o join members.network n on n.desk_id = o.desk_id where o.id = of_organization for update of o;
      if exists (select from members.standing s where s.organization_id = of_organization and s.network_id = home and s.until is null and s.state <> 'left') then
        return null;
      end if;
      select n.* into chosen from members.standing s join members.network n on n.id = s.network_id
        where s.organization_id = of_organization and s.until is null and s.state <> 'left' order by s.state, s.since, s.id limit 1;
      if not found then
        return null;
      end if;
      update members.organization set desk_id = chosen.desk_id where id = of_organization;
      update members.logo set desk_id = chosen.desk_id where organization_id = of_organization;
      update members.role set desk_id = chosen.desk_id where organization_id = of_organization;
      update members.invitation set desk_id = chosen.desk_id where organization_id = of_organization;
      update members.claim set desk_id = chosen.desk_id where organization_id = of_organization;
      update members.entry_link set desk_id = chosen.desk_id where organization_id = of_organization;
      return chosen.key;
    end
  $$;
comment on function members.settle_home(uuid) is 'When a member has left the network that looked after it and stands in another one, that one looks after it from now on: the one in which it is admitted, longest if in several, else suspended. Returns its key, or nothing when all stays. Anybody who acts may call it: what it does follows from the standings alone. It runs as the owner, since the desk that gives a member up may not write for the one that takes it.';
revoke execute on function members.settle_home(uuid) from public;
grant execute on function members.settle_home(uuid) to puente_app;
comment on table members.organization is 'An organization that is or was in a network, as it describes itself, for everybody to read. keeper: the space in which its admins and editors write it; people: the one in which its admins say who acts for it; desk: that of the network which looks after it, whose secretariat may write for it: the one that admitted it first, as long as it has not left that one for another (members.settle_home). kept_by: who wrote it last. admin_until: see members.note_admins().';

-- ── Members without an admin ────────────────────────────────────────────────────────────────────────────────────────

alter table members.organization add column admin_until timestamptz not null default '-infinity';
update members.organization o set admin_until = coalesce((select max(coalesce(r.valid_to, 'infinity')) from members.role r where r.organization_id = o.id and r.role = 'admin'), '-infinity');
create index organization_by_admin on members.organization (admin_until) include (desk_id, space_id);

create function members.note_admins() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update members.organization o set admin_until = counted.until
      from (select c.organization_id, coalesce(max(coalesce(r.valid_to, 'infinity')), '-infinity') as until
        from (select distinct organization_id from changed) c left join members.role r on r.organization_id = c.organization_id and r.role = 'admin' group by 1) counted
      where o.id = counted.organization_id and o.admin_until <> counted.until;
      return null;
    end
  $$;
comment on function members.note_admins() is 'Keeps members.organization.admin_until: until when somebody says who acts for the organization, so that those without are found by an index and not by looking through all. It runs as the owner, since whoever gives or ends a role need not write the organization.';
revoke execute on function members.note_admins() from public;
create trigger note_given after insert on members.role referencing new table as changed for each statement execute function members.note_admins();
create trigger note_ended after update on members.role referencing new table as changed for each statement execute function members.note_admins();

-- ── The queue of a secretariat ──────────────────────────────────────────────────────────────────────────────────────

create index application_waiting on members.application (sent_at, id) include (desk_id, space_id) where state in ('sent', 'asked', 'answered');
create index application_by_state on members.application (state, sent_at, id) include (desk_id, space_id);
create index claim_by_state on members.claim (state, sent_at, id) include (desk_id, space_id);
