import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { TEXT_FIELDS } from '#shared/contract/localisation.ts';
import { checkTranslation, type Term } from '#shared/domain/translation/check-translation.ts';
import { similarity } from '#shared/domain/translation/similarity.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { createRecord, removeRecord, writeRecord } from '../inventory/record-log.ts';
import type { CommandScope } from '../journal/journal.ts';

export type TextField = (typeof TEXT_FIELDS)[number];
export type TextCell = Result<'localisation.rows'>['cells'][number];

/** A translation to write; `source` is what was translated, when that is not the original of now. */
export interface EditedCell {
  readonly productId: string;
  readonly field: TextField;
  readonly text: string;
  readonly source?: string | undefined;
}

interface ProductRow {
  readonly rid: number;
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly bullets: string | null;
  readonly tags: string | null;
}
interface TextRow {
  readonly rid: number;
  readonly product_rid: number;
  readonly field: TextField;
  readonly text: string;
  readonly source: string;
}

const accountOf = sql<{ id: string }, { rid: number }>(
  'SELECT rid FROM account WHERE id = :id AND removed_at_ms IS NULL',
);
const productById = sql<{ id: string }, ProductRow>(
  'SELECT rid, id, title, description, bullets, tags FROM product WHERE id = :id AND removed_at_ms IS NULL',
);
const productsOf = sql<{ account: number }, ProductRow>(
  `SELECT rid, id, title, description, bullets, tags FROM product
   WHERE account_rid = :account AND removed_at_ms IS NULL ORDER BY rid`,
);
const textsOf = sql<{ account: number; locale: string }, TextRow>(
  `SELECT t.rid, t.product_rid, t.field, t.text, t.source FROM locale_text t JOIN product p ON p.rid = t.product_rid
   WHERE p.account_rid = :account AND t.locale = :locale AND t.removed_at_ms IS NULL`,
);
const oneText = sql<
  { product: number; locale: string; field: string },
  { rid: number; text: string; removed: number | null }
>(
  `SELECT rid, text, removed_at_ms AS removed FROM locale_text
   WHERE product_rid = :product AND locale = :locale AND field = :field`,
);
const memoryOf = sql<{ locale: string; field: string }, { source: string; text: string }>(
  `SELECT source, text FROM locale_text WHERE locale = :locale AND field = :field AND text <> ''
   AND removed_at_ms IS NULL GROUP BY source, text ORDER BY max(created_at_ms) DESC LIMIT 20000`,
);
const termsOf = sql<{ locale: string }, { rid: number; id: string; source: string; target: string }>(
  `SELECT rid, id, source, target FROM glossary_term WHERE locale = :locale AND removed_at_ms IS NULL
   ORDER BY source COLLATE NOCASE`,
);
const termById = sql<{ id: string }, { rid: number }>(
  'SELECT rid FROM glossary_term WHERE id = :id AND removed_at_ms IS NULL',
);

export function requireAccountRid(db: Database, accountId: string): number {
  const row = db.get(accountOf, { id: accountId });
  if (!row) throw new CodedError('NOT_FOUND', `There is no account ${accountId}`, { accountId });
  return row.rid;
}

/** The text of a field as a translator sees it: lists one item a line. */
export function originalOf(product: ProductRow, field: TextField): string {
  const value = product[field];
  if (value === null) return '';
  return field === 'title' || field === 'description' ? value : (JSON.parse(value) as string[]).join('\n');
}

/** Every text that has an original or a translation, products in the order they came in. */
export function cellsOf(
  db: Database,
  accountId: string,
  locale: string,
  only: 'all' | 'missing' | 'stale',
): TextCell[] {
  const account = requireAccountRid(db, accountId);
  const texts = new Map(
    db.all(textsOf, { account, locale }).map((row) => [`${row.product_rid} ${row.field}`, row]),
  );
  const terms = db.all(termsOf, { locale });
  return db.all(productsOf, { account }).flatMap((product) =>
    TEXT_FIELDS.flatMap((field) => {
      const cell = cellOf(product, field, texts.get(`${product.rid} ${field}`), terms);
      if (cell === null || (only === 'missing' && cell.text !== '') || (only === 'stale' && !cell.stale))
        return [];
      return [cell];
    }),
  );
}

