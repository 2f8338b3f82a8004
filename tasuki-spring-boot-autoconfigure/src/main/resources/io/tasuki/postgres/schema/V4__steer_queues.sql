-- Schema of tasuki, version 4: queues that are steered at run time, and a function by which other languages enqueue. It only
-- adds. Instances of earlier versions run on beside it, and do not heed what is set here.
-- It locks no table that was there before. Workers read the new table: where their role was granted rights table by table, grant
-- it select, insert and update on this one as well.

-- How a queue was set for all instances. A queue without a row is neither paused nor limited here.
create table tasuki.queue (
  name        text        collate "C" not null,
  paused_at   timestamptz,
  concurrency integer,
  changed_at  timestamptz not null default clock_timestamp(),
  constraint queue_pk primary key (name),
  constraint queue_name_length check (char_length(name) between 1 and 128),
  constraint queue_concurrency_range check (concurrency between 1 and 10000)
);

-- Enqueues one job in the transaction of the caller. Stable: name, order and meaning of the parameters and of the answer
-- stay; new parameters come last and have defaults.
create function tasuki.enqueue(
  kind         text,
  payload      jsonb       default null,
  queue        text        default 'default',
  priority     integer     default 5,
  delay        interval    default null,
  run_at       timestamptz default null,
  max_attempts integer     default null,
  unique_key   text        default null,
  label        text        default null,
  metadata     jsonb       default null,
  out id       bigint,
  out created  boolean)
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
#variable_conflict use_column
declare
  asked    constant text := format(' This was asked for a job of kind %L in queue %L.', enqueue.kind, enqueue.queue);
  -- As in Java: a line break in a name is as good as always a mistake.
  control  constant text := '[\u0001-\u001f\u007f-\u009f]';
  place    constant text := coalesce(enqueue.queue, 'default');
  start_at timestamptz;
begin
  if enqueue.kind is null or enqueue.kind !~ '\S' then
    raise exception 'Kind must not be null or blank.%', asked using errcode = 'invalid_parameter_value';
  end if;
  if char_length(enqueue.kind) > 128 then
    raise exception 'Kind must have at most 128 characters, but this one has %.%', char_length(enqueue.kind), asked
      using errcode = 'invalid_parameter_value';
  end if;
  if place !~ '\S' then
    raise exception 'Queue name must not be blank.%', asked using errcode = 'invalid_parameter_value';
  end if;
  if char_length(place) > 128 then
    raise exception 'Queue name must have at most 128 characters, but this one has %.%', char_length(place), asked
      using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.unique_key !~ '\S' then
    raise exception 'Unique key must not be blank.%', asked using errcode = 'invalid_parameter_value';
  end if;
  if char_length(enqueue.unique_key) > 512 then
    raise exception 'Unique key must have at most 512 characters, but this one has %.%', char_length(enqueue.unique_key),
      asked using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.label !~ '\S' then
    raise exception 'Label must not be blank.%', asked using errcode = 'invalid_parameter_value';
  end if;
  if char_length(enqueue.label) > 256 then
    raise exception 'Label must have at most 256 characters, but this one has %.%', char_length(enqueue.label), asked
      using errcode = 'invalid_parameter_value';
  end if;
  if concat(enqueue.kind, place, enqueue.unique_key, enqueue.label) ~ control then
    raise exception 'Kind, queue name, unique key and label must not contain control characters.%', asked
      using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.priority is null or enqueue.priority not between 0 and 9 then
    raise exception 'Priority must be from 0 (first) to 9 (last), not %.%', enqueue.priority, asked
      using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.max_attempts not between 1 and 32767 then
    raise exception 'Max attempts must be from 1 to 32767, not %.%', enqueue.max_attempts, asked
      using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.delay is not null and enqueue.run_at is not null then
    raise exception 'A job has a delay or a run-at, not both.%', asked using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.delay < interval '0' or enqueue.delay > interval '365000 days' then
    raise exception 'Delay must be from zero to 365000 days, not %.%', enqueue.delay, asked
      using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.run_at > timestamptz '9999-12-31 23:59:59+00' then
    raise exception 'Run-at must not be after 9999-12-31 23:59:59 UTC.%', asked
      using errcode = 'invalid_parameter_value';
  end if;
  if jsonb_typeof(enqueue.metadata) <> 'object'
      or jsonb_path_exists(enqueue.metadata, 'strict $.* ? (@.type() <> "string")', '{}', true) then
    raise exception 'Metadata must be a JSON object whose values are strings.%', asked
      using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.metadata is not null and exists (
      select
        from jsonb_object_keys(enqueue.metadata) as entry (name)
       where entry.name !~ '\S' or entry.name ~ control or char_length(entry.name) > 128) then
    raise exception 'A name in metadata must have from 1 to 128 characters, none of them a control character.%', asked
      using errcode = 'invalid_parameter_value';
  end if;
  if enqueue.metadata is not null and (
      select coalesce(sum(char_length(entry.name) + char_length(entry.value)), 0)
        from jsonb_each_text(enqueue.metadata) as entry (name, value)) > 10000 then
    raise exception 'Metadata must have at most 10000 characters, names and values together.%', asked
      using errcode = 'invalid_parameter_value';
  end if;

  start_at := greatest(enqueue.run_at, clock_timestamp() + coalesce(enqueue.delay, interval '0'));
  -- A key may be taken by a job that the statement's snapshot cannot see; the next one sees it, or finds it gone.
  for try in 1..20 loop
    insert into tasuki.job (queue, kind, payload, priority, max_attempts, run_at, unique_key, label, metadata)
    values (place, enqueue.kind, enqueue.payload, enqueue.priority, enqueue.max_attempts, start_at, enqueue.unique_key,
            enqueue.label, enqueue.metadata)
    on conflict (queue, unique_key) where unique_key is not null do nothing
    returning job.id into id;
    if found then
      created := true;
      return;
    end if;
    select job.id
      into id
      from tasuki.job
     where job.queue = place and job.unique_key = enqueue.unique_key;
    if found then
      created := false;
      return;
    end if;
  end loop;
  raise exception 'Jobs with this unique key come and go so fast that none could be stored nor found, 20 times in a row.%',
    asked using errcode = 'serialization_failure';
end
$function$;

comment on function tasuki.enqueue is
  'Enqueues a job in the current transaction; answers with its id, or with that of the live job that has its unique key';

insert into tasuki.schema_version (version, script) values (4, 'V4__steer_queues.sql');
