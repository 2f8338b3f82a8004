create table if not exists purchase (
  number bigint primary key
);
