import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeProducts, type BulkProduct } from './bulk-lines.ts';

const fileOf = (counts: readonly number[]): Buffer =>
  Buffer.from(
    counts
      .flatMap((variants, index) => {
        const id = `gid://shopify/Product/${index}`;
        const children = Array.from({ length: variants }, (_unused, child) => ({
          id: `gid://shopify/ProductVariant/${index}${child}`,
          title: 'Größe ☃',
          __parentId: id,
        }));
        const media = { id: `gid://shopify/MediaImage/${index}`, __parentId: id };
        return [{ id, title: 'Über 🙂' }, media, ...children];
      })
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );

/** Reads the file in parts of a size, as it is downloaded. */
function readInParts(file: Buffer, size: number): BulkProduct[] {
  const found: BulkProduct[] = [];
  for (let offset = 0; offset < file.length;) {
    const last = offset + size >= file.length;
    const { products, consumed } = takeProducts(file.subarray(offset, offset + size).toString('utf8'), last);
    found.push(...products);
    if (last) break;
    if (consumed === 0) throw new Error('The part is smaller than a product');
    offset += consumed;
  }
  return found;
}

describe('a bulk file', () => {
  test('gives each product with its variants and pictures', () => {
    expect(takeProducts(fileOf([2, 0]).toString('utf8'), true).products).toMatchObject([
      {
        product: { title: 'Über 🙂', media: { nodes: [{ id: 'gid://shopify/MediaImage/0' }] } },
        variants: [{ title: 'Größe ☃' }, { title: 'Größe ☃' }],
      },
      { product: { id: 'gid://shopify/Product/1' }, variants: [] },
    ]);
    const [first] = takeProducts(fileOf([1]).toString('utf8'), true).products;
    expect(first?.variants[0]).not.toHaveProperty('__parentId');
  });

  test('is the same wherever it is cut, also in the middle of a letter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1_200, max: 3_000 }),
        (counts, size) => {
          const file = fileOf(counts);
          expect(readInParts(file, size)).toEqual(readInParts(file, file.length));
        },
      ),
    );
  });

  test('that is no such file is not taken for an empty one', () => {
    expect(() => takeProducts('<html>\n', true)).toThrow('no record');
    const orphan = `${JSON.stringify({ id: 'gid://shopify/ProductVariant/1', __parentId: 'x' })}\n`;
    expect(() => takeProducts(orphan, true)).toThrow('does not follow its product');
    expect(takeProducts('', true)).toEqual({ products: [], consumed: 0 });
  });
});
