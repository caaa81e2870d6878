import { createHash } from 'node:crypto'
import type { Migration } from '../../src/platform/db/migrate.ts'

/** A migration as it would be read from a file. */
export const migrationOf = (name: string, text: string): Migration => ({ name, text, checksum: createHash('sha256').update(text).digest('hex') })

/** Tables of the kinds and columns that PostgreSQL knows, whether ours are like that or not. */
export const everything = migrationOf(
  '9000-everything.sql',
  `create schema zoo;
   create domain zoo.word as text check (value ~ '^[a-z]+$');
   create type zoo.pair as (number int, text text);
   create table zoo.everything (
     id bigint generated always as identity primary key, parent_id bigint references zoo.everything,
     exact numeric, rounded numeric(20, 5), single real, double double precision, small smallint, big bigint, flag boolean,
     text text, padded char(5), short varchar(10), word zoo.word, name name, bytes bytea, json json, jsonb jsonb,
     day date, moment timestamptz, local timestamp, hour time, zoned timetz, span interval, uuid uuid,
     words tsvector, asked tsquery, other xid8, written xid8 not null default pg_current_xact_id(),
     numbers int[], texts text[], grid int[][], moments timestamptz[], objects jsonb[], pair zoo.pair, pairs zoo.pair[],
     range int4range, span_of tstzrange, several int4multirange, address inet, network cidr, bits bit(5), any_bits varbit, at point,
     "Quoted ""name"", too" text, doubled numeric generated always as (exact * 2) stored);
   create table zoo.nameless (word text, number int);
   create table zoo.letter (letter text primary key, case_of text);
   create table zoo.hen (id int primary key, egg_id int not null);
   create table zoo.egg (id int primary key, hen_id int not null references zoo.hen deferrable initially deferred);
   alter table zoo.hen add constraint laid foreign key (egg_id) references zoo.egg deferrable initially deferred;
   create table zoo.year (year int, number int, primary key (year, number)) partition by range (year);
   create table zoo.year_old partition of zoo.year for values from (0) to (2000);
   create table zoo.year_new partition of zoo.year for values from (2000) to (3000);
   create table zoo.of_year (year int, number int, foreign key (year, number) references zoo.year);
   create table zoo.seeded (id int primary key, text text);
   insert into zoo.seeded values (1, 'from the migration'), (2, 'from the migration');
   create sequence zoo.ticket start 5;
   create sequence zoo.unused start 7;
   create function zoo.count_egg() returns trigger language plpgsql as $$ begin insert into zoo.nameless values ('egg', new.id); return new; end $$;
   create trigger counted after insert on zoo.egg for each row execute function zoo.count_egg();
   create materialized view zoo.total as select count(*) as rows, sum(exact) as sum from zoo.everything;
   create view zoo.first as select * from zoo.everything where id = 1`,
)

/** Rows for it, with the values that are easily lost on the way. */
export const rowsOfEverything = `
  insert into zoo.everything (parent_id, exact, rounded, single, double, small, big, flag, text, padded, short, word, name, bytes, json, jsonb, day, moment, local, hour,
    zoned, span, uuid, words, asked, other, numbers, texts, grid, moments, objects, pair, pairs, range, span_of, several, address, network, bits, any_bits, at, "Quoted ""name"", too")
  values
    (1, 1.50, 3.14159, 0.1, 0.1 + 0.2::float8, -32768, 9223372036854775807, true, E'tab\\t line\\n "quotes" \\\\ \\u2028 \\U0001F9EC 合作 Hợp tác', 'ab', '', 'abc', 'n', '\\x00ff0a',
      E'{"b" : 1.0,\\n "a":[ ], "b": "\\\\u0000\\\\u00e9" }', '{"b": 1.00, "a": {"é": null}, "aa": 1e400}', '2024-02-29', '2024-09-10 08:00:00.123456+02', '2024-09-10 08:00:00.000001', '23:59:59.999999',
      '08:00:00.5-03:30', '-1 year 2 days 03:04:05.678901', gen_random_uuid(), to_tsvector('simple', 'a b c') || '''it''''s'':3A', 'a & !b <-> c:*', '18446744073709551615',
      '[0:2]={1,NULL,3}', '{"", "NULL", NULL, "a,b", "{}", "\\"\\\\"}', '{{1,2},{3,4}}', '{infinity, "0001-01-01 00:00:00+00 BC"}', '{"null", "{\\"x\\": 1}"}', row(1, null), array[row(1, 'a,"b'), null]::zoo.pair[],
      '[1,5)', '["2024-01-01 00:00:00.1+00",)', '{[1,3),[5,)}', '::ffff:10.0.0.1/128', '10.0.0.0/8', '10101', '1', '(1.5,-2)', 'x'),
    (1, 'NaN', 99999999999999.99999, '-Infinity', 'NaN', 0, -9223372036854775808, false, '', '', null, null, '', '', 'null', 'null', '-infinity', '-infinity', 'infinity', '24:00:00',
      '00:00:00+15:59:59', '178000000 years', null, '', '', null, '{}', '{}', '{}', null, '{}', row(null, ''), '{}', 'empty', '(,)', '{}', '2001:db8::1', '2001:db8::/32', '00000', '', '(NaN,Infinity)', ''),
    (null, 'Infinity', null, 'NaN', '-0', null, null, null, 'null', null, null, null, null, null, '"\\u00e9"', '"a string"', '4713-01-01 BC', '294276-12-31 23:59:59.999999+00', null, null,
      null, '-00:00:00.000001', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
    (3, -0.00000000000000000000000000000000000000012345678901234567890, null, 1e-45, 5e-324, null, null, null, null, null, null, null, null, null, null, null, null, '0001-01-01 00:00:00+00 BC', null, null,
      null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  insert into zoo.nameless values ('b', 2), ('a', 1), ('a', 1), (null, null);
  insert into zoo.letter values ('é', 'ẻ'), ('B', 'b'), ('a', 'A'), ('Z', 'z'), ('ñ', '合');
  insert into zoo.hen values (1, 10), (2, 20); insert into zoo.egg values (10, 1), (20, 2);
  insert into zoo.year values (1999, 1), (2024, 2); insert into zoo.of_year values (1999, 1), (2024, 2);
  delete from zoo.seeded where id = 1; update zoo.seeded set text = 'changed since';
  select nextval('zoo.ticket'), nextval('zoo.ticket');
  refresh materialized view zoo.total`
