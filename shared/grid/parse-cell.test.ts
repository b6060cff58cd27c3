import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFieldValue, toWireValue } from '../domain/field-values.ts';
import { LISTING_FIELDS } from '../domain/listing-fields.ts';
import type { StoredValue } from '../domain/listing-fields.ts';
import { formatMinor } from '../domain/money.ts';
import { canonicalText, displayText, localText } from './cell-text.ts';
import { parseDateText } from './date-text.ts';
import { parseNumberText } from './number-text.ts';
import { parseCellText } from './parse-cell.ts';
import type { CellSpec } from './parse-cell.ts';

describe('numbers in pasted text', () => {
  it.each([
    ['1.234,56', 'de', '1234.56'],
    ['1.234,56', 'en', '1234.56'],
    ['$1,234.56', 'en', '1234.56'],
    ['$1,234.56', 'de', '1234.56'],
    ['1,234.56', 'en', '1234.56'],
    ['1 234,56 €', 'fr', '1234.56'],
    ['1\u202f234,56\u00a0€', 'fr', '1234.56'],
    ["CHF 1'234.50", 'de-CH', '1234.50'],
    ['1’234.50', 'de-CH', '1234.50'],
    ['1.234', 'de', '1234'],
    ['1.234', 'en', '1.234'],
    ['1,234', 'en', '1234'],
    ['1,234', 'de', '1.234'],
    ['12,50', 'en', '12.50'],
    ['12.50', 'de', '12.50'],
    ['0,125', 'en', '0.125'],
    ['1.234.567', 'en', '1234567'],
    ['12,34,567', 'en', null],
    ['1.234,567,8', 'de', null],
    ['-5', 'en', '-5'],
    ['−5', 'en', '-5'],
    ['-$5.00', 'en', '-5.00'],
    ['$-5.00', 'en', '-5.00'],
    ['(1,234.56)', 'en', '-1234.56'],
    ['12.50-', 'en', '-12.50'],
    ['EUR 12', 'en', '12'],
    ['12 EUR', 'en', '12'],
    ['+7', 'en', '7'],
    ['-0', 'en', '0'],
    ['007', 'en', '7'],
    ['.5', 'en', '0.5'],
    ['5.', 'en', '5'],
    ['1E5', 'en', null],
    ['12 %', 'en', null],
    ['abc', 'en', null],
    ['', 'en', null],
    ['.', 'en', null],
    ['1 2 x', 'en', null],
    ['--5', 'en', null],
  ])('%s in %s is %s', (text, locale, expected) => {
    expect(parseNumberText(text, locale)).toBe(expected);
  });

  it('reads back every price as its own locale writes it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e11, max: 1e11 }),
        fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH', 'sv-SE', 'pt-BR'),
        (minor, locale) => {
          const canonical = formatMinor(minor, 'EUR');
          expect(parseNumberText(localText('money', canonical, locale), locale)).toBe(canonical);
          const shown = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(
            canonical as `${number}`,
          );
          expect(parseNumberText(shown, locale)).toBe(canonical);
        },
      ),
    );
  });
});

describe('dates in pasted text', () => {
  it.each([
    ['2026-11-23', 'en-US', '2026-11-23'],
    ['2026-11-23T09:00:00Z', 'en-US', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23 09:00', 'en-US', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T01:00:00+02:00', 'en-US', '2026-11-22T23:00:00.000Z'],
    ['23.11.2026', 'de', '2026-11-23'],
    ['3.4.26', 'en-US', '2026-04-03'],
    ['3. 4. 2026', 'de', '2026-04-03'],
    ['11/23/2026', 'en-US', '2026-11-23'],
    ['11/23/2026', 'de', '2026-11-23'],
    ['03/04/2026', 'en-US', '2026-03-04'],
    ['03/04/2026', 'en-GB', '2026-04-03'],
    ['23/11/2026 5:30 pm', 'en-US', '2026-11-23T17:30:00.000Z'],
    ['12:00', 'en-US', null],
    ['23 Nov 2026', 'de', '2026-11-23'],
    ['Nov 23, 2026', 'en-US', '2026-11-23'],
    ['March 3rd, 2026', 'en-US', '2026-03-03'],
    ['23. November 2026', 'de', '2026-11-23'],
    ['1. März 2026 14:05 Uhr', 'de', '2026-03-01T14:05:00.000Z'],
    ['2026/2/3', 'de', '2026-02-03'],
    ['31.02.2026', 'de', null],
    ['2026-13-01', 'en-US', null],
    ['2026-11-23 25:00', 'en-US', null],
    ['tomorrow', 'en-US', null],
  ])('%s in %s is %s', (text, locale, expected) => {
    expect(parseDateText(text, locale)).toBe(expected);
  });

  it('reads back the numeric dates of a locale', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2068-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES'), (date, locale) => {
        const iso = date.toISOString().slice(0, 10);
        const text = new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).format(Date.parse(iso));
        expect(parseDateText(text, locale)).toBe(iso);
      }),
    );
  });
});

