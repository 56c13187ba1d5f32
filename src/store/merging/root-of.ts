import type { Connection } from '../connection.js';
import { resolveCustomers } from './resolve-customers.sql.js';

/** The id that a customer goes by: the given one, unless it is a second name. */
export async function rootOf(connection: Connection, id: string): Promise<string> {
  const [row] = await connection.run(resolveCustomers, [[id]]);
  return row?.root ?? id;
}
