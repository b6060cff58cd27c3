import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordScanner, ScanError } from './scan-records.ts';

const LIMIT = 1_000;

function scan(text: string, cuts: readonly number[] = [], delimiter = ','): string[][] {
  const scanner = new RecordScanner(delimiter, LIMIT);
  const records: string[][] = [];
  let from = 0;
  for (const cut of [...cuts.filter((at) => at < text.length).toSorted((a, b) => a - b), text.length]) {
    records.push(...scanner.push(text.slice(from, cut)));
    scanner.check();
    from = cut;
  }
  records.push(...scanner.end());
  scanner.check();
  return records;
}

/** What was read, or why not; an open quote is the one thing that csv-parse refuses of such texts. */
function outcome(work: () => string[][]): string[][] | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScanError) return error.failure;
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return 'QUOTE_NOT_CLOSED';
    throw error;
  }
}

const pieces = ['a', '"', '""', ',', '\n', '\r', '\r\n', ' ', 'é', '😀', '"a"', 'b"c', '",', ',"', '"\n'];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

describe('a scan of records', () => {
  it('reads any text as csv-parse does, relaxed about quotes and lengths', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(outcome(() => scan(text))).toEqual(
          outcome(() => parse(text, { relax_column_count: true, relax_quotes: true })),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads the same however the text is cut', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(60), { maxLength: 12 }), (text, cuts) => {
        expect(outcome(() => scan(text, cuts))).toEqual(outcome(() => scan(text)));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    [
      'a,b\r\nc,"d\r\ne"\r\n',
      [
        ['a', 'b'],
        ['c', 'd\r\ne'],
      ],
    ],
    ['a;b', [['a;b']]],
    ['12" pipe,x\n', [['12" pipe', 'x']]],
    ['"a"b,"c""d"e\n', [['"a"b', '"c"d"e']]],
    ['a\n\n,\n', [['a'], [''], ['', '']]],
    ['""', [['']]],
    ['', []],
  ])('reads %j', (text, records) => {
    expect(scan(text)).toEqual(records);
  });

  it('gives up a row without an end and says so, wherever the text is cut', () => {
    for (const text of [
      `a\n"${'x'.repeat(LIMIT + 5)}"\n`,
      `a\n${'x,'.repeat(LIMIT)}`,
      `a\n${'x'.repeat(LIMIT + 5)}`,
    ]) {
      expect(outcome(() => scan(text))).toBe('ROW_TOO_LONG');
      expect(outcome(() => scan(text, [1, 2, 3, 700]))).toBe('ROW_TOO_LONG');
    }
    expect(outcome(() => scan(`a\n"never closed\nb`))).toBe('QUOTE_NOT_CLOSED');
  });

  it('takes a row of a great many cells in one go', () => {
    const scanner = new RecordScanner(',', 4_000_000);
    const started = performance.now();
    for (let part = 0; part < 15; part += 1) expect(scanner.push('a,'.repeat(100_000))).toEqual([]);
    expect(scanner.push('a\n')[0]).toHaveLength(1_500_001);
    // Looking for the end of the line anew at every cell would take minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
