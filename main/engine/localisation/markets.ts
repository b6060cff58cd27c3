import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { createRecord, removeRecord } from '../inventory/record-log.ts';
import { findConnector, listAccounts } from '../sync/accounts.ts';
import { cellsOf, requireAccountRid } from './texts.ts';

const localesOf = sql<{ account: number }, { rid: number; locale: string }>(
  `SELECT rid, locale FROM account_locale WHERE account_rid = :account AND removed_at_ms IS NULL
   ORDER BY locale`,
);

export function overview(engine: Engine): Result<'localisation.overview'> {
  const accounts = listAccounts(engine.db).map((account) => {
    const connector = findConnector(engine, account.platform, account.base_url);
    return {
      accountId: account.id,
      name: account.name,
      platform: account.platform,
      sends: [...(connector?.translations?.languages ?? [])],
      locales: engine.db
        .all(localesOf, { account: account.rid })
        .map(({ locale }) => completeness(engine.db, account.id, locale)),
    };
  });
  return { accounts };
}

function completeness(
  db: Database,
  accountId: string,
  locale: string,
): Result<'localisation.overview'>['accounts'][number]['locales'][number] {
  const cells = cellsOf(db, accountId, locale, 'all').filter(({ source }) => source !== '');
  return {
    locale,
    wanted: cells.length,
    done: cells.filter(({ text }) => text !== '').length,
    stale: cells.filter(({ stale }) => stale).length,
  };
}

export function setLocales(
  { journal, ports }: InventoryDeps,
  { accountId, locales }: ParsedParams<'localisation.setLocales'>,
  call: InventoryCall,
): Result<'localisation.setLocales'> {
  const { commandId } = journal.run(
    {
      method: 'localisation.setLocales',
      label: `Languages: ${locales.join(', ') || '-'}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const account = requireAccountRid(scope.db, accountId);
      const known = scope.db.all(localesOf, { account });
      for (const { rid, locale } of known)
        if (!locales.includes(locale)) removeRecord(scope, 'account_locale', rid);
      for (const locale of new Set(locales))
        if (!known.some((row) => row.locale === locale))
          createRecord(scope, ports, 'account_locale', { account_rid: account, locale });
      scope.touch('listings');
      return {};
    },
  );
  return { commandId };
}
