import { compare, floorToInteger, fromInteger, negate, roundTo, toDecimal } from './rational.ts';
import type { Rational } from './rational.ts';

export type ValueType = 'number' | 'text' | 'boolean';

/** A value while an expression runs; null is an empty cell. */
export type RawValue = Rational | string | boolean | null;

export interface ExpressionFunction {
  readonly name: string;
  /** Parameter types; the last one repeats when `variadic`. `any` takes every type. */
  readonly parameters: readonly (ValueType | 'any')[];
  /** How many of the parameters must be given. */
  readonly required: number;
  readonly variadic: boolean;
  readonly returns: ValueType;
  /** False: an empty argument makes the result empty without a call. */
  readonly takesEmpty: boolean;
  /** Arguments are checked; undefined means the numbers are out of range. */
  readonly call: (values: readonly RawValue[]) => RawValue | undefined;
}

const num = (value: RawValue | undefined): Rational => value as Rational;
const str = (value: RawValue | undefined): string => value as string;
const MAX_TEXT = 100_000;
const MAX_PLACES = 12;

/** Counts and places: whole numbers in a sane range. */
function whole(value: RawValue | undefined, limit: number): number | undefined {
  const number = num(value);
  if (number.n % number.d !== 0n) return undefined;
  const integer = Number(number.n / number.d);
  return Math.abs(integer) <= limit ? integer : undefined;
}

function extreme(values: readonly RawValue[], sign: 1 | -1): RawValue {
  const numbers = values.filter((value) => value !== null).map(num);
  const [first, ...rest] = numbers;
  if (!first) return null;
  return rest.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best), first);
}

/** Characters as people count them: code points, never half of an emoji. */
const chars = (text: string): string[] => Array.from(text);

/** Decimals a number has at most when it becomes text. */
const TEXT_PLACES = 9;

/** Empty is ''. */
export function toText(value: RawValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? toDecimal(value, TEXT_PLACES) : String(value);
}

function define(
  name: string,
  parameters: readonly (ValueType | 'any')[],
  returns: ValueType,
  call: ExpressionFunction['call'],
  options: { required?: number; variadic?: boolean; takesEmpty?: boolean } = {},
): [string, ExpressionFunction] {
  return [
    name,
    {
      name,
      parameters,
      returns,
      call,
      required: options.required ?? parameters.length,
      variadic: options.variadic ?? false,
      takesEmpty: options.takesEmpty ?? false,
    },
  ];
}

/** Every function but `if`, whose result type depends on its arguments. */
export const EXPRESSION_FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map([
  define(
    'round',
    ['number', 'number'],
    'number',
    ([value, places]) => {
      const to = places === undefined ? 0 : whole(places, MAX_PLACES);
      return to === undefined ? undefined : roundTo(num(value), to);
    },
    { required: 1 },
  ),
  define('floor', ['number'], 'number', ([value]) => fromInteger(floorToInteger(num(value)))),
  define('ceil', ['number'], 'number', ([value]) => fromInteger(-floorToInteger(negate(num(value))))),
  define('abs', ['number'], 'number', ([value]) => (num(value).n < 0n ? negate(num(value)) : num(value))),
  define('min', ['number'], 'number', (values) => extreme(values, -1), { variadic: true, takesEmpty: true }),
  define('max', ['number'], 'number', (values) => extreme(values, 1), { variadic: true, takesEmpty: true }),
  define('upper', ['text'], 'text', ([text]) => str(text).toUpperCase()),
  define('lower', ['text'], 'text', ([text]) => str(text).toLowerCase()),
  define('trim', ['text'], 'text', ([text]) => str(text).replace(/\s+/g, ' ').trim()),
  define('len', ['text'], 'number', ([text]) => fromInteger(chars(str(text ?? '')).length), {
    takesEmpty: true,
  }),
  define('left', ['text', 'number'], 'text', ([text, count]) => {
    const n = whole(count, MAX_TEXT);
    return n === undefined || n < 0 ? undefined : chars(str(text)).slice(0, n).join('');
  }),
  define('right', ['text', 'number'], 'text', ([text, count]) => {
    const n = whole(count, MAX_TEXT);
    return n === undefined || n < 0 ? undefined : n === 0 ? '' : chars(str(text)).slice(-n).join('');
  }),
  define('replace', ['text', 'text', 'text'], 'text', ([text, find, by]) => {
    if (str(find) === '') return str(text);
    const result = str(text).replaceAll(str(find), () => str(by));
    return result.length > MAX_TEXT ? undefined : result;
  }),
  define('concat', ['any'], 'text', (values) => values.map(toText).join(''), {
    variadic: true,
    takesEmpty: true,
  }),
  define('contains', ['text', 'text'], 'boolean', ([text, part]) =>
    str(text).toLowerCase().includes(str(part).toLowerCase()),
  ),
  define('empty', ['any'], 'boolean', ([value]) => value === null || value === '', { takesEmpty: true }),
]);