function cellOf(
  product: ProductRow,
  field: TextField,
  row: TextRow | undefined,
  terms: readonly Term[],
): TextCell | null {
  const source = originalOf(product, field);
  const text = row?.text ?? '';
  if (source === '' && text === '') return null;
  return {
    productId: product.id,
    field,
    source,
    text,
    stale: text !== '' && row !== undefined && row.source !== source,
    issues: checkTranslation(source, text, terms),
  };
}

export function editTexts(
  { journal, ports }: InventoryDeps,
  { locale, cells }: { readonly locale: string; readonly cells: readonly EditedCell[] },
  call: InventoryCall,
  label = `Translate into ${locale}`,
): Result<'localisation.edit'> {
  const { result, commandId } = journal.run(
    { method: 'localisation.edit', label, actor: call.actor, requestId: call.requestId, reversible: true },
    (scope) => {
      const rejected: Result<'localisation.edit'>['rejected'] = [];
      let changed = 0;
      for (const { productId, field, text, source } of cells) {
        const product = scope.db.get(productById, { id: productId });
        if (!product) {
          rejected.push({ where: productId, code: 'NOT_FOUND', message: `There is no product ${productId}` });
          continue;
        }
        if (writeText(scope, ports, product, locale, { field, text, source })) changed += 1;
      }
      if (changed > 0) scope.touch('listings');
      return { changed, rejected };
    },
  );
  return { commandId, ...result };
}

function writeText(
  scope: CommandScope,
  ports: InventoryDeps['ports'],
  product: ProductRow,
  locale: string,
  { field, text, source = originalOf(product, field) }: Omit<EditedCell, 'productId'>,
): boolean {
  const known = scope.db.get(oneText, { product: product.rid, locale, field });
  if (!known) {
    if (text === '') return false;
    createRecord(scope, ports, 'locale_text', { product_rid: product.rid, locale, field, text, source });
    return true;
  }
  // A creation that was undone left its row; it counts as a translation again.
  if (known.removed !== null) {
    if (text === '') return false;
    writeRecord(scope, 'locale_text', known.rid, { text, source, removed_at_ms: null });
    return true;
  }
  return writeRecord(scope, 'locale_text', known.rid, { text, source }) > 0;
}

/** Translations of the same or a like text: of ten at most, none below 60 %. */
export function suggest(
  db: Database,
  { locale, field, source }: ParsedParams<'localisation.suggest'>,
): Result<'localisation.suggest'> {
  const found = db
    .all(memoryOf, { locale, field })
    .map((row) => ({ ...row, similarity: similarity(row.source, source, 0.6) }))
    .filter((row) => row.similarity >= 0.6);
  return { suggestions: found.toSorted((a, b) => b.similarity - a.similarity).slice(0, 10) };
}

export function listTerms(db: Database, locale: string): Result<'localisation.terms'> {
  return {
    terms: db
      .all(termsOf, { locale })
      .map(({ id, source, target }) => ({ termId: id, locale, source, target })),
  };
}

export function saveTerm(
  { journal, ports }: InventoryDeps,
  { locale, source, target }: ParsedParams<'localisation.saveTerm'>,
  call: InventoryCall,
): Result<'localisation.saveTerm'> {
  const label = `Glossary: ${source}`;
  const { result, commandId } = journal.run(
    {
      method: 'localisation.saveTerm',
      label,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const known = scope.db
        .all(termsOf, { locale })
        .find((term) => term.source.toLowerCase() === source.toLowerCase());
      scope.touch('listings');
      if (!known)
        return { termId: createRecord(scope, ports, 'glossary_term', { locale, source, target }).id };
      writeRecord(scope, 'glossary_term', known.rid, { target });
      return { termId: known.id };
    },
  );
  return { commandId, ...result };
}

export function removeTerm(
  { journal }: InventoryDeps,
  { termId }: ParsedParams<'localisation.removeTerm'>,
  call: InventoryCall,
): Result<'localisation.removeTerm'> {
  const { commandId } = journal.run(
    {
      method: 'localisation.removeTerm',
      label: 'Glossary: take a word out',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const term = scope.db.get(termById, { id: termId });
      if (!term) throw new CodedError('NOT_FOUND', `There is no word ${termId} in the glossary`, { termId });
      removeRecord(scope, 'glossary_term', term.rid);
      scope.touch('listings');
      return {};
    },
  );
  return { commandId };
}
