-- What was still missing of proposals for the vocabulary and of calls.

-- ── Whoever proposes something takes it back while nobody has decided on it ─────────────────────────────────────────

alter table vocabulary.proposal drop constraint proposal_state_check;
alter table vocabulary.proposal add constraint proposal_state_check check (state in ('sent', 'accepted', 'declined', 'withdrawn'));
comment on table vocabulary.proposal is 'What an editor of a member proposes: a concept that is missing (no concept_id; broader_id says where it belongs), labels for one that is there, or a correction of it (no labels). Lies in the space in which the member is written (space_id) and on the desk of the curators (desk_id), who accept it, as it is or changed, or decline it with a reason; until then whoever made it may withdraw it. turn: the order of the list, newest first; what is open is put a thousand years ahead.';
create index proposal_by_person on vocabulary.proposal (person_id, turn, id);
drop policy change on vocabulary.proposal;
create policy change on vocabulary.proposal for update to puente_app
  using ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))
    or decided_at is null and 'person:' || person_id = (select current_setting('app.actor', true))
      and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)))
  with check ((desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = desk_id offset 0))
    or state = 'withdrawn' and reason is null and result_id is null and 'person:' || person_id = (select current_setting('app.actor', true))
      and (space_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = space_id offset 0)));

-- ── Calls in the search ─────────────────────────────────────────────────────────────────────────────────────────────

create policy add_call on app.search_row for insert to puente_app with check (kind = 'call' and exists (select from calls.call c where c.id = object_id and c.state in ('open', 'due') and search_row.space_id = c.space_id and (c.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = c.desk_id offset 0))));
create policy change_call on app.search_row for update to puente_app using (kind = 'call' and exists (select from calls.call c where c.id = object_id and c.state in ('open', 'due') and search_row.space_id = c.space_id and (c.desk_id = any ((select app.first_spaces('write'))::uuid[]) or exists (select from app.more_to_write m where m.space = c.desk_id offset 0))));

create function calls.leave_search() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      update app.search_row r set space_id = new.desk_id, terms = array_to_tsvector('{}') where r.object_id = new.id;
      return null;
    end
  $$;
comment on function calls.leave_search() is 'Takes a call that is closed out of the search: what is no longer needed is not offered to who looks for what they could give. It runs as the owner, since a desk does not write in the audience of its calls.';
revoke execute on function calls.leave_search() from public;
create trigger leave_search after update of state on calls.call for each row when (new.state = 'closed' and old.state <> 'closed') execute function calls.leave_search();
