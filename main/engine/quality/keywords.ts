import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { createRecord, removeRecord } from '../inventory/record-log.ts';

interface Caller {
  readonly actor: string;
  readonly requestId?: string | undefined;
}

const accountRid = sql<{ id: string }, { rid: number; name: string }>(
  'SELECT rid, name FROM account WHERE id = :id AND removed_at_ms IS NULL',
  { hot: true },
);
const bank = sql<{ account: number }, { rid: number; id: string; product_type: string; phrase: string }>(
  `SELECT rid, id, product_type, phrase FROM quality_keyword
   WHERE account_rid = :account AND removed_at_ms IS NULL ORDER BY product_type, rid LIMIT 1000`,
  { hot: true },
);
const keywordById = sql<{ id: string }, { rid: number; phrase: string }>(
  'SELECT rid, phrase FROM quality_keyword WHERE id = :id AND removed_at_ms IS NULL',
  { hot: true },
);
/** As many as a screen shows; a longer bank is no bank but a dictionary. */
const MOST = 1_000;

function requireAccountRid(db: Database, accountId: string): { rid: number; name: string } {
  const account = db.get(accountRid, { id: accountId });
  if (!account) throw new CodedError('NOT_FOUND', `There is no account ${accountId}`, { accountId });
  return account;
}

export function listKeywords(
  db: Database,
  { accountId }: ParsedParams<'quality.keywords'>,
): Result<'quality.keywords'> {
  const { rid } = requireAccountRid(db, accountId);
  return {
    keywords: db.all(bank, { account: rid }).map(({ id, product_type, phrase }) => ({
      keywordId: id,
      productType: product_type,
      phrase,
    })),
  };
}

export function addKeywords(
  { journal, ports }: Pick<Engine, 'journal' | 'ports'>,
  { accountId, productType = '', phrases }: ParsedParams<'quality.addKeywords'>,
  call: Caller,
): Result<'quality.addKeywords'> {
  const account = requireAccountRid(journal.db, accountId);
  const { result, commandId } = journal.run(
    {
      method: 'quality.addKeywords',
      label: `Add keywords for ${account.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const stored = scope.db.all(bank, { account: account.rid });
      const known = new Set(
        stored
          .filter(({ product_type }) => product_type === productType)
          .map(({ phrase }) => phrase.toLowerCase()),
      );
      const fresh = phrases.filter((phrase) => {
        const key = phrase.toLowerCase();
        return known.has(key) ? false : known.add(key);
      });
      if (stored.length + fresh.length > MOST) {
        throw new CodedError('INVALID_VALUE', `A keyword bank holds ${MOST} words; take some out first`, {
          field: 'phrases',
        });
      }
      for (const phrase of fresh) {
        createRecord(scope, ports, 'quality_keyword', {
          account_rid: account.rid,
          product_type: productType,
          phrase,
        });
      }
      if (fresh.length > 0) scope.touch('listings');
      return { added: fresh.length };
    },
  );
  return { commandId, ...result };
}

export function removeKeyword(
  { journal }: Pick<Engine, 'journal'>,
  { keywordId }: ParsedParams<'quality.removeKeyword'>,
  call: Caller,
): Result<'quality.removeKeyword'> {
  const keyword = journal.db.get(keywordById, { id: keywordId });
  if (!keyword) throw new CodedError('NOT_FOUND', `There is no keyword ${keywordId}`, { keywordId });
  const { commandId } = journal.run(
    {
      method: 'quality.removeKeyword',
      label: `Remove keyword ${keyword.phrase}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      removeRecord(scope, 'quality_keyword', keyword.rid);
      scope.touch('listings');
      return {};
    },
  );
  return { commandId };
}
