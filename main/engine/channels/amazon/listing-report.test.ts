import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { json } from '../kit/test-context.ts';
import { reportedSkus, skusOf } from './listing-report.ts';
import { testAccount } from './test-account.ts';

it.each([
  ['item-name\tseller-sku\tprice\nMug\t00123\t1\nCup\t1E5\t2\n', ['00123', '1E5']],
  ['\uFEFFseller-sku\titem-name\r\nA,1\tMug\r\nA,1\tMug again\r\n', ['A,1']],
  ['seller-sku\titem-name\n', []],
  ['item-name\tseller-sku\n"Mug" 12"\t"Q"\n\t\n', ['"Q"']],
])('reads the SKUs of %j as texts, each once', (text, skus) => {
  expect(skusOf(text)).toEqual(skus);
});

it('does not guess where the SKUs are', () => {
  expect(() => skusOf('Produktname\tHändler-SKU\nMug\tA\n')).toThrow('seller-sku');
});

it.each([
  [true, 'text/plain; charset=UTF-8', Buffer.from('seller-sku\nMÜ-1\n')],
  [false, 'text/plain; charset=UTF-8', Buffer.from('seller-sku\nMÜ-1\n')],
  [true, 'text/plain; charset=ISO-8859-1', Buffer.from('seller-sku\nMÜ-1\n', 'latin1')],
  [false, 'text/plain;charset=Cp1252', Buffer.from('seller-sku\nMÜ-1\n', 'latin1')],
])('reads a document (compressed: %s, %s) once', async (compressed, type, content) => {
  const account = testAccount(({ url }) => {
    if (url.host === 'files.test') {
      return new Response(new Uint8Array(compressed ? gzipSync(content) : content), {
        headers: { 'content-type': type },
      });
    }
    const document = { reportDocumentId: 'd', url: 'https://files.test/d?signature=x' };
    return json(compressed ? { ...document, compressionAlgorithm: 'GZIP' } : document);
  });
  const report = { id: '1', createdAtMs: 0, documentId: 'd' };
  expect(await reportedSkus(account.client, report)).toEqual(['MÜ-1']);
  await reportedSkus(account.client, report);
  expect(account.sent()).toHaveLength(2);
});

it('asks again for a document that came broken', async () => {
  const whole = gzipSync('seller-sku\nA\n');
  const account = testAccount(({ url }) =>
    url.host === 'files.test'
      ? new Response(new Uint8Array(whole.subarray(0, 12)))
      : json({ reportDocumentId: 'd', url: 'https://files.test/d', compressionAlgorithm: 'GZIP' }),
  );
  const read = reportedSkus(account.client, { id: '1', createdAtMs: 0, documentId: 'd' });
  await expect(read).rejects.toMatchObject({ code: 'CHANNEL_TRANSIENT', retryable: true });
});
