import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimalToMinor } from '../domain/money.ts';
import { compileExpression, MAX_EXPRESSION_LENGTH, toMinor } from './expression.ts';
import type { ExpressionField, ExpressionInput } from './expression.ts';
import { toText } from './expression-functions.ts';
import { PRICE_ROUNDINGS, roundPrice } from './round-price.ts';

const FIELDS: ExpressionField[] = [
  { name: 'price', type: 'number' },
  { name: 'salePrice', type: 'number' },
  { name: 'quantity', type: 'number' },
  { name: 'title', type: 'text' },
  { name: 'status', type: 'text' },
  { name: 'manageStock', type: 'boolean' },
];
const ROW: Record<string, ExpressionInput> = {
  price: '19.99',
  salePrice: null,
  quantity: 3,
  title: '  Blue   Mug ',
  status: 'draft',
  manageStock: true,
};

function evaluate(text: string, row: Record<string, ExpressionInput> = ROW): string | null {
  const compiled = compileExpression(text, FIELDS);
  if (!compiled.ok) return `${compiled.error.code}@${compiled.error.position}`;
  const outcome = compiled.evaluate((name) => row[name] ?? null);
  if (!outcome.ok) return `${outcome.error.code}@${outcome.error.position}`;
  return outcome.value === null ? null : toText(outcome.value);
}

