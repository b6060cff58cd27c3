import { describe, expect, it } from 'vitest';
import type { MatrixRow } from '#shared/contract/matrix.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type { Caller } from '../grid-source.ts';
import type { ListingAccount } from '../listing-account.ts';
import { accountHeads, matrixGridColumns } from './matrix-columns.ts';
import { toMatrixGridRow } from './matrix-rows.ts';
import { toMatrixSort } from './matrix-source.ts';
import { matrixWrites } from './matrix-writes.ts';

const [SHOP, CRAFT] = [
  '0190b3c1-0000-7000-8000-000000000001',
  '0190b3c1-0000-7000-8000-000000000002',
] as const;
const ACCOUNTS: readonly ListingAccount[] = [
  { accountId: SHOP, name: 'Harbour', platform: 'woocommerce', currency: 'EUR' },
  { accountId: CRAFT, name: 'Harbour', platform: 'etsy', currency: 'JPY' },
];
const fields = {
  name: (field: string) => field,
  value: (_field: string, value: Parameters<typeof canonicalText>[1]) => canonicalText('text', value),
  option: (_field: string, value: string) => value,
  reason: (code: string | null) => code ?? '',
};
const columns = matrixGridColumns(ACCOUNTS, { t: (id) => id, fields, locale: 'de' });
const ROW: MatrixRow = {
  rid: 7,
  sku: 'MUG',
  platforms: ['woocommerce'],
  currency: 'EUR',
  master: { title: null, price: '9.50', quantity: 4 },
  channels: [
    {
      accountId: SHOP,
      listingId: '0190b3c1-0000-7000-8000-0000000000aa',
      variant: '',
      currency: 'EUR',
      fields: {
        title: { value: 'Mug', link: 'detached', differs: false },
        price: { value: '9.50', link: 'inherit', differs: false },
        quantity: { value: 2, link: 'inherit', differs: true },
      },
      cells: [{ field: 'price', state: 'dirty', channel: '9.00', code: null, message: null, at: 1 }],
      ambiguous: false,
      readAt: 5,
    },
  ],
  state: 'dirty',
};

describe('columns of the matrix', () => {
  it('stand under their channel, two of one name apart, and know the currency of their own', () => {
    expect(accountHeads(ACCOUNTS)).toEqual(['Harbour', 'Harbour (2)']);
    expect(columns.map(({ key, group }) => `${key.split('@')[0] ?? ''} ${group ?? ''}`)).toEqual([
      'sku ',
      'master.title listings.matrix.master',
      'master.price listings.matrix.master',
      'master.quantity listings.matrix.master',
      'title Harbour',
      'price Harbour',
      'quantity Harbour',
      'title Harbour (2)',
      'price Harbour (2)',
      'quantity Harbour (2)',
    ]);
    const row = toMatrixGridRow(ROW, 'de');
    const price = (account: string) => columns.find(({ key }) => key === `price@${account}`);
    expect(price(SHOP)?.parse?.('9,5', row)).toEqual({ ok: true, value: '9.5' });
    expect(price(SHOP)?.validate?.('9.5', row)).toMatchObject({ ok: true });
    expect(price(CRAFT)?.validate?.('9.5', row)).toMatchObject({ ok: false, code: 'TOO_PRECISE' });
    expect(price(SHOP)?.lock?.(row)).toBeNull();
    expect(price(CRAFT)?.lock?.(row)).toEqual({ kind: 'absent', reason: 'NOT_LISTED' });
  });
});

describe('rows of the matrix', () => {
  it('carry value, state and link of every cell; without a master there is no link to show', () => {
    const row = toMatrixGridRow(ROW, 'de');
    expect(row.values).toMatchObject({ sku: 'MUG', 'master.price': '9.50', [`quantity@${SHOP}`]: 2 });
    expect(row.cells[`price@${SHOP}`]).toMatchObject({
      state: 'dirty',
      channel: '9.00',
      link: { kind: 'inherit', differs: false, master: '9,50' },
    });
    expect(row.cells[`quantity@${SHOP}`]).toEqual({
      state: 'clean',
      link: { kind: 'inherit', differs: true, master: '4' },
    });
    expect(row.cells[`title@${SHOP}`]).toBeUndefined();
  });

  it('sort by columns of the matrix only, whatever another layout was sorted by', () => {
    const sort = ['sku', 'title', 'master.price', `price@${SHOP}`].map((key) => ({
      key,
      direction: 'asc' as const,
    }));
    expect(toMatrixSort(sort).map(({ column }) => column)).toEqual(['sku', 'master.price', `price@${SHOP}`]);
  });
});

describe('writes of the matrix', () => {
  it('drop the SKU from a paste and send several places as one step', async () => {
    const sent: [string, unknown][] = [];
    const outcome = { commandId: null, applied: 0, unchanged: 0, rejected: [], rejectedTotal: 0 };
    const caller = {
      call: (method: string, params: unknown) => {
        sent.push([method, params]);
        return Promise.resolve(outcome);
      },
    } as unknown as Caller;
    const labels = { edit: () => 'e', paste: () => 'p', clear: () => 'c', set: () => 's' };
    const writes = matrixWrites(caller, 'v1', labels);
    const paste = {
      kind: 'paste' as const,
      fromRow: 2,
      keys: ['sku', 'master.price', `price@${SHOP}`],
      block: [['X', '1,00', null]],
      rows: 1,
      locale: 'de',
    };
    await writes.pasteAll?.([paste, { ...paste, fromRow: 5, keys: ['sku'], block: [['Y']] }]);
    expect(sent).toEqual([
      [
        'matrix.paste',
        {
          viewId: 'v1',
          fromRow: 2,
          columns: ['master.price', `price@${SHOP}`],
          block: [['1,00', null]],
          rows: 1,
          also: [],
          locale: 'de',
          label: 'p',
        },
      ],
    ]);
    await writes.clear([{ fromRow: 0, toRow: 1, keys: ['sku'] }]);
    expect(sent).toHaveLength(1);
  });
});
