import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSeries, naturalMode } from './fill-series.ts';
import type { FillOptions } from './fill-series.ts';

const auto = (type: FillOptions['type'], more: Partial<FillOptions> = {}): FillOptions => ({
  type,
  mode: 'auto',
  locale: 'en-US',
  ...more,
});

describe('fill', () => {
  it.each<[string, string[], FillOptions, string[]]>([
    ['copies one number', ['5'], auto('integer'), ['5', '5', '5']],
    ['counts one number with ctrl', ['5'], auto('integer', { mode: 'series' }), ['6', '7', '8']],
    ['keeps the step', ['1.10', '1.20'], auto('money'), ['1.30', '1.40', '1.50']],
    ['goes down', ['10', '7'], auto('integer'), ['4', '1', '-2']],
    ['follows the trend', ['1', '2', '4'], auto('integer'), ['5', '7', '8']],
    ['backwards', ['3', '5'], auto('integer', { backwards: true }), ['1', '-1', '-3']],
    ['copies with ctrl', ['1', '2'], auto('integer', { mode: 'copy' }), ['1', '2', '1']],
    ['counts days', ['2026-12-30'], auto('dateTime'), ['2026-12-31', '2027-01-01', '2027-01-02']],
    ['weeks', ['2026-11-02', '2026-11-09'], auto('dateTime'), ['2026-11-16', '2026-11-23', '2026-11-30']],
    ['months', ['2026-01-15', '2026-02-15'], auto('dateTime'), ['2026-03-15', '2026-04-15', '2026-05-15']],
    [
      'month ends',
      ['2026-01-31', '2026-02-28'],
      auto('dateTime'),
      ['2026-03-31', '2026-04-30', '2026-05-31'],
    ],
    ['the 30th', ['2025-12-30', '2026-01-30'], auto('dateTime'), ['2026-02-28', '2026-03-30', '2026-04-30']],
    [
      'keeps the time',
      ['2026-01-31T09:00:00.000Z'],
      auto('dateTime'),
      ['2026-02-01T09:00:00.000Z', '2026-02-02T09:00:00.000Z', '2026-02-03T09:00:00.000Z'],
    ],
    [
      'days before',
      ['2026-01-01'],
      auto('dateTime', { backwards: true }),
      ['2025-12-31', '2025-12-30', '2025-12-29'],
    ],
    ['padded codes', ['SKU-009'], auto('text'), ['SKU-010', 'SKU-011', 'SKU-012']],
    ['bare padded codes', ['0099'], auto('text'), ['0100', '0101', '0102']],
    ['steps of codes', ['A10', 'A20'], auto('text'), ['A30', 'A40', 'A50']],
    ['codes with an ending', ['MUG-1-BLUE'], auto('text'), ['MUG-2-BLUE', 'MUG-3-BLUE', 'MUG-4-BLUE']],
    ['mixed codes', ['A1', 'B1'], auto('text'), ['A2', 'B2', 'A3']],
    ['codes and texts', ['A1', 'x'], auto('text'), ['A2', 'x', 'A3']],
    ['plain texts repeat', ['red', 'blue'], auto('text'), ['red', 'blue', 'red']],
    ['numbers as text', ['1', '3'], auto('text'), ['5', '7', '9']],
    ['one number as text', ['7'], auto('text'), ['7', '7', '7']],
    ['dates in text', ['2026-12-31'], auto('text'), ['2027-01-01', '2027-01-02', '2027-01-03']],
    ['weekdays', ['Fri'], auto('text'), ['Sat', 'Sun', 'Mon']],
    ['every second weekday', ['Monday', 'Wednesday'], auto('text'), ['Friday', 'Sunday', 'Tuesday']],
    ['months by name', ['NOV'], auto('text'), ['DEC', 'JAN', 'FEB']],
    ['German months', ['Oktober'], auto('text', { locale: 'de' }), ['November', 'Dezember', 'Januar']],
    ['German weekdays', ['Mo', 'Di'], auto('text', { locale: 'de' }), ['Mi', 'Do', 'Fr']],
    ['options repeat', ['draft', 'publish'], auto('enum'), ['draft', 'publish', 'draft']],
    ['empty cells repeat', ['', '5'], auto('integer'), ['', '5', '']],
    ['switches', ['true'], auto('boolean'), ['true', 'true', 'true']],
  ])('%s', (_, source, options, expected) => {
    expect(fillSeries(source, 3, options)).toEqual(expected);
  });

  it('says what the handle would do', () => {
    expect(naturalMode(['5'], auto('integer'))).toBe('copy');
    expect(naturalMode(['5', '6'], auto('integer'))).toBe('series');
    expect(naturalMode(['SKU-1'], auto('text'))).toBe('series');
    expect(naturalMode(['red'], auto('text'))).toBe('copy');
  });

  it('continues every arithmetic sequence exactly, in both directions', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 20 }),
        (start, step, given, count) => {
          const cents = (i: number): string => {
            const minor = start + step * i;
            return `${minor < 0 ? '-' : ''}${Math.trunc(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
          };
          const source = Array.from({ length: given }, (_, i) => cents(i));
          expect(fillSeries(source, count, auto('money'))).toEqual(
            Array.from({ length: count }, (_, i) => cents(given + i)),
          );
          expect(fillSeries(source, count, auto('money', { backwards: true }))).toEqual(
            Array.from({ length: count }, (_, i) => cents(-1 - i)),
          );
        },
      ),
    );
  });

  it('always gives as many cells as asked', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('A1', '007', '2026-01-31', 'Mon', '5', '-3', ''));
    const types = fc.constantFrom<FillOptions['type']>(
      'text',
      'money',
      'integer',
      'dateTime',
      'tags',
      'boolean',
    );
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.nat({ max: 20 }),
        types,
        fc.constantFrom('auto' as const, 'copy' as const, 'series' as const),
        fc.boolean(),
        (source, count, type, mode, backwards) => {
          expect(fillSeries(source, count, { type, mode, locale: 'de', backwards })).toHaveLength(count);
        },
      ),
    );
  });
});
