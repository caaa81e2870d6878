-- Search and browsing among a million listings.

create or replace function app.search(whole text, names tsquery, begun_names tsquery, words tsquery, begun_words tsquery, sought json, relax boolean, filter tsquery, cap int)
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
      -- Negative before the first look at the table: then nothing is known of how rare a word is either.
      rows real := (select c.reltuples from pg_class c where c.oid = 'app.search_row'::regclass);
      most int := case when relax and rows >= 0 then 4 * cap else cap end;
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
          limit most) into more;
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
        classes as materialized (select string_agg(w.term, ' | ')::tsquery as query, sum(w.weight)::real as weight
          from (select term, weight, ceil(6 * weight / max(weight) over ()) as class from weighed) w group by w.class),
        found as (select f.id, max(f.bonus) as bonus from unnest(ids, bonus) f (id, bonus) group by f.id)
        select r.object_id, r.kind, r.facets, (r.bonus + 9 * x.sum / (x.sum + 10))::real, relax
        -- The terms of most rows lie outside of the row: fetched and unpacked once, not once a class.
        from (select r.object_id, r.kind, r.facets, r.terms || ''::tsvector as terms, f.bonus from found f join app.search_row r on r.object_id = f.id offset 0) r
          cross join lateral (select coalesce(sum(c.weight * ts_rank('{0.25, 0.5, 0.75, 1.0}', r.terms, c.query)), 0) * 1.645 as sum from classes c) x
        order by 4 desc, 1
        limit cap;
    end
  $$;
