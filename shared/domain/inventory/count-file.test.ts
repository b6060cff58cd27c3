import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCountFiles, type CountFile, type FiledEntry } from './count-file.ts';

const entry: fc.Arbitrary<FiledEntry> = fc.record({
  entryId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  code: fc.constantFrom('S1', 'S2'),
  bin: fc.constantFrom('', 'A-1'),
  quantity: fc.nat(3),
  countedAt: fc.nat(5),
  actor: fc.constantFrom('mia', 'tom'),
});
const file: fc.Arbitrary<CountFile> = fc.record({
  countId: fc.constant('count'),
  name: fc.constantFrom('x', 'y'),
  location: fc.constant('Main'),
  blind: fc.boolean(),
  skus: fc.option(fc.array(fc.constantFrom('S1', 'S2', 'S3'), { maxLength: 3 })),
  entries: fc.uniqueArray(entry, { maxLength: 5, selector: ({ entryId }) => entryId }),
  withdrawn: fc.uniqueArray(fc.constantFrom('a', 'b', 'z'), { maxLength: 2 }),
});
const merged = (...files: CountFile[]): CountFile => mergeCountFiles(files).file;

describe('files of one count', () => {
  it('merge to the same in any order, in any grouping and however often', () => {
    fc.assert(
      fc.property(file, file, file, (a, b, c) => {
        const all = merged(a, b, c);
        expect(merged(c, b, a)).toEqual(all);
        expect(merged(b, c, a, c, a)).toEqual(all);
        expect(merged(merged(a, b), c)).toEqual(all);
        expect(merged(a, merged(b, c))).toEqual(all);
        expect(merged(all, all)).toEqual(all);
      }),
    );
  });

  it('lose no entry that nobody took back, and name what two machines filled differently', () => {
    fc.assert(
      fc.property(file, file, (a, b) => {
        const { file: all, conflicts } = mergeCountFiles([a, b]);
        const gone = new Set(all.withdrawn);
        const ids = new Set([...a.entries, ...b.entries].map(({ entryId }) => entryId));
        expect(new Set(all.entries.map(({ entryId }) => entryId))).toEqual(
          new Set([...ids].filter((id) => !gone.has(id))),
        );
        const differ = a.entries.filter((one) =>
          b.entries.some((two) => two.entryId === one.entryId && JSON.stringify(two) !== JSON.stringify(one)),
        );
        expect(conflicts).toEqual(differ.map(({ entryId }) => entryId).toSorted());
      }),
    );
  });

  it('of different counts stay apart', () => {
    const [one] = fc.sample(file, 1);
    expect(() => mergeCountFiles([one as CountFile, { ...(one as CountFile), countId: 'other' }])).toThrow(
      RangeError,
    );
    expect(() => mergeCountFiles([])).toThrow(RangeError);
  });
});
