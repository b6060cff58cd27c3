import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { currencyExponent } from '#shared/domain/money.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { FALLBACK_CURRENCY } from '../../catalog/rows.ts';
import type { Database } from '../../db/database.ts';

export interface TargetAccount {
  /** null: the local catalogue, which the first import makes. */
  readonly rid: number | null;
  readonly platform: AccountPlatform;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  /** Neither the call nor the account names a currency; the fallback is used. */
  readonly currencyAssumed: boolean;
}

interface AccountRow {
  rid: number;
  platform: AccountPlatform;
  name: string;
  currency: string | null;
  time_zone: string;
}

const COLUMNS = 'rid, platform, name, currency, time_zone';
const LOCAL_NAME = 'Imported catalogue';

/**
 * The account that an import goes to: the one named, else the local catalogue
 * in the file's currency. Prices never change currency on the way in.
 */
export function findTarget(
  db: Database,
  accountId: string | undefined,
  currency: string | undefined,
): TargetAccount {
  const row = accountId ? named(db, accountId) : local(db, currency);
  if (!row) {
    return {
      rid: null,
      platform: 'local',
      name: localName(db, currency),
      currency: currency ?? FALLBACK_CURRENCY,
      timeZone: 'UTC',
      currencyAssumed: currency === undefined,
    };
  }
  if (currency !== undefined && row.currency !== null && row.currency !== currency) {
    throw new CodedError(
      'INVALID_VALUE',
      `${row.name} sells in ${row.currency}; prices in ${currency} cannot go there`,
      { accountId, currency, accountCurrency: row.currency },
    );
  }
  return {
    rid: row.rid,
    platform: row.platform,
    name: row.name,
    currency: row.currency ?? currency ?? FALLBACK_CURRENCY,
    timeZone: row.time_zone,
    currencyAssumed: row.currency === null && currency === undefined,
  };
}

/** Row id of the account; makes the local catalogue when there is none yet. Runs in the command's transaction. */
export function ensureTarget(db: Database, target: TargetAccount, id: string, atMs: number): number {
  if (target.rid !== null) return target.rid;
  return db.runComposed(
    `INSERT INTO account (id, platform, name, base_url, currency, currency_exponent, time_zone, created_at_ms)
     VALUES (:id, 'local', :name, '', :currency, :exponent, 'UTC', :at)`,
    {
      id,
      name: target.name,
      currency: target.currency,
      exponent: currencyExponent(target.currency),
      at: atMs,
    },
  ).rid;
}

export function accountId(db: Database, rid: number): string | null {
  return db.getComposed<{ id: string }>('SELECT id FROM account WHERE rid = :rid', { rid })?.id ?? null;
}

function named(db: Database, accountId: string): AccountRow {
  const row = db.getComposed<AccountRow>(
    `SELECT ${COLUMNS} FROM account WHERE id = :id AND removed_at_ms IS NULL`,
    { id: accountId },
  );
  if (!row) throw new CodedError('NOT_FOUND', `There is no account ${accountId}`, { accountId });
  return row;
}

function local(db: Database, currency: string | undefined): AccountRow | undefined {
  return db.getComposed<AccountRow>(
    `SELECT ${COLUMNS} FROM account
     WHERE platform = 'local' AND removed_at_ms IS NULL AND (:currency IS NULL OR currency IS NULL OR currency = :currency)
     ORDER BY currency IS :currency DESC, rid LIMIT 1`,
    { currency: currency ?? null },
  );
}

function localName(db: Database, currency: string | undefined): string {
  const taken = db.getComposed(
    `SELECT 1 FROM account WHERE platform = 'local' AND removed_at_ms IS NULL LIMIT 1`,
    {},
  );
  return taken && currency ? `${LOCAL_NAME} (${currency})` : LOCAL_NAME;
}
