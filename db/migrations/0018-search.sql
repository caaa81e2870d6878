-- Search by one analysis: words in any form, concepts in any language, facets; an order by how rare and how frequent words are.

alter table app.search_row
  add column source jsonb not null default '{}',
  add column facets text[] not null default '{}',
  add column vocabulary text;
update app.search_row set source = jsonb_build_object('names', names, 'aliases', '[]'::jsonb, 'words', '[]'::jsonb), vocabulary = '';
grant select (source, facets, vocabulary), insert (source, facets, vocabulary), update (source, facets, vocabulary) on app.search_row to puente_app;
-- How rare a word is, the planner knows: as many of the most frequent ones as make a difference to the order of hits.
alter table app.search_row alter column terms set statistics 300;
comment on table app.search_row is 'What a search finds: one row a thing, with the link and the words to show, and all names it goes by. terms: its folded words, stems, pairs and codes, with a letter A to D for how much it is about them, its concepts and those above them (*concept), what English and Spanish words share (/key), each of these once more if a name has it (^term), each name as a whole (=name), what names look like (~look), its facets (%facet), its kind (#kind) and its audience (@space). source: what the terms are made of, so that they can be made anew; vocabulary: with which version of the vocabulary they were, null if it plays no part. hidden_from: under which names of actors it is not found though its audience is theirs; nobody may read that. Written with the thing, in its transaction.';

create function app.term_shares(asked text[]) returns real[]
  language plpgsql stable security definer
  set search_path = pg_catalog
  as $$
    declare
      frequent text[];
      shares real[];
    begin
      select s.most_common_elems::text::text[], s.most_common_elem_freqs into frequent, shares
        from pg_stats s where s.schemaname = 'app' and s.tablename = 'search_row' and s.attname = 'terms';
      -- After the shares stands that of the rarest of these; what is not among them is rarer.
      return array(select coalesce(shares[array_position(frequent, a.term)], shares[cardinality(frequent) + 1] / 2, 0.001) from unnest(asked) with ordinality a (term, n) order by a.n);
    end
  $$;
comment on function app.term_shares(text[]) is 'In which part of all rows of the search each of some terms is. From the statistics of the planner: nothing to keep, and rare words, which might tell of what is hidden, are not told apart.';
revoke execute on function app.term_shares(text[]) from public;

drop function if exists app.search(tsquery, tsquery, text, text[], int);

