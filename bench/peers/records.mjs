/**
 * What `main` leaves behind, and a business asks for afterwards, as plainly as it can be had: the purchases by customer, whom each was
 * of when it came in, and what was sent, under the provider's id, by which its receipts come.
 */
const createRecords = `
  create table purchase (id text primary key, customer text not null, body jsonb not null, at timestamptz not null default now());
  create index purchase_of on purchase (customer, at);
  create table sent (id text primary key, customer text not null, provider_id text not null, at timestamptz not null default now());
  create index sent_to on sent (customer, at);
  create index sent_as on sent (provider_id);`;

/** $1 ids, $2 customers, $3 bodies. Gives those that are new. */
const keepPurchases = `insert into purchase (id, customer, body) select * from unnest($1::text[], $2::text[], $3::jsonb[])
  on conflict do nothing returning id, customer, body`;

export function purchaseColumns(purchases) {
  const body = ({ order, amount }) => JSON.stringify({ order, amount });
  return [purchases.map(({ id }) => id), purchases.map(({ customer }) => customer), purchases.map(body)];
}

/** Behind `with`: the new ones as payloads. Name and phone are the customer's, as ours has them: in a table, under an id. */
export const arrived = `kept as (${keepPurchases}), arrived as (
    select json_build_object('id', kept.id, 'customer', kept.customer, 'order', body->>'order',
      'amount', (body->>'amount')::bigint, 'name', attributes->>'name', 'phone', attributes->>'phone') as purchase
    from kept join customer on customer.id = kept.customer)`;

/** $1 ids of messages, $2 customers, $3 the provider's ids. */
export const keepSent = `insert into sent (id, customer, provider_id) select * from unnest($1::text[], $2::text[], $3::text[])
  on conflict do nothing`;

export function sentColumns(sent) {
  return [
    sent.map(({ purchase, text }) => `${purchase.id}-${text}`),
    sent.map(({ purchase }) => purchase.customer),
    sent.map(({ providerId }) => providerId),
  ];
}

/** Makes the records; gives what writes down what was sent. */
export async function openRecords(pool) {
  await pool.query(createRecords);
  return (sent) => pool.query({ name: 'sent', text: keepSent, values: sentColumns(sent) });
}