describe('expressions', () => {
  it.each([
    ['price * 1.1', '21.989'],
    ['PRICE*2', '39.98'],
    ['0.1 + 0.2', '0.3'],
    ['1 / 3 * 3', '1'],
    ['1 - 2 - 3', '-4'],
    ['2 + 3 * 4', '14'],
    ['(2 + 3) * 4', '20'],
    ['-2 * -3', '6'],
    ['- price + 1', '-18.99'],
    ['7 % 3', '1'],
    ['-7 % 3', '2'],
    ['.5 * 4', '2'],
    ['1 / 3', '0.333333333'],
    ['round(price * 1.1, 2)', '21.99'],
    ['round(2.5)', '3'],
    ['round(-2.5)', '-3'],
    ['round(1234, -2)', '1200'],
    ['floor(-1.5)', '-2'],
    ['ceil(1.2)', '2'],
    ['abs(-3)', '3'],
    ['min(3, 1, 2)', '1'],
    ['max(price, salePrice)', '19.99'],
    ['max(salePrice)', null],
    ['salePrice * 2', null],
    ['if(quantity > 2, price, 0)', '19.99'],
    ['if(quantity = 0, 1 / 0, 7)', '7'],
    ['if(empty(salePrice), price, salePrice)', '19.99'],
    ['if(quantity > 100, price, null)', null],
    ['quantity >= 3 and not (status = "publish")', 'true'],
    ['not status = "draft"', 'false'],
    ['not(true) or false', 'false'],
    ['!false && true', 'true'],
    ['1 = 1 and 2 <> 2', 'false'],
    ['"a" < "b"', 'true'],
    ['salePrice = null', 'true'],
    ['salePrice < 5', 'false'],
    ['manageStock', 'true'],
    ['upper(trim(title))', 'BLUE MUG'],
    ['lower("ÄB")', 'äb'],
    ['left("abc", 2)', 'ab'],
    ['right("abc", 2)', 'bc'],
    ['right("abc", 0)', ''],
    ['left("👍👍", 1)', '👍'],
    ['len("👍a")', '2'],
    ['len(salePrice)', 'TYPE_MISMATCH@4'],
    ['replace("a.b.c", ".", "-")', 'a-b-c'],
    ['replace("x", "x", "$&")', '$&'],
    ['concat(trim(title), " x ", quantity, "!", salePrice)', 'Blue Mug x 3!'],
    ['"n: " + 1.50', 'n: 1.5'],
    ["'it\\'s'", "it's"],
    ['contains(title, "mug")', 'true'],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it.each([
    ['', 'UNEXPECTED_END@0'],
    ['price *', 'UNEXPECTED_END@7'],
    ['price # 2', 'BAD_CHARACTER@6'],
    ['"abc', 'UNCLOSED_TEXT@0'],
    ['prise * 2', 'UNKNOWN_FIELD@0'],
    ['price + constructor', 'UNKNOWN_FIELD@8'],
    ['eval("1")', 'UNKNOWN_FUNCTION@0'],
    ['1 2', 'UNEXPECTED@2'],
    ['(1', 'UNEXPECTED_END@2'],
    ['1,1', 'UNEXPECTED@1'],
    ['price + 10%', 'UNEXPECTED_END@11'],
    ['title * 2', 'TYPE_MISMATCH@0'],
    ['price = "1"', 'TYPE_MISMATCH@6'],
    ['if(price, 1, 2)', 'TYPE_MISMATCH@3'],
    ['if(true, 1, "a")', 'TYPE_MISMATCH@12'],
    ['if(true, 1)', 'ARGUMENT_COUNT@0'],
    ['left("a")', 'ARGUMENT_COUNT@0'],
    ['upper("a", "b")', 'ARGUMENT_COUNT@0'],
    ['1 and 2', 'TYPE_MISMATCH@0'],
    ['price / (quantity - 3)', 'DIVISION_BY_ZERO@6'],
    ['left("a", 1.5)', 'OUT_OF_RANGE@0'],
    ['round(1, 99)', 'OUT_OF_RANGE@0'],
    [`1${' '.repeat(MAX_EXPRESSION_LENGTH)}`, `TOO_LONG@${MAX_EXPRESSION_LENGTH}`],
  ])('%s fails with %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it('never throws, whatever is typed', () => {
    const part = fc.constantFrom(
      'price',
      'title',
      '1',
      '2.5',
      '+',
      '-',
      '*',
      '/',
      '%',
      '(',
      ')',
      ',',
      '"x"',
      'if',
      'not',
      ' and ',
      'round',
      '=',
      '<',
      'null',
      '$',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join(' ')),
        ),
        (text) => {
          expect(typeof evaluate(text) === 'string' || evaluate(text) === null).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('survives deep nesting', () => {
    const depth = 490;
    expect(evaluate(`${'('.repeat(depth)}1${')'.repeat(depth)}`)).toBe('1');
  });

  it('reckons with cents exactly', () => {
    const compiled = compileExpression('price * quantity - price + price / 4 * 4', FIELDS);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1000 }), (minor, quantity) => {
        const price = `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
        expect(parseDecimalToMinor(price, 'EUR')).toEqual({ ok: true, minor });
        const outcome = compiled.ok && compiled.evaluate((name) => (name === 'price' ? price : quantity));
        const value = outcome && outcome.ok && typeof outcome.value === 'object' ? outcome.value : null;
        expect(value && toMinor(value, 'EUR')).toBe(minor * quantity);
      }),
    );
  });

  it('lists the fields it reads', () => {
    const compiled = compileExpression('if(PRICE > 1, upper(title), title)', FIELDS);
    expect(compiled.ok && compiled.fields).toEqual(['price', 'title']);
    expect(compiled.ok && compiled.type).toBe('text');
  });
});

describe('price rounding', () => {
  it.each([
    [2199, '.99', 'EUR', 2199],
    [2150, '.99', 'EUR', 2199],
    [2148, '.99', 'EUR', 2099],
    [5, '.99', 'EUR', 99],
    [2130, '.95', 'EUR', 2095],
    [2160, '.90', 'EUR', 2190],
    [2150, '.00', 'EUR', 2200],
    [20, '.00', 'EUR', 100],
    [1249, '5', 'EUR', 1000],
    [1250, '5', 'EUR', 1500],
    [1499, '10', 'EUR', 1000],
    [1500, '10', 'EUR', 2000],
    [100, '10', 'EUR', 1000],
    [1310, '.99', 'JPY', 1299],
    [1310, '10', 'JPY', 1310],
    [12345, '.99', 'KWD', 11990],
    [0, '.99', 'EUR', 0],
    [-5, '.99', 'EUR', -5],
    [1234, 'none', 'EUR', 1234],
  ] as const)('%i by %s in %s is %i', (minor, mode, currency, expected) => {
    expect(roundPrice(minor, mode, currency)).toBe(expected);
  });

  it('stays positive, is stable, and never moves further than one step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom(...PRICE_ROUNDINGS),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (minor, mode, currency) => {
          const rounded = roundPrice(minor, mode, currency);
          expect(rounded).toBeGreaterThan(0);
          expect(roundPrice(rounded, mode, currency)).toBe(rounded);
          expect(Math.abs(rounded - minor)).toBeLessThanOrEqual(10_000);
        },
      ),
    );
  });
});