-- A word that stands in a fifth of all rows must not cost a look at each: several looks into the index, the best first and unfinished words after whole ones,
-- each taking no more rows than are wanted, and none of the later ones once there are enough.
create function app.search(whole text, names tsquery, begun_names tsquery, words tsquery, begun_words tsquery, sought json, relax boolean, filter tsquery, cap int)
  returns table (object_id uuid, kind text, facets text[], score real, partly boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog
  set enable_seqscan = off
  as $$
    #variable_conflict use_column
    declare
      spaces text[] := app.first_spaces('read');
      who text[] := app.principals();
      few boolean := cardinality(spaces) <= 8;
      among tsquery := filter;
      steps tsquery[];
      gains real[] := '{20, 10, 10, 0, 0}';
      ids uuid[] := '{}';
      bonus real[] := '{}';
      more uuid[];
      loosely tsquery;
      lexemes text[] := array(select t.lexeme from json_to_recordset(sought) as t (lexeme text));
      shares real[] := app.term_shares(lexemes);
      rows real := (select greatest(c.reltuples, 0) from pg_class c where c.oid = 'app.search_row'::regclass);
    begin
      if few then
        among := coalesce((select string_agg(quote_literal('@' || s), ' | ')::tsquery from unnest(spaces) s), '''@'''::tsquery) && filter;
      end if;
      if relax then
        -- The rarest pieces, as far as few enough rows have one of them.
        select string_agg(p.ored, ' | ')::tsquery into loosely from (
          select g.ored, coalesce(sum(g.share) over (order by g.share, g.piece rows between unbounded preceding and 1 preceding), 0) as before,
            coalesce(sum(g.share) over (order by g.share, g.piece), 0) as share
          from (select t.piece, string_agg(quote_literal(t.lexeme), ' | ') as ored, sum(shares[array_position(lexemes, t.lexeme)]) as share
            from json_to_recordset(sought) as t (lexeme text, begun boolean, piece int) where not t.begun group by t.piece) g) p
          where p.before = 0 or p.share * rows <= 3 * cap;
        steps := array[among && loosely];
        gains := '{0}';
      else
        steps := array[case when whole = '' then null else among && quote_literal('=' || whole)::tsquery end, among && names, among && begun_names, among && words, among && begun_words];
      end if;
      for step in 1 .. cardinality(steps) loop
        continue when steps[step] is null or (step > 1 and steps[step] = steps[step - 1]);
        select array(select r.object_id from app.search_row r
          where r.terms @@ steps[step] and (few or exists (select from app.reached g where g.space = r.space_id and g.scope = 'read' offset 0)) and not (r.hidden_from && who)
          limit case when relax then 4 * cap else cap end) into more;
        ids := ids || more;
        bonus := bonus || array_fill(gains[step], array[cardinality(more)]);
        exit when cardinality(more) >= cap;
      end loop;
      return query
        with weighed as (
          select quote_literal(t.lexeme) || case when t.begun then ':*' else '' end as term,
            t.factor * ln(1 + 1 / (shares[array_position(lexemes, t.lexeme)] + 0.0001)) as weight
          from json_to_recordset(sought) as t (lexeme text, begun boolean, factor real)),
        -- ts_rank weighs all words of a query alike, and its letters are four; a query each for words of like weight.
        classes as (select string_agg(w.term, ' | ')::tsquery as query, sum(w.weight)::real as weight
          from (select term, weight, ceil(6 * weight / max(weight) over ()) as class from weighed) w group by w.class),
        found as (select f.id, max(f.bonus) as bonus from unnest(ids, bonus) f (id, bonus) group by f.id)
        select r.object_id, r.kind, r.facets, (f.bonus + 9 * x.sum / (x.sum + 10))::real, relax
        from found f join app.search_row r on r.object_id = f.id
          cross join lateral (select coalesce(sum(c.weight * ts_rank('{0.25, 0.5, 0.75, 1.0}', r.terms, c.query)), 0) * 1.645 as sum from classes c) x
        order by 4 desc, 1
        limit cap;
    end
  $$;
comment on function app.search(text, tsquery, tsquery, tsquery, tsquery, json, boolean, tsquery, int) is 'What the actor may see among what fits, best first: what is called just so (whole), then what has all in its names, then the rest; begun: the same with the last word unfinished. sought: the lexemes by which hits are ordered, each with a factor; the rarer one is, the more it counts. relax: what has most of it instead, looked up by the rarest pieces. Past the cap, some rows of the last step are left out, in no order. The audience is part of the index query, so what is hidden costs no time and leaves no trace in the counts; for somebody with more spaces than a handful, which would each be looked up in the index, the space of each row found is looked up instead, before it counts. Row-level security stands behind it when the rows are read.';
revoke execute on function app.search(text, tsquery, tsquery, tsquery, tsquery, json, boolean, tsquery, int) from public;
grant execute on function app.search(text, tsquery, tsquery, tsquery, tsquery, json, boolean, tsquery, int) to puente_app;

-- ── Terms made anew when the vocabulary has changed ─────────────────────────────────────────────────────────────────

create function app.search_to_renew(version text, after uuid, most int) returns table (object_id uuid, space_id uuid, kind text, facets text[], source jsonb)
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    #variable_conflict use_column
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that does jobs makes terms anew' using errcode = '42501';
      end if;
      -- What was taken back has no terms, and gets none.
      return query select r.object_id, r.space_id, r.kind, r.facets, r.source from app.search_row r
        where r.object_id > after and r.vocabulary <> version and length(r.terms) > 0 order by r.object_id limit most for update;
    end
  $$;
comment on function app.search_to_renew(text, uuid, int) is 'The next rows of the search whose terms were made with another version of the vocabulary; locked until they are. It runs as the owner, since rows of every audience are among them.';
revoke execute on function app.search_to_renew(text, uuid, int) from public;
grant execute on function app.search_to_renew(text, uuid, int) to puente_app;

create function app.renew_search(rows json, version text) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog
  as $$
    begin
      if coalesce(current_setting('app.actor', true), '') <> 'system:jobs' then
        raise exception 'only the part of the system that does jobs makes terms anew' using errcode = '42501';
      end if;
      update app.search_row r set terms = n.terms::tsvector, vocabulary = version
        from json_to_recordset(rows) as n (object_id uuid, terms text) where r.object_id = n.object_id and length(r.terms) > 0;
    end
  $$;
comment on function app.renew_search(json, text) is 'Puts terms that were made anew into the search. It runs as the owner, since rows of every audience are among them.';
revoke execute on function app.renew_search(json, text) from public;
grant execute on function app.renew_search(json, text) to puente_app;

create function app.search_left(version text) returns bigint
  language sql stable security definer
  set search_path = pg_catalog
  as $$ select count(*) from app.search_row r where r.vocabulary <> version and length(r.terms) > 0 and current_setting('app.actor', true) in ('system:jobs', 'system:operator') $$;
comment on function app.search_left(text) is 'How many rows of the search are still to be made anew; for the parts of the system that do it or tell of it.';
revoke execute on function app.search_left(text) from public;
grant execute on function app.search_left(text) to puente_app;
