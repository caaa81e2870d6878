-- Embeddings: what a model, run by a service of the operator's, makes of published listings, to weigh beside concepts how alike two are.

create table matching.embedding_model (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  dimensions int not null check (dimensions between 8 and 4096),
  floor real not null,
  ceiling real not null check (ceiling > floor),
  begun_at timestamptz not null default now(),
  ended_at timestamptz
);
comment on table matching.embedding_model is 'A model that turns texts into embeddings, as it was measured. floor: the cosine of texts that have nothing to do with each other; ceiling: of translations of one text. One holds at a time, and everybody may know which; ended when another one takes its place or the operator wants none.';
create unique index embedding_model_once on matching.embedding_model ((true)) where ended_at is null;
alter table matching.embedding_model enable row level security;
create policy read on matching.embedding_model for select to puente_app using (ended_at is null);
grant select on matching.embedding_model to puente_app;

create table matching.embedding (
  listing_id uuid primary key references exchange.listing on delete restrict,
  model_id uuid not null references matching.embedding_model on delete restrict,
  vector bytea check (length(vector) between 8 and 4096),
  made_at timestamptz not null default now()
);
comment on table matching.embedding is 'What a model makes of the public texts of a published listing, a signed byte for each dimension; seen with the listing. No vector: the service does not take the text. Gone when the listing is published no more; made anew when another model takes over.';
create index embedding_of_model on matching.embedding (listing_id) include (model_id);
alter table matching.embedding enable row level security;
create policy read on matching.embedding for select to puente_app using (exists (select from exchange.listing l where l.id = listing_id));
grant select on matching.embedding to puente_app;

create function matching.begin_embedding_model(model uuid, called text, dimensions int, floor real, ceiling real) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      perform pg_advisory_xact_lock(hashtextextended('matching', 0));
      perform from matching.embedding_model m where m.ended_at is null and m.name = called and m.dimensions = begin_embedding_model.dimensions;
      if not found then
        update matching.embedding_model m set ended_at = now() where m.ended_at is null;
        insert into matching.embedding_model (id, name, dimensions, floor, ceiling) values (model, called, begin_embedding_model.dimensions, begin_embedding_model.floor, begin_embedding_model.ceiling);
      end if;
    end
  $$;
comment on function matching.begin_embedding_model(uuid, text, int, real, real) is 'Has a model take the place of the one that holds, unless it is the same; of two that begin it at once, the first.';

create function matching.end_embedding_model() returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      perform pg_advisory_xact_lock(hashtextextended('matching', 0));
      delete from matching.embedding;
      update matching.embedding_model m set ended_at = now() where m.ended_at is null;
      return found;
    end
  $$;
comment on function matching.end_embedding_model() is 'Ends the model that holds, with all that it made. Whether there was one.';

create function matching.without_embedding(most int) returns table (id uuid, wording text, title text, body text, sought text)
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      return query
        with late as materialized (
          select p.listing_id from matching.profile p join matching.embedding_model m on m.ended_at is null
          where not exists (select from matching.embedding e where e.listing_id = p.listing_id and e.model_id = m.id)
          order by p.listing_id desc limit most)
        select l.id, l.wording, l.title ->> l.original, l.body ->> l.original, l.sought ->> l.original from late join exchange.listing l on l.id = late.listing_id order by l.id desc;
    end
  $$;
comment on function matching.without_embedding(int) is 'The newest published listings that the model which holds has not read, with what they say in public in the language they were written in. Of their confidential part, nothing.';

create function matching.keep_embedding(listing uuid, model uuid, words text, vector bytea) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      perform pg_advisory_xact_lock(hashtextextended('matching', 0));
      insert into matching.embedding as e (listing_id, model_id, vector)
        select l.id, m.id, keep_embedding.vector from exchange.listing l join matching.profile p on p.listing_id = l.id join matching.embedding_model m on m.id = model and m.ended_at is null
        where l.id = listing and l.state = 'published' and l.wording = words
        on conflict (listing_id) do update set model_id = excluded.model_id, vector = excluded.vector, made_at = now();
      return found;
    end
  $$;
comment on function matching.keep_embedding(uuid, uuid, text, bytea) is 'Keeps what a model makes of a listing, if it is published with the texts that the model has read, and the model still holds.';

create function matching.embeddings(listings uuid[]) returns table (listing_id uuid, model uuid, floor real, ceiling real, vector text)
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      return query select e.listing_id, m.id, m.floor, m.ceiling, encode(e.vector, 'base64')
        from matching.embedding_model m join matching.embedding e on e.model_id = m.id and e.vector is not null where m.ended_at is null and e.listing_id = any (listings);
    end
  $$;
comment on function matching.embeddings(uuid[]) is 'What the model that holds makes of listings.';

create function matching.kept(listing uuid) returns table (facts jsonb, content jsonb)
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      return query select matching.facts(l), p.content from matching.profile p join exchange.listing l on l.id = p.listing_id where p.listing_id = listing;
    end
  $$;
comment on function matching.kept(uuid) is 'What a published listing says, as it was read last.';

create function matching.embedding_progress() returns table (embedded int, refused int, listings int)
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    begin
      perform matching.ask();
      return query select count(e.vector)::int, count(*) filter (where e.listing_id is not null and e.vector is null)::int, count(*)::int
        from matching.profile p left join matching.embedding_model m on m.ended_at is null left join matching.embedding e on e.listing_id = p.listing_id and e.model_id = m.id;
    end
  $$;
comment on function matching.embedding_progress() is 'How many of the published listings the model that holds has read, and how many the service did not take.';

create function matching.forget_embedding() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('matching', 0));
      delete from matching.embedding e where e.listing_id = new.id;
      return null;
    end
  $$;
comment on function matching.forget_embedding() is 'Of a listing that is published no more no embedding is kept, since what it says may change.';
create trigger embedding_end after update of state on exchange.listing for each row when (old.state = 'published' and new.state <> 'published') execute function matching.forget_embedding();

revoke execute on function matching.begin_embedding_model(uuid, text, int, real, real), matching.end_embedding_model(), matching.without_embedding(int), matching.keep_embedding(uuid, uuid, text, bytea),
  matching.embeddings(uuid[]), matching.kept(uuid), matching.embedding_progress(), matching.forget_embedding() from public;
grant execute on function matching.begin_embedding_model(uuid, text, int, real, real), matching.end_embedding_model(), matching.without_embedding(int), matching.keep_embedding(uuid, uuid, text, bytea),
  matching.embeddings(uuid[]), matching.kept(uuid), matching.embedding_progress() to puente_app;
