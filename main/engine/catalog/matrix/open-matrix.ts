import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { parseMatrixColumn } from '#shared/domain/matrix-columns.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { NamedParams } from '../../db/statement.ts';
import type { Engine } from '../../engine.ts';
import { composeIds, fieldColumn } from '../filter-sql.ts';
import type { View } from '../views.ts';

type Sort = NonNullable<ParsedParams<'matrix.open'>['sort']>;

/** One row a SKU that some live account has, in the order of the SKUs or of the sort. */
export function openMatrix(engine: Engine, input: ParsedParams<'matrix.open'>): Result<'matrix.open'> {
  const { db, views, bus, ports } = engine;
  const now = ports.clock.now();
  const base = composeIds(input.text, input.filter, undefined, {
    now,
    columns: 'min(l.rid) AS rid, l.sku AS sku',
    tail: NAMED,
  });
  const order = composeOrder(input.sort ?? []);
  const rows = db.rowsOf(
    input.sort?.length
      ? `SELECT x.rid, x.sku${order.columns} FROM (${base.sql}) x ${order.join} ORDER BY ${order.terms}`
      : base.sql,
    { ...base.params, ...order.params },
  );
  const nameless = composeIds(input.text, input.filter, undefined, {
    now,
    columns: 'count(*)',
    tail: NAMELESS,
  });
  const view = views.keep(
    Int32Array.from(rows, (row) => Number(row[0])),
    bus.rev,
    null,
    rows.map((row) => String(row[1])),
  );
  const withoutSku = db.pluck<number>(nameless.sql, nameless.params)[0] ?? 0;
  return { viewId: view.id, count: rows.length, rev: view.rev, withoutSku };
}

const NAMED = "AND l.sku IS NOT NULL AND l.sku <> '' GROUP BY l.sku ORDER BY l.sku";
const NAMELESS = "AND (l.sku IS NULL OR l.sku = '')";

/** Empty cells last in both directions; SKUs that are equal stand by SKU. */
function composeOrder(sort: Sort): {
  readonly join: string;
  readonly columns: string;
  readonly terms: string;
  readonly params: NamedParams;
} {
  const params: Record<string, string> = {};
  const joins = new Set<string>();
  const columns: string[] = [];
  const terms = sort.map(({ column: key, direction }, index) => {
    const way = direction === 'desc' ? 'DESC' : 'ASC';
    if (key === 'sku') return `x.sku COLLATE NOCASE ${way}`;
    const column = parseMatrixColumn(key);
    if (!column) throw new CodedError('UNKNOWN_FIELD', `There is no column ${key}`, { column: key });
    const { field } = column;
    const collate = field.listing.type === 'text' ? ' COLLATE NOCASE' : '';
    if (column.kind === 'master') {
      joins.add('LEFT JOIN master m ON m.sku = x.sku');
      return `m.${field.column} IS NULL, m.${field.column}${collate} ${way}`;
    }
    params[`account${index}`] = column.accountId;
    // SKU by SKU through the index: to put the account's listings beside them would take a table of its own.
    columns.push(
      `(SELECT ${fieldColumn(field.listing)} FROM listing l CROSS JOIN product p ON p.rid = l.product_rid
         WHERE l.sku = x.sku AND l.account_rid = (SELECT rid FROM account WHERE id = :account${index})
           AND l.removed_at_ms IS NULL LIMIT 1) AS c${index}`,
    );
    return `c${index} IS NULL, c${index}${collate} ${way}`;
  });
  return {
    join: [...joins].join(' '),
    columns: columns.map((column) => `, ${column}`).join(''),
    terms: [...terms, 'x.sku'].join(', '),
    params,
  };
}

/** SKUs of a view of the matrix by position, bounds included. */
export function skusOf(view: View, from: number, to: number): string[] {
  return requireSkus(view).slice(from, to + 1);
}

export function requireSkus(view: View): readonly string[] {
  if (!view.skus) {
    throw new CodedError('INVALID_STATE', 'This list is one of listings; open one of SKUs with matrix.open', {
      viewId: view.id,
    });
  }
  return view.skus;
}
