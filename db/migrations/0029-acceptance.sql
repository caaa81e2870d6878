-- An interest is accepted: whoever sent it reads the confidential part of the listing.

alter table exchange.interest drop constraint interest_state_check;
alter table exchange.interest add constraint interest_state_check check (state in ('sent', 'seen', 'accepted', 'declined', 'withdrawn', 'handled'));
alter table exchange.interest drop constraint interest_check1;
alter table exchange.interest add constraint interest_check1 check (answer is null or state in ('accepted', 'declined', 'handled'));
alter table exchange.interest add constraint interest_accepted_check check (state <> 'accepted' or receiver_id is not null);
comment on table exchange.interest is 'That a member is interested in a listing. people, keeper: those of whoever sent it; space: whose readers it is for, taker: whose writers answer it: those of the organization of the listing (receiver), or, of one derived from sources that its organization has not taken over, the desk that looks after the sender, which accepts nothing. reason: why it was declined; answer: what the taker said. One that is open or accepted for each member and listing.';
drop index exchange.interest_once;
create unique index interest_once on exchange.interest (listing_id, organization_id) where state in ('sent', 'seen', 'accepted');

alter table exchange.undertaking add column interest_id uuid references exchange.interest on delete restrict;
alter table exchange.undertaking alter column signed_on drop not null;
alter table exchange.undertaking add constraint undertaking_check check ((signed_on is null) = (interest_id is not null));
comment on table exchange.undertaking is 'That another organization reads the confidential part until it is ended: it gave an undertaking of confidentiality, as the owner of the listing recorded it (space: its people), or the owner accepted its interest.';
create unique index undertaking_of_interest on exchange.undertaking (interest_id) where interest_id is not null;
comment on table exchange.confidential is 'What a listing says only to those who are let into its own space (space): the organization, whoever gave a recorded undertaking of confidentiality, and whose interest was accepted.';

create function exchange.let_in_accepted(wanted_listing uuid) returns table (organization_id uuid, interest_id uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    declare
      each record;
    begin
      if not exists (select from exchange.listing l where l.id = wanted_listing and app.reaches(l.keeper_id, 'write')) then
        raise exception 'only who writes a listing lets others read its confidential part' using errcode = '42501';
      end if;
      for each in
        with added as (
          insert into exchange.undertaking (id, listing_id, space_id, keeper_id, organization_id, interest_id)
          select i.id, l.id, l.people_id, l.keeper_id, i.organization_id, i.id
          from exchange.listing l join exchange.confidential c on c.listing_id = l.id
            join exchange.interest i on i.listing_id in (l.id, l.derived_id) and i.receiver_id = l.organization_id and i.state = 'accepted'
          where l.id = wanted_listing on conflict do nothing returning undertaking.organization_id, undertaking.interest_id)
        select a.organization_id, a.interest_id, c.space_id from added a join exchange.confidential c on c.listing_id = wanted_listing order by a.interest_id
      loop
        perform app.add_grant(each.space_id, 'organization:' || each.organization_id, 'read', now(), null);
        organization_id := each.organization_id;
        interest_id := each.interest_id;
        return next;
      end loop;
    end
  $$;
comment on function exchange.let_in_accepted(uuid) is 'Has those whose interest in a listing was accepted read its confidential part, if it has one, each once: whom its owner took off stays off. Returns whom it let in. Whoever writes the listing may, programs too, which own no space; so it runs as the owner.';
revoke execute on function exchange.let_in_accepted(uuid) from public;
grant execute on function exchange.let_in_accepted(uuid) to puente_app;

create or replace function exchange.interest_letter(interest uuid) returns table (people uuid[], title jsonb, original text, sender jsonb, sender_original text, state text, reason text, answer text, from_desk boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that tells of interests reads whom to tell' using errcode = '42501';
      end if;
      return query select
          array(select distinct r.person_id from members.role r where r.role in ('admin', 'editor') and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now())
            and r.organization_id = case when i.state in ('accepted', 'declined', 'handled') then i.organization_id else i.receiver_id end),
          l.title, l.original, o.name, o.original, i.state, i.reason, i.answer, i.receiver_id is null
        from exchange.interest i join exchange.listing l on l.id = i.listing_id join members.organization o on o.id = i.organization_id where i.id = interest;
    end
  $$;
