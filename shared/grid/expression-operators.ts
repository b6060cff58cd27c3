import type { Node, Read } from './expression-node.ts';
import type { RawValue } from './expression-functions.ts';
import { toText } from './expression-functions.ts';
import { ExpressionFailure } from './expression-tokens.ts';
import { add, compare, divide, minus, modulo, multiply } from './rational.ts';
import type { Rational } from './rational.ts';

/** `+` joins texts; everything else counts. An empty operand makes the result empty. */
export function arithmetic(sign: string, at: number, left: Node, right: Node): Node {
  if (sign === '+' && (left.type === 'text' || right.type === 'text')) {
    return {
      type: 'text',
      at,
      run: (read) => {
        const [a, b] = [left.run(read), right.run(read)];
        return a === null && b === null ? null : toText(a) + toText(b);
      },
    };
  }
  for (const node of [left, right]) {
    if (node.type !== 'number' && node.type !== 'empty') {
      throw new ExpressionFailure('TYPE_MISMATCH', `"${sign}" needs numbers on both sides`, node.at);
    }
  }
  const operate = OPERATIONS[sign] ?? add;
  return {
    type: 'number',
    at,
    run: (read) => {
      const a = left.run(read) as Rational | null;
      const b = right.run(read) as Rational | null;
      if (a === null || b === null) return null;
      const result = operate(a, b);
      if (result === null) throw new ExpressionFailure('DIVISION_BY_ZERO', 'This divides by zero', at);
      return result;
    },
  };
}

const OPERATIONS: Readonly<Record<string, (a: Rational, b: Rational) => Rational | null>> = {
  '+': add,
  '-': minus,
  '*': multiply,
  '/': divide,
  '%': modulo,
};

/** The right side runs only when the left does not decide. */
export function logic(and: boolean, left: Node, right: Node): Node {
  for (const node of [left, right]) {
    if (node.type !== 'boolean' && node.type !== 'empty') {
      throw new ExpressionFailure('TYPE_MISMATCH', 'Only conditions can be joined by and, or', node.at);
    }
  }
  return {
    type: 'boolean',
    at: left.at,
    run: and
      ? (read: Read) => left.run(read) === true && right.run(read) === true
      : (read: Read) => left.run(read) === true || right.run(read) === true,
  };
}

/** Numbers by value, texts by code units. Empty equals only empty and is neither less nor more than anything. */
export function comparison(sign: string, at: number, left: Node, right: Node): Node {
  if (left.type !== right.type && left.type !== 'empty' && right.type !== 'empty') {
    throw new ExpressionFailure('TYPE_MISMATCH', `A ${left.type} is never a ${right.type}`, at);
  }
  const test = TESTS[sign] ?? ((order: number) => order === 0);
  const equality = sign === '=' || sign === '==' || sign === '!=' || sign === '<>';
  return {
    type: 'boolean',
    at,
    run: (read) => {
      const [a, b] = [left.run(read), right.run(read)];
      if (a === null || b === null) return equality && test(a === b ? 0 : 1);
      return test(orderOf(a, b));
    },
  };
}

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function orderOf(a: Exclude<RawValue, null>, b: Exclude<RawValue, null>): number {
  if (typeof a === 'object' && typeof b === 'object') return compare(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}
