-- More ways to show who one is: codes of an authenticator app, recovery codes, passkeys. All of it in the schema auth.

alter table auth.session add column proven_at timestamptz;
comment on table auth.session is 'A browser that is signed in. The token is the SHA-256 of what the cookie holds. proven_at: when the person last showed anew who they are, which changes of their factors ask for. It ends with its date or is ended.';

create table auth.totp (
  account_id uuid primary key references auth.account on delete restrict,
  secret bytea,
  started_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step int not null default 0,
  check (confirmed_at is null or secret is not null)
);
comment on table auth.totp is 'The second factor by an authenticator app (RFC 6238): its sealed secret, and the last time step that was used, so that no code works twice. It counts once a first code has confirmed it; turned off, the secret is gone.';

create table auth.recovery_code (
  account_id uuid not null references auth.account on delete restrict,
  digest bytea not null check (length(digest) = 32),
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (account_id, digest)
);
comment on table auth.recovery_code is 'Codes of 80 random bits that stand in for the authenticator app, each once; SHA-256 of the code. A code ends when it is used, or when new ones take its place.';

create table auth.pending (
  id uuid primary key,
  account_id uuid not null references auth.account on delete restrict,
  token bytea not null unique check (length(token) = 32),
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  failures int not null default 0,
  ended_at timestamptz
);
comment on table auth.pending is 'A browser in which the password was right and the second factor is awaited. The token is the SHA-256 of what the cookie holds. It ends after minutes, after ten wrong codes, or when it becomes a session.';
create index pending_of_account on auth.pending (account_id) where ended_at is null;

create table auth.passkey (
  id uuid primary key,
  account_id uuid not null references auth.account on delete restrict,
  credential text not null unique check (length(credential) between 1 and 2000),
  public_key bytea not null check (length(public_key) <= 8192),
  counter bigint not null,
  transports text[] not null,
  name text not null check (length(name) between 1 and 100),
  made_at timestamptz not null default now(),
  used_at timestamptz,
  ended_at timestamptz
);
comment on table auth.passkey is 'A passkey (WebAuthn Level 3): the credential id in base64url, its public key in COSE form, the counter it last gave, the name its owner gave it. It ends when its owner removes it.';
create index passkey_of_account on auth.passkey (account_id, made_at) where ended_at is null;

create table auth.challenge (
  id uuid primary key,
  digest bytea not null unique check (length(digest) = 32),
  purpose text not null check (purpose in ('sign-in', 'addition', 'proof')),
  account_id uuid references auth.account on delete restrict,
  ends_at timestamptz not null,
  used_at timestamptz,
  check ((account_id is null) = (purpose = 'sign-in'))
);
comment on table auth.challenge is 'What a passkey is asked to sign, once, within five minutes; SHA-256 of it. The row of one that has ended is taken for the next, since anybody may ask for them.';
create index challenge_by_end on auth.challenge (ends_at);

do $$
declare
  name text;
begin
  foreach name in array array['totp', 'recovery_code', 'pending', 'passkey', 'challenge'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('create policy read on auth.%I for select to puente_auth using (true)', name);
    execute format('create policy add on auth.%I for insert to puente_auth with check (true)', name);
    execute format('create policy change on auth.%I for update to puente_auth using (true)', name);
    execute format('grant select, insert, update on auth.%I to puente_auth', name);
  end loop;
end $$;
