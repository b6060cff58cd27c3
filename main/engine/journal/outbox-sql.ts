/**
 * Conditions of the outbox's indexes. SQLite uses a partial index only for a
 * query that repeats its condition term by term, and works a list of three or
 * more out anew for every row that it writes, hence their form.
 */

/** Ops that wait: pending, to be retried, rejected or in conflict. At most one a cell. */
export const waitingOps = (alias: string): string =>
  `${alias}.state NOT IN ('leased', 'sent') AND ${alias}.state NOT IN ('accepted', 'verified')
   AND ${alias}.state NOT IN ('needs_verify', 'superseded') AND ${alias}.state <> 'cancelled'`;

/** Ops that have not come to an end. */
export const openOps = (alias: string): string =>
  `${alias}.state NOT IN ('verified', 'superseded') AND ${alias}.state <> 'cancelled'`;