describe('cells', () => {
  const context = { locale: 'en-US', currency: 'EUR' };
  const spec = (type: CellSpec['type'], more: Partial<CellSpec> = {}): CellSpec => ({
    name: 'field',
    type,
    clearable: true,
    ...more,
  });

  it('names what is wrong', () => {
    const code = (result: ReturnType<typeof parseCellText>): string => (result.ok ? 'ok' : result.code);
    expect(code(parseCellText(spec('money'), 'abc', context))).toBe('NOT_MONEY');
    expect(code(parseCellText(spec('money'), '1.005', context))).toBe('TOO_PRECISE');
    expect(code(parseCellText(spec('money'), '99999999999999999', context))).toBe('OUT_OF_RANGE');
    expect(code(parseCellText(spec('integer'), '1.5', context))).toBe('NOT_INTEGER');
    expect(code(parseCellText(spec('boolean'), 'maybe', context))).toBe('NOT_BOOLEAN');
    expect(code(parseCellText(spec('dateTime'), 'soon', context))).toBe('NOT_DATE');
    expect(code(parseCellText(spec('images'), 'not a link', context))).toBe('NOT_LIST');
    expect(code(parseCellText(spec('text', { clearable: false }), '', context))).toBe('NOT_CLEARABLE');
    expect(code(parseCellText(spec('enum', { options: ['a'] }), 'b', context))).toBe('NOT_AN_OPTION');
    expect(code(parseCellText(spec('readonly'), 'b', context))).toBe('NOT_TEXT');
  });

  it('reads words for yes and no, and option labels', () => {
    for (const word of ['true', 'Yes', 'ja', 'WAHR', '1', 'x']) {
      expect(parseCellText(spec('boolean'), word, context)).toEqual({ ok: true, value: true });
    }
    for (const word of ['false', 'No', 'nein', 'FALSCH', '0']) {
      expect(parseCellText(spec('boolean'), word, context)).toEqual({ ok: true, value: false });
    }
    const status = spec('enum', { options: [{ value: 'publish', label: 'Published' }, 'draft'] });
    expect(parseCellText(status, ' published ', context)).toEqual({ ok: true, value: 'publish' });
    expect(parseCellText(status, 'DRAFT', context)).toEqual({ ok: true, value: 'draft' });
  });

  it('keeps codes as they are', () => {
    for (const sku of ['00123', '1E5', ' 7 ', '=1+1', '-']) {
      expect(parseCellText(spec('text'), sku, context)).toEqual({ ok: true, value: sku });
    }
  });

  it('gives every stored value a text that reads back as that value, in every locale', () => {
    const stored: Record<string, fc.Arbitrary<StoredValue>> = {
      text: fc.string({ minLength: 1 }),
      html: fc.string({ minLength: 1 }),
      money: fc.integer({ min: 0, max: 1e10 }),
      integer: fc.integer(),
      decimal: fc.constantFrom('0', '1.5', '-2.25', '1234.5', '1000', '0.125'),
      boolean: fc.constantFrom(0, 1),
      dateTime: fc.integer({ min: 0, max: 4e12 }),
      tags: fc
        .uniqueArray(fc.constantFrom('red', 'summer sale', 'ä', '5"'), { minLength: 1 })
        .map((list) => JSON.stringify(list)),
      images: fc
        .array(
          fc.record({
            src: fc.constantFrom('https://a.example/1.jpg', 'http://b.example/x,y.png'),
            alt: fc.constantFrom('', 'Mug, blue', 'a | b'),
          }),
          { minLength: 1, maxLength: 4 },
        )
        .map((list) => JSON.stringify(list)),
    };
    for (const field of LISTING_FIELDS) {
      const values = field.type === 'enum' ? fc.constantFrom(...(field.options ?? [''])) : stored[field.type];
      if (!values) throw new Error(`no samples for ${field.type}`);
      fc.assert(
        fc.property(
          values,
          fc.constantFrom('en-US', 'de-DE', 'fr-FR'),
          fc.constantFrom('EUR', 'JPY', 'KWD'),
          (value, locale, currency) => {
            const wire = toWireValue(field, value, currency);
            const text = localText(field.type, canonicalText(field.type, wire), locale);
            const parsed = parseCellText(field, text, { locale, currency });
            expect(parsed.ok && parseFieldValue(field, parsed.value, currency)).toEqual({ ok: true, value });
          },
        ),
      );
    }
  });

  it('shows values in the locale', () => {
    expect(displayText('money', '1234.5', 'de-DE', 'EUR')).toBe('1.234,50');
    expect(displayText('money', '1234', 'en-US', 'JPY')).toBe('1,234');
    expect(displayText('integer', 12345, 'de-DE', 'EUR')).toBe('12.345');
    expect(displayText('dateTime', '2026-11-23T00:00:00.000Z', 'de-DE', 'EUR')).toBe('23.11.2026');
    expect(displayText('html', '<p>Hand&shy;made <b>mug</b></p>', 'en-US', 'EUR')).toBe('Hand&shy;made mug');
    expect(displayText('text', 'a\nb', 'en-US', 'EUR')).toBe('a b');
  });
});
