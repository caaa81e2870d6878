-- Whoever answers for a listing that the secretariat introduces to another is told by mail.

create function matching.introduction_letter(introduction uuid) returns table (listing uuid, title jsonb, original text, met jsonb, met_original text, note text, people uuid[])
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that tells of introductions reads whom to tell' using errcode = '42501';
      end if;
      return query select own.id, own.title, own.original, other.title, other.original, i.note,
          array(select distinct r.person_id from members.role r where r.role in ('admin', 'editor') and r.valid_from <= now() and (r.valid_to is null or r.valid_to > now())
            and r.organization_id = own.organization_id)
        from matching.introduction i
        join exchange.listing own on own.id in (i.listing_id, i.other_id)
        join exchange.listing other on other.id in (i.listing_id, i.other_id) and other.id <> own.id
        where i.id = introduction and i.ended_at is null and own.organization_id is not null and matching.may_meet(own, other)
        order by own.id;
    end
  $$;
comment on function matching.introduction_letter(uuid) is 'Whom to tell of an introduction, and what: for each listing of a member its people, if both may still meet. It runs as the owner, since what is done later reads neither listings nor who acts for whom.';
revoke execute on function matching.introduction_letter(uuid) from public;
grant execute on function matching.introduction_letter(uuid) to puente_app;
