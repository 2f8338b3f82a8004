create table if not exists photo (
  id uuid primary key,
  name text not null,
  job_id bigint not null,
  bytes bytea not null,
  created_at timestamptz not null default now()
);

create index if not exists photo_created_at on photo (created_at desc, id);

create table if not exists thumbnail (
  photo_id uuid not null references photo on delete cascade,
  size text not null,
  width int not null,
  height int not null,
  jpeg bytea not null,
  primary key (photo_id, size)
);

create table if not exists app_user (
  id uuid primary key,
  email text not null,
  locale text not null
);

create table if not exists survey (
  user_id uuid not null references app_user,
  opened_at timestamptz not null default now()
);

create sequence if not exists counter;
